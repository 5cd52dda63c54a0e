"""Chips: missing figures against brute force, more performance never less control, exact names."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import product
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st

from compliance.chips import Chip, ChipSpecification, Classification, catalogue
from compliance.chips.canonical_key import key, tokens
from compliance.errors import UnknownNameError
from sampling import examples

DAYS = (date(2022, 10, 20), date(2022, 10, 21), date(2023, 11, 16), date(2023, 11, 17))
ORDER = {None: 0, "3A090.b": 1, "3A090.a": 2, "3A090": 2}
MARKETS = ("datacenter", "workstation", "consumer", "edge")

# Values near and at every limit, for 8-bit rates (x 8), areas in mm2 and links in GB/s.
RATES = st.sampled_from(
    ["0", "1", "199.999", "200", "200.001", "299.999", "300", "300.001", "599.999", "600", "5000"]
) | st.decimals(0, 5000, places=3).map(str)
AREAS = st.sampled_from(["1", "100", "270.27", "500", "750", "1000", "1500", "3000", "46225"]) | (
    st.decimals(1, 50000, places=2).map(str)
)
LINKS = st.sampled_from(["0", "599.999", "600", "900"]) | st.decimals(0, 2000, places=1).map(str)


@st.composite
def figures(draw: st.DrawFn) -> dict[str, Any]:
    """A specification with one 8-bit rate, or none, and any of the rest missing."""
    drawn = {
        "int8_tops_dense": draw(st.none() | RATES),
        "die_area_mm2": draw(st.none() | AREAS),
        "interconnect_gbs_bidirectional": draw(st.none() | LINKS),
        "market": draw(st.none() | st.sampled_from(MARKETS)),
    }
    return {name: value for name, value in drawn.items() if value is not None}


def classified(given_: dict[str, Any], day: date) -> Classification:
    return catalogue().classify(ChipSpecification.model_validate(given_), as_of=day)


def law_by_hand(figures_: dict[str, Any], day: date) -> str | None:
    """The decision table of the rule, written a second time, for figures that are all known."""
    tpp = Fraction(figures_["int8_tops_dense"]) * 8
    density = tpp / Fraction(figures_["die_area_mm2"])
    if day < date(2022, 10, 21):
        return None
    if day < date(2023, 11, 17):
        fast = Fraction(figures_["interconnect_gbs_bidirectional"]) >= 600
        return "3A090" if tpp >= 4800 and fast else None
    if tpp >= 4800:
        return "3A090.a"
    if figures_["market"] != "datacenter" or tpp < 1600:
        return None
    if density >= Fraction("5.92"):
        return "3A090.a"
    if density >= Fraction("3.2") or (tpp >= 2400 and density >= Fraction("1.6")):
        return "3A090.b"
    return None


def completions(given_: dict[str, Any]) -> Iterable[dict[str, Any]]:
    """The figures given, with every combination of telling values for the missing ones."""
    areas = ["1", "46225", "1000000"]
    rates = ["0", "199", "250", "300", "500", "599", "600", "100000"]
    if "int8_tops_dense" in given_:
        tpp = Fraction(given_["int8_tops_dense"]) * 8
        limits = (Fraction(limit) for limit in ("1.6", "3.2", "5.92", "2", "4", "6"))
        areas += [_decimal(tpp / limit) for limit in limits if tpp]
    if "die_area_mm2" in given_:
        area = Fraction(given_["die_area_mm2"])
        limits = (Fraction(limit) for limit in ("1.6", "3.2", "5.92", "2", "4", "6"))
        rates += [_decimal(limit * area / 8) for limit in limits]
    else:
        areas += [_decimal(8 * Fraction(r) / d) for r in ("250", "500") for d in (2, 4, 6)]
    tried: dict[str, list[str]] = {
        "int8_tops_dense": rates,
        "die_area_mm2": areas,
        "interconnect_gbs_bidirectional": ["0", "599", "600", "5000"],
        "market": ["datacenter", "consumer"],
    }
    axes = [[given_[name]] if name in given_ else tried[name] for name in tried]
    for values in product(*axes):
        yield dict(zip(tried, values, strict=True))


def _decimal(number: Fraction) -> str:
    """Near a number from below, so that density reaches its limit; at least a hundredth."""
    shown = Decimal(int(number * 10**4)) / 10**4
    return str(max(shown, Decimal("0.01")))


@settings(max_examples=examples(150))
@given(figures(), st.sampled_from(DAYS))
@example({"int8_tops_dense": "300", "die_area_mm2": "750", "market": "datacenter"}, DAYS[-1])
@example({"int8_tops_dense": "200"}, DAYS[-1])
@example({}, DAYS[-1])
@example({}, DAYS[1])
def test_candidates_and_missing_figures_are_those_of_brute_force(
    known: dict[str, Any], day: date
) -> None:
    found = classified(known, day)
    table = {tuple(each.values()): law_by_hand(each, day) for each in completions(known)}
    assert set(found.candidates) == set(table.values())
    assert found.determined == (len(set(table.values())) == 1)
    names = ("int8_tops_dense", "die_area_mm2", "interconnect_gbs_bidirectional", "market")
    for axis, name in enumerate(names):
        rest: dict[Any, set[str | None]] = {}
        for point, paragraph in table.items():
            rest.setdefault(point[:axis] + point[axis + 1 :], set()).add(paragraph)
        assert (name in found.undetermined) == any(len(each) > 1 for each in rest.values()), name


@settings(max_examples=examples(150))
@given(figures(), st.sampled_from(DAYS))
def test_a_determined_answer_stays_whatever_else_becomes_known(
    known: dict[str, Any], day: date
) -> None:
    found = classified(known, day)
    for each in list(completions(known))[:40]:
        later = classified(each, day)
        assert later.determined
        assert later.paragraph in found.candidates
        if found.determined:
            assert later.paragraph == found.paragraph


@settings(max_examples=examples(150))
@given(figures(), AREAS, st.sampled_from(DAYS))
@example({"int8_tops_dense": "550", "market": "datacenter"}, "743.24", DAYS[-1])
@example({"int8_tops_dense": "394", "market": "datacenter"}, "858", DAYS[-1])
@example({"market": "datacenter"}, "100", DAYS[-1])
def test_a_bound_of_the_area_allows_what_each_area_under_it_gives_and_nothing_else(
    known: dict[str, Any], bound: str, day: date
) -> None:
    known.pop("die_area_mm2", None)
    found = classified({**known, "die_area_mm2_at_most": bound, "non_planar": True}, day)
    under = [
        each for each in completions({**known}) if Decimal(each["die_area_mm2"]) <= Decimal(bound)
    ] + list(completions({**known, "die_area_mm2": bound}))
    possible = {classified({**each, "non_planar": True}, day).paragraph for each in under}
    assert possible == {law_by_hand(each, day) for each in under}
    assert set(found.candidates) == possible
    assert found.determined == (not found.undetermined)


@given(figures(), AREAS, AREAS, st.sampled_from(DAYS))
def test_a_narrower_bound_of_the_area_never_allows_more(
    known: dict[str, Any], one: str, other: str, day: date
) -> None:
    known.pop("die_area_mm2", None)
    low, high = sorted((one, other), key=Decimal)
    narrow, wide, none = (
        set(classified({**known, **bound, "non_planar": True}, day).candidates)
        for bound in ({"die_area_mm2_at_most": low}, {"die_area_mm2_at_most": high}, {})
    )
    assert narrow <= wide <= none


@given(figures(), st.sampled_from(DAYS))
def test_paragraph_candidates_and_missing_figures_agree(known: dict[str, Any], day: date) -> None:
    found = classified(known, day)
    assert found.determined == (not found.undetermined) == (len(found.candidates) == 1)
    assert found.paragraph == (found.candidates[0] if found.determined else None)
    assert found.reasons
    assert (found.in_force_from is None) == (day < DAYS[1])


@given(RATES, RATES, AREAS, LINKS, st.sampled_from(MARKETS), st.sampled_from(DAYS))
def test_a_higher_rate_never_lowers_the_class(
    one: str, other: str, area: str, link: str, market: str, day: date
) -> None:
    rest = {
        "die_area_mm2": area,
        "interconnect_gbs_bidirectional": link,
        "market": market,
    }
    low, high = sorted((one, other), key=Decimal)
    classes = [
        ORDER[classified({"int8_tops_dense": rate, **rest}, day).paragraph] for rate in (low, high)
    ]
    assert classes == sorted(classes)


@given(RATES, RATES, st.sampled_from(DAYS))
def test_publishing_another_precision_never_lowers_the_tpp(one: str, other: str, day: date) -> None:
    alone = classified({"int8_tops_dense": one}, day)
    both = classified({"int8_tops_dense": one, "fp16_tflops_dense": other}, day)
    assert alone.tpp is not None
    assert both.tpp == max(alone.tpp, Decimal(other) * 16)


@given(st.floats(0, 10**6, allow_nan=False), st.sampled_from(DAYS))
def test_a_float_and_its_spelling_are_the_same_figure(rate: float, day: date) -> None:
    spelled = format(Decimal(repr(rate)), "f")
    try:
        read = classified({"fp16_tflops_dense": rate}, day)
    except ValueError:
        assert len(spelled.partition(".")[2]) > 18  # a float too small for the digits allowed
        return
    assert read == classified({"fp16_tflops_dense": spelled}, day)


@given(st.sampled_from(catalogue().chips), st.data())
def test_one_character_more_or_less_is_another_name_or_none(
    chip: Chip, data: st.DataObject
) -> None:
    name = data.draw(st.sampled_from((chip.model, *chip.aliases)))
    at = data.draw(st.integers(0, len(name)))
    more = data.draw(st.sampled_from(["", *"0123456789abdegmsx"]))
    text = name[:at] + more + name[at + (0 if more else 1) :]
    try:
        found = catalogue().find(text)
    except UnknownNameError:
        return
    memory = f"{found.specification.memory_gb}gb{found.specification.memory_type}"
    said = key(tokens(" ".join((found.name, *found.aliases, found.form, memory))))
    assert all(word in said for word in tokens(text) if any(map(str.isdigit, word))), found.name


@given(st.sampled_from(catalogue().chips), st.data())
def test_case_blanks_and_punctuation_of_a_model_do_not_matter(
    chip: Chip, data: st.DataObject
) -> None:
    words = chip.model.replace("(", " ").replace(")", " ").replace("/", " ").split()
    joint = data.draw(st.sampled_from([" ", "-", "_", "  ", " / "]))
    written = joint.join(data.draw(st.sampled_from([w.lower(), w.upper()])) for w in words)
    assert catalogue().find(written) is chip
