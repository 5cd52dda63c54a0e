"""BODS 0.4: indirect interests, and the chains of direct ones that spell them out."""

from __future__ import annotations

from pathlib import Path

from compliance.model.truth import Truth
from compliance.ownership.readers.bods import read_bods
from unit.ownership.readers.bods_statements import holding, statement
from unit.ownership.readers.reading import (
    remarks,
    rows,
    written,
)


def test_an_indirect_share_without_its_chain_passes_through_the_direct_holders(
    tmp_path: Path,
) -> None:
    indirect = {"directOrIndirect": "indirect"}
    person = statement("M", "person", {"personType": "knownPerson"})
    path = written(
        tmp_path / "a.json",
        person,
        holding("B", "A", 80),
        holding("M", "A", 20, record="s"),
        holding("P", "A", 60, record="t", interest=indirect),
    )
    statements = read_bods(path)
    assert rows(statements)[2:] == [
        ("P", "A", "0% to 60%", "shareholding", "", ""),
        ("P", "B", "0% to 100%", "shareholding", "", ""),
    ]
    assert remarks(statements) == {"indirect_through": 1, "undescribed_party": 7}
    graph = statements.graph()
    assert graph.diagnoses(as_of=None) == ()
    assert graph.affected(["P"], as_of=None)["A"].truth is Truth.UNKNOWN


def test_indirect_votes_never_silence_the_votes_of_direct_shareholders(tmp_path: Path) -> None:
    indirect = {"type": "votingRights", "directOrIndirect": "indirect"}
    path = written(
        tmp_path / "a.json",
        holding("B", "A", 80),
        holding("P", "A", 60, record="t", interest=indirect),
    )
    graph = read_bods(path).graph()
    assert graph.controlled_by("B", as_of=None)["A"].truth is Truth.TRUE
    assert graph.controlled_by("P", as_of=None)["A"].truth is Truth.UNKNOWN


def test_an_indirect_share_that_its_chain_does_not_amount_to_is_remarked_on(
    tmp_path: Path,
) -> None:
    path = written(
        tmp_path / "a.json",
        holding("B", "A", 100),
        holding("P", "B", 10, record="s"),
        holding("P", "A", 60, record="t", interest={"directOrIndirect": "indirect"}),
    )
    statements = read_bods(path)
    assert [found[:3] for found in rows(statements)] == [("B", "A", "100%"), ("P", "B", "10%")]
    assert remarks(statements) == {"indirect": 1, "indirect_differs": 1, "undescribed_party": 4}


def test_indirect_control_stays_unless_its_record_names_its_components(tmp_path: Path) -> None:
    control = {"type": "otherInfluenceOrControl", "directOrIndirect": "indirect"}
    chain = [holding("B", "A", 10), holding("P", "B", 10, record="s")]
    told = holding("P", "A", record="t", interest=control)
    path = written(tmp_path / "a.json", *chain, told)
    assert rows(read_bods(path))[2] == ("P", "A", "0% to 100%", "other", "", "")
    told["recordDetails"]["componentRecords"] = ["r", "s", "B"]
    path = written(tmp_path / "b.json", *chain, told)
    assert len(rows(read_bods(path))) == 2


def test_an_indirect_interest_without_any_direct_holder_stands_for_itself(tmp_path: Path) -> None:
    indirect = {"directOrIndirect": "indirect"}
    path = written(tmp_path / "a.json", holding("P", "A", 60, interest=indirect))
    assert rows(read_bods(path)) == [("P", "A", "60%", "shareholding", "", "")]


def test_a_chain_of_another_time_does_not_spell_out_an_indirect_interest(tmp_path: Path) -> None:
    past = {"endDate": "2020-01-01"}
    path = written(
        tmp_path / "a.json",
        holding("B", "A", 80, interest=past),
        holding("P", "B", 75, record="s", interest=past),
        holding(
            "P",
            "A",
            60,
            record="t",
            interest={"directOrIndirect": "indirect", "startDate": "2021-01-01"},
        ),
    )
    assert rows(read_bods(path))[2] == ("P", "A", "60%", "shareholding", "2021-01-01", "")
