"""The Screener: rules, lists and places loaded once; contracts in, decisions out.

Same input, same answer: no clock, network, environment or global state inside `screen`. The only
clock is read at the boundary, where `as_of` is not given, and the day is recorded in the decision.
A Screener is immutable to its callers and may be shared between threads.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, TypeVar

from compliance.distribution import ENGINE
from compliance.errors import ContractError, Problem
from compliance.memo import Memo
from compliance.model.canonical import canonical, sha256
from compliance.model.contract import Contract
from compliance.model.decision import (
    Coverage,
    Decision,
    DecisionError,
    ListCoverage,
    PolicyCoverage,
    RiskFlag,
)
from compliance.model.outcome import Outcome
from compliance.model.party import Party
from compliance.policies.loading import hash_of, load_policies
from compliance.policies.policy import Policy
from compliance.policies.ruleset import RuleSet, select
from compliance.screening.compiled_policies import Standings
from compliance.screening.days import Days
from compliance.screening.engine import judge
from compliance.screening.facts import Subjects
from compliance.screening.facts.hits import look_up_names
from compliance.screening.field_schema import fields_of
from compliance.screening.host_law import Countries, UncoveredLaw
from compliance.screening.knowledge import Knowledge
from compliance.screening.prefilter import Selectors
from compliance.screening.read_ahead import read_ahead
from compliance.screening.score import factors_of, score_of
from compliance.screening.watchlist_coverage import coverage_of, remarks_on
from compliance.tables.embedded import rules_path
from compliance.watchlists import Watchlist
from compliance.watchlists import embedded as shipped

T = TypeVar("T")


def consulting(lists: Iterable[Watchlist], more: Iterable[Watchlist]) -> tuple[Watchlist, ...]:
    """The lists of both; one of `more` takes the place of one of `lists` with the same id."""
    return tuple({watchlist.id: watchlist for watchlist in (*lists, *more)}.values())


def today() -> date:
    """The day in UTC; the one place where this package reads a clock."""
    return datetime.now(UTC).date()


class Screener:
    """Screens contracts and parties against one rule set and its watchlists.

    What it screens with may be read: `policies`, `rules` (name and hash of the set), `knowledge`
    (lists, places, chips) and `days` (those that it can answer for). What other rooms ask of it
    besides decisions are functions of this module.
    """

    def __init__(
        self,
        policies: Sequence[Policy],
        know: Knowledge,
        rules: RuleSet,
        standings: Standings | None = None,
    ) -> None:
        self.policies = tuple(policies)
        self.knowledge = know
        self.rules = rules
        self._standings = standings or Standings(self.policies, know)
        self.days = Days.of(self.policies, know.watchlists, know.settings)
        self._consulted: Memo[date, tuple[tuple[ListCoverage, ...], tuple[str, ...]]] = Memo()
        self._uncovered_law = UncoveredLaw(
            self.policies, know.law_of, know.not_modeled, know.gazetteer
        )
        identity = {
            "rules": rules.sha256,
            "set": rules.name,
            "lists": [[w.id, w.snapshot] for w in know.watchlists],
            "asked": list(know.asked),
            "engine": ENGINE,
        }
        self._identity = b'"screener":' + canonical(identity) + b',"input":'

    @classmethod
    def load(
        cls,
        rules: Path | str | None = None,
        watchlists: Sequence[Watchlist] = (),
        *,
        rule_set: str = "default",
        required_lists: Sequence[str] = (),
        embedded: bool = True,
    ) -> Screener:
        """Load a rule folder (the embedded one) with the lists that ship with it, and `watchlists`.

        A list of `watchlists` takes the place of a shipped one of the same id; without `embedded`
        only `watchlists` are consulted. `rule_set` names a file of `sets/`; `required_lists` are
        lists that were asked for: one that is not there makes every decision at best incomplete.

        Raises:
            RuleError, ReferenceDataError, WatchlistError: everything that does not load.
        """
        folder = Path(rules) if rules is not None else rules_path()
        lists = consulting(shipped(folder) if embedded else (), watchlists)
        know = Knowledge.load(folder, lists, required_lists)
        policies = load_policies(folder, know.gazetteer, fields_of(know))
        chosen, does_not_see = select(folder, rule_set, policies)
        return cls(chosen, know, RuleSet(rule_set, hash_of(folder), does_not_see))

    def screen(
        self,
        contract: Contract | Mapping[str, Any],
        as_of: date | None = None,
        *,
        allow_any_day: bool = False,
    ) -> Decision:
        """Decide one contract on a day of law (today, UTC, if not given).

        `allow_any_day`: also on a day before the rules begin, or long after they were checked.

        Raises:
            ContractError: the contract does not validate; every problem with its path. Or the day
                is none that these rules can answer for.
        """
        day = day_of_law(self, as_of, allow_any_day=allow_any_day)
        return self._decide(Subjects(Contract.read(contract), self.knowledge, day))

    def screen_party(
        self,
        party: Party | Mapping[str, Any],
        as_of: date | None = None,
        *,
        allow_any_day: bool = False,
    ) -> Decision:
        """Decide one party without a contract: policies that read contract or item do not apply.

        Raises:
            ContractError: the party does not validate, or the day as for `screen`.
        """
        day = day_of_law(self, as_of, allow_any_day=allow_any_day)
        whole = Contract.of_party(party)
        return self._decide(Subjects(whole, self.knowledge, day, party_only=True))

    def screen_many(
        self,
        contracts: Iterable[Contract | Party | Mapping[str, Any]],
        as_of: date | None = None,
        *,
        parties: bool = False,
        allow_any_day: bool = False,
    ) -> Iterator[Decision]:
        """Decide contracts in order; one that does not validate is incomplete, with `.error`.

        With `parties` each is a party, decided as by `screen_party`. Contracts are read ahead, up
        to 256 at a time, and their names looked up at once; the answers are those of one by one.

        Raises:
            ContractError: the day as for `screen`; nothing is decided then.
        """
        day = day_of_law(self, as_of, allow_any_day=allow_any_day)
        return self._many(contracts, day, party_only=parties)

    def _many(
        self, given: Iterable[Contract | Party | Mapping[str, Any]], day: date, *, party_only: bool
    ) -> Iterator[Decision]:
        def read(data: Any) -> Contract | ContractError:
            try:
                return Contract.of_party(data) if party_only else Contract.read(data)
            except ContractError as error:
                return error

        answered = decided(self, given, read, day, party_only=party_only)
        for number, (data, found) in enumerate(answered, start=1):
            if isinstance(found, ContractError):
                own = data.get("id") if isinstance(data, Mapping) else None
                name = own if isinstance(own, str) and own else f"row {number}"
                yield refused(self, name, found, day, given=data)
            else:
                yield found[1]

    def _decide(self, subjects: Subjects) -> Decision:
        contract, as_of, party_only = subjects.contract, subjects.as_of, subjects.party_only
        flags, lines = judge(subjects, self._standings.selectors(as_of), party_only=party_only)
        silent = () if party_only else self._uncovered_law.told(*_where(subjects), as_of)
        subjects.release()
        weights = factors_of(flags, self.knowledge.scoring.factors)
        return Decision(
            contract_id=contract.id,
            as_of=as_of,
            outcome=max((self._least(as_of), *(f.outcome for f in flags if f.decides))),
            score=score_of(weights.values()),
            factors=_rounded(weights),
            flags=flags,
            missing=tuple(sorted({path for f in flags if f.decides for path in f.missing})),
            coverage=self._coverage(lines, as_of, silent),
            fingerprint=self._fingerprint(
                contract.normalized(), as_of, "party" if party_only else "contract"
            ),
            engine=ENGINE,
        )

    def _least(self, as_of: date) -> Outcome:
        """No contract is clear by the law of a day that the rules do not know."""
        return Outcome.INCOMPLETE if self.days.outside(as_of) else Outcome.CLEAR

    def _list_coverage(self, as_of: date) -> tuple[tuple[ListCoverage, ...], tuple[str, ...]]:
        """A line for each list, and where they fall short in words."""
        found = self._consulted.get(as_of)
        if found is not None:
            return found
        know = self.knowledge
        lines = coverage_of(know.watchlists, know.asked, as_of, know.closed_lists)
        outside = self.days.outside(as_of)
        remarks = remarks_on(lines, as_of, know.closed_lists)
        told = (f"{outside}.", *remarks) if outside else tuple(remarks)
        return self._consulted.keep(as_of, (lines, told))

    def _coverage(
        self, lines: tuple[PolicyCoverage, ...], as_of: date, silent: tuple[str, ...] = ()
    ) -> Coverage:
        lists, remarks = self._list_coverage(as_of)
        not_covered = self.knowledge.not_covered
        return Coverage(
            rules=self.rules.sha256,
            policies=lines,
            watchlists=lists,
            jurisdictions_not_covered=(*silent, *not_covered) if silent else not_covered,
            rule_set=self.rules.name,
            does_not_see=self.rules.does_not_see,
            remarks=remarks,
        )

    def _fingerprint(self, content: bytes, as_of: date, mode: str) -> str:
        """SHA-256 over one canonical JSON object; `content` is the input's part of it."""
        head = f'{{"as_of":"{as_of.isoformat()}","mode":"{mode}",'.encode()
        return hashlib.sha256(b"".join((head, self._identity, content, b"}"))).hexdigest()


