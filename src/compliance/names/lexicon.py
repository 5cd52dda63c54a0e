"""The reviewed tables of words: legal forms, rarity, equivalents, nicknames, weights, thresholds.

Read once from `rules/data`: legal_forms.yaml, elf_forms.yaml, word_rarity.yaml, given_names.yaml,
thresholds.yaml.
What a word weighs depends on the word alone, so a score never changes because a list grew. Every
lookup works on normalized words.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from compliance.names import given_names
from compliance.names.lexicon_tables import ElfTable, Rarity, RarityTable, read_rarity, read_words
from compliance.names.normalization import normalize
from compliance.tables import read_table
from compliance.tables.embedded import rules_path, shipped
from compliance.tables.thresholds import NameThresholds, thresholds

_FOLDER: Final = "data"
_WORDS: Final = "legal_forms.yaml"
_ELF: Final = "elf_forms.yaml"
_RARITY: Final = "word_rarity.yaml"
_SCRIPTS: Final = "scripts.yaml"
_HAN: Final = "han_readings.yaml"
_TRANSLATIONS: Final = "translations.yaml"
_ADDED: Final = "organization_words.yaml"
_THRESHOLDS: Final = "thresholds.yaml"
_LONG: Final = 8  # letters of a first word that only a form of ISO 20275 has


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words and what they weigh. `legal_forms` maps a spelling (a tuple of words) to its form."""

    version: int
    factors: Mapping[str, float]
    closeness: Mapping[str, float]
    weights: Mapping[str, float]
    legal_forms: Mapping[tuple[str, ...], str]
    leading: frozenset[tuple[str, ...]]  # spellings that count at the beginning of a name too
    apart: frozenset[str]  # forms that say what a party does: their words are also read one by one
    longest_form: int
    equivalents: Mapping[str, str]
    acronyms: Mapping[str, tuple[str, ...]]  # and the words that each is short for
    particles: frozenset[str]
    places: frozenset[str]
    patronymics: frozenset[str]
    numerals: Mapping[str, str]
    nicknames: Mapping[str, frozenset[int]]
    called: Mapping[str, float]  # at most this weighs a rare spelling of a name that is not rare
    separators: tuple[str, ...]
    rarity: Mapping[str, float]  # weight of each word that is not distinctive, in [0, 1]
    legal_words: frozenset[str]  # long words of the reviewed legal forms: mended where misspelled
    frequent: frozenset[str]  # words that many names have, legal ones included: misspelled often


@cache
def tables_hash() -> str:
    """SHA-256, in hex, of the tables that names are read with: another hash, other scores."""
    found = hashlib.sha256()
    for name in (
        *(_WORDS, _ELF, _RARITY, _SCRIPTS, _HAN, given_names.FILE, _ADDED),
        *(_TRANSLATIONS, _THRESHOLDS),
    ):
        found.update((rules_path() / _FOLDER / name).read_bytes())
    return found.hexdigest()


def read(folder: Path, limits: NameThresholds | None = None) -> Lexicon:
    """The tables of a folder laid out as `rules/data`, with the shipped thresholds or others.

    Raises:
        ReferenceDataError: every finding, with line and column.
    """
    limits = thresholds().names if limits is None else limits
    table = read_words(folder / _WORDS)
    elf = read_table(folder / _ELF, ElfTable)
    forms = {tuple(normalize(spelling).split()): spelling for spelling in elf.spellings}
    leading = {words for words in forms if _leads(words, limits) or len(words[0]) >= _LONG}
    reviewed: set[str] = set()
    for row in table.legal_forms:
        for words in alternatives(row.spellings):
            forms[words] = row.form
            if not row.common:
                reviewed.update(w for w in words if len(w) >= limits.legal_letters and w.isascii())
            if row.leading or _leads(words, limits):
                leading.add(words)
    equivalents = {
        spelling: word for word, spellings in table.equivalents.items() for spelling in spellings
    }
    rarity = _rarity(read_rarity(folder / _RARITY, table.rarity.bits), table.rarity)
    spellings = given_names.read(folder / given_names.FILE).rows
    rows = [*table.nicknames, *map(sorted, spellings)]
    return Lexicon(
        version=table.version,
        factors=_numbers({**dict(table.factors), **_limiting(limits)}),
        closeness=_numbers(dict(table.closeness)),
        weights=_numbers(dict(table.weights)),
        legal_forms=MappingProxyType(forms),
        leading=frozenset(leading),
        apart=frozenset(row.form for row in table.legal_forms if row.apart),
        longest_form=max(map(len, forms)),
        equivalents=MappingProxyType(equivalents),
        acronyms=MappingProxyType(
            {
                acronym: tuple(words.split())
                for words, acronyms in table.acronyms.items()
                for acronym in acronyms
            }
        ),
        particles=frozenset(table.particles),
        places=frozenset(table.places),
        patronymics=frozenset(table.patronymics),
        numerals=MappingProxyType(_numerals(table.numerals)),
        nicknames=MappingProxyType(_nicknames(rows)),
        called=MappingProxyType(_called(rows, rarity)),
        separators=tuple(sorted(table.separators, key=lambda s: (-len(s), s))),
        rarity=MappingProxyType(rarity),
        legal_words=frozenset(reviewed),
        frequent=frozenset(_frequent(rarity, limits)) | reviewed,
    )


