"""Facts about the contract as a whole: who is bound, who is named, how much, what for."""

from __future__ import annotations

from typing import get_args

from compliance.model.conduct import Activity, EndUse
from compliance.model.truth import Truth
from compliance.policies.fact import Fact
from compliance.screening.facts.subjects import ContractFacts, PartyFacts, contract_field

_NO_END_USE = EndUse.model_construct()
_TRAINS = frozenset({"model_training", "fine_tuning"})


@contract_field("as_of", "date")
def _as_of(c: ContractFacts) -> Fact:
    """The day of law."""
    return Fact.of(c.as_of, "as_of")


contract_field.stated("signed_on", "date", "When it was signed.", asks="the date of signature")
contract_field.stated(
    "form",
    "choice",
    "The form of the contract.",
    choices=("paper", "click", "api", "smart_contract"),
)


@contract_field("item_count", "number", asks="what is rented, how many, and where it stands")
def _item_count(c: ContractFacts) -> Fact:
    """How many items it lists; unknown where it lists none."""
    if not c.contract.items:
        return Fact.unknown("items", note="none listed")
    return Fact.of(len(c.contract.items), "items")


@contract_field(
    "bound_by",
    "choices",
    asks="where the provider is organized, led and staffed",
    domain="jurisdictions",
)
def _bound_by(c: ContractFacts) -> Fact:
    """Jurisdictions (rules/data/jurisdictions.yaml) that bind the provider here."""
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
    return Fact.of(True, path, note=f"{len(parties)} named")


@contract_field("end_users_named", "flag", asks="the names of those who will compute")
def _end_users_named(c: ContractFacts) -> Fact:
    """At least one end user, and each by name, and each tenant."""
    return _all_named(c, "end_users", "end_user", "tenant")


@contract_field("recipients_of_nothing", "texts", asks="whether hardware moves, and to whom")
def _recipients_of_nothing(c: ContractFacts) -> Fact:
    """Consignees, and parties said to receive hardware, of a contract in which none moves."""
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


@contract_field("consignees_named", "flag", asks="who receives the hardware")
def _consignees_named(c: ContractFacts) -> Fact:
    """At least one consignee, and each by name."""
    return _all_named(c, "consignees", "consignee")


def _resellers(c: ContractFacts) -> list[tuple[int, PartyFacts]]:
    found = []
    for index, intermediary in enumerate(c.contract.intermediaries):
        if intermediary.role == "reseller":
            party_id = c.subjects.resolve(intermediary.party, f"intermediaries.{index}.party")
            found.append((index, c.subjects.parties[party_id]))
    return found


@contract_field("named_reseller", "flag")
def _named_reseller(c: ContractFacts) -> Fact:
    """A named reseller stands between."""
    return Fact.of(any(p["name"].known for _, p in _resellers(c)), "intermediaries")


@contract_field("reseller_owns_equipment", "flag", asks="who holds title to the machines")
def _reseller_owns_equipment(c: ContractFacts) -> Fact:
    """A named reseller rents out its own kit."""
    owned = [
        c.value(
            c.contract.intermediaries[index].owns_equipment,
            f"intermediaries.{index}.owns_equipment",
        )
        for index, party in _resellers(c)
        if party["name"].known
    ]
    if any(f.value is True for f in owned):
        return Fact.of(True, "intermediaries")
    unknown = [f for f in owned if not f.known]
    return unknown[0] if unknown else Fact.of(False, "intermediaries")


contract_field.stated(
    "sublease_allowed",
    "flag",
    "The lessee may let others in.",
    path="sublease.allowed",
    asks="the clause on subletting",
)


@contract_field(
    "flow_down_kyc", "flag", asks="the clause that binds resellers and tenants to identify users"
)
def _flow_down_kyc(c: ContractFacts) -> Fact:
    """Whoever lets others in is bound to identify them."""
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


@contract_field("duration_days", "number")
def _duration_days(c: ContractFacts) -> Fact:
    """Length of the term in days."""
    start, end = c.contract.starts_on, c.contract.ends_on
    if start is None or end is None:
        return Fact.unknown("starts_on" if start is None else "ends_on", note="not given")
    return Fact.of((end - start).days + 1, "starts_on, ends_on")


def _end_use(c: ContractFacts) -> EndUse:
    return c.contract.end_use or _NO_END_USE


for _use, _meaning in (
    ("military", "Military end use."),
    ("military_intelligence", "Military-intelligence end use."),
    ("wmd", "Weapons-of-mass-destruction end use."),
    ("supercomputer", "For a supercomputer."),
):
    contract_field.suspected(f"end_use.{_use}", _meaning, asks="a statement of end use")
contract_field.stated(
    "end_use.communications", "flag", "Only personal communication over the internet."
)
contract_field.stated(
    "end_use.enterprise_software",
    "flag",
    "Enterprise management, design or manufacturing software runs on it.",
    asks="what runs on it",
)
contract_field.stated(
    "end_use.technical_analysis_only", "flag", "Acquired only to analyze the part."
)


@contract_field(
    "end_use.activities", "choices", asks="what will be computed", choices=get_args(Activity)
)
def _activities(c: ContractFacts) -> Fact:
    """What is computed."""
    found = c.value(_end_use(c).activities, "end_use.activities")
    return Fact.of(frozenset(found.value), found.source, status="stated") if found.known else found


@contract_field("end_use.described", "flag", asks="what will be computed and for whom")
def _described(c: ContractFacts) -> Fact:
    """The end use is stated."""
    use = _end_use(c)
    if use.description is not None or (use.activities is not None and use.activities.value):
        return Fact.of(True, "end_use", status="stated")
    if use.activities is not None:
        return c.value(use.activities, "end_use.activities")
    return Fact.unknown("end_use.activities", note="not given")


@contract_field("training", "flag", asks="what will be computed")
def _training(c: ContractFacts) -> Fact:
    """Training or fine-tuning of models is among the activities."""
    found = c["end_use.activities"]
    if not found.known:
        return found
    return Fact.of(not _TRAINS.isdisjoint(found.value), found.source)


@contract_field(
    "authorizations",
    "authorizations",
    asks="the license or exception, with number and dates",
    domain="authorities",
)
def _authorizations(c: ContractFacts) -> Fact:
    """Licenses and exceptions on file that name no party."""
    held = tuple(a for a in c.subjects.authorizations if not a.parties)
    return Fact.of(held, "authorizations")
