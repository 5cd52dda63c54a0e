"""Facts of contracts made for a test: one line from plain mappings to what is known of them."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from compliance import Contract
from compliance.policies.fact import Fact
from compliance.screening.facts import Subjects
from compliance.screening.knowledge import Knowledge
from compliance.watchlists import Watchlist, from_rows
from screeners import consulting_only, screener

DAY = date(2024, 6, 15)
LISTED, ALMOST = "Zorblatt Quantum Foundry", "Zorblad Quantum Foundry"


MEASURES = {
    "bis-744-22": ["us.military-intelligence"],
    "bis-dpl": ["us.denied-person"],
    "bis-entity-list": ["us.entity-list"],
    "bis-meu": ["us.meu"],
    "bis-uvl": ["us.unverified"],
    "dow-1260h": ["us.1260h"],
    "dow-1286": ["us.1286"],
    "eu-fsf": ["eu.asset-freeze"],
    "ofac-nscmic": ["us.ns-cmic"],
    "ofac-sdn": ["us.sdn"],
    "ofac-sdn-wallets": ["us.sdn"],
    "state-debarred": ["us.debarred"],
    "us-fincen": ["us.fincen-311"],
    "uk-ofsi": ["uk.asset-freeze"],
}
"""What the publishers' lists stand for; a list of any other id is one's own."""


def watchlist(list_id: str, *rows: dict[str, Any], **metadata: Any) -> Watchlist:
    """A list of invented entries; those of a publisher's list stand for its measure."""
    said = {"measures": MEASURES[list_id]} if list_id in MEASURES else {}
    numbered = [{"id": f"{list_id}-{n}", **said, **row} for n, row in enumerate(rows)]
    return from_rows(numbered, id=list_id, **metadata)


@cache
def listing() -> Knowledge:
    """What is known when one invented company stands on the list of blocked persons."""
    row = {
        "name": LISTED,
        "kind": "organization",
        "citation": "Notice 1",
        "programmes": ["TEST"],
        "license_policy": "presumption of denial",
        "footnotes": ["4"],
    }
    sdn = watchlist("ofac-sdn", row, title="Blocked persons")
    return consulting_only([sdn]).knowledge


@cache
def listed_on(list_id: str, **row: Any) -> Knowledge:
    """What is known when that company stands on one list, with no more than `row` says of it."""
    return consulting_only([watchlist(list_id, {"name": LISTED, **row})]).knowledge


def subjects(*as_of_and_know: Any, **contract: Any) -> Subjects:
    """Subjects of a contract on a day (DAY) with some knowledge (the one that ships)."""
    as_of, know = (*as_of_and_know, None, None)[:2]
    named, day = contract.pop("know", None), contract.pop("as_of", None)
    known: Knowledge = know or named or screener().knowledge
    return Subjects(Contract.read({"id": "C-1", **contract}), known, as_of or day or DAY)


def of_lessee(field: str, *as_of_and_know: Any, **party: Any) -> Fact:
    """A fact about a lessee of whom only this is said."""
    know = party.pop("know", None)
    lessee = {"id": "lessee", "name": "Fjord ApS", **party}
    return subjects(*as_of_and_know, lessee=lessee, know=know).lessee[field]


def of_item(field: str, *as_of: Any, **item: Any) -> Fact:
    """A fact about the one item of a contract with a provider and a lessee."""
    found = subjects(
        *as_of,
        provider={"id": "host", "name": "Host"},
        lessee={"id": "tenant", "name": "Fjord ApS"},
        items=[item],
    )
    return found.items[0][field]


def of_contract(field: str, *as_of_and_know: Any, **contract: Any) -> Fact:
    """A fact about a contract of which only this is said."""
    return subjects(*as_of_and_know, **contract).facts[field]


def told(fact: Fact) -> tuple[Any, bool, str, tuple[str, ...]]:
    """Value, whether it is known, its status, the paths that are missing."""
    return fact.value, fact.known, fact.status, fact.missing


def sure_and_possible(fact: Fact) -> tuple[set[Any], set[Any]]:
    """What is certainly in a set, and what may be."""
    return set(fact.value), set(fact.possible)


def company(party_id: str, headquarters: str | None = None, **fields: Any) -> dict[str, Any]:
    place = {"headquarters": headquarters} if headquarters else {}
    return {"id": party_id, "name": fields.pop("name", f"{party_id} Ltd"), **place, **fields}


def edge(owner: Any, share: Any = None, owned: Any = "lessee", **fields: Any) -> dict[str, Any]:
    stated = {} if share is None else {"share": share}
    return {"owner": owner, "owned": owned, **stated, **fields}


def known(
    field: str,
    *ownership: dict[str, Any],
    as_of: date = DAY,
    know: Knowledge | None = None,
    lessee: dict[str, Any] | None = None,
    **contract: Any,
) -> Fact:
    party = {"id": "lessee", "name": "Fjord ApS", "kind": "organization", **(lessee or {})}
    found = subjects(as_of, know, lessee=party, ownership=list(ownership), **contract)
    return found.lessee[field]
