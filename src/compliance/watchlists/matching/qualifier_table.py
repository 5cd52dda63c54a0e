"""The reviewed amounts of qualifiers, from `rules/data/qualifiers.yaml`."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Final, Literal

from pydantic import Field

from compliance.tables import Findings, Listed, Strict
from compliance.tables.embedded import shipped
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


class Qualifiers(Strict):
    """qualifiers.yaml; amounts are keyed by "quality.finding", `kinds` by kind of party."""

    layout: Annotated[Literal[1], Field(alias="schema")]
    version: Annotated[int, Field(ge=1)]
    proofs: _Proofs
    qualities: dict[str, dict[str, FindingRow]]
    groups_of_kinds: Annotated[dict[str, Listed[str]], Field(alias="kinds")]
    related_countries: Listed[Annotated[Listed[str], Field(min_length=2)]]

    @property
    def limits(self) -> QualifierThresholds:
        """How far qualifiers move a hit."""
        return thresholds().qualifiers

    @cached_property
    def _rows(self) -> Mapping[str, FindingRow]:
        return {f"{q}.{f}": row for q, given in self.qualities.items() for f, row in given.items()}

    @cached_property
    def adds(self) -> Mapping[str, float]:
        """What a finding adds to the score."""
        return MappingProxyType({key: float(row.adds) for key, row in self._rows.items()})

    @cached_property
    def at_most(self) -> Mapping[str, float]:
        """The score that a finding leaves at most, for those that cap it."""
        most = float(self.limits.at_most.review)
        return MappingProxyType({key: most for key, row in self._rows.items() if row.at_most})

    @cached_property
    def kinds(self) -> Mapping[str, str]:
        """The group of each kind of party."""
        groups = self.groups_of_kinds.items()
        return MappingProxyType({kind: group for group, some in groups for kind in some})


def read(path: Path) -> Qualifiers:
    """A table from a file in the layout of `rules/data/qualifiers.yaml`.

    Raises:
        ReferenceDataError: every defect, with line and column: a finding without an amount or with
            one of the wrong sign, a proof that is no agreement.
    """
    findings = Findings()
    document, table = findings.read_only(path, Qualifiers)
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
    return table


qualifiers: Final = shipped(read, _FILE)
"""The shipped table."""
