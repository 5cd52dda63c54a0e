"""The reviewed amounts of qualifiers, from `rules/data/qualifiers.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Final, Literal

from pydantic import Field

from compliance.tables import Findings, Listed, Strict
from compliance.tables.embedded import rules_path
from compliance.tables.thresholds import QualifierThresholds, thresholds

_FILE: Final = "data/qualifiers.yaml"
Capped = Literal["review"]

# Quality -> what its comparison can find, and the verdict of it.
FINDINGS: Final[Mapping[str, Mapping[str, Literal["agrees", "conflicts", "unknown"]]]] = (
    MappingProxyType(
        {
            "birth_date": {
                "same_day": "agrees",
                "same_month": "agrees",
                "same_year": "agrees",
                "near": "unknown",
                "other_day": "conflicts",
                "apart": "conflicts",
            },
            "nationality": {"same": "agrees", "different": "conflicts", "related": "unknown"},
            "country": {"same": "agrees", "different": "conflicts", "related": "unknown"},
            "address": {"same_unit": "agrees", "same_house": "agrees", "other": "unknown"},
            "gender": {"same": "agrees", "different": "conflicts"},
            "identifier": {"same": "agrees", "same_number": "agrees", "different": "conflicts"},
            "kind": {"same": "agrees", "different": "conflicts"},
        }
    )
)


class FindingRow(Strict):
    """What a finding does."""

    adds: Annotated[Decimal, Field(ge=-1, le=1)]
    at_most: Capped | None = None


class _Proofs(Strict):
    natural: Listed[str]
    other: Listed[str]


class QualifiersTable(Strict):
    """The shape of qualifiers.yaml."""

    layout: Annotated[Literal[1], Field(alias="schema")]
    version: Annotated[int, Field(ge=1)]
    proofs: _Proofs
    qualities: dict[str, dict[str, FindingRow]]
    kinds: dict[str, Listed[str]]
    related_countries: Listed[Annotated[Listed[str], Field(min_length=2)]]


@dataclass(frozen=True, slots=True)
class Qualifiers:
    """The table; amounts are keyed by "quality.finding", `kinds` by kind of party."""

    version: int
    strong: float
    certain: float
    natural_proofs: frozenset[str]
    other_proofs: frozenset[str]
    adds: Mapping[str, float]
    at_most: Mapping[str, float]
    years_near: int
    kinds: Mapping[str, str]
    related_countries: tuple[frozenset[str], ...]


@cache
def qualifiers() -> Qualifiers:
    """The shipped table.

    Raises:
        ReferenceDataError: the file is not as this module expects it, with every finding.
    """
    return read(rules_path() / _FILE)


def read(path: Path, limits: QualifierThresholds | None = None) -> Qualifiers:
    """A table from a file in the layout of `rules/data/qualifiers.yaml`, with thresholds.

    Those are the shipped ones, unless others are given.

    Raises:
        ReferenceDataError: every defect, with line and column: a finding without an amount or with
            one of the wrong sign, a proof that is no agreement.
    """
    limits = thresholds().qualifiers if limits is None else limits
    findings = Findings()
    document, table = findings.read_only(path, QualifiersTable)
    agreeing = {f"{q}.{f}" for q, row in FINDINGS.items() for f, v in row.items() if v == "agrees"}
    for quality in sorted(FINDINGS.keys() ^ table.qualities.keys()):
        findings.report(document, ("qualities",), f"missing or unknown quality {quality!r}")
    for quality in sorted(FINDINGS.keys() & table.qualities.keys()):
        wanted, given = FINDINGS[quality], table.qualities[quality]
        for name in sorted(wanted.keys() ^ given.keys()):
            message = f"missing or unknown finding {name!r}"
            findings.report(document, ("qualities", quality), message)
        for name in sorted(wanted.keys() & given.keys()):
            adds, verdict = given[name].adds, wanted[name]
            sign = {"agrees": adds >= 0, "conflicts": adds <= 0, "unknown": adds == 0}[verdict]
            if not sign:
                message = f"{name} {verdict}: it cannot add {adds}"
                findings.report(document, ("qualities", quality, name), message)
    for part in ("natural", "other"):
        for index, proof in enumerate(getattr(table.proofs, part)):
            if proof not in agreeing:
                findings.report(document, ("proofs", part, index), f"{proof!r} is no agreement")
    findings.settle()
    rows = {f"{q}.{f}": row for q, given in table.qualities.items() for f, row in given.items()}
    return Qualifiers(
        version=table.version,
        strong=float(limits.strong),
        certain=float(limits.certain),
        natural_proofs=frozenset(table.proofs.natural),
        other_proofs=frozenset(table.proofs.other),
        adds=MappingProxyType({key: float(row.adds) for key, row in rows.items()}),
        at_most=MappingProxyType(
            {key: float(limits.at_most.review) for key, row in rows.items() if row.at_most}
        ),
        years_near=limits.years_near,
        kinds=MappingProxyType({k: group for group, some in table.kinds.items() for k in some}),
        related_countries=tuple(map(frozenset, table.related_countries)),
    )
