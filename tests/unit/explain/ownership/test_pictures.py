"""The ownership tree as DOT and SVG: complete, escaped, bounded, the same every time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.explain.ownership import dot, svg
from compliance.explain.ownership.diagram import ARROWS, Arrow, drawn
from compliance.ownership.readers import read
from compliance.screening.ownership_report import ownership_report
from sampling import examples
from unit.screening.ownership_report.reports import DAY, knowledge, policies, reported

SVG = "{http://www.w3.org/2000/svg}"
NODE = re.compile(r'  (n\d+) \[label="((?:[^"\\]|\\.)*)", tooltip="(?:[^"\\]|\\.)*", .*\];')
EDGE = re.compile(r'  (n\d+) -> (n\d+) \[label="((?:[^"\\]|\\.)*)"(.*)\];')
HOSTILE = (
    'owner,owned,share,owner_name\n'
    'a,x,30%,"</text><script>alert(1)</script> ""&amp;"" ]]>"\n'
    "b,x,10%,\u202egnilive\u202c \u05e9\u05dc\u05d5\u05dd\n"
    "c,x,20%,nul\x01\x1b[31m\ufffe\n"
    'd,x,5%,"back\\slash \\"" -> n0 [label=x]; }"\n'
)  # fmt: skip


def texts(drawing: str) -> list[str]:
    """The words drawn, each box's and label's lines joined."""
    return [
        " ".join(text.text or "" for text in group.iter(f"{SVG}text"))
        for group in fromstring(drawing).iter(f"{SVG}g")
        if group.get("class") is None
    ]


def rectangles(drawing: str) -> Iterator[tuple[float, float, float, float]]:
    """Left, upper, right and lower edge of every box and label."""
    for group in fromstring(drawing).iter(f"{SVG}g"):
        if group.get("class") is None:
            box: Any = group.find(f"{SVG}rect")
            x, y, w, h = (float(box.get(name)) for name in ("x", "y", "width", "height"))
            yield x, y, x + w, y + h


def test_every_party_and_every_interest_is_drawn_once(tmp_path: Path) -> None:
    picture = drawn(reported(tmp_path), 30)
    assert [box.party for box in picture.boxes] == ["harbour", "meridian", "wang", "nord"]
    assert picture.arrows == (
        Arrow("meridian", "harbour", ("40% to 60%",), firm=True, back=False),
        Arrow("wang", "harbour", ("25%",), firm=True, back=False),
        Arrow("wang", "harbour", ("agreement",), firm=False, back=False),
        Arrow("nord", "meridian", ("90%",), firm=True, back=False),
        Arrow("harbour", "meridian", ("10%",), firm=True, back=True),
    )
    assert (picture.boxes_left, picture.arrows_left) == (0, 0)
    assert picture.facts == (
        "Ultimate parent unknown: perhaps Verwunschene Handelskammer Nord",
        "Perhaps affected: Half in sum (listed and affected parties hold 40% to 60%)",
        "Perhaps affected: More than half or control (by owners who are not stated)",
    )


def test_a_box_says_what_is_known_of_a_party(tmp_path: Path) -> None:
    harbour, meridian, wang, nord = drawn(reported(tmp_path, listed=["meridian"]), 30).boxes
    assert harbour.notes == ("no holder stated: 15% to 35%", "owner not named: NO_KNOWN_PERSON")
    assert (harbour.asked, harbour.mark, harbour.person) == (True, "", False)
    assert meridian.notes == ("SG", "looked through: 40% to 60%", "listed: as given")
    assert (meridian.asked, meridian.mark) == (False, "listed")
    assert wang.notes == ("person", "looked through: about 26.04% to about 26.6%")
    assert wang.person
    assert nord.notes == ("KP", "looked through: 37.5% to about 57.45%", "listed: ofac-sdn")
    assert nord.detail.split("\n") == ["Verwunschene Handelskammer Nord (nord)", *nord.notes]


def test_shares_and_votes_are_one_where_equal_and_unstated_ones_say_so(tmp_path: Path) -> None:
    table = """\
