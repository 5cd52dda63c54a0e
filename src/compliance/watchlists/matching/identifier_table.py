"""The reviewed table of identifier schemes, read once from `rules/data/identifiers.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Final, Literal, NamedTuple

from pydantic import Field

from compliance.places import country
from compliance.places.folding import fold
from compliance.tables import Findings, Listed, Strict
from compliance.tables.embedded import rules_path
from compliance.tables.thresholds import IdentifierThresholds, thresholds
from compliance.tables.yaml import Document
from compliance.watchlists.matching.checksums import CHECKS
from compliance.watchlists.matching.wallets import Forms

_FILE: Final = "data/identifiers.yaml"
_CODE: Final = re.compile(r"([A-Z]{2,3})-([A-Z0-9_]+)")
_REGISTRATION: Final = "registration"  # what a code of a register is that the table does not name


class SchemeRow(Strict):
    """One scheme of the table; the comments in the file say what each key means."""

    scope: Literal["world", "country"]
    families: Annotated[Listed[str], Field(min_length=1)]
    country: str | None = None
    check: str | None = None
    one_each: bool = False
    strip: Listed[str] = ()
    spellings: Listed[str] = ()


class IdentifiersTable(Strict):
    """The shape of identifiers.yaml."""

    layout: Annotated[Literal[1], Field(alias="schema")]
    version: Annotated[int, Field(ge=1)]
    registers: dict[str, str]
    documents: dict[str, str]
    schemes: dict[str, SchemeRow]
    national: dict[str, dict[str, Listed[str]]]
    vat_prefixes: dict[str, str]
    related_countries: Listed[Annotated[Listed[str], Field(min_length=2)]]
    base58_versions: dict[str, str]
    segwit_prefixes: Listed[str]
    bech32_prefixes: Listed[str]
    cash_prefixes: Listed[str]


@dataclass(frozen=True, slots=True)
class Scheme:
    """How numbers of a scheme are checked and compared."""

    name: str
    world: bool
    families: tuple[str, ...]
    country: str | None = None
    check: str | None = None
    one_each: bool = False
    strip: tuple[str, ...] = ()


class Coded(NamedTuple):
    """What a code of a register or a document stands for: our scheme, and who issued the number."""

    scheme: str
    country: str | None


@dataclass(frozen=True, slots=True)
class Schemes:
    """The table, folded for look-up."""

    version: int
    short: int
    words: int
    schemes: Mapping[str, Scheme]
    spelled: Mapping[str, str]
    registers: Mapping[str, str]
    documents: Mapping[str, str]
    labels: Mapping[str, tuple[tuple[str, str], ...]]
    national: Mapping[tuple[str, str], tuple[str, ...]]
    vat_prefixes: Mapping[str, str]
    related_countries: tuple[frozenset[str], ...]
    forms: Forms

    def scheme(self, text: str) -> Scheme:
        """The scheme that a label means; an unknown one is itself, compared by country.

        Where the whole is not known, what stands before a colon or a spaced dash decides:
        "wallet:XBT" and "Digital Currency Address - XBT" are wallets.
        """
        if coded := self.coded(text):
            return self.schemes[coded.scheme]
        for part in (text, text.partition(":")[0], text.partition(" - ")[0]):
            if name := self.spelled.get(_key(part)):
                return self.schemes[name]
        name = fold(text[:200]).replace(" ", "_") or "unknown"
        return Scheme(name, world=False, families=(name,))

    def named(self, label: str) -> str | None:
        """The name of the scheme that a label means; None where no scheme is spelled so."""
        return self.spelled.get(_key(label))

    def coded(self, text: str) -> Coded | None:
        """What a code of org-id.guide or of BODS for persons stands for; None for another text.

        "CN-SAIC" is a credit code of China, "SG-ACRA" a registration number of Singapore,
        "RUS-PASSPORT" a passport of Russia. XI is no country: such a number is of the whole world.
        """
        found = _CODE.fullmatch(text)
        if found is None:
            return None
        place, register = found.groups()
        known = self.documents if len(place) == 3 else self.registers
        issuer = country(place)
        if len(place) == 3:
            return Coded(known[register], issuer) if register in known and issuer else None
        if issuer is None and text not in known:
            return None
        return Coded(known.get(text, _REGISTRATION), issuer)

    def labelled(self, compact: str, scheme: Scheme) -> tuple[Scheme, str]:
        """A number without the label in front of it, and the scheme, where the label says it.

        `compact` holds capital letters and digits: "INN7707083893" of a tax number is an INN.
        """
        for label, name in self.labels.get(scheme.name, ()):
            rest = compact.removeprefix(label)
            if rest != compact and any(map(str.isdigit, rest[:2])):
                narrower = self.schemes[name]
                return (narrower if narrower.country and not scheme.country else scheme), rest
        return scheme, compact

    def related(self, one: str, other: str) -> bool:
        """Whether numbers of one country are at times printed as another's."""
        return any(one in group and other in group for group in self.related_countries)


