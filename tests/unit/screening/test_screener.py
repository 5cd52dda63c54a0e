"""The Screener: loading, one and many, parties, lists, fingerprints, threads."""

from __future__ import annotations

import copy
import pickle
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from compliance import Contract, Decision, Outcome, Party, Screener
from compliance.errors import ComplianceError, ContractError, RuleError
from compliance.explain import json_of
from compliance.model import Truth
from compliance.policies.conditions import scopes
from compliance.screening import screener as module
from compliance.screening.policy_tests import bases, changed
from compliance.tables.embedded import rules_path
from screeners import screener
from unit.screening.contracts import DAY, LISTED, watchlist
from unit.screening.policies import folder, policy
from unit.screening.policies import screener as small

BASES = bases(rules_path())
CHINESE = {"id": "lessee", "name": "Huaxin Ltd", "headquarters": "CN"}


def base(name: str = "remote", **change: Any) -> dict[str, Any]:
    return changed(BASES[name], {path.replace("__", "."): v for path, v in change.items()})


# --- loading ------------------------------------------------------------------------------------


def test_the_default_set_admits_more_than_the_strict_one() -> None:
    strict = {policy.id for policy in Screener.load(rule_set="strict").policies}
    default = {policy.id: policy.status for policy in screener().policies}
    assert strict == {name for name, status in default.items() if status == "stable"}


@pytest.mark.parametrize(
    ("break_", "message"),
    [
        (
            lambda rules: rules.joinpath("house/sample.yaml").write_text("schema: 1\nid: [\n"),
            "sample",
        ),
        (lambda rules: rules.joinpath("data/thresholds.yaml").unlink(), "thresholds.yaml"),
        (lambda rules: rules.joinpath("scoring.yaml").write_text("schema: 1\n"), "scoring"),
        (lambda rules: rules.joinpath("data/jurisdictions.yaml").write_text("a: 1\n"), "jurisd"),
        (lambda rules: rules.joinpath("sets/default.yaml").write_text("schema: 2\n"), "default"),
    ],
)
def test_a_rule_folder_with_a_broken_file_does_not_load_and_names_it(
    tmp_path: Path, break_: Callable[[Path], Any], message: str
) -> None:
    rules = folder(tmp_path, policy("house.sample"))
    assert Screener.load(rules, embedded=False).policies
    break_(rules)
    with pytest.raises(ComplianceError, match=message):
        Screener.load(rules, embedded=False)


def test_every_broken_policy_is_reported_at_once(tmp_path: Path) -> None:
    bad = [policy(f"house.p{n}", when="{field: party.shoe, op: eq, value: 1}") for n in range(3)]
    with pytest.raises(RuleError) as caught:
        small(tmp_path, *bad)
    assert [Path(problem.source).name for problem in caught.value.problems] == [
        "p0.yaml", "p1.yaml", "p2.yaml",
    ]  # fmt: skip
    assert all(problem.line and problem.column for problem in caught.value.problems)


def test_a_folder_that_is_not_there_does_not_load(tmp_path: Path) -> None:
    with pytest.raises(ComplianceError, match="nowhere"):
        Screener.load(tmp_path / "nowhere", embedded=False)


def test_an_unknown_set_is_refused_with_those_known(tmp_path: Path) -> None:
    with pytest.raises(
        RuleError, match="no rule set 'lax'; known: default, lists, self-serve, strict"
    ):
        small(tmp_path, policy("house.sample"), rule_set="lax")


def test_a_set_that_admits_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="admits no policy"):
        small(tmp_path, policy("house.sample", status="test"), rule_set="strict")


def test_rules_may_be_a_text(tmp_path: Path) -> None:
    rules = folder(tmp_path, policy("house.sample"))
    assert Screener.load(str(rules), embedded=False).rules == Screener.load(rules).rules


# --- one ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", sorted(BASES))
def test_a_mapping_and_a_contract_are_decided_alike(name: str) -> None:
    given = base(name)
    before = copy.deepcopy(given)
    decision = screener().screen(given, as_of=DAY)
    assert decision == screener().screen(Contract.read(given), as_of=DAY)
    assert given == before
    assert (decision.contract_id, decision.as_of, decision.error) == (given["id"], DAY, None)


def test_a_contract_that_does_not_validate_raises() -> None:
    with pytest.raises(ContractError, match=r"lessee\.nmae"):
        screener().screen({"id": "C", "lessee": {"nmae": "x"}}, as_of=DAY)