owner,owned,share,kind,seats,of
a,x,25-50%,,,
a,x,25-50%,voting_rights,,
b,x,10%,,,
b,x,60%,voting_rights,,
c,x,,,,
c,x,,board_appointment,4,7
c,x,,consolidation,,
x,x,5%,,,
"""
    picture = drawn(reported(tmp_path, table, "x"), 30)
    assert {(arrow.owner, arrow.words) for arrow in picture.arrows} == {
        ("a", ("25% to 50% of shares and votes",)),
        ("b", ("10%", "60% of votes")),
        ("c", ("shares: not stated",)),
        ("c", ("board about 57.14%", "consolidated")),
    }
    assert "holds 5% of itself" in picture.boxes[0].notes


def test_the_svg_holds_every_party_interval_and_mark(tmp_path: Path) -> None:
    drawing = svg(reported(tmp_path), 30)
    assert sorted(texts(drawing)) == [
        "10%",
        "25%",
        "40% to 60%",
        "90%",
        "Harbour Compute Pte Ltd no holder stated: 15% to 35% owner not named: NO_KNOWN_PERSON",
        "Li Wang person looked through: about 26.04% to about 26.6%",
        "Meridian Holdings Ltd SG looked through: 40% to 60%",
        "Verwunschene Handelskammer Nord KP looked through: 37.5% to about 57.45% listed: ofac-sdn",
        "agreement",
    ]
    root = fromstring(drawing)
    classes = [element.get("class", "") for element in root.iter(f"{SVG}path")]
    drawn_lines = [name for name in classes if name][:5]
    assert sorted(drawn_lines) == [
        "own-line", "own-line", "own-line", "own-line own-back", "own-line own-other",
    ]  # fmt: skip
    assert root.find(f"{SVG}title").text == "Who owns Harbour Compute Pte Ltd on 2024-06-15"  # type: ignore[union-attr]
    assert drawing.count("own-box own-listed") == 2  # the box, and the legend
    assert drawing.count("own-box own-asked") == 1


def test_owners_stand_above_what_they_own(tmp_path: Path) -> None:
    drawing = svg(reported(tmp_path), 30)
    said = zip(texts(drawing), rectangles(drawing), strict=True)
    tops = {words.split()[0]: box[1] for words, box in said}
    assert tops["Verwunschene"] < tops["Meridian"] < tops["Harbour"]
    assert tops["Li"] < tops["Harbour"]


def test_a_long_name_is_cut_in_the_box_and_whole_in_its_title(tmp_path: Path) -> None:
    name = "Industrial Group for the Development of Very Long Names of Companies " * 3
    table = f"owner,owned,share,owner_name\na,x,30%,{name.strip()}\n"
    root = fromstring(svg(reported(tmp_path, table, "x"), 30))
    titles = [title.text or "" for title in root.iter(f"{SVG}title")]
    assert any(title.startswith(f"{name.strip()} (a)\n") for title in titles)
    assert any((text.text or "").endswith("\u2026") for text in root.iter(f"{SVG}text"))


def test_hostile_names_are_text_in_the_svg(tmp_path: Path) -> None:
    drawing = svg(reported(tmp_path, HOSTILE, "x"), 30)
    root = fromstring(drawing)
    assert {element.tag.removeprefix(SVG) for element in root.iter()} == {
        "svg", "title", "desc", "style", "marker", "path", "rect", "g", "text",
    }  # fmt: skip
    said = "".join(texts(drawing)).replace(" ", "")
    assert '</text><script>alert(1)</script>"&amp;"]]>' in said
    assert "<U+202E>gnilive<U+202C>\u05e9\u05dc\u05d5\u05dd" in said
    assert "nul<U+0001><U+001B>[31m<U+FFFE>" in said
    assert all(character == "\n" or character.isprintable() for character in drawing)


def test_the_dot_is_a_graph_of_the_same_parties_and_interests(tmp_path: Path) -> None:
    lines = dot(reported(tmp_path), 30).splitlines()
    assert (lines[0], lines[-1]) == ("digraph ownership {", "}")
    nodes = {match[1]: match[2] for line in lines if (match := NODE.fullmatch(line))}
    edges = [match.groups() for line in lines if (match := EDGE.fullmatch(line))]
    assert list(nodes) == ["n0", "n1", "n2", "n3"]
    assert nodes["n3"] == (
        "Verwunschene Handelskammer Nord\\nKP\\nlooked through: 37.5% to about 57.45%\\n"
        "listed: ofac-sdn"
    )
    assert edges == [
        ("n1", "n0", "40% to 60%", ""),
        ("n2", "n0", "25%", ""),
        ("n2", "n0", "agreement", ", style=dashed"),
        ("n3", "n1", "90%", ""),
        ("n0", "n1", "10%", ", constraint=false, color=purple"),
    ]
    assert len(lines) == 6 + len(nodes) + len(edges)


def test_hostile_names_stay_within_their_quotes_in_the_dot(tmp_path: Path) -> None:
    lines = dot(reported(tmp_path, HOSTILE, "x"), 30).splitlines()
    nodes = {match[1]: match[2] for line in lines if (match := NODE.fullmatch(line))}
    assert list(nodes) == ["n0", "n1", "n2", "n3", "n4"]
    assert nodes["n1"].startswith('</text><script>alert(1)</script> \\"&amp;amp;\\" ]]>\\n')
    assert nodes["n4"].startswith('back\\\\slash \\\\\\" -> n0 [label=x]; }\\n')
    assert nodes["n2"].startswith("nul<U+0001><U+001B>[31m<U+FFFE>\\n")


@pytest.mark.parametrize("write", [dot, svg])
def test_the_same_answers_give_the_same_picture_whatever_their_order(
    tmp_path: Path, write: Any
) -> None:
    rows = [f"o{n % 7},o{n // 3},{n % 9 + 1}%" for n in range(12)]
    known = knowledge(tmp_path, "Nobody at All")
    tables = ("owner,owned,share\n" + "\n".join(order) for order in (rows, rows[::-1]))
    first, second = (write(reported(tmp_path, table, "o0", known=known), 30) for table in tables)
    assert first == second


def test_of_many_parties_the_nearest_are_drawn_and_the_rest_is_counted(tmp_path: Path) -> None:
    rows = "".join(f"h{n:02},x,{n % 2 + 1}%\n" for n in range(40)) + "top,h01,100%\n"
    report = reported(tmp_path, f"owner,owned,share\n{rows}", "x")
    picture = drawn(report, 10)
    assert [box.party for box in picture.boxes] == ["x", *(f"h{n:02}" for n in range(1, 21, 2))]
    assert picture.boxes_left == 31
    assert picture.boxes[0].notes == ("no holder stated: 40%", "\u2026 and 30 more above")
    assert picture.boxes[1].notes[-1] == "\u2026 and 1 more above"
    for drawing in (svg(report, 10), dot(report, 10)):
        assert "\u2026 and 31 more parties above" in drawing


def test_of_many_interests_those_that_connect_come_first(tmp_path: Path) -> None:
    rows = "".join(f"c{a},c{b},1%\n" for a in range(15) for b in range(15) if a != b)
    report = reported(tmp_path, f"owner,owned,share\n{rows}", "c0")
    picture = drawn(report, 30)
    assert (len(picture.arrows), picture.arrows_left) == (ARROWS, 15 * 14 - ARROWS)
    assert {arrow.owner for arrow in picture.arrows[:14]} == {f"c{n}" for n in range(1, 15)}
    assert f"\u2026 and {15 * 14 - ARROWS} more interests above, not drawn" in svg(report, 30)


EDGES = st.lists(
    st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(1, 9)),
    max_size=25,
    unique_by=lambda edge: edge[:2],
)


@settings(max_examples=examples(40))
@given(EDGES)
def test_no_box_or_label_lies_on_another(tmp_path_factory: Any, edges: Any) -> None:
    folder = tmp_path_factory.mktemp("drawn")
    rows = "".join(f"p{a},p{b},{share}%\n" for a, b, share in edges)
    report = reported(folder, f"owner,owned,share\n{rows}q,p0,1%\n", "p0", known=KNOWN.get(folder))
    drawing = svg(report, 30)
    for one, other in combinations(rectangles(drawing), 2):
        apart = one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1]
        assert apart


class _Once:
    """The knowledge, loaded once for all examples."""

    def __init__(self) -> None:
        self.known: Any = None

    def get(self, folder: Path) -> Any:
        self.known = self.known or knowledge(folder, "Nobody at All")
        return self.known


KNOWN = _Once()


@pytest.mark.shared
@pytest.mark.parametrize(
    "name",
    ["bods/bods-package-fi-soe.json", "bods/levent.json", "bods/tecido.json",
     "bods/joint-ownership.json", "gleif/bodspipelines/rr-data.xml",
     "psc/psc_snapshot_shape.jsonl", "opensanctions/zala.entities.ftm.json"],
)  # fmt: skip
def test_real_files_are_drawn_with_every_party_above(
    shared: Path, tmp_path: Path, name: str
) -> None:
    statements = read(shared / name)
    graph, known = statements.graph(DAY), KNOWN.get(tmp_path)
    for party in sorted(graph.parties):
        report = ownership_report(statements, party, as_of=DAY, know=known, policies=policies())
        drawing = svg(report, 30)
        boxes = fromstring(drawing).findall(f"{SVG}g/{SVG}g/{SVG}title")
        shown = {(box.text or "").split("\n")[0] for box in boxes}
        assert {report.full(p) for p in (party, *report.above)} <= shown


def test_a_picture_says_whether_a_rule_is_in_force(tmp_path: Path) -> None:
    known = knowledge(tmp_path, "Nobody at All")
    table = "owner,owned,share\na,x,60%\n"
    facts = {
        day: drawn(reported(tmp_path, table, "x", ["a"], known, day), 30).facts[1]
        for day in (DAY, date(2026, 3, 1), date(2026, 11, 24))
    }
    held = "listed and affected parties hold 60%"
    assert list(facts.values()) == [
        f"Affected: Half in sum ({held})",
        f"Would be affected: Half in sum ({held}; stayed from 2025-11-10 to 2026-11-09)",
        f"Affected: Half in sum ({held}; unverified since 2026-11-10)",
    ]
