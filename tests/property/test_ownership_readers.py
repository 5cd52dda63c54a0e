"""What readers make of records, against plain models: a tree of groups, and a diary of shares."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from compliance.model.truth import Truth
from compliance.ownership.readers import Statements, read

FIRST = date(2020, 1, 1)


def stated(records: Sequence[dict[str, Any]], format_: str) -> Statements:
    """What is read of records in a file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "records.json"
        path.write_text(json.dumps(records), encoding="utf-8")
        return read(path, format=format_)


def relation(owned: int, type_: str, owner: int) -> dict[str, Any]:
    """A relationship record of GLEIF."""
    relationship = {
        "StartNode": {"NodeID": f"N{owned}"},
        "EndNode": {"NodeID": f"N{owner}"},
        "RelationshipType": type_,
        "RelationshipStatus": "ACTIVE",
    }
    return {"Relationship": relationship}


@given(st.data())
def test_whoever_states_an_ultimate_parent_has_it_whatever_links_are_published(
    data: st.DataObject,
) -> None:
    size = data.draw(st.integers(2, 10))
    parents = [0, *(data.draw(st.integers(0, node - 1)) for node in range(1, size))]
    nodes = range(1, size)
    direct = data.draw(st.sets(st.sampled_from(nodes)))
    ultimate = data.draw(st.sets(st.sampled_from(nodes), min_size=1))
    records = [relation(n, "IS_DIRECTLY_CONSOLIDATED_BY", parents[n]) for n in sorted(direct)]
    records += [relation(n, "IS_ULTIMATELY_CONSOLIDATED_BY", 0) for n in sorted(ultimate)]
    graph = stated(data.draw(st.permutations(records)), "gleif").graph()
    for node in ultimate:
        found = graph.ultimate_parents(f"N{node}", as_of=None)
        assert found.truth is Truth.TRUE
        assert [each.party for each in found.parents] == ["N0"]


def statement(day: date, share: int, status: str) -> dict[str, Any]:
    """A statement of what B holds in A on a day."""
    return {
        "statementId": f"{day}-{share}",
        "declarationSubject": "A",
        "statementDate": day.isoformat(),
        "recordId": "r",
        "recordType": "relationship",
        "recordStatus": status,
        "recordDetails": {
            "isComponent": False,
            "subject": "A",
            "interestedParty": "B",
            "interests": [{"type": "shareholding", "share": {"exact": share}}],
        },
    }


@given(
    st.dictionaries(st.integers(0, 40), st.integers(1, 4), min_size=1, max_size=6),
    st.booleans(),
    st.data(),
)
def test_on_every_day_the_latest_statement_of_a_record_holds(
    told: dict[int, int],
    closed: bool,
    data: st.DataObject,
) -> None:
    days = sorted(told)
    records = [
        statement(
            FIRST + timedelta(days=day),
            told[day],
            "closed" if closed and day == days[-1] else "updated",
        )
        for day in days
    ]
    graph = stated(data.draw(st.permutations(records)), "bods").graph()
    for offset in range(-1, 42):
        latest = max((day for day in days if day <= offset), default=days[0])
        over = closed and offset >= days[-1]
        expected = [] if over else [f"{told[latest]}%"]
        day = FIRST + timedelta(days=offset)
        assert [str(share) for _, share, _ in graph.owners("A", as_of=day)] == expected
