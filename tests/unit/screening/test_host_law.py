"""The law of a site's country, and of the provider's, for which no rule speaks is named."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compliance.model.outcome import State
from compliance.screening.policy_tests import bases
from compliance.tables.embedded import rules_path
from compliance.tables.yaml import read_file
from sampling import examples
from screeners import screener

DAY = date(2026, 11, 23)
LAW = read_file(rules_path() / "data" / "jurisdictions.yaml").value
COUNTRIES = sorted(read_file(rules_path() / "data" / "countries.yaml").value["countries"])


def told(site: Any, provider: str = "DE", as_of: date = DAY, **more: Any) -> tuple[str, ...]:
    contract = dict(bases(rules_path())["remote"])
    item = {k: v for k, v in contract["items"][0].items() if k != "site"}
    sites = site if isinstance(site, list) else [site]
    contract["items"] = [item | ({"site": {"country": x}} if x else {}) for x in sites]
    contract["provider"] = contract["provider"] | {
        "incorporation": provider,
        "headquarters": provider,
    }
    decision = screener().screen(contract | more, as_of=as_of)
    fixed = screener().knowledge.not_covered
    assert decision.coverage.jurisdictions_not_covered[-len(fixed) :] == fixed
    return decision.coverage.jurisdictions_not_covered[: -len(fixed)]


SINGAPORE = (
    "Singapore: host-country law of the site (strategic goods, sanctions): no rule covers it"
)
NOBODY_KNOWS = (
    "a site whose country is not known: host-country law of the site: "
    "no rule can be said to cover it"
)


@pytest.mark.parametrize(
    ("site", "lines"),
    [
        ("SG", (SINGAPORE,)),
        ("Singapore", (SINGAPORE,)),
        (["SG", "DE"], (SINGAPORE,)),
        ("DE", ()),
        ("US", ()),
        ("GB", ()),
        ("MY", ()),
        (None, (NOBODY_KNOWS,)),
        (["SG", None], (SINGAPORE, NOBODY_KNOWS)),
        ("Ruritania", (NOBODY_KNOWS,)),
        (
            "CL",
            ("Chile: host-country law of the site (export control, sanctions): no rule covers it",),
        ),
    ],
)
def test_each_site_country_without_a_rule_is_named(site: Any, lines: tuple[str, ...]) -> None:
    assert told(site) == lines


def test_a_contract_without_items_has_a_site_that_is_not_known() -> None:
    decision = screener().screen({"id": "x"}, as_of=DAY)
    assert NOBODY_KNOWS in decision.coverage.jurisdictions_not_covered


def test_a_party_alone_has_no_site() -> None:
    decision = screener().screen_party({"id": "x", "name": "Fjordlys ApS"}, as_of=DAY)
    assert decision.coverage.jurisdictions_not_covered == screener().knowledge.not_covered


@pytest.mark.parametrize("code", ["CH", "NO"])
def test_that_a_country_follows_the_eu_is_told_and_not_assumed(code: str) -> None:
    (line,) = told("DE", provider=code)
    assert "law that binds the provider" in line
    assert "not assumed here" in line


@pytest.mark.parametrize("access", ["delivery", "possession"])
def test_the_law_of_the_place_that_hardware_leaves_is_told_where_no_rule_covers_it(
    access: str,
) -> None:
    item = {"chip": "T4", "count": 1, "access": access, "site": {"country": "DE"}}
    line = (
        "Taiwan: export law of the place from which hardware is shipped (strategic high-tech"
        " commodities, SHTC entity list): no rule covers it"
    )
    assert told("DE", items=[item | {"shipped_from": "TW"}]) == (line,)
    assert told("DE", items=[item | {"shipped_from": "FR"}]) == ()
    assert told("DE", items=[item]) == ()


def test_kit_that_stays_where_it_is_leaves_no_place() -> None:
    item = {"chip": "T4", "count": 1, "access": "remote", "site": {"country": "DE"}}
    assert told("DE", items=[item | {"shipped_from": "TW"}]) == ()


def test_before_a_jurisdiction_has_a_rule_its_law_is_not_covered() -> None:
    (line,) = told("MY", as_of=date(2025, 7, 13))
    assert line.startswith("Malaysia: host-country law of the site")
    assert told("MY", as_of=date(2025, 7, 14)) == ()


@given(st.sampled_from(COUNTRIES), st.sampled_from(COUNTRIES))
@settings(max_examples=examples(60), deadline=None)
def test_a_country_is_silent_only_where_a_policy_of_its_law_stands(
    site: str, provider: str
) -> None:
    know = screener().knowledge
    spoken = {
        group
        for jurisdiction, groups in LAW["law_of"].items()
        for policy in screener().policies
        if policy.jurisdiction == jurisdiction
        and (period := policy.period(DAY)) is not None
        and period.state is State.IN_FORCE
        for group in groups
    }
    found = told(site, provider=provider)
    for code in (site, provider):
        covered = any(
            know.gazetteer.in_group(code, group, as_of=DAY).value == "true" for group in spoken
        )
        named = any(line.startswith(f"{know.gazetteer.name(code)}: ") for line in found)
        assert named is not covered