lexicon: Final = shipped(read, _FOLDER)
"""The shipped tables."""


def alternatives(spellings: Iterable[str]) -> Iterator[tuple[str, ...]]:
    """The words of each spelling, of which one may be several: "obshchestvo|obschestvo"."""
    for spelling in spellings:
        for words in product(*(part.split("|") for part in spelling.split())):
            yield tuple(normalize(" ".join(words)).split())


def _leads(words: tuple[str, ...], limits: NameThresholds) -> bool:
    """Whether a spelling is no other word even where a name begins with it.

    It is written out, in two words or more with a long one, or it is in another script.
    """
    written_out = len(words) > 1 and max(map(len, words)) >= limits.legal_letters
    return written_out or not all(map(str.isascii, words))


def _rarity(table: RarityTable, figures: Rarity) -> dict[str, float]:
    most, exponent = float(figures.bits), float(figures.exponent)
    found: dict[str, float] = {}
    for bits, words in table.bits.items():
        found.update(dict.fromkeys(words, (int(bits) / most) ** exponent))
    return found


def _frequent(rarity: Mapping[str, float], limits: NameThresholds) -> Iterator[str]:
    """Words whose misspellings are recognized: long enough to be no other word."""
    letters, below = limits.frequent_letters, float(limits.frequent_below)
    yield from (w for w, weight in rarity.items() if len(w) >= letters and weight < below)


def _limiting(limits: NameThresholds) -> dict[str, Any]:
    """The thresholds that scores are made with, beside the factors."""
    return {**dict(limits.never_certain), "exact": limits.exact, "says_more": limits.says_more}


def _numerals(rows: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """The digits that each word calls, tens and units written as one ("fortyfour") included."""
    found = {word: str(value) for value, words in rows.items() for word in words}
    units = [(word, value) for word, value in found.items() if len(value) == 1 and len(word) > 2]
    for tens, value in list(found.items()):
        if len(value) == 2 and value[1] == "0" and int(value) >= 20 and len(tens) > 2:
            for unit, digit in units:
                if digit != "0" and unit.isalpha():
                    found[tens + unit] = value[0] + digit
    return found


def _nicknames(rows: Iterable[Sequence[str]]) -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for number, row in enumerate(rows):
        for word in row:
            found.setdefault(word, set()).add(number)
    return {word: frozenset(numbers) for word, numbers in found.items()}


def _called(rows: Iterable[Sequence[str]], rarity: Mapping[str, float]) -> dict[str, float]:
    """The least weight in the row of each word that no table weighs; of several, the most."""
    found: dict[str, float] = {}
    for row in rows:
        known = [rarity[word] for word in row if word in rarity]
        if known:
            for word in row:
                if word not in rarity:
                    found[word] = max(min(known), found.get(word, 0.0))
    return found


def _numbers(mapping: dict[str, Any]) -> Mapping[str, float]:
    return MappingProxyType({name: float(value) for name, value in mapping.items()})
