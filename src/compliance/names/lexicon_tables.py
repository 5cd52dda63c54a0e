"""The shapes of the reviewed tables of words: every key, its type and its range, each word once."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Final, Literal

from pydantic import AfterValidator, Field

from compliance.tables import Findings, Listed, Number, Strict, Words
from compliance.tables.yaml import Document

_Share = Annotated[Number, Field(ge=0, le=1)]
_Figure = Annotated[Number, Field(ge=0, le=20)]
_Text = Annotated[str, Field(min_length=1)]
_Texts = Annotated[Listed[_Text], Field(min_length=1)]
_Layout = Annotated[Literal[1], Field(alias="schema")]


class Factors(Strict):
    """What is left of a score, and weights at which something counts."""

    joined: _Share
    reordered: _Share
    patronymic: _Share
    initials: _Share
    numbers_differ: _Share
    variant: _Share
    acronym: _Share
    one_word: _Share
    contained: _Share
    contained_from: _Figure
    contained_full: _Figure
    unsupported: _Share
    unsupported_person: _Share
    supported_from: _Share
    known: _Share
    conflict: _Share
    branch: _Share
    department: _Share
    addressee: _Share
    group: _Share
    short_of: _Share
    unsupported_short: _Share


class Closeness(Strict):
    """Of two words that are not spelled alike."""

    sound: _Share
    sound_five: _Share
    sound_short: _Share
    join: _Share
    initial: _Share
    nickname: _Share
    consonants: _Share
    consonants_few: _Share
    short: _Share
    shortened: _Share


class Rarity(Strict):
    """How a weight follows from the rarity of a word."""

    bits: _Figure
    exponent: _Figure


class Weights(Strict):
    """Of words of a kind."""

    legal_form: _Share
    particle: _Share
    number: _Share
    letter: _Share
    two: _Share
    three: _Share
    four: _Share
    misspelled: _Share


class LegalForm(Strict):
    """A legal form and how it is spelled; what its marks say stands in the file."""

    form: _Text
    spellings: _Texts
    leading: bool = False
    common: bool = False
    apart: bool = False


class WordsTable(Strict):
    """legal_forms.yaml."""

    layout: _Layout
    version: int
    factors: Factors
    closeness: Closeness
    rarity: Rarity
    weights: Weights
    legal_forms: Listed[LegalForm]
    equivalents: dict[_Text, Words]
    acronyms: dict[_Text, Words]
    numerals: dict[Annotated[str, Field(pattern="^[0-9]+$")], Words]
    particles: Words
    places: Words
    patronymics: Words
    nicknames: Annotated[Listed[Words], Field(min_length=1)]
    separators: _Texts


class RarityTable(Strict):
    """word_rarity.yaml: words by their whole bits."""

    layout: _Layout
    version: int
    bits: dict[Annotated[str, Field(pattern="^[1-9][0-9]*$")], Words]


def _parts(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";"))


class ElfTable(Strict):
    """elf_forms.yaml: spellings of ISO 20275, divided by ";"."""

    layout: _Layout
    version: int
    spellings: Annotated[str, AfterValidator(_parts)]


def read_words(path: Path) -> WordsTable:
    """The table of legal_forms.yaml.

    Raises:
        ReferenceDataError: every finding, with line and column.
    """
    findings = Findings()
    document, table = findings.read_only(path, WordsTable)
    forms: dict[str, str] = {}
    for index, row in enumerate(table.legal_forms):
        for at, spelling in enumerate(row.spellings):
            place = ("legal_forms", index, "spellings", at)
            findings.claim(document, place, spelling, row.form, forms)
    for name in _ROWS:
        _each_once(findings, document, name, getattr(table, name))
    findings.settle()
    return table


def read_rarity(path: Path, bits: Decimal) -> RarityTable:
    """The table of word_rarity.yaml, below this many bits.

    Raises:
        ReferenceDataError: every finding, with line and column.
    """
    findings = Findings()
    document, table = findings.read_only(path, RarityTable)
    for row in table.bits:
        if int(row) >= bits:
            findings.report(document, ("bits", row), f"not below {bits} bits", key=True)
    _each_once(findings, document, "bits", table.bits)
    findings.settle()
    return table


_ROWS: Final = ("equivalents", "acronyms", "numerals")


def _each_once(
    findings: Findings, document: Document, section: str, rows: Mapping[str, tuple[str, ...]]
) -> None:
    """No word stands under two rows, or beside one whose name it is."""
    owners = {row: row for row in rows}
    for row, words in rows.items():
        for word in words:
            findings.claim(document, (section, row), word, row, owners)