def test_the_day_not_given_is_today_in_utc_and_recorded(monkeypatch: pytest.MonkeyPatch) -> None:
    first = datetime.now(UTC).date()
    unsaid = screener().screen(base()).as_of
    assert first <= unsaid <= datetime.now(UTC).date()
    monkeypatch.setattr(module, "today", lambda: date(2026, 3, 1))
    assert screener().screen(base()).as_of == date(2026, 3, 1)
    assert [d.as_of for d in screener().screen_many([base()])] == [date(2026, 3, 1)]
    assert screener().screen_party({"name": "A"}).as_of == date(2026, 3, 1)


@pytest.mark.parametrize("bad", ["2024-06-15", 20240615, datetime(2024, 6, 15, tzinfo=UTC)])
def test_a_day_of_law_is_a_date_and_nothing_that_resembles_one(bad: Any) -> None:
    with pytest.raises(ContractError, match="as_of"):
        screener().screen(base(), as_of=bad)
    with pytest.raises(ContractError, match="as_of"):
        screener().screen_party(PARTY, as_of=bad)


# --- many ---------------------------------------------------------------------------------------


def mixed() -> list[Any]:
    return [
        base(),
        {"id": "bad-1", "lessee": {"nmae": "x"}},
        base("hardware", lessee__headquarters="CN"),
        {"lessee": CHINESE},
        17,
        base(id="again"),
        {"id": ""},
    ]


def test_many_are_decided_in_order_like_one_by_one() -> None:
    decided = list(screener().screen_many(mixed(), as_of=DAY))
    assert [d.contract_id for d in decided] == [
        "base-remote", "bad-1", "base-hardware", "row 4", "row 5", "again", "row 7",
    ]  # fmt: skip
    for given, decision in zip(mixed(), decided, strict=True):
        if decision.error is None:
            assert decision == screener().screen(given, as_of=DAY)
            continue
        with pytest.raises(ContractError) as caught:
            screener().screen(given, as_of=DAY)
        assert decision.outcome is Outcome.INCOMPLETE
        assert decision.error.problems == tuple(str(p) for p in caught.value.problems)
        assert (decision.flags, decision.score, decision.missing) == ((), 0, ())
        assert decision.coverage.watchlists
    assert [d.contract_id for d in decided if d.error] == ["bad-1", "row 4", "row 5", "row 7"]


def test_many_is_lazy() -> None:
    seen: list[int] = []

    def contracts() -> Any:
        for n in range(5):
            seen.append(n)
            yield base(id=f"C-{n}")

    decisions = screener().screen_many(contracts(), as_of=DAY)
    assert seen == []
    assert next(decisions).contract_id == "C-0"
    assert seen == [0]


def test_many_of_none_is_none() -> None:
    assert list(screener().screen_many([], as_of=DAY)) == []


# --- parties ------------------------------------------------------------------------------------

PARTY = {
    "id": "p-1", "name": "Fjord ApS", "kind": "organization", "incorporation": "DK",
    "headquarters": "DK", "exchange_listing": "XCSE",
}  # fmt: skip


def test_a_party_is_decided_by_the_policies_that_read_only_the_party() -> None:
    screening = screener()
    decision = screening.screen_party(PARTY, as_of=DAY)
    assert (decision.contract_id, decision.outcome) == ("p-1", Outcome.CLEAR)
    lines = {line.id: line for line in decision.coverage.policies}
    evaluated = 0
    for rule in screening.policies:
        reads = {scope for clause in rule.clauses() for scope in scopes(clause)} | {
            "item" for _ in range(rule.each_item)
        }
        line = lines[rule.id]
        if line.applies:
            evaluated += 1
            assert reads <= {"party"}
            assert line.truth is not None
        elif rule.exists_on(DAY) and reads - {"party"}:
            assert (line.truth, line.because) == (None, "needs a contract or an item")
    assert 0 < evaluated < len(lines)


def test_a_listed_party_is_found_without_a_contract() -> None:
    sdn = watchlist("ofac-sdn", {"name": LISTED}, published=DAY)
    screening = Screener.load(embedded=False, watchlists=[sdn])
    listed = screening.screen_party({**PARTY, "name": LISTED}, as_of=DAY)
    assert listed.outcome >= Outcome.REVIEW
    assert {flag.policy_id for flag in listed.deciding} & {"us.ofac.sdn", "us.ofac.sdn-party"}
    assert screening.screen_party(PARTY, as_of=DAY).outcome is Outcome.CLEAR


def test_a_party_may_be_a_model_and_need_no_id() -> None:
    model = screener().screen_party(Party.model_validate(PARTY), as_of=DAY)
    assert model == screener().screen_party(PARTY, as_of=DAY)
    nameless = screener().screen_party({"incorporation": "DK"}, as_of=DAY)
    assert (nameless.contract_id, nameless.outcome) == ("party", Outcome.INCOMPLETE)


