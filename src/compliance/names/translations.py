"""Names of other scripts as lists in Latin letters write them: translated, and spelled.

A second reading beside the one of `scripts`, which spells nearly all by letters:
- words that many organizations have are called in English, in every case and gender of Cyrillic
  ("коммерческого": commercial), several words as one ("بین المللی": international);
- Arabic and Persian names that a table knows get their vowels ("طارق": tariq), others stay
  consonants, once as Arabic says the letters and once as Persian does ("ظ": d or z);
- Hangul is spelled as lists write it (McCune-Reischauer), a person syllable by syllable.

    "조선백호무역회사"  ->  korea paekho trading company
    "عبد القدوس"       ->  abd al 'qdws

The table is `rules/data/translations.yaml`. A name of n words costs n look-ups for each length of
a phrase.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, Field

from compliance.names.normalization import normalize
from compliance.names.scripts import latin, script, scripts
from compliance.names.tokens import Word, word
from compliance.names.word_distance import BARE
from compliance.tables import Findings, Listed, Strict, Words
from compliance.tables.embedded import shipped

FILE: Final = "translations.yaml"
_HANGUL: Final = range(0xAC00, 0xD7A4)
_SYLLABLES: Final = (28, 21)  # last letters of a syllable, vowels
_PERSON: Final = range(2, 5)  # syllables of a person's name written without a space
_SHORTEST: Final = 2  # syllables of a Hangul word that is seen inside a longer one
_NONE: Final = "-"  # no letter, or any ending
_VOICED: Final = {"k": "g", "t": "d", "p": "b", "j": "j"}
_VOICES: Final = ("n", "m", "ng", "l", "")
_SHORTEST_NAME: Final = 3  # letters of the first of two names in one word
_VOWEL: Final = "a"  # any: consonants alone are compared
_TWICE: Final = "لل"  # of "Allah" inside a word: one l is written in Latin letters, or heard
_SOUNDS_H: Final = ("\u0647", "\u062d")  # heh and hah
_ENDING_H: Final = "\u0647"  # heh: "a", "ah" or "eh" in Latin letters


def _pairs(words: tuple[str, ...]) -> tuple[str, ...]:
    if wrong := [word for word in words if len(word) != len("یي")]:
        raise ValueError(f"expected a letter and what it is read as, found {wrong[0]!r}")
    return words


def _names_said(words: tuple[str, ...]) -> tuple[str, ...]:
    if wrong := [word for word in words if not re.fullmatch("[a-z]+(/[a-z]+)?:[^a-z:]+", word)]:
        raise ValueError(f"expected a spelling and a name, found {wrong[0]!r}")
    return words


_Pairs = Annotated[Words, AfterValidator(_pairs)]


class ArabicLetters(Strict):
    """How letters are read in Arabic, and in Persian, Turkish and Egyptian."""

    arabic: _Pairs
    other: _Pairs


class HangulLetters(Strict):
    """The letters of a syllable in the order of Unicode; "-" is none."""

    first: Annotated[Words, Field(min_length=19, max_length=19)]
    vowel: Annotated[Words, Field(min_length=21, max_length=21)]
    last: Annotated[Words, Field(min_length=28, max_length=28)]


class TranslationsTable(Strict):
    """The shape of the file."""

    layout: Annotated[Literal[1], Field(alias="schema")]
    version: int
    translations: dict[str, Listed[str]]
    endings: Words
    names: Annotated[Words, AfterValidator(_names_said)]
    articles: dict[str, str]
    suffixes: Words
    folding: _Pairs
    letters: ArabicLetters
    hangul: HangulLetters


@dataclass(frozen=True, slots=True)
class Translations:
    """What words and phrases mean, how names are said, and the letters of Arabic and Hangul.

    `phrases` is the length in words of the longest phrase, `hangul` the Hangul words longest first.
    """

    words: Mapping[str, tuple[str, ...]]
    usual: Mapping[str, tuple[str, ...]]  # those of them that the first reading translates too
    names: Mapping[str, tuple[str, ...]]  # as Arabic and as Persian says them
    articles: Mapping[str, str]
    suffixes: frozenset[str]
    folding: dict[int, str]  # of str.translate, which is slow with any other mapping
    letters: tuple[dict[int, str], ...]
    first: tuple[str, ...]
    vowel: tuple[str, ...]
    last: tuple[str, ...]
    hangul: tuple[str, ...]
    phrases: int


def read(path: Path) -> Translations:
    """The table of a file laid out as `rules/data/translations.yaml`.

    Raises:
        ReferenceDataError: every finding, with line and column.
    """
    findings = Findings()
    document, table = findings.read_only(path, TranslationsTable)
    owners = findings.owners(document, ("translations",), table.translations)
    findings.settle()
    folding = {ord(pair[0]): pair[1] for pair in table.folding}
    usual = {t.translate(folding): tuple(m.split()) for t, m in scripts().words.items()}
    words = usual | _words(owners, table.endings, folding)
    hangul = [text for text in words if ord(text[0]) in _HANGUL and len(text) >= _SHORTEST]
    syllable = (table.hangul.first, table.hangul.vowel, table.hangul.last)
    first, vowel, last = (tuple(text.strip(_NONE) for text in texts) for texts in syllable)
    return Translations(
        words=MappingProxyType(words),
        usual=MappingProxyType(usual),
        names=MappingProxyType(_names(table.names, folding)),
        articles=MappingProxyType(table.articles),
        suffixes=frozenset(text.translate(folding) for text in table.suffixes),
        folding=folding,
        letters=tuple(
            {ord(pair[0]): pair[1] for pair in row}
            for row in (table.letters.arabic, table.letters.other)
        ),
        first=first,
        vowel=vowel,
        last=last,
        hangul=tuple(sorted(hangul, key=lambda text: (-len(text), text))),
        phrases=max(text.count(" ") for text in words) + 1,
    )


translations: Final = shipped(read, f"data/{FILE}")
"""The shipped table."""


def _names(rows: Iterable[str], folding: Mapping[int, str]) -> dict[str, tuple[str, ...]]:
    pairs = (row.split(":") for row in rows)
    return {normalize(name).translate(folding): tuple(said.split("/")) for said, name in pairs}


def _words(
    meanings: Mapping[str, str], endings: Iterable[str], folding: Mapping[int, str]
) -> dict[str, tuple[str, ...]]:
    """What each word and phrase of this table means, a stem with each of its endings."""
    found: dict[str, tuple[str, ...]] = {}
    for text, meaning in meanings.items():
        stem = text.removesuffix(_NONE)
        for spelled in [stem + ending for ending in endings] if stem != text else [text]:
            found.setdefault(normalize(spelled).translate(folding), tuple(meaning.split()))
    return found


def readings(words: Sequence[Word]) -> tuple[tuple[Word, ...], ...]:
    """The words of a name with those of other scripts translated or spelled, each way once."""
    table = translations()
    found: dict[tuple[Word, ...], None] = {}
    for say in range(len(table.letters)):
        found[tuple(_read(words, say))] = None
    return tuple(filter(None, found))


def _read(words: Sequence[Word], say: int) -> Iterator[Word]:
    table = translations()
    texts = [found.text.translate(table.folding) for found in words]
    place = 0
    while place < len(words):
        if texts[place].isascii():
            yield words[place]
            place += 1
            continue
        meaning, length = _meaning(texts, place, say)
        if meaning:
            yield from map(word, meaning)
            place += length
        else:
            end = place + 1
            while say and end < len(words) and texts[end] in table.suffixes:
                end += 1
            yield from map(word, _word("".join(texts[place:end]), say))
            place = end


def _meaning(texts: Sequence[str], place: int, say: int) -> tuple[Sequence[str], int]:
    """What the longest phrase here means, and its words; Arabic is also read without phrases."""
    table = translations()
    if say and script(texts[place]) == "ARABIC":
        return (), 0
    for length in range(min(table.phrases, len(texts) - place), 0, -1):
        meaning = table.words.get(" ".join(texts[place : place + length]))
        if meaning:
            return meaning, length
    return (), 0


def _word(text: str, say: int) -> Iterable[str]:
    """The Latin words for one word that has no meaning of its own."""
    kind = script(text)
    if kind == "ARABIC":
        return _arabic(text, say)
    if kind == "HEBREW":
        return _consonants(text, apart=True)
    if kind == "HANGUL" and all(ord(sign) in _HANGUL for sign in text):
        return _hangul(text, say)
    return latin(text)


def _arabic(text: str, say: int) -> Iterator[str]:
    """A name that the table knows, or two in one word; else its consonants; the article apart."""
    table = translations()
    if text not in table.names:
        for article in sorted(table.articles, key=len, reverse=True):
            if text.startswith(article) and len(text) > len(article) + 1:
                yield table.articles[article]
                text = text.removeprefix(article)
                break
    meaning = (table.usual if say else table.words).get(text)
    if meaning:
        yield from meaning
        return
    names = _known_names(text)
    if names:
        yield from (said[-1] if say else said[0] for said in names)
        return
    text = text.replace(_TWICE, _TWICE[0])
    silent = say == 0 or text[-2:-1] in _SOUNDS_H
    short = text.removesuffix(_ENDING_H) if silent and len(text) > _SHORTEST else text
    yield from _consonants(short.translate(table.letters[say]), apart=bool(say))


def _known_names(text: str) -> tuple[tuple[str, ...], ...]:
    """How a name is said, or the two names that are written in one word; none for others."""
    names = translations().names
    if text in names:
        return (names[text],)
    for cut in range(_SHORTEST_NAME, len(text) - 1):
        if text[:cut] in names and text[cut:] in names:
            return names[text[:cut]], names[text[cut:]]
    return ()


def _consonants(text: str, *, apart: bool) -> Iterator[str]:
    """The consonants, with a vowel behind each; `apart`: before "h" too, as no "th" is meant."""
    from anyascii import anyascii  # noqa: PLC0415 - loaded with the first name that needs it

    found = ""
    for letter in text:
        said = "".join(normalize(anyascii(letter)).split())
        if said:
            found += said if not found or (said == "h" and not apart) else _VOWEL + said
    if found:
        yield BARE + found


def _hangul(text: str, say: int) -> Iterator[str]:
    """Known words by their meaning, what stands between as one; a person's syllables apart."""
    table = translations()
    found = list(_segments(text))
    if found == [text] and len(text) in _PERSON:
        surname = scripts().surnames.get(text[0]) if say else None
        yield surname or _romanized(text[0])
        yield from map(_romanized, text[1:])
        return
    for part in found:
        meaning = table.words.get(part)
        yield from meaning or (_romanized(part),)


def _segments(text: str) -> Iterator[str]:
    """The text cut at the words that the table knows, longest first."""
    start = place = 0
    while place < len(text):
        known = next((w for w in translations().hangul if text.startswith(w, place)), "")
        if known:
            if start < place:
                yield text[start:place]
            yield known
            place += len(known)
            start = place
        else:
            place += 1
    if start < place:
        yield text[start:place]


def _romanized(text: str) -> str:
    """Syllables in Latin letters; a consonant between sounds with voice has voice ("habjang")."""
    table = translations()
    found = ""
    before = None  # the last letter of the syllable before
    for sign in text:
        place, last = divmod(ord(sign) - _HANGUL[0], _SYLLABLES[0])
        first, vowel = divmod(place, _SYLLABLES[1])
        said = table.first[first]
        if before is not None and before in _VOICES:
            said = _VOICED.get(said, said)
        before = table.last[last]
        found += said + table.vowel[vowel] + before
    return found
