"""Charts: well-formed, told in words, the same bytes from the same figures."""

from __future__ import annotations

import pytest
from defusedxml.ElementTree import fromstring

from bench.charts import Axis, Chart, Line, Panel, shares

SVG = "{http://www.w3.org/2000/svg}"


def chart(note: str = "") -> Chart:
    line = Line(((0.0, 0.0), (0.5, 1.0), (1.0, 0.25)), marked=(0.5, 1.0), label="one & all")
    return Chart(
        title="Shares <all>",
        description='what "it" shows',
        x=shares("threshold", steps=2),
        y=shares("share found", steps=2),
        panels=(Panel("first", (line,), note), Panel("second", ()), Panel("third", (line,))),
        across=2,
        size=(100, 50),
        upright=0.5,
    )


def test_a_chart_is_well_formed_and_says_what_it_shows() -> None:
    root = fromstring(chart().svg())
    assert root.tag == f"{SVG}svg"
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == "title desc"
    told = {part.get("id"): part.text for part in root if part.get("id")}
    assert told == {"title": "Shares <all>", "desc": 'what "it" shows'}


def test_points_stand_where_their_values_are() -> None:
    root = fromstring(chart().svg())
    lines = [part.get("points") for part in root.iter(f"{SVG}polyline")]
    assert lines == ["56,96 106,46 156,83.5", "56,180 106,130 156,167.5"]
    circles = [(part.get("cx"), part.get("cy")) for part in root.iter(f"{SVG}circle")]
    assert circles == [("106", "46"), ("106", "130")]


def test_the_picture_depends_on_the_figures_alone() -> None:
    assert chart().svg() == chart().svg()
    assert chart("95%").svg() != chart().svg()


@pytest.mark.parametrize(
    ("value", "place"), [(0.1, 0.0), (1.0, 0.5), (10.0, 1.0), (0.0, 0.0), (100.0, 1.0)]
)
def test_an_axis_in_powers_of_ten_keeps_values_within_its_ends(value: float, place: float) -> None:
    axis = Axis("rate", ((0.1, "0.1"), (1.0, "1"), (10.0, "10")), logarithmic=True)
    assert axis.place(value) == pytest.approx(place)


def test_both_grounds_are_drawn_for() -> None:
    text = chart().svg()
    assert "prefers-color-scheme: dark" in text
    assert text.count(".ground { fill:") == 2
