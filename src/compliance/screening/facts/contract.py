"""Facts about the contract as a whole: who is bound, who is named, payment, end use, conduct."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from compliance.model.conduct import EndUse, Observations, Usage
from compliance.model.payment import Payment
from compliance.model.share import Share
from compliance.model.truth import Truth, any_of
from compliance.policies.fact import Fact
from compliance.policies.operators import Holding
from compliance.policies.vocabulary import VOCABULARY
from compliance.screening.facts.base import fact, once
from compliance.screening.facts.subjects import ContractFacts, PartyFacts
from compliance.screening.knowledge import Jurisdiction

field: Callable[
    [str], Callable[[Callable[[ContractFacts], Fact]], Callable[[ContractFacts], Fact]]
] = partial(fact, ContractFacts.registry)

_YES, _NO = True, False
_NO_END_USE, _NO_PAYMENT, _NO_USAGE, _NO_OBSERVATIONS = EndUse(), Payment(), Usage(), Observations()


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


def _member(c: ContractFacts, place: Fact, groups: list[str]) -> Truth:
    certain: frozenset[str] = frozenset()
    possible: frozenset[str] = frozenset()
    for group in groups:
        membership = c.know.gazetteer.members(group, c.as_of)
        certain |= membership.certain
        possible |= membership.possible
    if place.known:
        if place.value in certain:
            return Truth.TRUE
        return Truth.UNKNOWN if place.value in possible else Truth.FALSE
    return Truth.UNKNOWN


def _binds(c: ContractFacts, law: Jurisdiction) -> Truth:
    provider = c.subjects.provider
    truths = [_member(c, provider[name], law.provider_in) for name in ("incorporation", "headquarters")]
    truths += [
        _member(c, item["site.country"], law.site_in) for item in c.subjects.items if law.site_in
    ]
    for flag in ("us_persons", "us_parent"):
        if getattr(law, flag):
            stated = provider["us_persons_involved" if flag == "us_persons" else flag]
            # Nobody asked: taken as no until some fact points to it; said to be unknown: unknown.
            unasked = stated.status == "absent"
            truths.append(Truth.FALSE if unasked else Truth.of(stated.value))
    return any_of(truths)


@field("bound_by")
def _bound_by(c: ContractFacts) -> Fact:
    truths = {law.id: _binds(c, law) for law in c.know.jurisdictions}
    possible = frozenset(law for law, truth in truths.items() if truth is Truth.UNKNOWN)
    places = ("incorporation", "headquarters")
    missing = tuple(
        path for name in places if not c.subjects.provider[name].known
        for path in c.subjects.provider[name].missing
    )
    return Fact.some(
        frozenset(law for law, truth in truths.items() if truth is Truth.TRUE),
        "provider and sites", possible=possible, missing=missing if possible else (),
    )


@field("controlled_chips")
def _controlled_chips(c: ContractFacts) -> Fact:
    total = 0
    for item in c.subjects.items:
        paragraph, count = item["paragraph"], item["chip_count"]
        if paragraph.value == "none":
            continue
        if not paragraph.known:
            return paragraph
        if not count.known:
            return count
        total += count.value
    return Fact.of(total, "items")


def _all_named(c: ContractFacts, role: str, path: str) -> Fact:
    parties = c.subjects.having(role)
    unnamed = [p for p in parties if not p["name"].known]
    if not parties or unnamed:
        paths = tuple(p.at("name") for p in unnamed) or (path,)
        stated = [p["name"].status for p in unnamed if p["name"].status != "absent"]
        return Fact.unknown(*paths, status=stated[0] if stated else "absent", note="not named")
    return Fact.of(_YES, path, note=f"{len(parties)} named")


@field("end_users_named")
def _end_users_named(c: ContractFacts) -> Fact:
    return _all_named(c, "end_user", "end_users")


@field("consignees_named")
def _consignees_named(c: ContractFacts) -> Fact:
    return _all_named(c, "consignee", "consignees")


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
        c.value(c.contract.intermediaries[index].owns_equipment, f"intermediaries.{index}.owns_equipment")
        for index, party in _resellers(c) if party["name"].known
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
        for n, i in enumerate(c.contract.intermediaries) if i.role in {"reseller", "marketplace"}
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


@field("operations")
def _operations(c: ContractFacts) -> Fact:
    """Dense FP16-class operations of the controlled chips, at the set utilization."""
    settings = c.know.settings
    term = c["duration_days"]
    days = min(term.value, settings.operations_days) if term.known else settings.operations_days
    total = 0
    for item in c.subjects.items:
        paragraph, count, specification = item["paragraph"], item["chip_count"], item.product[1]
        if paragraph.value == "none":
            continue
        if not paragraph.known:
            return paragraph
        if not count.known:
            return count
        rates = (specification.bf16_tflops_dense, specification.fp16_tflops_dense) if specification else ()
        rate = next((r for r in rates if r is not None), None)
        if rate is None:
            path = f"{item.at('specification')}.bf16_tflops_dense"
            return Fact.unknown(path, status="unknown", note="no 16-bit rate published")
        total += int(rate * 10**12 * count.value * days * 86400 * settings.utilization)
    note = f"{days} days at {settings.utilization} of the peak 16-bit rate"
    return Fact.of(total, "items", note=note)


def _end_use(c: ContractFacts) -> EndUse:
    return c.contract.end_use or _NO_END_USE


def _end_use_flag(name: str) -> None:
    @field(f"end_use.{name}")
    def _known(c: ContractFacts) -> Fact:
        return c.value(getattr(_end_use(c), name), f"end_use.{name}")


for _flag_of_use in (
    "military", "military_intelligence", "wmd", "supercomputer", "communications",
    "enterprise_software", "technical_analysis_only",
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


_TRAINS = frozenset({"model_training", "fine_tuning"})


@field("training")
def _training(c: ContractFacts) -> Fact:
    found = c["end_use.activities"]
    if not found.known:
        return found
    return Fact.of(not _TRAINS.isdisjoint(found.value), found.source)


def _payment(c: ContractFacts) -> Payment:
    return c.contract.payment or _NO_PAYMENT


@field("payment.method")
def _method(c: ContractFacts) -> Fact:
    return c.value(_payment(c).method, "payment.method")


@field("payment.payer_country")
def _payer_country(c: ContractFacts) -> Fact:
    return c.country(_payment(c).payer_country, "payment.payer_country")


@field("payment.payer_relation")
def _payer_relation(c: ContractFacts) -> Fact:
    return c.value(_payment(c).payer_relation, "payment.payer_relation")


@field("payment.payer_differs")
def _payer_differs(c: ContractFacts) -> Fact:
    payers = c.subjects.having("payer")
    if not payers:
        return Fact.unknown("payers", note="not given")
    others = [p for p in payers if "lessee" not in p.roles]
    return Fact.of(bool(others), "payers", note=", ".join(p.display for p in others))


@field("payment.third_country")
def _third_country(c: ContractFacts) -> Fact:
    payer = c["payment.payer_country"]
    if not payer.known:
        return payer
    lessee = c.subjects.lessee
    known = lessee["places"].value | lessee["ultimate_parents.headquarters"].value
    known |= {code for p in c.subjects.having("payer") for code in p["places"].value if "lessee" in p.roles}
    if payer.value in known:
        return Fact.of(_NO, payer.source)
    if lessee["places"].partial:
        return Fact.unknown(*lessee["places"].missing, note="the lessee's own places are not known")
    return Fact.of(_YES, payer.source, note=f"{payer.value}; the lessee is in {Fact.of(known, '').text}")


@field("payment.prepaid_months")
def _prepaid_months(c: ContractFacts) -> Fact:
    return c.given(_payment(c).prepaid_months, "payment.prepaid_months")


@field("payment.amount_in_words")
def _amount(c: ContractFacts) -> Fact:
    money = _payment(c).amount
    if money is None:
        return Fact.unknown("payment.amount", note="not given")
    return Fact.of(f"{money.value:,} {money.currency}", "payment.amount", status="stated")


@field("payment.exchange_licensed")
def _exchange_licensed(c: ContractFacts) -> Fact:
    exchange = _payment(c).exchange
    if exchange is None:
        return Fact.unknown("payment.exchange", note="not given")
    for name in ("licensed", "in_payers_name"):
        found = c.value(getattr(exchange, name), f"payment.exchange.{name}")
        if found.value is not True:
            return found
    return Fact.of(_YES, "payment.exchange", status="stated", note=exchange.name or "")


@field("payment.wallet_screened")
def _wallet_screened(c: ContractFacts) -> Fact:
    return c.value(_payment(c).wallet_screened, "payment.wallet_screened")


@field("payment.changed_days_before_start")
def _changed_days(c: ContractFacts) -> Fact:
    changed, start = _payment(c).changed_on, c.contract.starts_on
    if changed is None or start is None:
        return Fact.unknown("starts_on" if changed else "payment.changed_on", note="not given")
    return Fact.of((start - changed).days, "payment.changed_on, starts_on")


@field("payment.funds_documented")
def _funds_documented(c: ContractFacts) -> Fact:
    sources = _payment(c).source_of_funds
    if not sources:
        return Fact.unknown("payment.source_of_funds", note="not given")
    for index, source in enumerate(sources):
        found = c.value(source.documented, f"payment.source_of_funds.{index}.documented")
        if found.value is not True:
            return found
    return Fact.of(_YES, "payment.source_of_funds", status="stated")


def _usage(c: ContractFacts) -> Usage:
    return c.contract.usage or _NO_USAGE


@dataclass(frozen=True, slots=True)
class _Session:
    """Part of the sessions by country, readable or not."""

    code: str | None
    text: str
    part: Share


@once
def _sessions(c: ContractFacts) -> list[_Session]:
    return [
        _Session(c.know.gazetteer.read(text).code, text, Share.parse(_decimal(part)))
        for text, part in sorted(_usage(c).access_by_country.items())
    ]


def _decimal(part: object) -> str:
    """A part in [0, 1] as a decimal fraction, never as a bare integer."""
    text = f"{part:f}"  # type: ignore[str-format]
    return text if "." in text else f"{text}.0"


@field("access_shares")
def _access_shares(c: ContractFacts) -> Fact:
    sessions = _sessions(c)
    if not sessions:
        return Fact.unknown("usage.access_by_country", note="not given")
    return Fact.of(
        tuple(
            Holding(s.text, frozenset({s.code} if s.code else ()),
                    frozenset() if s.code else None, s.part)
            for s in sessions
        ),
        "usage.access_by_country",
        note=", ".join(f"{s.text} {s.part}" for s in sessions),
    )


def _observed(c: ContractFacts) -> Observations:
    return c.contract.observations or _NO_OBSERVATIONS


@field("access_countries")
def _access_countries(c: ContractFacts) -> Fact:
    texts = [*_usage(c).access_by_country, *_observed(c).ip_countries]
    if not texts:
        return Fact.unknown("usage.access_by_country", note="not given")
    codes = [c.know.gazetteer.read(text).code for text in texts]
    return Fact.some(
        frozenset(code for code in codes if code), "usage, observations", partial=None in codes,
        missing=("usage.access_by_country",) if None in codes else (),
    )


@field("access_explained")
def _access_explained(c: ContractFacts) -> Fact:
    usage = _usage(c)
    travel = {c.know.gazetteer.read(text).code for text in usage.declared_travel}
    seen = c["access_countries"].value or frozenset()
    network = usage.corporate_vpn is not None and usage.corporate_vpn.value is True
    home = _home(c)
    if seen and seen <= home | travel:
        return Fact.of(_YES, "usage.declared_travel")
    if network:
        return Fact.of(_YES, "usage.corporate_vpn", status="stated")
    return Fact.unknown("usage.declared_travel", "usage.corporate_vpn", note="not explained")


@once
def _home(c: ContractFacts) -> frozenset[str]:
    """Where the lessee, its offices and the named end users are stated to be."""
    codes: frozenset[str] = c.subjects.lessee["places"].value
    for user in c.subjects.having("end_user"):
        codes |= user["places"].value
    offices = (c.know.gazetteer.read(text).code for text in _observed(c).offices)
    return codes | {code for code in offices if code}


@field("access_from_users_places")
def _access_from_users_places(c: ContractFacts) -> Fact:
    sessions = _sessions(c)
    if not sessions:
        return Fact.unknown("usage.access_by_country", note="not given")
    home = _home(c)
    part = sum((s.part.minimum for s in sessions if s.code in home), start=0)
    note = f"{Share.exact(part)} of sessions from {Fact.of(home, '').text}"
    return Fact.of(part >= c.know.settings.own_place_share, "usage.access_by_country", note=note)


@field("mismatched_signals")
def _mismatched(c: ContractFacts) -> Fact:
    seen = _observed(c)
    home = _home(c) | c.subjects.lessee["ultimate_parents.headquarters"].value
    travel = frozenset(c.know.gazetteer.read(text).code for text in _usage(c).declared_travel)
    away = []
    singles = ("phone_country", "card_country", "billing_country", "working_hours_country")
    for name in singles:
        text = getattr(seen, name)
        code = c.know.gazetteer.read(text).code if text else None
        if code is not None and code not in home:
            away.append(name)
    networks = {c.know.gazetteer.read(text).code for text in seen.ip_countries} - {None}
    if networks and networks.isdisjoint(home | travel):
        away.append("ip_countries")
    return Fact.of(len(away), "observations", note=", ".join(away))


@field("shell_indicators")
def _shell_indicators(c: ContractFacts) -> Fact:
    seen, lessee, settings = _observed(c), c.subjects.lessee, c.know.settings
    age = lessee["age_days"]
    signs = {
        "formed_recently": age.known and age.value < settings.recently_formed_days,
        "residential_address": lessee["residential_address"].value is True,
        "low_web_footprint": seen.low_web_footprint is True,
        "free_or_disposable_email": seen.email_domain in {"free", "disposable"},
        "nominee_directors": seen.nominee_directors is True
        or any(officer.nominee for officer in lessee.party.officers),
        "sector_mismatch": seen.sector_mismatch is True,
        "mail_drop": seen.mail_drop_address is True,
        "capital_too_small": _capital_too_small(c),
    }
    return Fact.of(frozenset(name for name, found in signs.items() if found), "lessee, observations")


def _capital_too_small(c: ContractFacts) -> bool:
    capital, amount = c.subjects.lessee.party.paid_up_capital, _payment(c).amount
    if capital is None or capital.value is None or amount is None:
        return False
    if capital.value.currency != amount.currency:
        return False
    return amount.value > capital.value.value * c.know.settings.capital_multiple


@field("linked_accounts")
def _linked_accounts(c: ContractFacts) -> Fact:
    return c.given(_observed(c).linked_accounts, "observations.linked_accounts")


def _observation(name: str) -> None:
    key = name.removeprefix("observations.")

    @field(name)
    def _seen(c: ContractFacts) -> Fact:
        return c.given(getattr(_observed(c), key), name)


for _word in VOCABULARY:
    if _word.startswith("contract.observations."):
        _observation(_word.removeprefix("contract."))


@field("lists_missing")
def _lists_missing(c: ContractFacts) -> Fact:
    consulted = {watchlist.id for watchlist in c.know.watchlists}
    absent = sorted(set(c.know.asked) - consulted)
    return Fact.of(len(absent), "watchlists", note=", ".join(absent))


@field("lists_stale")
def _lists_stale(c: ContractFacts) -> Fact:
    stale = [w.id for w in c.know.watchlists if w.stale(c.as_of) is not Truth.FALSE]
    return Fact.of(len(stale), "watchlists", note=", ".join(stale))


@field("authorizations")
def _authorizations(c: ContractFacts) -> Fact:
    held = tuple(a for a in c.subjects.authorizations if not a.parties)
    return Fact.of(held, "authorizations")
