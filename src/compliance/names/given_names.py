"""Other spellings of persons' names, by a reviewed table and the rules that fill it.

Two ways, both from `rules/data/given_names.yaml`:
- Rows of spellings of one name, which agree as nicknames do. Slavic names stand in Cyrillic
  letters; schemes of transliteration write them ("евгений", "євген": Evgeny, Yevhen, Jewgeni ...).
- Names written by another custom as a whole, which `respelled` writes in the usual one:
  "Abdelkarim" and "Abd al-Karim" are "abdulkarim", "Nur al-Din" is "nuruddin", "Lee Yong-ho" is
  "ri yong ho", "Hsiao-lung" is "xiao long".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, product
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, Field

from compliance.names.han import han_readings
from compliance.names.normalization import normalize
from compliance.tables import Listed, Strict, Words, read_table
from compliance.tables.embedded import shipped

FILE: Final = "given_names.yaml"
MOST: Final = 32  # readings of one name
# What follows "abd" in one word: a vowel or two, then the article, whose l may have become the
# letter behind it ("abdurrahman"); "abdulatif" has one l for two.
_SERVANT: Final = re.compile(
    r"abd(?:(?:[aeiou]{1,2})l(?=[^aeioul]|[aeiou])|[aeiou]{0,2}(?P<twice>[b-z])(?=(?P=twice))"
    r"|[aeiou]{1,2}(?=[^aeioul]))(?P<rest>[a-z]{3,})"
)
_FAITH: Final = re.compile(r"(?P<stem>[a-z]{2,}?)(?:[aeiou]|ou)(?:dd(?:i|ee|ie|y)ne?|dine?|deen)")
_FAITH_U: Final = re.compile(r"(?P<stem>[a-z]{2,}?)(?:u|ou|e)d(?:in|een|ine)")
_GOD: Final = re.compile(r"(?P<stem>[a-z]{3,}?)[aeou]?ll?ah")
_WORDS: Final = range(2, 5)  # of a Korean or Chinese name
_NAMES: Final = ("surname", "given name")
_KOREAN_SYLLABLES: Final = range(3, 5)
_HYPHEN: Final = re.compile(r"[^\W\d_]\W?-[^\W\d_]")


def _spellings(words: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(words)) < len(_NAMES) or any(normalize(word) != word for word in words):
        raise ValueError("expected two or more normalized spellings of one name")
    return words


class _Schemes(Strict):
    """How each language is transliterated, by the letters in which a way differs from the usual."""

    be: Listed[Words]
    ru: Listed[Words]
    uk: Listed[Words]


class _Slavic(Strict):
    """A name in the languages that have it, and other spellings of it."""

    be: Words = ()
    ru: Words = ()
    uk: Words = ()
    other: Words = ()


class _Compounds(Strict):
    articles: Words
    servant: Words
    faith: Words
    god: Words
    abdullah: Words
    abubakar: Words


class _Korean(Strict):
    surnames: Words
    syllables: dict[str, Words]


class GivenNamesTable(Strict):
    """The shape of the file."""

    layout: Annotated[Literal[1], Field(alias="schema")]
    version: int
    names: Listed[Annotated[Words, AfterValidator(_spellings)]]
    slavic: Listed[_Slavic]
    letters: Words
    schemes: _Schemes
    compounds: _Compounds
    korean: _Korean


@dataclass(frozen=True, slots=True)
class GivenNames:
    """Rows of spellings, and the words that name the parts of compounds and of Korean names."""

    rows: tuple[frozenset[str], ...]
    articles: frozenset[str]
    servant: frozenset[str]
    faith: frozenset[str]
    god: frozenset[str]
    abdullah: frozenset[str]
    abubakar: frozenset[str]
    surnames: frozenset[str]
    syllables: Mapping[str, tuple[str, ...]]  # the usual spellings of each Korean spelling


def read(path: Path) -> GivenNames:
    """The table of a file laid out as `rules/data/given_names.yaml`.

    Raises:
        ReferenceDataError: every finding, with line and column.
    """
    table = read_table(path, GivenNamesTable)
    korean: dict[str, tuple[str, ...]] = {}
    for usual, others in table.korean.syllables.items():
        for spelled in (usual, *others):
            korean[spelled] = (*korean.get(spelled, ()), usual)
    schemes = _schemes(table)
    rows = [frozenset(row) for row in table.names]
    rows += [frozenset(_slavic(row, schemes)) for row in table.slavic]
    surnames = set(table.korean.surnames)
    surnames |= {spelled for spelled, usual in korean.items() if surnames & set(usual)}
    return GivenNames(
        rows=tuple(rows),
        **{name: frozenset(words) for name, words in table.compounds},
        surnames=frozenset(surnames),
        syllables=MappingProxyType(korean),
    )


given_names: Final = shipped(read, f"data/{FILE}")
"""The shipped table."""


def _schemes(table: GivenNamesTable) -> dict[str, list[Callable[[str], str]]]:
    usual = _letters(table.letters)
    return {
        language: [_writer(usual | _letters(pairs)) for pairs in texts]
        for language, texts in table.schemes
    }


def _letters(pairs: Sequence[str]) -> dict[str, str]:
    return dict(pair.split(":") for pair in pairs)


def _writer(scheme: Mapping[str, str]) -> Callable[[str], str]:
    """Transliterates a name: the longest key of the scheme first; "^" and "$" are its ends."""
    keys = sorted(scheme, key=lambda key: (-len(key), key))
    pattern = re.compile("|".join(map(re.escape, keys)))

    def write(name: str) -> str:
        found = pattern.sub(lambda match: scheme[match[0]], f"^{name}$")
        return found.strip("^$")

    return write


def _slavic(row: _Slavic, schemes: Mapping[str, Sequence[Callable[[str], str]]]) -> Iterator[str]:
    """The spellings of one name: those of every scheme, and the others as they are."""
    for language, names in row:
        for name in names:
            if language == "other":
                yield name
                continue
            yield normalize(name)
            yield from (write(name) for write in schemes[language])


def respelled(texts: Sequence[str], name: str = "") -> tuple[tuple[str, ...], ...]:
    """The normalized words of a name as the usual custom writes it; none where they are that.

    A name may have several, for an older system may not tell sounds apart. The name as it was
    written tells whether its given names have a hyphen, as Wade-Giles writes them.
    """
    given = tuple(texts)
    hyphen = bool(_HYPHEN.search(name))
    found = [_compounds(given), *_korean(given), *_chinese(given, hyphen=hyphen)]
    return tuple(dict.fromkeys(words for words in found if words and words != given))


@lru_cache(maxsize=16_384)
def may_respell(text: str) -> bool:
    """Whether a name with this word may be written otherwise: False is sure."""
    table = given_names()
    return (
        text in table.surnames
        or (text.startswith("abd") or text in table.servant)
        or text in table.abubakar
        or text == "bakr"
        or text in table.faith
        or text in table.god
        or bool(_FAITH.fullmatch(text) or _GOD.fullmatch(text))
        or han_readings().wade_giles.get(text, (text,)) != (text,)
    )


def _distinct(text: str) -> bool:
    """Whether a syllable is written so by Wade-Giles alone; two letters are other names too."""
    table = han_readings()
    return len(text) > len("ho") and text in table.wade_giles and text not in table.pinyin


def _compounds(texts: tuple[str, ...]) -> tuple[str, ...]:
    """Compounds in one word: "abd al karim" as "abdulkarim", "nur al din" as "nuruddin" ..."""
    table = given_names()
    found: list[str] = []
    servant = False  # the word before is "abd", whose article and name follow
    for place, text in enumerate(texts):
        last = place == len(texts) - 1
        if servant and text in table.articles and not last:
            continue
        if servant:
            found[-1] = "abdullah" if text in table.god else f"abdul{text}"
            servant = False
        elif text in table.servant and not last:
            found.append("abdul")
            servant = True
        elif text in table.god and found:
            _behind(found, "ullah", table)
        elif text in table.faith and found:
            _behind(found, "uddin", table)
        elif text == "bakr" and found and found[-1] in ("abu", "abou"):
            found[-1] = "abubakar"
        else:
            found.append(_compound(text, table))
    return tuple(found)


def _behind(found: list[str], part: str, table: GivenNames) -> None:
    """Write the second part of a compound behind the first, without the article between them."""
    while len(found) > 1 and found[-1] in table.articles:
        found.pop()
    found[-1] += part


def _compound(text: str, table: GivenNames) -> str:
    """A compound in one word, in its usual spelling; another word as it is."""
    if text in table.abdullah:
        return "abdullah"
    if text in table.abubakar:
        return "abubakar"
    match = _SERVANT.fullmatch(text) if text.startswith("abd") else None
    if match and not match["rest"].startswith(("lah", "lla")):
        rest = match["rest"]
        return f"abdull{rest}" if rest.startswith(("atif", "atee")) else f"abdul{rest}"
    match = _FAITH.fullmatch(text) if text not in table.faith else None
    if match and ("dd" in text or _FAITH_U.fullmatch(text)):
        return f"{match['stem']}uddin"
    match = _GOD.fullmatch(text) if "llah" in text and text not in table.god else None
    return f"{match['stem']}ullah" if match else text


def _korean(texts: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """The name in the spelling of the North, where all of it is Korean: surname and one or two."""
    table = given_names()
    if len(texts) not in _WORDS or not table.surnames & {texts[0], texts[-1]}:
        return
    parts: list[list[tuple[str, ...]]] = []
    for place, text in enumerate(texts):
        own: list[tuple[str, ...]] = [(usual,) for usual in table.syllables.get(text, ())]
        if not own and (place > 0 or len(texts) == len(_NAMES)):
            own = _divided(text, table.syllables)
        if not own:
            return
        parts.append(own)
    for choice in islice(product(*parts), MOST):
        words = tuple(word for own in choice for word in own)
        if len(words) in _KOREAN_SYLLABLES:
            yield words


def _divided(text: str, syllables: Mapping[str, tuple[str, ...]]) -> list[tuple[str, ...]]:
    """A word as two syllables, in the usual spelling, each way that it can be divided."""
    return [
        pair
        for cut in range(1, len(text))
        for pair in product(syllables.get(text[:cut], ()), syllables.get(text[cut:], ()))
    ]


def _chinese(texts: tuple[str, ...], *, hyphen: bool) -> Iterator[tuple[str, ...]]:
    """The name in pinyin, where all of it is Chinese and a syllable is one of Wade-Giles.

    A syllable that pinyin writes in the same way says nothing of the system; a hyphen does.
    """
    table = han_readings()
    if len(texts) not in _WORDS or not (hyphen or any(map(_distinct, texts))):
        return
    parts = [_syllables(text, table.wade_giles, table.pinyin) for text in texts]
    given = (texts[1:], texts[:-1]) if hyphen and len(texts) > len(_NAMES) else ()
    own = any(all(text in table.wade_giles for text in part) for part in given)
    told = own or any(map(_distinct, texts))
    if told and all(parts):
        yield from islice(product(*parts), MOST)


def _syllables(
    text: str, wade_giles: Mapping[str, tuple[str, ...]], pinyin: frozenset[str]
) -> tuple[str, ...]:
    if text in wade_giles:
        return tuple(dict.fromkeys([*wade_giles[text], *([text] if text in pinyin else [])]))
    if text in pinyin or any(
        text[:n] in pinyin and text[n:] in pinyin for n in range(1, len(text))
    ):
        return (text,)
    return ()
