"""What a customer record adds to an organization's name, taken away: what is left names the party.

"Orchid Ltd Singapore Branch", "Department of Physics, Orchid University", "Orchid Ltd c/o Accounts
Payable" and "Orchid Ltd and its subsidiaries" each have "Orchid ..." as a part. Nothing is decided
here: the whole name is compared too, and so is each part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Final, Literal, NamedTuple

from compliance.names.lexicon import lexicon
from compliance.names.normalization import normalize
from compliance.names.organization_words import organization_words

Addition = Literal["branch", "department", "addressee", "group"]

_TEXT: Final = re.compile(r"[^\s,;:|()\[\]{}（）【】、，；：–—]+")  # noqa: RUF001 - full width on purpose
_DASHES: Final = re.compile(r"[-–—/]+")  # noqa: RUF001 - all dashes
_PARTS: Final = re.compile(r"[,;:|()\[\]{}（）【】、，；：–—]")  # noqa: RUF001 - the same
_MOST: Final = 48  # words of a name; nobody's has more
_MODIFIERS: Final = 4  # words before "Branch" that belong to it
_BEHIND: Final = 2  # words that name a place behind "Zweigniederlassung"
_OF_A_FIELD: Final = 3  # words of "of Medicine of"
_REST: Final = 5  # words behind "Branch of"


class _Said(NamedTuple):
    """One normalized word of a name, where its text stands, and in which part between commas."""

    text: str
    start: int
    end: int
    part: int


@cache
def adding_words() -> frozenset[str]:
    """The first normalized words of all that is added, of which a name has one or adds nothing.

    "c/o" is not among them: a sign tells it.
    """
    table = organization_words()
    words = {phrase[0] for phrase in (*table.units, *table.groups)}
    words.update(normalize(text).split()[0] for text in table.addressees)
    return frozenset({word for word in words if len(word) > 1} | {"accounts"})


def may_add(name: str, texts: Sequence[str]) -> bool:
    """Whether a name in ASCII without signs may have an addition: False is sure."""
    table = organization_words()
    if texts[-1] in _last_of_groups() or _addressees().search(name):
        return True
    return any(
        tuple(texts[place : place + size]) in table.units
        for place, text in enumerate(texts)
        if text in table.unit_begins
        for size in range(1, table.longest + 1)
    )


@cache
def _last_of_groups() -> frozenset[str]:
    return frozenset(phrase[-1] for phrase in organization_words().groups)


def without_additions(name: str) -> Iterator[tuple[Addition, str]]:
    """The kind of what is added and the name without it, for each way to see it; may repeat."""
    yield from (("branch", text) for text in _unspaced(name))
    pieces = [piece.strip() for piece in _addressees().split(name)]
    if len(pieces) > 1:
        for piece in filter(None, pieces):
            words = _said(piece)
            yield from (("addressee", text) for text in _parts(piece, words))
            yield from (("addressee", text) for _, text in _cut(piece, words))
    else:
        yield from _cut(name, _said(name))


def _said(name: str) -> tuple[_Said, ...]:
    found: list[_Said] = []
    part, end = 0, 0
    for match in _TEXT.finditer(name):
        if _PARTS.search(name, end, match.start()):
            part += 1
        end = match.end()
        if _DASHES.fullmatch(match[0]):
            part += 1
            continue
        words = normalize(match[0]).split()
        found += [_Said(text, match.start(), match.end(), part) for text in words]
    return tuple(found[:_MOST])


@cache
def _addressees() -> re.Pattern[str]:
    words = "|".join(map(re.escape, organization_words().addressees))
    return re.compile(rf"(?:^|[\s(,;:–—-])(?:{words})(?:[\s:.,)]+|$)", re.IGNORECASE)  # noqa: RUF001 - dashes that names have


def _parts(name: str, words: Sequence[_Said]) -> Iterator[str]:
    """The whole and each part of it between commas."""
    yield name
    for number in sorted({word.part for word in words}):
        own = [word for word in words if word.part == number]
        yield name[own[0].start : own[-1].end]


def _cut(name: str, words: Sequence[_Said]) -> Iterator[tuple[Addition, str]]:
    """The name without a group, a branch or a department, all of them together too."""
    kept: Addition | None = None
    rest = _without_group(words)
    if len(rest) < len(words):
        kept = "group"
        yield kept, _text(name, rest)
    for kind, less in (*_without_parts(rest), *_without_end(rest), *_without_beginning(rest)):
        yield kind, _text(name, less)
        for other, least in (*_without_end(less), *_without_beginning(less)):
            yield other if kind == "branch" else kind, _text(name, least)


def _text(name: str, words: Sequence[_Said]) -> str:
    """The texts of words with what stands between those that follow each other."""
    if not words:
        return ""
    found = name[words[0].start : words[0].end]
    for before, after in pairwise(words):
        if after.start > before.end:
            found += (name[before.end : after.start] if after.part == before.part else " ") + name[
                after.start : after.end
            ]
    return found


def _without_group(words: Sequence[_Said]) -> Sequence[_Said]:
    """The words without "and its subsidiaries" at their end."""
    table = organization_words()
    texts = [word.text for word in words]
    for size in range(min(4, len(texts)), 0, -1):
        if tuple(texts[-size:]) in table.groups:
            place = len(texts) - size
            while place and texts[place - 1] in table.group_between:
                place -= 1
            for begin in table.group_begins:
                start = place - len(begin)
                if start > 0 and tuple(texts[start:place]) == begin:
                    return words[:start]
            if size > 1 or place < len(texts) - size:
                return words[:place]
    return words


def _unit(words: Sequence[_Said], place: int, end: int) -> int:
    """How many words the phrase for a branch or department here has, within one part; 0: none."""
    table = organization_words()
    if place >= end or words[place].text not in table.unit_begins:
        return 0
    for size in range(min(table.longest, end - place), 0, -1):
        own = words[place : place + size]
        if tuple(word.text for word in own) in table.units and own[0].part == own[-1].part:
            return size
    return 0


def _kind(words: Sequence[_Said]) -> str:
    return organization_words().units[tuple(word.text for word in words)]


def _addition(kind: str) -> Addition:
    return "branch" if kind == "branches" else "department"


def _soft(word: _Said) -> bool:
    """Whether a word names nobody beside a branch or a department: a place, a field, a number."""
    table = organization_words()
    return (
        word.text in table.soft
        or word.text in table.between
        or word.text in lexicon().places
        or word.text.isdecimal()
    )


def _legal(words: Sequence[_Said]) -> bool:
    """Whether words end with a legal form."""
    forms = lexicon().legal_forms
    texts = [word.text for word in words[-lexicon().longest_form :]]
    return any(tuple(texts[place:]) in forms for place in range(len(texts)))


def _without_parts(words: Sequence[_Said]) -> Iterator[tuple[Addition, Sequence[_Said]]]:
    """Without the parts between commas that are branches or departments."""
    dropped: dict[int, str] = {}
    numbers = sorted({word.part for word in words})
    for number in numbers:
        own = [word for word in words if word.part == number]
        kind = _of_unit(own)
        if kind:
            dropped[number] = kind
    if dropped and len(dropped) < len(numbers):
        kinds = set(dropped.values())
        yield (
            "branch" if kinds == {"branches"} else "department",
            [word for word in words if word.part not in dropped],
        )


def _of_unit(words: Sequence[_Said]) -> str:
    """The kind of branch or department that a part between commas is; "" for a name."""
    table = organization_words()
    if all(word.text in table.fields for word in words) and len(words) > 1:
        return "departments"
    if _legal(words):
        return ""
    size = _unit(words, 0, len(words))
    if size:
        rest = words[size:]
        kind = _kind(words[:size])
        if not rest or rest[0].text in table.between or all(map(_soft, rest)):
            return kind
        return kind if kind == "branches" and len(rest) <= _BEHIND else ""
    for place in range(1, len(words)):
        size = _unit(words, place, len(words))
        if size and (place + size == len(words) or all(map(_soft, words[place + size :]))):
            kind = _kind(words[place : place + size])
            named = [word for word in words[:place] if not _soft(word)]
            return kind if len(named) <= (kind != "institutes") else ""
    return ""


def _without_end(words: Sequence[_Said]) -> Iterator[tuple[Addition, Sequence[_Said]]]:
    """Without "Singapore Branch", "Procurement Department", "School of Software" at the end."""
    table = organization_words()
    for place in range(1, len(words)):
        size = _unit(words, place, len(words))
        if not size:
            continue
        kind = _kind(words[place : place + size])
        rest = words[place + size :]
        phrase = tuple(word.text for word in words[place : place + size])
        follows = phrase in table.place_follows and len(rest) <= _BEHIND + 1
        preposition = bool(rest) and rest[0].text in table.between and len(rest) <= _REST
        told = all(map(_soft, rest)) or follows or (kind == "branches" and preposition)
        if not told:
            continue
        bare = kind == "branches" or preposition  # nothing must say what it is of
        start = place
        while start:
            own = words[:start]
            if (bare or start < place or _legal(own)) and (kind != "institutes" or _full(own)):
                yield _addition(kind), own
            if _legal(own) or place - start == _MODIFIERS or not _modifies(own[-1], kind):
                break
            start -= 1
        if start > 1 and not rest and _legal(words[: start - 1]):
            yield _addition(kind), words[: start - 1]  # a town that no table has
        return


def _modifies(word: _Said, kind: str) -> bool:
    """Whether a word before the phrase belongs to it: a place, or what a department is of."""
    return _soft(word) and not (kind == "branches" and word.text in organization_words().fields)


def _full(words: Sequence[_Said]) -> bool:
    """Whether words are a full name: with a legal form, or of two words that are no places."""
    return _legal(words) or sum(not _soft(word) for word in words) > 1


def _without_beginning(words: Sequence[_Said]) -> Iterator[tuple[Addition, Sequence[_Said]]]:
    """Without "Branch of", "Faculty of Medicine of" at the beginning, and the place at the end."""
    between = organization_words().between
    place = 0
    while place < len(words) - 1 and _soft(words[place]) and not _unit(words, place, len(words)):
        place += 1
    size = _unit(words, place, len(words) - 1)
    start = place + size
    if not size or words[start].text not in between:
        return
    kind = _kind(words[place:start])
    core = _named(words[start:], whole=kind == "branches")
    if not core:
        return
    yield _addition(kind), core
    for end in range(len(core) - 1, max(1, len(core) - 1 - _BEHIND), -1):
        if core[end - 1].text in between:
            yield _addition(kind), core[: end - 1]


def _named(words: Sequence[_Said], *, whole: bool) -> Sequence[_Said]:
    """What stands behind "of"; if not `whole`, behind the last of "of Medicine of"."""
    between = organization_words().between
    start = 1
    while start < len(words) and words[start].text in between:
        start += 1
    if whole:
        return words[start:]
    while start < len(words) - 1 and _soft(words[start]):
        start += 1
    while start and words[start - 1].text not in between:
        start -= 1
    return words[start:] if start >= _OF_A_FIELD else ()


def _unspaced(name: str) -> Iterator[str]:
    """The company before the place and the sign of its branch, in scripts without spaces."""
    table = organization_words()
    for ending in table.unspaced_branches:
        if ending in name:
            before = name[: name.rindex(ending)]
            for company in table.unspaced_companies:
                if company in before:
                    yield before[: before.rindex(company) + len(company)]
                    return
