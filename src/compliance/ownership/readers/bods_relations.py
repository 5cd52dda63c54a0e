"""One relationship statement of BODS: its interests, or why a side of it is not specified."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from compliance.model.share import Share
from compliance.ownership.interests import UNSTATED, Edge, Kind
from compliance.ownership.readers import bods_terms as terms
from compliance.ownership.readers.bods_details import Details
from compliance.ownership.readers.bods_records import Piece, Version
from compliance.ownership.readers.json_members import Fields
from compliance.ownership.readers.statements import ReportingException

EXCEPTION_WORDS: Final = "reporting exception: "
"""Before the name of a reporting exception that the standard has no reason for, when written."""

_SMALLEST: Final = -30  # power of ten; a number with more digits is no percentage
_ENDS: Final = ("exact", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")


def relationship(
    statement: Fields, details: Fields, *, at: datetime, on: date, closed: bool
) -> Version:
    """One version of a relationship record, made at a moment of a day."""
    owned, why_owned = _side(details, "subject")
    owner, why_owner = _side(details, "interestedParty")
    if why_owned is not None or why_owner is not None:
        about = owned or statement.text("declarationSubject")
        if about is None:
            message = "a relationship of an unspecified subject, in no declaration: left out"
            details.gathering.remark("unspecified_subject", message, details.place)
            return Version(at, on, closed)
        found = ReportingException(
            about, why_owned or why_owner or "unknown", source=str(details.place)
        )
        return Version(at, on, closed, (), (found,))
    if owned is None or owner is None:
        return Version(at, on, closed)
    sides = Edge(owner, owned)
    summary = bool(details.texts("componentRecords"))
    pieces = [_piece(sides, each, summary=summary) for each in details.each("interests")]
    if not pieces and not details.values.get("interests"):
        message = "a relationship without interests: of unknown nature, it may be a shareholding"
        details.gathering.remark("unknown_nature", message, details.place)
        pieces = [Piece(sides, "unknownInterest", details.place)]
    return Version(at, on, closed, tuple(piece for piece in pieces if piece is not None))


def _side(details: Fields, key: str) -> tuple[str | None, str | None]:
    """The record that a side names, or why it names none."""
    value = details.values.get(key)
    if isinstance(value, str) and value.strip():
        return value.strip(), None
    if not isinstance(value, dict):
        details.fault(key, "the id of a record, or an object with a reason, is expected")
        return None, None
    unspecified = Fields(value, details.place.at(key), details.gathering)
    words = unspecified.text("description") or ""
    if words.startswith(EXCEPTION_WORDS):
        return None, words.removeprefix(EXCEPTION_WORDS)
    return None, unspecified.one_of("reason", terms.REASONS, required=True)


def _piece(sides: Edge, interest: Fields, *, summary: bool) -> Piece | None:
    type_ = interest.one_of("type", terms.KINDS)
    if type_ is None:
        if interest.values.get("type"):
            return None
        type_ = "unknownInterest"
    kind = terms.KINDS[type_]
    if kind is None:
        message = f"{type_}: an officer, no interest: left out"
        interest.gathering.remark("officer", message, interest.place)
        return None
    if type_ in terms.UNKNOWN_NATURES:
        message = "an interest of unknown nature: it may be a shareholding"
        interest.gathering.remark("unknown_nature", message, interest.place)
    words = Details.read(interest.text("details") or "")
    edge = Edge(
        sides.owner,
        sides.owned,
        _share(interest, words),
        _kind(kind, words),
        interest.since("startDate"),
        interest.until("endDate"),
        words.seats if kind == "board_appointment" else None,
        words.of if kind == "board_appointment" else None,
        share_class=words.share_class if kind == "shareholding" else "",
    )
    relation = interest.one_of("directOrIndirect", terms.RELATIONS)
    return Piece(edge, type_, interest.place, relation == "indirect", summary)


def _kind(kind: Kind, words: Details) -> Kind:
    return "consolidation" if kind == "other" and words.consolidation else kind


def _share(interest: Fields, words: Details) -> Share:
    stated = interest.inside("share")
    if stated is None:
        return UNSTATED
    before = len(stated.gathering.problems)
    ends = {key: _number(stated, key) for key in _ENDS}
    if len(stated.gathering.problems) > before:
        return UNSTATED
    low, low_open = max(
        [(Fraction(0), False), *_given(ends, ("minimum", False), ("exclusiveMinimum", True))]
    )
    high, closed = min(
        [(Fraction(1), True), *_given(ends, ("maximum", True), ("exclusiveMaximum", False))]
    )
    exact = ends["exact"]
    if exact is not None:
        if not low <= exact <= high:
            stated.fault("exact", "it lies outside minimum and maximum")
            return UNSTATED
        low, low_open, high, closed = exact, False, exact, True
    elif words.ends is not None and low <= words.ends[0] and words.ends[1] <= high:
        low, high = words.ends
    try:
        return Share(low, high, low_open, not closed)
    except ValueError as error:
        stated.gathering.fault(stated.place, str(error))
        return UNSTATED


def _given(
    ends: dict[str, Fraction | None], *keys: tuple[str, bool]
) -> list[tuple[Fraction, bool]]:
    return [(value, mark) for key, mark in keys if (value := ends[key]) is not None]


def _number(stated: Fields, key: str) -> Fraction | None:
    """The percentage under a key as a fraction of one."""
    value: Any = stated.values.get(key)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        stated.fault(key, f"a number of percent is expected, not {value!r}")
        return None
    if not 0 <= value <= 100:
        stated.fault(key, f"{value} is not between 0 and 100 percent")
        return None
    if isinstance(value, Decimal) and int(value.as_tuple().exponent) < _SMALLEST:
        stated.fault(key, f"a number with more than {-_SMALLEST} decimals is no percentage")
        return None
    return Fraction(value) / 100
