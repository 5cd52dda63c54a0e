"""The "edges-csv" format: your own table of interests, one a row, with a header.

Columns: owner and owned (ids); share ("51%", "0.51", "35/47", "25-50%", "more than 25%"), or its
ends as minimum and maximum, with exclusive_minimum and exclusive_maximum (true or false); kind,
from, until, seats, of, share_class; exception, in a row without an owner; and of each side, as
owner_name or owned_name: name, kind, incorporation, headquarters, residence, nationalities
(separated by ";"), standing, dissolved_on, successor (an id), country (of an organization where it
is incorporated, of a person where it lives, by its kind).
Only owned and one of owner and exception must be there. An owner that says nothing ("unknown",
"N/A") is somebody without a name, another one in each row. Text is text: a cell that looks like a
formula is a name like any other.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import fields as fields_of
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType
from typing import Final, cast, get_args

from compliance.model.party import PartyKind, Standing
from compliance.model.says_nothing import says_nothing
from compliance.model.share import Share, percent
from compliance.ownership.cessation import Cessation
from compliance.ownership.interests import UNSTATED, Edge, Kind
from compliance.ownership.readers.csv_table import records
from compliance.ownership.readers.json_members import Fields, nationality_code
from compliance.ownership.readers.spelled_values import percentage
from compliance.ownership.readers.statements import (
    Gathering,
    ReportingException,
    StatedParty,
    Statements,
    completed,
    refusal,
)

FORMAT: Final = "edges-csv"
_SIDES: Final = ("owner", "owned")
_OF_A_SIDE: Final = (
    "name",
    "kind",
    "country",
    "incorporation",
    "headquarters",
    "residence",
    "nationalities",
    "standing",
    "dissolved_on",
    "successor",
)
_PARTY_KINDS: Final = frozenset(get_args(PartyKind))
_STANDINGS: Final = frozenset(get_args(Standing))
_COUNTRY: Final = MappingProxyType({"organization": "incorporation", "person": "residence"})
COLUMNS: Final = frozenset(
    {"owner", "owned", "share", "kind", "from", "until", "seats", "of", "share_class", "exception"}
    | {"minimum", "maximum", "exclusive_minimum", "exclusive_maximum"}
    | {f"{side}_{each}" for side in _SIDES for each in _OF_A_SIDE}
)
REQUIRED: Final = (frozenset({"owner", "owned"}), frozenset({"owned", "exception"}))
_ENDS: Final = ("minimum", "maximum")
_YES_OR_NO: Final = MappingProxyType({"true": True, "false": False})
_UNNAMED: Final = "unnamed owner of "
_WHOLE: Final = re.compile(r"\d{1,9}", re.ASCII)


def read_edges(*paths: Path) -> Statements:
    """What the rows of one or several tables state, taken together.

    Raises:
        OwnershipError: a header with an unknown column, one twice, or one missing; every row that
            says something else than its columns may; each with its line.
    """
    gathering = Gathering(FORMAT)
    for path in paths:
        count = 0
        for place, row in records(path, REQUIRED, COLUMNS):
            count += 1
            _take(Fields(row, place, gathering))
        if not count:
            raise refusal(path, "no row behind the header")
    parties = gathering.parties
    parties |= {id_: replace(parties[id_], name=id_) for id_ in parties if _is_a_name(parties[id_])}
    return gathering.statements(*paths)


def _is_a_name(party: StatedParty) -> bool:
    """Whether the id stands for the name that no row states: several words, and no mere code."""
    words = [word for word in party.id.split() if any(map(str.isalpha, word))]
    return party.name is None and len(words) > 1 and not party.id.startswith(_UNNAMED)


def _take(row: Fields) -> None:
    owned = row.text("owned", required=True)
    owner, exception = row.text("owner"), row.text("exception")
    if (owner is None) == (exception is None):
        row.fault("owner", "a row has an owner, or an exception instead of one")
        return
    if owned is None:
        return
    if says_nothing(owned, "value"):
        row.fault("owned", f"{owned!r} stands for no party: of whom is this a part?")
        return
    if owner is not None and says_nothing(owner, "value"):
        owner = f"{_UNNAMED}{owned} ({row.place.path.name}:{row.place.line})"
    for side, id_ in zip(_SIDES, (owner, owned), strict=True):
        if id_ is not None:
            _party(row, side, id_)
    since, until = row.since("from"), row.until("until")
    if owner is None:
        found = ReportingException(owned, exception or "", since, until, str(row.place))
        row.gathering.exceptions.append(found)
        return
    edge = Edge(
        owner,
        owned,
        _share(row),
        cast("Kind", row.text("kind") or "shareholding"),
        since,
        until,
        _whole(row, "seats"),
        _whole(row, "of"),
        share_class=row.text("share_class") or "",
    )
    interest = row.gathering.interest(row.place, edge)
    if interest is not None:
        row.gathering.interests.append(interest)


def _share(row: Fields) -> Share:
    """The share that a row states: in one cell, by its ends, or in both ways if they agree."""
    share = _stated(row, "share", hint='or "25-50%", "more than 25%", "50% or more"')
    ends = {key: end for key in _ENDS if (end := _end(row, key)) is not None}
    opened = {key: _opened(row, key) for key in _ENDS}
    if share is None:
        return _between(row, ends, opened)
    for key, end in ends.items():
        value, is_open = getattr(share, key), getattr(share, f"exclusive_{key}")
        if end != value:
            message = f"{percent(end)} here, and the share says {share}"
            row.fault(key, message, hint="give the share, or its ends")
        elif opened[key] not in {None, is_open}:
            said = "excluded" if opened[key] else "included"
            message = f"{percent(end)} is {said} here, and the share says {share}"
            row.fault(f"exclusive_{key}", message, hint="give the share, or its ends")
    return share


def _stated(row: Fields, key: str, *, hint: str = "") -> Share | None:
    """The share that a cell spells; None where it is empty, or spells none."""
    text = row.text(key)
    if text is None:
        return None
    try:
        return Share.parse(text)
    except ValueError as error:
        share = percentage(text) if "%" in text or "percent" in text.lower() else None
        if share is None:
            row.fault(key, str(error), hint=hint)
        return share


def _end(row: Fields, key: str) -> Fraction | None:
    share = _stated(row, key)
    if share is None:
        return None
    if share.is_exact:
        return share.minimum
    message = f"one number is expected, not {row.text(key)!r}"
    row.fault(key, message, hint=f"true in exclusive_{key} excludes the number itself")
    return None


def _opened(row: Fields, key: str) -> bool | None:
    """Whether an end is excluded; None where a row does not say."""
    text = row.text(f"exclusive_{key}")
    if text is None:
        return None
    if row.text(key) is None:
        row.fault(f"exclusive_{key}", f"of which end? {key} is empty")
        return None
    if text.lower() not in _YES_OR_NO:
        row.fault(f"exclusive_{key}", f"true or false is expected, not {text!r}")
        return None
    return _YES_OR_NO[text.lower()]


def _between(row: Fields, ends: Mapping[str, Fraction], opened: Mapping[str, bool | None]) -> Share:
    """The share between two ends; 0% or 100% where one is not stated."""
    low, high = ends.get("minimum", UNSTATED.minimum), ends.get("maximum", UNSTATED.maximum)
    if low > high:
        row.fault("minimum", f"{percent(low)} is above the maximum, {percent(high)}")
        return UNSTATED
    try:
        return Share(low, high, bool(opened["minimum"]), bool(opened["maximum"]))
    except ValueError as error:
        row.fault("minimum", str(error))
        return UNSTATED


def _whole(row: Fields, key: str) -> int | None:
    text = row.text(key)
    if text is None:
        return None
    if not _WHOLE.fullmatch(text):
        row.fault(key, f"a whole number is expected, not {text!r}")
        return None
    return int(text)


def _party(row: Fields, side: str, id_: str) -> None:
    """Take up what a row says of one side; two rows never say different things of one party."""
    kind = row.one_of(f"{side}_kind", _PARTY_KINDS)
    codes: dict[str, str | None] = {
        key: row.country(f"{side}_{key}") for key in ("incorporation", "headquarters", "residence")
    }
    if country := row.country(f"{side}_country"):
        sense = _COUNTRY.get(kind or "")
        if sense is None:
            row.fault(
                f"{side}_country",
                "in which sense? that is told by a kind, organization or person",
                hint=f"give {side}_kind, or {side}_incorporation, {side}_headquarters, ...",
            )
        elif codes[sense] not in {None, country}:
            row.fault(f"{side}_country", f"{side}_{sense} says {codes[sense]}")
        else:
            codes[sense] = country
    nations = (row.text(f"{side}_nationalities") or "").split(";")
    found = [
        nationality_code(text.strip(), row.place, row.gathering) for text in nations if text.strip()
    ]
    party = StatedParty(
        id=id_,
        name=row.text(f"{side}_name"),
        kind=cast("PartyKind", kind or "unknown"),
        incorporation=codes["incorporation"],
        headquarters=codes["headquarters"],
        residence=codes["residence"],
        nationalities=tuple(dict.fromkeys(filter(None, found))),
        source=str(row.place),
        cessation=_cessation(row, side, id_),
    )
    parties = row.gathering.parties
    earlier = parties.get(id_)
    if earlier is None:
        parties[id_] = party
        return
    for name, value in _said(party).items():
        before = _said(earlier).get(name)
        if before is not None and before != value:
            message = f"{id_} is {value!r} here and {before!r} at {earlier.source}"
            row.fault(f"{side}_{name}", message)
    parties[id_] = completed(earlier, party)


def _cessation(row: Fields, side: str, id_: str) -> Cessation | None:
    """How a side ended: by a standing, a day, a successor; None where nothing says that it did."""
    standing = row.one_of(f"{side}_standing", _STANDINGS)
    since = row.since(f"{side}_dissolved_on")
    successor = row.text(f"{side}_successor")
    if standing in (None, "active"):
        if since is None and successor is None:
            return None
        standing = "dissolved" if successor is None else "merged"
    heirs = () if successor in (None, id_) else (successor,)
    return Cessation(standing, since, heirs, str(row.place))


def _said(party: StatedParty) -> Mapping[str, object]:
    """What a party is stated to be, field by field."""
    values = {each.name: getattr(party, each.name) for each in fields_of(party)}
    ended = values.pop("cessation")
    if isinstance(ended, Cessation):  # the same, wherever it is said
        values["standing"] = ", ".join((ended.words, *ended.successors))
    silent = (None, (), "unknown")
    return {
        name: value
        for name, value in values.items()
        if name not in {"id", "source"} and value not in silent
    }
