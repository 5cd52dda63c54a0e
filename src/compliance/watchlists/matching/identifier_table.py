"""The reviewed table of identifier schemes, read once from `rules/data/identifiers.yaml`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import chain
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Final, Literal, NamedTuple

from pydantic import Field

from compliance.places import country
from compliance.places.folding import fold
from compliance.tables import Findings, Listed, Strict
from compliance.tables.embedded import shipped
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


class Scheme(SchemeRow):
    """How numbers of a scheme are checked and compared."""

    name: str

    @property
    def world(self) -> bool:
        """Whether a number is one party's all over the world."""
        return self.scope == "world"


class Coded(NamedTuple):
    """What a code of a register or a document stands for: our scheme, and who issued the number."""

    scheme: str
    country: str | None


class Schemes(Strict):
    """identifiers.yaml, folded for look-up."""

    layout: Annotated[Literal[1], Field(alias="schema")]
    version: Annotated[int, Field(ge=1)]
    registers: dict[str, str]
    documents: dict[str, str]
    rows: Annotated[dict[str, SchemeRow], Field(alias="schemes")]
    checks: Annotated[dict[str, dict[str, Listed[str]]], Field(alias="national")]
    vat_prefixes: dict[str, str]
    related_countries: Listed[Annotated[Listed[str], Field(min_length=2)]]
    base58_versions: dict[str, str]
    segwit_prefixes: Listed[str]
    bech32_prefixes: Listed[str]
    cash_prefixes: Listed[str]

    @property
    def limits(self) -> IdentifierThresholds:
        """When a text is a number of a party."""
        return thresholds().identifiers

    @cached_property
    def schemes(self) -> Mapping[str, Scheme]:
        """The schemes by name."""
        rows = self.rows.items()
        return MappingProxyType({name: Scheme(name=name, **dict(row)) for name, row in rows})

    @cached_property
    def spelled(self) -> Mapping[str, str]:
        """The name of the scheme of each folded spelling."""
        return MappingProxyType(
            {_key(text): name for name, row in self.rows.items() for text in (name, *row.spellings)}
        )

    @cached_property
    def national(self) -> Mapping[tuple[str, str], tuple[str, ...]]:
        """The checks of a scheme's numbers in a country."""
        return MappingProxyType(
            {
                (scheme, country): checks
                for scheme, countries in self.checks.items()
                for country, checks in countries.items()
            }
        )

    @cached_property
    def labels(self) -> Mapping[str, tuple[tuple[str, str], ...]]:
        """The labels that may stand before a scheme's numbers, its own and the longest first.

        They are those of every scheme of one of its families.
        """
        return MappingProxyType(dict(self._labels()))

    @cached_property
    def forms(self) -> Forms:
        """The forms of wallet addresses."""
        return Forms(
            versions=self.base58_versions,
            segwit_prefixes=frozenset(self.segwit_prefixes),
            bech32_prefixes=frozenset((*self.segwit_prefixes, *self.bech32_prefixes)),
            cash_prefixes=self.cash_prefixes,
        )

    def _labels(self) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
        for name, row in self.rows.items():
            found = [
                (other != name, -len(label), label, other)
                for other, their in self.rows.items()
                if not set(row.families).isdisjoint(their.families)
                for label in their.strip
            ]
            yield name, tuple((label, other) for _, _, label, other in sorted(found))

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
        return Scheme(name=name, scope="country", families=(name,))

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


def read(path: Path) -> Schemes:
    """A table from a file in the layout of `rules/data/identifiers.yaml`.

    Raises:
        ReferenceDataError: every finding, with line and column.
    """
    findings = Findings()
    document, table = findings.read_only(path, Schemes)
    spelled: dict[str, str] = {}
    for name, row in table.rows.items():
        for index, text in enumerate((name, *row.spellings)):
            at = ("schemes", name, "spellings", index - 1) if index else ("schemes", name)
            findings.claim(document, at, text, name, spelled, spelled=_key(text))
    _check_names(document, table, findings)
    findings.settle()
    return table


schemes: Final = shipped(read, _FILE)
"""The shipped table."""


def _check_names(document: Document, table: Schemes, findings: Findings) -> None:
    """A check without a dot is one of ours; one with a dot is a module of python-stdnum."""
    given = (((name,), row.check) for name, row in table.rows.items() if row.check)
    by_country = (
        ((scheme, country), check)
        for scheme, countries in table.checks.items()
        for country, checks in countries.items()
        for check in checks
    )
    for path, check in chain(given, by_country):
        if "." not in check and check not in CHECKS:
            section = "schemes" if len(path) == 1 else "national"
            findings.report(document, (section, *path), f"no check {check!r}")
    for scheme in table.checks.keys() - table.rows.keys():
        findings.report(document, ("national", scheme), f"no scheme {scheme!r}", key=True)
    for part in ("registers", "documents"):
        for code, scheme in getattr(table, part).items():
            if scheme not in table.rows:
                findings.report(document, (part, code), f"no scheme {scheme!r}")


def _key(text: str) -> str:
    return fold(text[:200]).replace(" ", "")
