"""Every threshold of matching and of facts: `rules/data/thresholds.yaml`, read once.

Kept at load: a cap that means "never certain" lies below `name_certainty`, the score from which a
name is taken for the listed one, and what a person looks at lies below both. What each number means
stands beside it in the file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import Field

from compliance.errors import ReferenceDataError
from compliance.tables import Findings, Strict
from compliance.tables.embedded import shipped
from compliance.tables.yaml import read_file

FILE: Final = Path("data") / "thresholds.yaml"
"""Where the thresholds stand in a rule folder."""
Portion = Annotated[Decimal, Field(gt=0, le=1)]
Amount = Annotated[int, Field(ge=1)]


class NeverCertain(Strict):
    """The most that a name scores which is never taken for the listed one."""

    alike: Portion
    longer: Portion
    transliterated: Portion
    weak_alias: Portion


class NameThresholds(Strict):
    """Of names; `exact` is of words, `says_more` and `frequent_below` are weights of words."""

    review: Portion
    never_certain: NeverCertain
    exact: Portion
    says_more: Portion
    frequent_letters: Amount
    frequent_below: Portion
    legal_letters: Amount


class ConflictCaps(Strict):
    """What a conflict leaves of a score."""

    review: Portion


class QualifierThresholds(Strict):
    """Of what is known beside a hit by name."""

    strong: Portion
    certain: Portion
    at_most: ConflictCaps
    years_near: Annotated[int, Field(ge=0)]


class AddressThresholds(Strict):
    """When two addresses are one place."""

    street_weight: Portion
    street_weight_alone: Portion
    street_overlap: Portion
    equal_letters: Amount
    alike_letters: Amount
    reach: Amount
    many: Amount
    span: Amount


class IdentifierThresholds(Strict):
    """When a text is a number of a party."""

    short: Amount
    words: Annotated[int, Field(ge=2)]


class ThresholdsTable(Strict):
    """The shape of the file; `settings` are typed by the facts that rest on them."""

    layout: Annotated[Literal[1], Field(alias="schema")]
    version: Amount
    names: NameThresholds
    qualifiers: QualifierThresholds
    addresses: AddressThresholds
    identifiers: IdentifierThresholds
    settings: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The table, with the score from which a name counts as the listed one."""

    names: NameThresholds
    qualifiers: QualifierThresholds
    addresses: AddressThresholds
    identifiers: IdentifierThresholds
    name_certainty: Decimal

    @property
    def caps(self) -> Mapping[tuple[str, ...], Decimal]:
        """Every cap that means "never certain", by its place in the file."""
        named = self.names.never_certain
        return {("names", "never_certain", name): cap for name, cap in named} | {
            ("qualifiers", "at_most", name): cap for name, cap in self.qualifiers.at_most
        }


def read(path: Path) -> Thresholds:
    """The thresholds of a file in the layout of `rules/data/thresholds.yaml`.

    Raises:
        ReferenceDataError: every finding, with line and column: a number that is missing, unknown
            or out of its range; a cap that means "never certain" and is not below name_certainty;
            thresholds out of order.
    """
    findings = Findings()
    document, table = findings.read_only(path, ThresholdsTable)
    certainty = table.settings.get("name_certainty")
    if isinstance(certainty, bool) or not isinstance(certainty, int | Decimal):
        findings.report(document, ("settings",), "'name_certainty' is missing, or no number")
        findings.settle()
    found = Thresholds(
        names=table.names,
        qualifiers=table.qualifiers,
        addresses=table.addresses,
        identifiers=table.identifiers,
        name_certainty=Decimal(str(certainty)),
    )
    for place, message in _disorder(found):
        findings.report(document, place, message)
    findings.settle()
    return found


thresholds: Final = shipped(read, FILE)
"""The shipped thresholds, by which names, addresses and numbers are compared."""


def checked(path: Path) -> Path:
    """The file, once it is known that no cap reaches its name_certainty: its own, or a shipped one.

    Names are compared by the shipped thresholds, whatever rule folder a screener reads.

    Raises:
        ReferenceDataError: as `read`; a shipped cap that means "never certain" is not below it.
    """
    certainty = read(path).name_certainty
    reached = sorted(".".join(p) for p, cap in thresholds().caps.items() if cap >= certainty)
    if reached:
        message = f"{certainty} is reached by what is never certain: {', '.join(reached)}"
        place = ("settings", "name_certainty")
        code = ReferenceDataError.code
        raise ReferenceDataError(read_file(path).problem(place, message, code=code))
    return path


def _disorder(found: Thresholds) -> Iterator[tuple[tuple[str, ...], str]]:
    """What stands on the wrong side of another threshold: where, and in words."""
    certainty = found.name_certainty
    for place, cap in found.caps.items():
        if cap >= certainty:
            yield place, f"{cap} means never certain, and name_certainty is {certainty}: not below"
        if cap < found.names.review:
            yield place, f"{cap} would hide a hit: a person looks from {found.names.review} on"
    qualifiers, addresses = found.qualifiers, found.addresses
    if found.names.review >= certainty:
        yield ("names", "review"), f"{found.names.review} is not below name_certainty, {certainty}"
    if qualifiers.at_most.review >= qualifiers.strong:
        said = f"{qualifiers.at_most.review} would be strong, which is from {qualifiers.strong} on"
        yield ("qualifiers", "at_most", "review"), said
    if qualifiers.strong >= qualifiers.certain:
        said = f"{qualifiers.strong} is not below certain, {qualifiers.certain}"
        yield ("qualifiers", "strong"), said
    if addresses.street_weight > addresses.street_weight_alone:
        said = f"{addresses.street_weight} is above street_weight_alone"
        yield ("addresses", "street_weight"), said
