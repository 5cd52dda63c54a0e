"""Which parties of a graph are on a list: as the caller says, or by the names and numbers stated.

Names and numbers are compared by the same rules as in screening: a party is taken as listed where
these say so, and is otherwise only possibly listed. Nothing is guessed from less.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from compliance.model.party import Party
from compliance.model.truth import Truth, any_of
from compliance.ownership.readers import StatedParty
from compliance.screening.facts.hits import Narrowing, PartyHit, hits_of
from compliance.screening.knowledge import Knowledge
from compliance.watchlists.identifier_table import schemes
from compliance.watchlists.identifiers import canonical

_LONGEST: Final = 4096
_UNSCREENED: Final = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")  # no contract can hold them
_NOT_A_LETTER: Final = re.compile(r"[^a-z0-9]+")
_LONGEST_SCHEME: Final = 40


@dataclass(frozen=True, slots=True)
class ListedParty:
    """A party that is listed, or may be: `given` by the caller, or hit on the lists."""

    party: str
    given: bool
    hits: tuple[PartyHit, ...] = ()

    @property
    def certain(self) -> bool:
        """Whether it is taken as listed on some list."""
        return self.given or any(hit.certain for hit in self.hits)

    @property
    def lists(self) -> tuple[str, ...]:
        """The lists that name it: those where this is certain, or else those where it may be."""
        sure = [hit for hit in self.hits if hit.certain]
        return tuple(sorted({name for hit in sure or self.hits for name in hit.lists}))

    def under(
        self, measures: frozenset[str], narrowed: Narrowing | None = None
    ) -> tuple[bool, bool]:
        """Whether it counts under a rule of these measures, certainly and possibly.

        `narrowed` says which entries under them are meant. A party that the caller says is listed
        counts under every rule.
        """
        truth = any_of(hit.under(measures, narrowed) for hit in self.hits)
        certain = self.given or truth is Truth.TRUE
        return certain, certain or truth is Truth.UNKNOWN


def listed_among(
    ids: Iterable[str],
    stated: Mapping[str, StatedParty],
    given: frozenset[str],
    know: Knowledge,
    as_of: date,
) -> Iterator[ListedParty]:
    """Those of some parties that are listed or may be, in the order given."""
    for party_id in ids:
        party = stated.get(party_id)
        hits: tuple[PartyHit, ...] = ()
        if party is not None:
            kind = None if party.kind == "unknown" else party.kind
            hits = hits_of(_screened(party), kind, know, as_of)
        if hits or party_id in given:
            yield ListedParty(party_id, party_id in given, hits)


def _screened(party: StatedParty) -> Party:
    """The party as screening takes it; nothing is added to what the file states.

    An id that is a valid LEI by its check digits is also its number.
    """
    numbers = [
        (_scheme(number.scheme), number.value, _issuer(number.scheme))
        for number in party.identifiers
    ]
    if canonical("lei", party.id).check == "valid":
        numbers.append(("lei", party.id, None))
    given: dict[str, Any] = {
        "kind": party.kind,
        "name": _text(party.name or ""),
        "incorporation": party.incorporation,
        "headquarters": party.headquarters,
        "residence": party.residence,
        "nationalities": party.nationalities,
        "identifiers": tuple(
            {"scheme": scheme, "value": _text(value), "country": country}
            for scheme, value, country in dict.fromkeys(numbers)
            if scheme and _text(value)
        ),
    }
    return Party.model_validate({key: value for key, value in given.items() if value})


def _text(written: str) -> str:
    return _UNSCREENED.sub(" ", written).strip()[:_LONGEST].strip()


def _scheme(label: str) -> str:
    """The canonical name of a scheme, or the label in the spelling of a contract."""
    name = schemes().scheme(label).name.lower()
    return _NOT_A_LETTER.sub("_", name).strip("_0123456789")[:_LONGEST_SCHEME]


def _issuer(label: str) -> str | None:
    """The country that a code of a register or a document names."""
    coded = schemes().coded(label)
    return coded.country if coded else None
