"""How an LEI record says that its entity ended, when, and who succeeded it.

The status of the registration, that of the entity, and the events of LEI-CDF 3.1 (or the reason of
expiration of 2.1) are read by rules/data/standings.yaml. The day is that of the event or of
expiration; where none is stated the entity has ended on every day. An event counts where it is
completed, or where nobody says: one in progress has ended nothing yet.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final

from compliance.ownership.cessation import Cessation
from compliance.ownership.readers.json_members import Fields
from compliance.ownership.readers.register_status import standings

_DONE: Final = frozenset({None, "COMPLETED"})  # not in progress, not withdrawn


def ending(entity: Fields, registration: Fields | None, lei: str) -> Cessation | None:
    """How the entity of a record ended; None where nothing says that it did."""
    table = standings()
    registered = registration.text("RegistrationStatus") if registration is not None else None
    events = list(_events(entity))
    expired = entity.since("EntityExpirationDate")
    found = [
        table.of("gleif_registration", registered),
        table.of("gleif_reasons", entity.text("EntityExpirationReason")),
        table.of("gleif_entity", entity.text("EntityStatus")),
        *(standing for standing, _ in events),
    ]
    standing = table.first(found)
    if standing is None and expired is not None:
        standing = "dissolved"
    if standing is None:
        return None
    days = [day for _, day in events if day is not None] + ([expired] if expired else [])
    heirs = tuple(dict.fromkeys(heir for heir in _successors(entity) if heir != lei))
    return Cessation(standing, min(days, default=None), heirs, str(entity.place))


def _events(entity: Fields) -> Iterator[tuple[str, date | None]]:
    """Each event that ends the entity, with its day."""
    for event in _listed(entity, "LegalEntityEvents", "LegalEntityEvent"):
        status = event.text("event_status") or event.text("@event_status")
        standing = standings().of("gleif_events", event.text("LegalEntityEventType"))
        if standing is not None and status in _DONE:
            yield standing, event.since("LegalEntityEventEffectiveDate")


def _successors(entity: Fields) -> Iterator[str]:
    """The successors by LEI; one that only has a name is told by its name."""
    for successor in _listed(entity, "SuccessorEntity", "SuccessorEntity"):
        name = successor.text("SuccessorLEI") or successor.text("SuccessorEntityName")
        if name is not None:
            yield name
    for key in ("SuccessorLEI", "SuccessorEntityName"):
        name = entity.text(key)
        if name is not None:
            yield name


def _listed(stated: Fields, key: str, element: str) -> Iterator[Fields]:
    """The objects under a key: a list, one object, or elements of a name inside an object."""
    value: Any = stated.values.get(key)
    if isinstance(value, Mapping):
        value = value.get(element, value)
    found = value if isinstance(value, list) else [value] if value else []
    yield from Fields({key: found}, stated.place, stated.gathering).each(key)
