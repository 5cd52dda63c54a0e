"""Columns of GLEIF's golden copy and concatenated files as CSV, and the records that rows make.

https://www.gleif.org/en/lei-data/gleif-golden-copy A column is the path of an element of the common
data file formats (LEI-CDF 3.1, RR-CDF 2.1, reporting exceptions 2.1), its parts joined by dots and
what there are several of numbered: Entity.SuccessorEntity.1.SuccessorLEI. A column that is none of
these is refused, but below Extension, where an issuer adds its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final, Literal

Kind = Literal["relationship", "exception", "entity"]

_NAME: Final = r"(?:\.xmllang|\.type)?"
_ADDRESS: Final = (
    r"(?:xmllang|type|FirstAddressLine|AddressNumber|AddressNumberWithinBuilding|MailRouting"
    r"|AdditionalAddressLine\.\d|City|Region|Country|PostalCode)"
)
_AUTHORITY: Final = (
    r"(?:ValidationAuthorityID|OtherValidationAuthorityID|ValidationAuthorityEntityID)"
)
_REGISTRATION: Final = (
    r"Registration\.(?:InitialRegistrationDate|LastUpdateDate|RegistrationStatus|NextRenewalDate"
    r"|ManagingLOU|ValidationSources|ValidationDocuments|ValidationReference"
    rf"|ValidationAuthority\.{_AUTHORITY}"
    rf"|OtherValidationAuthorities\.OtherValidationAuthority\.\d\.{_AUTHORITY})"
)
_EVENT: Final = (
    r"group_type|event_status|group_id|group_sequence_no|LegalEntityEventType"
    r"|LegalEntityEventEffectiveDate|LegalEntityEventRecordedDate|ValidationDocuments"
    r"|ValidationReference|AffectedFields\.\d\.(?:AffectedField|field_xpath)"
)
_ENTITY: Final = (
    rf"LegalName{_NAME}",
    rf"(?:TransliteratedOther|Other)EntityNames\.(?:TransliteratedOther|Other)EntityName\.\d{_NAME}",
    rf"(?:Legal|Headquarters)Address\.{_ADDRESS}",
    rf"(?:TransliteratedOther|Other)Addresses\.(?:TransliteratedOther|Other)Address\.\d\.{_ADDRESS}",
    r"RegistrationAuthority\.(?:Other)?RegistrationAuthorityID",
    r"RegistrationAuthority\.RegistrationAuthorityEntityID",
    r"LegalJurisdiction|EntityCategory|EntitySubCategory|EntityStatus|EntityCreationDate",
    r"EntityExpirationDate|EntityExpirationReason",
    r"LegalForm\.(?:EntityLegalFormCode|OtherLegalForm)",
    r"AssociatedEntity\.(?:type|AssociatedLEI|AssociatedEntityName(?:\.xmllang)?)",
    r"SuccessorEntity\.\d\.(?:SuccessorLEI|SuccessorEntityName|SuccessorEntity(?:Name)?\.xmllang)",
    rf"LegalEntityEvents\.LegalEntityEvent\.\d\.(?:{_EVENT})",
)
_RELATIONSHIP: Final = (
    r"(?:Start|End)Node\.NodeID(?:Type)?",
    r"RelationshipType|RelationshipStatus",
    r"Period\.\d\.(?:startDate|endDate|periodType)",
    r"Qualifiers\.\d\.(?:QualifierDimension|QualifierCategory)",
    r"Quantifiers\.\d\.(?:MeasurementMethod|QuantifierAmount|QuantifierUnits)",
)
_KNOWN: Final[Mapping[Kind, re.Pattern[str]]] = {
    "entity": re.compile(
        rf"LEI|ConformityFlag|Entity\.(?:{'|'.join(_ENTITY)})|{_REGISTRATION}|Extension\..*"
    ),
    "relationship": re.compile(
        rf"Relationship\.(?:{'|'.join(_RELATIONSHIP)})|{_REGISTRATION}|Extension\..*"
    ),
    "exception": re.compile(r"LEI|Exception\.(?:Category|Reason\.\d|Reference\.\d)|Extension\..*"),
}
NEEDED: Final[Mapping[Kind, frozenset[str]]] = {
    "relationship": frozenset(
        {
            "Relationship.StartNode.NodeID",
            "Relationship.EndNode.NodeID",
            "Relationship.RelationshipType",
            "Relationship.RelationshipStatus",
            "Registration.RegistrationStatus",
        }
    ),
    "exception": frozenset({"LEI", "Exception.Category", "Exception.Reason.1"}),
    "entity": frozenset(
        {"LEI", "Entity.LegalName", "Entity.EntityStatus", "Registration.RegistrationStatus"}
    ),
}
# A file whose header has this is of that kind, and then has all that the kind needs.
MARKS: Final[Mapping[Kind, frozenset[str]]] = {
    "relationship": frozenset({"Relationship.StartNode.NodeID"}),
    "exception": frozenset({"LEI", "Exception.Category"}),
    "entity": frozenset({"LEI", "Entity.LegalName"}),
}
_UNREAD: Final = re.compile(r".*\.(?:xmllang|type)")
_PERIOD: Final = {"startDate": "StartDate", "endDate": "EndDate", "periodType": "PeriodType"}


def kind_of(columns: Iterable[str]) -> Kind | None:
    """What a file with these columns holds; None where it is no golden copy."""
    found = frozenset(columns)
    return next((kind for kind, marks in MARKS.items() if marks <= found), None)


def unknown(kind: Kind, columns: Iterable[str]) -> list[str]:
    """The columns that a file of a kind does not have, in order."""
    return [column for column in columns if not _KNOWN[kind].fullmatch(column)]


def record(kind: Kind, row: Mapping[str, str]) -> dict[str, Any]:
    """The record of a row, as XML and JSON of the common data file formats have it."""
    nested = _nested(
        {column: cell for column, cell in row.items() if cell and not _UNREAD.fullmatch(column)}
    )
    if kind == "relationship":
        relationship = nested.get("Relationship", {})
        periods = relationship.pop("Period", [])
        relationship["RelationshipPeriods"] = [
            {_PERIOD[key]: value for key, value in period.items()} for period in periods
        ]
    elif kind == "exception":
        stated = nested.pop("Exception", {})
        nested["ExceptionCategory"] = stated.get("Category")
        nested["ExceptionReason"] = stated.get("Reason", [])
    return nested


def _nested(row: Mapping[str, str]) -> dict[str, Any]:
    """Cells by the parts of their columns; numbered parts are the places of a list."""
    found: dict[str, Any] = {}
    for column, cell in row.items():
        *above, last = column.split(".")
        inside = found
        for part in above:
            inside = inside.setdefault(part, {})
        inside[last] = cell
    return {key: _listed(value) for key, value in found.items()}


def _listed(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if all(key.isdecimal() for key in value):
        return [_listed(value[key]) for key in sorted(value, key=int)]
    return {key: _listed(inside) for key, inside in value.items()}
