"""Text without spaces between its words, divided: where scripts meet, at numbers, at known words.

Han, kana and Hangul write a name, its legal form and its trade as one text, and put both against
Latin or Arabic words: "株式会社Orchid", "شركةOrchid". "第十四研究所" is an institute with the
number 14, and numbers must agree. A word that is nothing but one known word stays whole.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Final

from compliance.names.lexicon import lexicon
from compliance.names.scripts import UNSPACED, folded, scripts

_RIGHT_TO_LEFT: Final = ("\u0590", "\u08ff")  # Hebrew to Arabic, with their marks and extensions
_DIGITS: Final = {sign: value for value, sign in enumerate("零一二三四五六七八九")} | {"\u3007": 0}
_TENS: Final = {"十": 10, "百": 100, "千": 1_000}
_PLACE_SIGNS: Final = ("市", "省", "县", "区")
_TOWN: Final = re.compile("([\u4e00-\u9fff]{2,3}?)[市县](?!场|政|民|立|级)(?=[\u4e00-\u9fff]{2})")
_LOOK_LATIN: Final = frozenset("авекмнорстухѕіјһԁԛԝѵαβεζηικμνορτυχγ")
_COUNTED: Final = re.compile(
    r"第?([0-9]+|[零〇一二三四五六七八九十百千]+)(?=研究所|研究院|设计院|所$|院$|厂$)"
    r"|第([0-9]+|[零〇一二三四五六七八九十百千]+)"
)


def with_forms(name: str) -> str:
    """A name with the signs for legal forms written out: "㈱" and "(株)" are "株式会社"."""
    table = scripts().form_signs
    for sign, form in table.items():
        if sign in name:
            name = name.replace(sign, f" {form} ")
    return name


@lru_cache(maxsize=16_384)
def divided(text: str) -> tuple[str, ...]:
    """The pieces of one normalized text that is not ASCII; the text alone where there is one."""
    pieces: list[str] = []
    for run in _runs(text):
        if run >= UNSPACED:
            pieces += _words(folded(run))
        else:
            pieces.append(run)
    return tuple(pieces)


def _runs(text: str) -> Iterator[str]:
    """The text cut where an unspaced script, one from right to left and alphabets meet."""
    text = _numbers_apart(text)
    start = 0
    for place in range(1, len(text)):
        if text[place] != " " and not _together(text[place - 1], text[place]):
            yield from _alphabets(text[start:place])
            start = place
    yield from _alphabets(text[start:])


def _alphabets(run: str) -> Iterator[str]:
    """The parts of a run between spaces, cut where one alphabet meets another.

    Letters of Cyrillic and Greek that all look like Latin ones stay, unless they are a legal form.
    """
    for part in run.split():
        if part >= UNSPACED or part.isascii():
            yield part
            continue
        start = 0
        for place in range(1, len(part)):
            if _foreign(part[place]) == _foreign(part[place - 1]):
                continue
            pieces = part[start:place], part[place:]
            if any(map(_another, pieces)):
                yield part[start:place]
                start = place
        yield part[start:]


def _foreign(sign: str) -> bool:
    """Whether a letter is of another alphabet than the Latin."""
    return sign >= "\u0370"


def _another(text: str) -> bool:
    """Whether a text begins with a run of another alphabet that is not there for its looks."""
    if not _foreign(text[0]):
        return False
    end = next((n for n, sign in enumerate(text) if not _foreign(sign)), len(text))
    own = text[:end]
    return not _LOOK_LATIN.issuperset(own) or own in _form_words()


def _together(before: str, after: str) -> bool:
    if unicodedata.combining(after) or before == " ":
        return True
    return _group(before) == _group(after)


def _group(sign: str) -> int:
    if sign >= UNSPACED:
        return 2
    return 1 if _RIGHT_TO_LEFT[0] <= sign <= _RIGHT_TO_LEFT[1] and not sign.isdecimal() else 0


def _numbers_apart(text: str) -> str:
    """The text with the numbers that count institutes and works in digits, between spaces."""
    if "第" not in text and not ("\u4e00" <= text[-1:] <= "\u9fff"):
        return text
    return _COUNTED.sub(lambda found: f" {_digits(found[1] or found[2])} ", text)


def _digits(text: str) -> str:
    """Han numerals in digits: "三十八" is "38", "一〇二" is "102"."""
    if text.isdecimal() and text.isascii():
        return text
    if not _TENS.keys() & set(text):
        return "".join(str(_DIGITS[sign]) for sign in text)
    total, count = 0, 0
    for sign in text:
        if sign in _TENS:
            total += (count or 1) * _TENS[sign]
            count = 0
        else:
            count = _DIGITS[sign]
    return str(total + count)


def _words(text: str) -> tuple[str, ...]:
    """A text of one unspaced script with the known words at its beginning and end apart."""
    head: list[str] = []
    tail: list[str] = []
    leading, known = _leading(), _closing()
    start, end = 0, len(text)
    while text[start:end] not in known:
        prefix = next((word for word in leading if text.startswith(word, start, end)), None)
        if prefix is None and not start:
            prefix = _town(text)
        if prefix is None or len(prefix) == end - start:
            break
        head.append(prefix)
        start += len(prefix)
        if text.startswith(_PLACE_SIGNS, start) and end - start > 2:
            start += 1
    longest = len(next(iter(known)))
    while end - start > longest or text[start:end] not in known:
        suffix = next((word for word in known if text.endswith(word, start, end)), None)
        if suffix is None:
            break
        tail.append(suffix)
        end -= len(suffix)
    middle = (text[start:end],) if start < end else ()
    spelled = _forms()
    return tuple(spelled.get(piece, piece) for piece in (*head, *middle, *reversed(tail)))


def _town(text: str) -> str | None:
    """A place of two or three signs, which the sign for a city or district ends."""
    found = _TOWN.match(text)
    return found[1] if found else None


@cache
def _closing() -> dict[str, None]:
    """Legal forms and company words of unspaced scripts, longest first."""
    known = {form for form in _forms() if len(form) > 1} | set(scripts().han_words)
    return dict.fromkeys(sorted(known, key=lambda word: (-len(word), word)))


@cache
def _leading() -> tuple[str, ...]:
    """What stands in front of the name itself: legal forms and places, longest first."""
    places = lexicon().places
    named = scripts().han_words.items()
    known = {word for word, name in named if len(word) > 1 and places.issuperset(name.split())}
    known |= {form for form in _forms() if len(form) > 1}
    return tuple(sorted(known, key=lambda word: (-len(word), word)))


@cache
def _form_words() -> frozenset[str]:
    """The words of legal forms in other alphabets."""
    return frozenset(word for form in lexicon().legal_forms for word in form if not word.isascii())


@cache
def _forms() -> dict[str, str]:
    """Legal forms of unspaced scripts as the table has them, by their simplified signs."""
    single = {form[0] for form in lexicon().legal_forms if len(form) == 1}
    unspaced = sorted(form for form in single if form >= UNSPACED)
    found = {folded(form): form for form in unspaced}
    return found | {form: form for form in found if form in single}