def test_a_party_that_does_not_validate_raises_with_its_path() -> None:
    with pytest.raises(ContractError, match="nmae"):
        screener().screen_party({"nmae": "A"}, as_of=DAY)


@pytest.mark.parametrize("bad", ["p-1", None, 5, ["name"]])
def test_what_is_no_party_is_refused_as_every_bad_input_is(bad: Any) -> None:
    with pytest.raises(ContractError):
        screener().screen_party(bad, as_of=DAY)


def test_a_party_and_a_contract_of_that_party_have_two_fingerprints() -> None:
    party = screener().screen_party(PARTY, as_of=DAY)
    contract = screener().screen({"id": "p-1", "lessee": PARTY}, as_of=DAY)
    assert party.fingerprint != contract.fingerprint


# --- numbers that break arithmetic --------------------------------------------------------------


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("items.0.site.power_mw", "1e999999"),
        ("items.0.site.power_mw", "0.000000001"),
        ("items.0.site.volume_ft3", "1e999999"),
        ("usage", {"access_by_country": {"CN": "1e-99999", "DK": "0.9"}}),
        ("payment.amount", {"value": "1e29", "currency": "USD"}),
        ("items.0.count", 100_000_000),
    ],
)
def test_an_enormous_number_is_decided_or_refused_and_nothing_else(path: str, value: Any) -> None:
    given = changed(BASES["remote"], {path: value})
    (decision,) = screener().screen_many([given], as_of=DAY)
    assert decision.contract_id == "base-remote"
    if decision.error is not None:
        assert any(path in problem for problem in decision.error.problems)


# --- lists --------------------------------------------------------------------------------------


def test_lists_are_told_with_snapshot_age_and_freshness() -> None:
    own = watchlist("own", {"name": "Nobody"}, title="Own", published=DAY, stale_after_days=30)
    screening = Screener.load(embedded=False, watchlists=[own])
    decision = screening.screen(base(), as_of=date(2024, 6, 25))
    (line,) = decision.coverage.watchlists
    assert (line.id, line.title, line.consulted, line.published) == ("own", "Own", True, DAY)
    assert (line.snapshot, line.age_days, line.stale) == (own.snapshot, 10, False)
    assert line.entries == 1
    (late,) = screening.screen(base(), as_of=date(2025, 6, 25)).coverage.watchlists
    assert late.stale


def test_a_list_that_was_asked_for_and_is_not_there_leaves_nothing_clear() -> None:
    screening = Screener.load(embedded=False, required_lists=["un-sc"])
    for decision in (
        screening.screen(base(), as_of=DAY),
        *screening.screen_many([base()], as_of=DAY),
    ):
        assert decision.outcome is Outcome.INCOMPLETE
        assert "house.facts-lists" in {flag.policy_id for flag in decision.deciding}
        (line,) = decision.coverage.watchlists
        assert (line.id, line.consulted, line.snapshot, line.entries) == ("un-sc", False, "", 0)
    complete = Screener.load(embedded=False, required_lists=[])
    assert complete.screen(base(), as_of=DAY).outcome is Outcome.CLEAR


def test_a_party_screened_against_a_missing_list_is_not_clear() -> None:
    screening = Screener.load(embedded=False, required_lists=["un-sc"])
    assert screening.screen_party(PARTY, as_of=DAY).outcome >= Outcome.INCOMPLETE


def test_what_is_not_covered_is_told() -> None:
    decision = screener().screen(base(), as_of=DAY)
    silent, *fixed = decision.coverage.jurisdictions_not_covered
    assert silent.startswith("Australia: host-country law of the site and law that binds")
    assert tuple(fixed) == screener().knowledge.not_covered
    assert decision.coverage.rules == screener().rules.sha256


# --- fingerprints -------------------------------------------------------------------------------


def fingerprint(given: Any, as_of: date = DAY, by: Screener | None = None) -> str:
    return (by or screener()).screen(given, as_of=as_of).fingerprint


def backwards(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: backwards(value[key]) for key in reversed(value)}
    return [backwards(part) for part in value] if isinstance(value, list) else value


@pytest.mark.parametrize(
    "same",
    [
        backwards(base()),
        base(lessee__headquarters={"value": "DK", "status": "asserted"}),
        base(observations={}, ownership=[]) | {"observations": None},
        base(lessee__aliases=[]),
        base(signed_on=date(2022, 9, 1)),
    ],
)
def test_one_content_in_another_spelling_has_one_fingerprint(same: dict[str, Any]) -> None:
    if same.get("observations") is None:
        same.pop("observations", None)
    assert fingerprint(same) == fingerprint(base())


