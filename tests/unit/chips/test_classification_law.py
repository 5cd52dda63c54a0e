from __future__ import annotations

from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest

from compliance.chips.classification_law import Law, Range, Sampled, read_law
from compliance.errors import ReferenceDataError
from compliance.tables import Findings
from compliance.tables.embedded import rules_path

SOURCE = rules_path() / "data" / "chips" / "classification.yaml"


def load_law(path: Path) -> Law | None:
    findings = Findings()
    found = read_law(path, findings)
    findings.settle()
    return found


@pytest.fixture(scope="module")
def law() -> Law:
    found = load_law(SOURCE)
    assert found is not None
    return found


def problems(tmp_path: Path, old: str, new: str) -> list[str]:
    text = SOURCE.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "classification.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ReferenceDataError) as refused:
        load_law(path)
    places = (str(each).removeprefix(f"{path}:") for each in refused.value.problems)
    return [place.partition(": ")[2] for place in places]


@pytest.mark.parametrize(
    ("day", "title"),
    [
        (date(2022, 10, 7), None),
        (date(2022, 10, 20), None),
        (date(2022, 10, 21), "October 2022 rule"),
        (date(2023, 11, 16), "October 2022 rule"),
        (date(2023, 11, 17), "October 2023 rule"),
        (date(2026, 1, 15), "October 2023 rule"),
        (date(9999, 12, 31), "October 2023 rule"),
    ],
)
def test_a_regime_holds_until_the_next_begins(law: Law, day: date, title: str | None) -> None:
    regime = law.on(day)
    assert (None if regime is None else regime.title) == title


def test_limits_of_a_regime_are_those_of_its_tests_and_exemption(law: Law) -> None:
    old, new = law.regimes
    assert old.limits("tpp") == (Fraction(4800),)
    assert old.limits("interconnect") == (Fraction(600),)
    assert old.limits("performance_density") == ()
    assert new.limits("tpp") == (Fraction(1600), Fraction(2400), Fraction(4800))
    assert new.limits("interconnect") == ()
    assert new.limits("performance_density") == tuple(map(Fraction, ("1.6", "3.2", "5.92")))


def test_the_exemption_is_for_other_markets_below_its_limit(law: Law) -> None:
    old, new = law.regimes
    assert not old.exempts(Fraction(1), datacenter=False)
    assert new.exempts(Fraction(4799), datacenter=False)
    assert not new.exempts(Fraction(4800), datacenter=False)
    assert not new.exempts(Fraction(4799), datacenter=True)


class TestRange:
    @pytest.mark.parametrize(
        ("bounds", "inside", "outside"),
        [
            ({"at_least": 2}, ["2", "3"], ["1.999"]),
            ({"below": 2}, ["0", "1.999"], ["2", "3"]),
            ({"at_least": 1, "below": 2}, ["1", "1.999"], ["0.999", "2"]),
        ],
    )
    def test_the_lower_end_belongs_to_it_and_the_upper_does_not(
        self, bounds: dict[str, int], inside: list[str], outside: list[str]
    ) -> None:
        found = Range.model_validate(bounds)
        assert [found.holds(Fraction(each)) for each in inside] == [True] * len(inside)
        assert [found.holds(Fraction(each)) for each in outside] == [False] * len(outside)

    @pytest.mark.parametrize(
        "bounds", [{}, {"at_least": 2, "below": 2}, {"at_least": 3, "below": 2}]
    )
    def test_a_range_that_holds_all_or_nothing_is_refused(self, bounds: dict[str, int]) -> None:
        with pytest.raises(ValueError, match=r"a range has|is not under"):
            Range.model_validate(bounds)

    @pytest.mark.parametrize("limit", [True, "4800", 1.5])
    def test_a_limit_is_an_exact_number(self, limit: object) -> None:
        with pytest.raises(ValueError, match="a number is expected"):
            Range.model_validate({"at_least": limit})


class TestSampled:
    def test_every_cell_between_limits_has_a_value(self) -> None:
        found = Sampled.between((Fraction(2), Fraction(1))).values
        assert found == tuple(map(Fraction, ("0", "0.5", "1", "1.5", "2", "5")))

    def test_without_limits_there_is_one_cell_and_its_start(self) -> None:
        assert Sampled.between(()).values == (Fraction(0), Fraction(1))


class TestBadLaw:
    @pytest.mark.parametrize(
        ("old", "new", "expected"),
        [
            (
                "at_least: 5.92}",
                "at_least: '5.92'}",
                "regimes.1.tiers.0.tests.1.performance_density.at_least: a number is expected",
            ),
            (
                "from: 2023-11-17",
                "from: 2022-10-21",
                "regimes.1.from: days must ascend",
            ),
            (
                "{name: fp64, figure: fp64_tflops, bits: 64}",
                "{name: fp64, figure: fp128_tflops, bits: 64}",
                "precisions.8: no rate of a chip specification is called 'fp128_tflops'",
            ),
            (
                "{name: bf16, figure: bf16_tflops_dense, bits: 16}",
                "{name: fp16, figure: fp16_tflops_dense, bits: 16}",
                "precisions.2.figure: fp16_tflops_dense counts twice",
            ),
            (
                "{id: a.1, tpp: {at_least: 4800}}",
                "{id: a.1}",
                "regimes.1.tiers.0.tests.0: a test bounds at least one figure",
            ),
            (
                "{id: a.1, tpp:",
                "{id: a.1, tops:",
                "regimes.1.tiers.0.tests.0.tops: unknown key 'tops'",
            ),
            (
                'paragraph: "3A090.b"',
                "paragraph: 3A991",
                "regimes.1.tiers.1.paragraph: Input should be '3A090', '3A090.a' or '3A090.b'",
            ),
            (
                "not_markets: [datacenter]",
                "not_markets: [hyperscale]",
                (
                    "regimes.1.exemption.not_markets.0: Input should be 'datacenter', "
                    "'workstation', 'consumer' or 'edge'"
                ),
            ),
        ],
    )
    def test_a_defect_names_its_place_in_the_file(
        self, tmp_path: Path, old: str, new: str, expected: str
    ) -> None:
        assert expected in problems(tmp_path, old, new)

    def test_a_missing_file_is_an_error(self, tmp_path: Path) -> None:
        with pytest.raises(ReferenceDataError, match="No such file"):
            load_law(tmp_path / "classification.yaml")