@cache
def schemes() -> Schemes:
    """The shipped table.

    Raises:
        ReferenceDataError: the file is not as this module expects it, with every finding.
    """
    return read(rules_path() / _FILE)


def read(path: Path, limits: IdentifierThresholds | None = None) -> Schemes:
    """A table from a file in the layout of `rules/data/identifiers.yaml`, with thresholds.

    Those are the shipped ones, unless others are given.

    Raises:
        ReferenceDataError: every finding, with line and column.
    """
    limits = thresholds().identifiers if limits is None else limits
    findings = Findings()
    document, table = findings.read_only(path, IdentifiersTable)
    spelled: dict[str, str] = {}
    for name, row in table.schemes.items():
        for index, text in enumerate((name, *row.spellings)):
            at = ("schemes", name, "spellings", index - 1) if index else ("schemes", name)
            findings.claim(document, at, text, name, spelled, spelled=_key(text))
    _check_names(document, table, findings)
    findings.settle()
    return Schemes(
        version=table.version,
        short=limits.short,
        words=limits.words,
        schemes=MappingProxyType(dict(_schemes(table))),
        spelled=MappingProxyType(spelled),
        registers=MappingProxyType(table.registers),
        documents=MappingProxyType(table.documents),
        labels=MappingProxyType(dict(_labels(table))),
        national=MappingProxyType(
            {
                (scheme, country): checks
                for scheme, countries in table.national.items()
                for country, checks in countries.items()
            }
        ),
        vat_prefixes=MappingProxyType(table.vat_prefixes),
        related_countries=tuple(map(frozenset, table.related_countries)),
        forms=Forms(
            versions=MappingProxyType(table.base58_versions),
            segwit_prefixes=frozenset(table.segwit_prefixes),
            bech32_prefixes=frozenset((*table.segwit_prefixes, *table.bech32_prefixes)),
            cash_prefixes=table.cash_prefixes,
        ),
    )


def _schemes(table: IdentifiersTable) -> Iterator[tuple[str, Scheme]]:
    for name, row in table.schemes.items():
        yield (
            name,
            Scheme(
                name=name,
                world=row.scope == "world",
                families=row.families,
                country=row.country,
                check=row.check,
                one_each=row.one_each,
                strip=row.strip,
            ),
        )


def _labels(table: IdentifiersTable) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    """For each scheme the labels that may stand before its numbers, its own and the longest first.

    They are those of every scheme of one of its families.
    """
    for name, row in table.schemes.items():
        found = [
            (other != name, -len(label), label, other)
            for other, their in table.schemes.items()
            if not set(row.families).isdisjoint(their.families)
            for label in their.strip
        ]
        yield name, tuple((label, other) for _, _, label, other in sorted(found))


def _check_names(document: Document, table: IdentifiersTable, findings: Findings) -> None:
    """A check without a dot is one of ours; one with a dot is a module of python-stdnum."""
    given = (((name,), row.check) for name, row in table.schemes.items() if row.check)
    by_country = (
        ((scheme, country), check)
        for scheme, countries in table.national.items()
        for country, checks in countries.items()
        for check in checks
    )
    for path, check in chain(given, by_country):
        if "." not in check and check not in CHECKS:
            section = "schemes" if len(path) == 1 else "national"
            findings.report(document, (section, *path), f"no check {check!r}")
    for scheme in table.national.keys() - table.schemes.keys():
        findings.report(document, ("national", scheme), f"no scheme {scheme!r}", key=True)
    for part in ("registers", "documents"):
        for code, scheme in getattr(table, part).items():
            if scheme not in table.schemes:
                findings.report(document, (part, code), f"no scheme {scheme!r}")


def _key(text: str) -> str:
    return fold(text[:200]).replace(" ", "")