@pytest.mark.parametrize(
    "change",
    [
        {"id": "other"},
        {"signed_on": "2022-09-02"},
        {"lessee__name": "Fjordlys Biologi A/S"},
        {"lessee__headquarters": {"value": "DK", "status": "verified"}},
        {"lessee__headquarters": {"value": "DK", "source": "register"}},
        {"lessee__headquarters": {"status": "unknown"}},
        {"lessee__headquarters": {"status": "refused"}},
        {"lessee__headquarters": None},
        {"lessee__military": False},
        {"items__0__count": 17},
        {"observations": {"anonymizing_network": False}},
        {"end_users": []},
    ],
)
def test_any_change_of_input_changes_the_fingerprint(change: dict[str, Any]) -> None:
    assert fingerprint(base(**change)) != fingerprint(base())


def test_two_refused_inputs_have_two_fingerprints() -> None:
    bad = [{"id": "x", "signed_on": f"2024-02-3{n}"} for n in (0, 1, 1)]
    prints = [decision.fingerprint for decision in screener().screen_many(bad, as_of=DAY)]
    assert prints[0] != prints[1] == prints[2]


def test_the_day_changes_the_fingerprint_even_where_the_law_does_not() -> None:
    assert fingerprint(base(), date(2024, 6, 16)) != fingerprint(base())


def test_rules_set_and_lists_change_the_fingerprint(tmp_path: Path) -> None:
    rule = policy("house.sample")
    one = small(tmp_path / "a", rule)
    same = small(tmp_path / "b", rule)
    reworded = small(tmp_path / "c", policy("house.sample", title="Another sample"))
    strict = small(tmp_path / "a", rule, rule_set="strict")
    listed = small(tmp_path / "a", rule, watchlists=[watchlist("own", {"name": "Nobody"})])
    renamed = small(tmp_path / "a", rule, watchlists=[watchlist("own", {"name": "Somebody"})])
    asked = small(tmp_path / "a", rule, required_lists=["own"])
    given = base()
    prints = [fingerprint(given, by=by) for by in (one, reworded, strict, listed, renamed, asked)]
    assert len(set(prints)) == len(prints)
    assert fingerprint(given, by=same) == prints[0]


def test_a_fingerprint_is_a_hash_and_the_engine_is_named() -> None:
    decision = screener().screen(base(), as_of=DAY)
    assert len(decision.fingerprint) == 64
    assert set(decision.fingerprint) <= set("0123456789abcdef")
    assert decision.engine.startswith("compliance ")


# --- threads, processes -------------------------------------------------------------------------


def crowd() -> list[tuple[dict[str, Any], date]]:
    days = [date(2020, 1, 1), date(2022, 10, 21), DAY, date(2025, 10, 1), date(2026, 9, 24)]
    changes: list[dict[str, Any]] = [
        {}, {"lessee__headquarters": "CN"}, {"lessee__name": LISTED}, {"end_users": []},
        {"items__0__access": "delivery"}, {"payment": None},
    ]  # fmt: skip
    return [(base(**change), day) for change in changes for day in days]


def test_eight_threads_decide_like_one() -> None:
    alone, together = Screener.load(), Screener.load()
    expected = [json_of(alone.screen(given, day)) for given, day in crowd()]
    gate = threading.Barrier(8)

    def work(offset: int) -> dict[int, bytes]:
        gate.wait()
        order = [(n + offset * 3) % len(expected) for n in range(len(expected))]
        return {n: json_of(together.screen(*crowd()[n])) for n in order}

    with ThreadPoolExecutor(8) as pool:
        for found in pool.map(work, range(8)):
            assert [found[n] for n in range(len(expected))] == expected


def test_decisions_and_contracts_survive_a_pickle() -> None:
    contract = Contract.read(base("hardware", lessee__headquarters="CN"))
    decision = screener().screen(contract, as_of=DAY)
    assert decision.flags
    again: Decision = pickle.loads(pickle.dumps(decision))  # noqa: S301 - ours
    assert again == decision
    assert json_of(again) == json_of(decision)
    sent: Contract = pickle.loads(pickle.dumps(contract))  # noqa: S301 - ours
    assert screener().screen(sent, as_of=DAY) == decision


def test_a_decision_rests_on_nothing_decided_before() -> None:
    fresh = Screener.load()
    first = fresh.screen(base(), as_of=DAY)
    for given, day in crowd():
        fresh.screen(given, day)
    assert fresh.screen(base(), as_of=DAY) == first
    assert any(line.truth is Truth.FALSE for line in first.coverage.policies)
