"""A party of ownership files as screening takes the customer of a contract: with its owners.

Nothing is added to what the files state, so that the facts are those of a contract that states the
same. Names and numbers are cut to what a contract can hold; ids are kept as they are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from compliance.model.contract import Contract
from compliance.model.contract import Interest as StatedInterest
from compliance.model.party import Party
from compliance.ownership import Interest, OwnershipGraph
from compliance.ownership.readers import StatedParty, Statements
from compliance.screening.facts import Subjects
from compliance.screening.facts.subjects import PartyFacts
from compliance.screening.knowledge import Knowledge
from compliance.watchlists.matching.identifier_table import schemes
from compliance.watchlists.matching.identifiers import canonical

_LONGEST: Final = 4096
_UNSCREENED: Final = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")  # no contract can hold them
_NOT_A_LETTER: Final = re.compile(r"[^a-z0-9]+")
_LONGEST_SCHEME: Final = 40


def subject_of(
    statements: Statements, party: str, *, know: Knowledge, as_of: date, listed: frozenset[str]
) -> PartyFacts:
    """The facts of a party on a day; `listed` are ids that count as listed under every measure.

    Raises:
        OwnershipError: the statements are no graph.
        UnknownNameError: no statement names the party.
    """
    graph = _above(statements, party, as_of)
    parties = {id_: _party(id_, statements.parties.get(id_)) for id_ in sorted(graph.parties)}
    contract = Contract.model_construct(
        id=party,
        lessee=parties[party],
        ownership=tuple(
            StatedInterest.model_construct(owner=parties[i.owner], owned=parties[i.owned])
            for i in graph.interests
        ),
    )
    subjects = Subjects(contract, know, as_of)
    subjects.given_as_listed = listed
    subjects.graph = graph  # with several successors of a party, of which a contract states one
    return subjects.parties[party]


def _above(statements: Statements, party: str, as_of: date) -> OwnershipGraph:
    """The statements of the day on a party and on everybody above it."""
    whole = statements.graph(as_of)
    whole.owners(party, as_of=as_of)
    above = whole.on(as_of).above([party])
    ended = {x: p.cessation for x, p in statements.parties.items() if x in above and p.cessation}
    return OwnershipGraph.from_interests(
        (each for each in statements.stated(as_of) if _counts(each, above, as_of)), above, ended
    )


def _counts(stated: Interest | Mapping[str, Any], above: set[str], as_of: date) -> bool:
    if isinstance(stated, Interest):
        return stated.owned in above and stated.holds_on(as_of)
    return stated["owned"] in above


def _party(party_id: str, stated: StatedParty | None) -> Party:
    """The party as a contract describes it, or refers to it where the files only name its id.

    An id that is a valid LEI by its check digits is also its number.
    """
    if stated is None:
        return Party.model_construct({"id"}, id=party_id)
    numbers = [
        (_scheme(number.scheme), number.value, _issuer(number.scheme))
        for number in stated.identifiers
    ]
    if canonical("lei", party_id).check == "valid":
        numbers.append(("lei", party_id, None))
    given: dict[str, Any] = {
        "kind": stated.kind,
        "name": _text(stated.name or ""),
        "public_body": stated.kind == "public_body",
        "incorporation": stated.incorporation,
        "headquarters": stated.headquarters,
        "residence": stated.residence,
        "nationalities": stated.nationalities,
        "identifiers": tuple(
            {"scheme": scheme, "value": _text(value), "country": country}
            for scheme, value, country in dict.fromkeys(numbers)
            if scheme and _text(value)
        ),
    }
    party = Party.model_validate({key: value for key, value in given.items() if value})
    return party.model_copy(update={"id": party_id})


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