def day_of_law(screener: Screener, as_of: date | None, *, allow_any_day: bool = False) -> date:
    """A day of law that may be asked about; today (UTC) if not given.

    Raises:
        ContractError: it is no date, or (but for `allow_any_day`) outside the screener's `days`.
    """
    day = today() if as_of is None else as_of
    if type(day) is not date:
        message = f"a day of law is a date, not {type(day).__name__}"
        raise ContractError(Problem.at(message, path="as_of", code="contract"))
    if not allow_any_day:
        screener.days.check(day)
    return day


def decided(
    screener: Screener,
    given: Iterable[T],
    read: Callable[[T], Contract | ContractError],
    day: date,
    *,
    party_only: bool,
) -> Iterator[tuple[T, ContractError | tuple[Contract, Decision]]]:
    """Each item with the contract that `read` makes of it and its decision, or the error.

    Items are read ahead and the names of all are looked up at once; the answers are those of one
    by one.
    """
    know = screener.knowledge
    for chunk in read_ahead(given):
        found = [_subjects(read(each), know, day, party_only=party_only) for each in chunk]
        parties = (p for each in found if isinstance(each, Subjects) for p in each.parties.values())
        look_up_names(((p.party, p.kind) for p in parties), know)
        for item, asked in zip(chunk, found, strict=True):
            if isinstance(asked, ContractError):
                yield item, asked
            else:
                contract = asked.contract  # let go with the subjects, once decided
                yield item, (contract, screener._decide(asked))


