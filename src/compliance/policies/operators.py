"""The operators of conditions: one registry, each with the kinds of field it fits and its meaning.

An operator prepares its expected value once (checking it, resolving country groups on the day) and
gives back a test from a fact to a truth. A test answers unknown whenever the fact cannot tell.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final, get_args

from compliance.model.share import Share
from compliance.model.truth import Truth
from compliance.places import Gazetteer
from compliance.policies.fact import Fact, Spelled
from compliance.policies.fields import Kind

Test = Callable[[Fact], Truth]

TRUE, FALSE, UNKNOWN = Truth.TRUE, Truth.FALSE, Truth.UNKNOWN


@dataclass(frozen=True, slots=True)
class Holding:
    """A part of a whole: who holds it, where (certain, possible; None: anywhere), how much."""

    holder: str
    countries: frozenset[str]
    possible: frozenset[str] | None
    share: Share

    def __str__(self) -> str:
        return (
            f"{self.holder} {self.share} ({', '.join(sorted(self.countries)) or 'place unknown'})"
        )


class Holdings(Spelled):
    """Holdings that read well in traces and messages."""

    __slots__ = ()

    def __str__(self) -> str:
        return "; ".join(str(holding) for holding in self) or "none"


@dataclass(frozen=True, slots=True)
class Setting:
    """What an operator may consult while it prepares: the day, the places, the policy it serves."""

    as_of: date
    gazetteer: Gazetteer
    policy_id: str


@dataclass(frozen=True, slots=True)
class Operator:
    """`prepare(expected, setting)` checks the value and returns the test; ValueError if unfit."""

    name: str
    kinds: frozenset[str]
    meaning: str
    prepare: Callable[[Any, Setting], Test]
    expects_value: bool = True


REGISTRY: Final[dict[str, Operator]] = {}
EVERY_KIND: Final = frozenset(get_args(Kind))


def operator(
    name: str, kinds: Collection[str], meaning: str, *, expects_value: bool = True
) -> Callable[[Callable[[Any, Setting], Test]], Callable[[Any, Setting], Test]]:
    """Register an operator under its name."""

    def register(prepare: Callable[[Any, Setting], Test]) -> Callable[[Any, Setting], Test]:
        REGISTRY[name] = Operator(name, frozenset(kinds), meaning, prepare, expects_value)
        return prepare

    return register


def _truth_of(expected: Any) -> bool:
    if expected is None:
        return True
    if isinstance(expected, bool):
        return expected
    raise ValueError(f"true or false, not {expected!r}")


@operator(
    "known", EVERY_KIND, "the fact is known (value: true) or not (false)", expects_value=False
)
def _known(expected: Any, _: Setting) -> Test:
    wanted = _truth_of(expected)
    return lambda fact: TRUE if fact.known is wanted else FALSE


@operator(
    "stated", EVERY_KIND, "somebody gave it, if only as unknown or refused", expects_value=False
)
def _stated(expected: Any, _: Setting) -> Test:
    wanted = _truth_of(expected)
    return lambda fact: TRUE if (fact.status != "absent") is wanted else FALSE


@operator("refused", EVERY_KIND, "the customer refused to say", expects_value=False)
def _refused(expected: Any, _: Setting) -> Test:
    wanted = _truth_of(expected)
    return lambda fact: TRUE if (fact.status == "refused") is wanted else FALSE


def _members(expected: Any) -> frozenset[Any]:
    if not isinstance(expected, list):
        raise ValueError("a list of values")
    return frozenset(expected)


def _one_of(certain: frozenset[Any], possible: frozenset[Any]) -> Test:
    """Is the single value among `certain`; among `possible` the answer is unknown."""

    def test(fact: Fact) -> Truth:
        if fact.known:
            value = fact.value
            return TRUE if value in certain else UNKNOWN if value in possible else FALSE
        candidates = fact.possible
        if candidates:
            if candidates <= certain:
                return TRUE
            if candidates.isdisjoint(certain) and candidates.isdisjoint(possible):
                return FALSE
        return UNKNOWN

    return test


def _some_of(certain: frozenset[Any], possible: frozenset[Any]) -> Test:
    """Is any member of the set among `certain`; members not known leave it unknown."""

    def test(fact: Fact) -> Truth:
        value = fact.value or frozenset()
        if not certain.isdisjoint(value):
            return TRUE
        if fact.partial or not fact.known or not possible.isdisjoint(value):
            return UNKNOWN
        touched = fact.possible
        if touched and not (certain.isdisjoint(touched) and possible.isdisjoint(touched)):
            return UNKNOWN
        return FALSE

    return test


@operator("eq", {"country", "flag", "choice", "text", "number"}, "equals the value")
def _eq(expected: Any, _: Setting) -> Test:
    if isinstance(expected, (list, dict)) or expected is None:
        raise ValueError("a single value")
    equal = _one_of(frozenset({expected}), frozenset())
    if isinstance(expected, bool) or not isinstance(expected, (int, Decimal)):
        return equal

    def test(fact: Fact) -> Truth:
        ends = fact.possible
        if fact.known or len(ends) < 2 or not min(ends) <= expected <= max(ends):
            return equal(fact)
        return UNKNOWN  # the candidates of a number are its ends; it may lie between them

    return test


@operator("in", {"country", "choice", "text"}, "is one of the values")
def _in(expected: Any, _: Setting) -> Test:
    return _one_of(_members(expected), frozenset())


@operator("any_in", {"countries", "choices", "texts"}, "at least one member is among the values")
def _any_in(expected: Any, _: Setting) -> Test:
    return _some_of(_members(expected), frozenset())


@operator(
    "any_not_in", {"countries", "choices", "texts"}, "at least one member is not among the values"
)
def _any_not_in(expected: Any, _: Setting) -> Test:
    named = _members(expected)

    def test(fact: Fact) -> Truth:
        if (fact.value or frozenset()) - named:
            return TRUE
        return UNKNOWN if fact.partial or not fact.known or fact.possible - named else FALSE

    return test


def _group(expected: Any, setting: Setting) -> tuple[frozenset[str], frozenset[str]]:
    names = expected if isinstance(expected, list) else [expected]
    certain: frozenset[str] = frozenset()
    possible: frozenset[str] = frozenset()
    for name in names:
        if not isinstance(name, str):
            raise ValueError(f"a country group or code, not {name!r}")
        membership = setting.gazetteer.members(name, setting.as_of)
        certain |= membership.certain
        possible |= membership.possible
    return certain, possible - certain


@operator("in_group", {"country"}, "is a member of one of the country groups (or codes) on the day")
def _in_group(expected: Any, setting: Setting) -> Test:
    return _one_of(*_group(expected, setting))


@operator("any_in_group", {"countries"}, "at least one member is in one of the country groups")
def _any_in_group(expected: Any, setting: Setting) -> Test:
    return _some_of(*_group(expected, setting))


@operator("count_gte", {"choices", "texts", "countries"}, "at least so many members")
def _count_gte(expected: Any, _: Setting) -> Test:
    if isinstance(expected, bool) or not isinstance(expected, int):
        raise ValueError(f"a whole number, not {expected!r}")

    def test(fact: Fact) -> Truth:
        value = fact.value or frozenset()
        if len(value) >= expected:
            return TRUE
        if fact.partial or not fact.known or len(value | fact.possible) >= expected:
            return UNKNOWN
        return FALSE

    return test


def _number(expected: Any) -> int | Decimal:
    if isinstance(expected, bool) or not isinstance(expected, (int, Decimal)):
        raise ValueError(f"a number, not {expected!r}")
    return expected


def _compare(
    name: str, compare: Callable[[Any, Any], bool], meaning: str, *, upwards: bool
) -> None:
    """`upwards`: what holds of a number holds of every larger one; otherwise what fails does."""

    @operator(name, {"number"}, meaning)
    def _prepare(expected: Any, _: Setting) -> Test:
        limit = _number(expected)

        def test(fact: Fact) -> Truth:
            if fact.known:
                return TRUE if compare(fact.value, limit) else FALSE
            if fact.value is not None and compare(fact.value, limit) is upwards:
                return Truth.of(upwards)  # it is this or more
            answers = {compare(candidate, limit) for candidate in fact.possible}
            return Truth.of(answers.pop()) if len(answers) == 1 else UNKNOWN

        return test


_compare("gt", lambda seen, limit: seen > limit, "is more than the value", upwards=True)
_compare("gte", lambda seen, limit: seen >= limit, "is at least the value", upwards=True)
_compare("lt", lambda seen, limit: seen < limit, "is less than the value", upwards=False)
_compare("lte", lambda seen, limit: seen <= limit, "is at most the value", upwards=False)


def _fraction(expected: Any) -> Fraction:
    share = Share.parse(str(expected) if isinstance(expected, Decimal) else expected)
    return share.minimum


@operator("share_gte", {"share"}, "the share is at least the value")
def _share_gte(expected: Any, _: Setting) -> Test:
    limit = _fraction(expected)
    return lambda fact: fact.value.reaches(limit, inclusive=True) if fact.known else UNKNOWN


@operator("share_gt", {"share"}, "the share is more than the value")
def _share_gt(expected: Any, _: Setting) -> Test:
    limit = _fraction(expected)
    return lambda fact: fact.value.reaches(limit, inclusive=False) if fact.known else UNKNOWN


def _compare_days(name: str, compare: Callable[[date, date], bool], meaning: str) -> None:
    @operator(name, {"date"}, meaning)
    def _prepare(expected: Any, _: Setting) -> Test:
        if type(expected) is not date:
            raise ValueError(f"a date written YYYY-MM-DD without quotes, not {expected!r}")

        def test(fact: Fact) -> Truth:
            if not fact.known:
                return UNKNOWN
            return TRUE if compare(fact.value, expected) else FALSE

        return test


_compare_days("before", lambda seen, day: seen < day, "is before the day")
_compare_days("on_or_before", lambda seen, day: seen <= day, "is the day or before it")
_compare_days("after", lambda seen, day: seen > day, "is after the day")
_compare_days("on_or_after", lambda seen, day: seen >= day, "is the day or after it")


def _keys(expected: Any, required: set[str], optional: set[str] = frozenset()) -> dict[str, Any]:  # type: ignore[assignment]
    if not isinstance(expected, dict) or not required <= set(expected) <= required | optional:
        raise ValueError(f"a mapping with {', '.join(sorted(required | optional))}")
    return expected


@operator("held_gte", {"holdings"}, "holders in the groups hold together at least the share")
def _held_gte(expected: Any, setting: Setting) -> Test:
    wanted = _keys(expected, {"in_group", "share"})
    certain, possible = _group(wanted["in_group"], setting)
    limit = _fraction(wanted["share"])

    def test(fact: Fact) -> Truth:
        if not fact.known and not fact.value:
            return UNKNOWN
        low, high, below = Fraction(0), Fraction(0), False
        for holding in fact.value:
            there = not holding.countries.isdisjoint(certain)
            if there:
                low += holding.share.minimum
            if there or _may_be_in(holding, certain | possible):
                high += holding.share.maximum
                below = below or holding.share.exclusive_maximum
        if low >= limit:
            return TRUE
        reached = high > limit or (high == limit and not below)
        return UNKNOWN if reached or not fact.known else FALSE

    return test


@operator(
    "held_between", {"holdings"}, "one holder in the groups holds from `minimum` to below `below`"
)
def _held_between(expected: Any, setting: Setting) -> Test:
    wanted = _keys(expected, {"in_group", "minimum", "below"})
    certain, possible = _group(wanted["in_group"], setting)
    low, high = _fraction(wanted["minimum"]), _fraction(wanted["below"])

    def judge(holding: Holding) -> Truth:
        where = not holding.countries.isdisjoint(certain)
        if not where and not _may_be_in(holding, certain | possible):
            return FALSE
        enough = holding.share.reaches(low, inclusive=True)
        too_much = holding.share.reaches(high, inclusive=True)
        if enough is FALSE or too_much is TRUE:
            return FALSE
        return TRUE if where and enough is TRUE and too_much is FALSE else UNKNOWN

    def test(fact: Fact) -> Truth:
        answer = FALSE if fact.known else UNKNOWN
        for holding in fact.value or ():
            truth = judge(holding)
            if truth is TRUE:
                return TRUE
            if truth is UNKNOWN:
                answer = UNKNOWN
        return answer

    return test


def _may_be_in(holding: Holding, group: frozenset[str]) -> bool:
    if holding.possible is None:
        return True
    return not (holding.countries | holding.possible).isdisjoint(group)


@operator(
    "covers", {"authorizations"}, "an authorization of this kind, valid on the day, covers it"
)
def _covers(expected: Any, setting: Setting) -> Test:
    wanted = dict(_keys(expected, {"kind"}, {"authority", "number"}))
    authority = wanted.pop("authority", None)
    policy_id = setting.policy_id

    def test(fact: Fact) -> Truth:
        answer = FALSE if fact.known else UNKNOWN
        for held in fact.value or ():
            if any(getattr(held, key) != value for key, value in wanted.items()):
                continue
            readable = authority is None or held.given_by is not None
            if readable and authority is not None and authority not in held.given_by:
                continue
            if policy_id in held.policies:
                if readable:
                    return TRUE
                answer = UNKNOWN  # who gave it cannot be read
            if not held.policies:
                answer = UNKNOWN  # it does not say what it covers
        return answer

    return test
