"""Facts about the contract as a whole: who is bound, who is named, how much, what for."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from compliance.model.conduct import EndUse
from compliance.model.truth import Truth
from compliance.policies.fact import Fact
from compliance.screening.facts.base import fact
from compliance.screening.facts.subjects import ContractFacts, PartyFacts

field: Callable[
    [str], Callable[[Callable[[ContractFacts], Fact]], Callable[[ContractFacts], Fact]]
] = partial(fact, ContractFacts.registry)

_YES, _NO = True, False
_NO_END_USE = EndUse.model_construct()
_TRAINS = frozenset({"model_training", "fine_tuning"})


@field("as_of")
def _as_of(c: ContractFacts) -> Fact:
    return Fact.of(c.as_of, "as_of")


def _given(name: str) -> None:
    @field(name)
    def _known(c: ContractFacts) -> Fact:
        return c.given(getattr(c.contract, name), name)


_given("signed_on")
_given("form")


@field("item_count")
def _item_count(c: ContractFacts) -> Fact:
    if not c.contract.items:
        return Fact.unknown("items", note="none listed")
    return Fact.of(len(c.contract.items), "items")


@field("bound_by")
def _bound_by(c: ContractFacts) -> Fact:
    provider = c.subjects.provider
    places = [provider["incorporation"], provider["headquarters"]]
    truths = c.know.bound_by(
        tuple(place.value for place in places),
        tuple(item["site.country"].value for item in c.subjects.items),
        _acts(provider["us_persons_involved"]),
        _acts(provider["us_parent"]),
        c.as_of,
    )
    possible = frozenset(law for law, truth in truths.items() if truth is Truth.UNKNOWN)
    return Fact.some(
        frozenset(law for law, truth in truths.items() if truth is Truth.TRUE),
        "provider and sites",
        possible=possible,
        missing=tuple(path for place in places for path in place.missing) if possible else (),
    )


def _acts(stated: Fact) -> Truth:
    """Nobody asked: taken as no until some fact points to it; said to be unknown: unknown."""
    return Truth.FALSE if stated.status == "absent" else Truth.of(stated.value)


def _all_named(c: ContractFacts, path: str, role: str, *others: str) -> Fact:
    """Whether somebody is in the role, and everybody in it and in the others has a name."""
    having = c.subjects.having
    parties = {p.id: p for each in (role, *others) for p in having(each)}.values()
    unnamed = [p for p in parties if not p["name"].known]
    lacking = () if having(role) else (path,)
    if lacking or unnamed:
        paths = (*lacking, *(p.at("name") for p in unnamed))
        stated = [p["name"].status for p in unnamed if p["name"].status != "absent"]
        return Fact.unknown(*paths, status=stated[0] if stated else "absent", note="not named")
    return Fact.of(_YES, path, note=f"{len(parties)} named")


@field("end_users_named")
def _end_users_named(c: ContractFacts) -> Fact:
    return _all_named(c, "end_users", "end_user", "tenant")


@field("recipients_of_nothing")
def _recipients_of_nothing(c: ContractFacts) -> Fact:
    """Who is stated to receive hardware, where the contract says that no hardware moves."""
    items = c.subjects.items
    if not items or any(item["access"].value != "remote" for item in items):
        return Fact.of(frozenset(), "items")
    stated = [*c.subjects.having("consignee")]
    stated += [
        party
        for party in c.subjects.in_roles(("lessee", "end_user", "tenant", "intermediary"))
        if party.party.receives_hardware is not None and party.party.receives_hardware.value
    ]
    return Fact.of(frozenset(party.display for party in stated), "consignees, items")


@field("consignees_named")
def _consignees_named(c: ContractFacts) -> Fact:
    return _all_named(c, "consignees", "consignee")


def _resellers(c: ContractFacts) -> list[tuple[int, PartyFacts]]:
    found = []
    for index, intermediary in enumerate(c.contract.intermediaries):
        if intermediary.role == "reseller":
            party_id = c.subjects.resolve(intermediary.party, f"intermediaries.{index}.party")
            found.append((index, c.subjects.parties[party_id]))
    return found


@field("named_reseller")
def _named_reseller(c: ContractFacts) -> Fact:
    return Fact.of(any(p["name"].known for _, p in _resellers(c)), "intermediaries")


@field("reseller_owns_equipment")
def _reseller_owns_equipment(c: ContractFacts) -> Fact:
    owned = [
        c.value(
            c.contract.intermediaries[index].owns_equipment,
            f"intermediaries.{index}.owns_equipment",
        )
        for index, party in _resellers(c)
        if party["name"].known
    ]
    if any(f.value is True for f in owned):
        return Fact.of(_YES, "intermediaries")
    unknown = [f for f in owned if not f.known]
    return unknown[0] if unknown else Fact.of(_NO, "intermediaries")


@field("sublease_allowed")
def _sublease_allowed(c: ContractFacts) -> Fact:
    sublease = c.contract.sublease
    return c.value(sublease.allowed if sublease else None, "sublease.allowed")


@field("flow_down_kyc")
def _flow_down_kyc(c: ContractFacts) -> Fact:
    stated = [
        c.value(i.flow_down_kyc, f"intermediaries.{n}.flow_down_kyc")
        for n, i in enumerate(c.contract.intermediaries)
        if i.role in {"reseller", "marketplace"}
    ]
    if c.contract.sublease is not None:
        stated.append(c.value(c.contract.sublease.flow_down_kyc, "sublease.flow_down_kyc"))
    if not stated:
        return Fact.unknown("sublease.flow_down_kyc", note="not given")
    short = [f for f in stated if f.value is not True]
    return short[0] if short else stated[0]


@field("duration_days")
def _duration_days(c: ContractFacts) -> Fact:
    start, end = c.contract.starts_on, c.contract.ends_on
    if start is None or end is None:
        return Fact.unknown("starts_on" if start is None else "ends_on", note="not given")
    return Fact.of((end - start).days + 1, "starts_on, ends_on")


def _end_use(c: ContractFacts) -> EndUse:
    return c.contract.end_use or _NO_END_USE


def _end_use_flag(name: str) -> None:
    @field(f"end_use.{name}")
    def _known(c: ContractFacts) -> Fact:
        return c.value(getattr(_end_use(c), name), f"end_use.{name}")


def _knowledge_of_use(name: str) -> None:
    path = f"end_use.{name}"

    @field(path)
    def _known(c: ContractFacts) -> Fact:
        return c.knowledge(getattr(_end_use(c), name), path)

    @field(f"{path}.knowledge")
    def _how(c: ContractFacts) -> Fact:
        return c.how_known(getattr(_end_use(c), name), path)


for _use in ("military", "military_intelligence", "wmd", "supercomputer"):
    _knowledge_of_use(_use)
for _flag_of_use in (
    "communications",
    "enterprise_software",
    "technical_analysis_only",
):
    _end_use_flag(_flag_of_use)


@field("end_use.activities")
def _activities(c: ContractFacts) -> Fact:
    found = c.value(_end_use(c).activities, "end_use.activities")
    return Fact.of(frozenset(found.value), found.source, status="stated") if found.known else found


@field("end_use.described")
def _described(c: ContractFacts) -> Fact:
    use = _end_use(c)
    if use.description is not None or (use.activities is not None and use.activities.value):
        return Fact.of(_YES, "end_use", status="stated")
    if use.activities is not None:
        return c.value(use.activities, "end_use.activities")
    return Fact.unknown("end_use.activities", note="not given")


@field("training")
def _training(c: ContractFacts) -> Fact:
    found = c["end_use.activities"]
    if not found.known:
        return found
    return Fact.of(not _TRAINS.isdisjoint(found.value), found.source)


@field("authorizations")
def _authorizations(c: ContractFacts) -> Fact:
    held = tuple(a for a in c.subjects.authorizations if not a.parties)
    return Fact.of(held, "authorizations")