def _subjects(
    contract: Contract | ContractError, know: Knowledge, day: date, *, party_only: bool
) -> Subjects | ContractError:
    if isinstance(contract, ContractError):
        return contract
    return Subjects(contract, know, day, party_only=party_only)


def with_watchlists(screener: Screener, watchlists: Sequence[Watchlist]) -> Screener:
    """The same rules with more watchlists; one of the same id takes the place of the old.

    The policies are neither read nor compiled again.
    """
    know = screener.knowledge.consulting(watchlists)
    return Screener(screener.policies, know, screener.rules, screener._standings)


def refused(
    screener: Screener, contract_id: str, error: ContractError, as_of: date, *, given: Any = None
) -> Decision:
    """The incomplete decision for a contract that does not validate, as it was given."""
    problems = tuple(str(problem) for problem in error.problems)
    return Decision(
        contract_id=contract_id,
        as_of=as_of,
        outcome=Outcome.INCOMPLETE,
        score=0,
        factors=_rounded(factors_of((), screener.knowledge.scoring.factors)),
        flags=(),
        missing=(),
        coverage=screener._coverage((), as_of),
        fingerprint=screener._fingerprint(
            canonical({"refused": problems, "id": contract_id, "given": _as_given(given)}),
            as_of,
            "contract",
        ),
        engine=ENGINE,
        error=DecisionError(error.code, problems),
    )


def answer(
    screener: Screener, policy_id: str, contract: Contract | Mapping[str, Any], as_of: date
) -> tuple[tuple[RiskFlag, ...], PolicyCoverage]:
    """The flags of one policy and its line of coverage, as in a decision by every policy.

    For any day, also outside `days`; at the cost of one policy.

    Raises:
        ContractError: the contract does not validate.
    """
    standings = screener._standings
    subjects = Subjects(Contract.read(contract), screener.knowledge, as_of)
    alone = Selectors([standings.on(policy_id, as_of)], standings.spoken_for(as_of))
    flags, (line,) = judge(subjects, alone, party_only=False)
    subjects.release()
    return flags, line


def _rounded(weights: Mapping[str, float]) -> dict[str, int]:
    return {factor: round(100 * weight) for factor, weight in weights.items()}


def _as_given(data: Any) -> str:
    """The hash of an input that does not validate; of its type, where it has no plain form."""
    try:
        return sha256(data)
    except (TypeError, ValueError, RecursionError):
        return type(data).__name__


def _where(subjects: Subjects) -> tuple[Countries, Countries, Countries]:
    """The countries of the sites (None: not known), of the provider, and of shipment if known."""
    sites = frozenset(item["site.country"].value for item in subjects.items)
    places = (subjects.provider["incorporation"].value, subjects.provider["headquarters"].value)
    moving = (item for item in subjects.items if item["access"].value != "remote")
    shipment = (item["shipped_from"].value for item in moving)
    return (
        sites or frozenset({None}),
        frozenset(place for place in places if place is not None),
        frozenset(place for place in shipment if place is not None),
    )
