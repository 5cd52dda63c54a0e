"""Facts about an item: who holds it, where it stands, and counts that should agree."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final, get_args

from compliance.chips.performance import theoretical_pflops
from compliance.model.item import Access, Service, Site
from compliance.places import AddressTexts
from compliance.policies.fact import Fact
from compliance.screening.facts.base import sourced, texts_of, without_value
from compliance.screening.facts.chip import unknown_chip
from compliance.screening.facts.explanations import is_open
from compliance.screening.facts.subjects import ItemFacts, item_field

# Which leg a service is when the contract does not say; a bare machine's leg turns on its title.
_LEG_OF_SERVICE: Final = {
    "api_inference": "remote",
    "shared_vm": "remote",
    "dedicated_vm": "remote",
    "colocation_provider_owned": "remote",
    "marketplace_listing": "remote",
    "colocation_customer_owned": "possession",
    "lease_to_own": "possession",
    "sale": "delivery",
}
_MOVING: Final = frozenset({"possession", "delivery"})
_NO_SITE = Site.model_construct()


@item_field(
    "access",
    "choice",
    asks="who holds title and keys, and whether hardware moves",
    choices=get_args(Access),
)
def _access(i: ItemFacts) -> Fact:
    """Remote, possession or delivery; possession wherever the customer holds title, keys or kit."""
    item = i.item
    held = [name for name in ("title", "keys") if _is_lessee(i, getattr(item, name))]
    if held and item.access in (None, "remote"):
        said = f"; the contract says {item.access}" if item.access else ""
        return Fact.of("possession", i.at(held[0]), note=f"the lessee holds {held[0]}{said}")
    leg = _LEG_OF_SERVICE.get(item.service or "")
    if item.access == "remote" and leg in _MOVING:
        note = f"the contract says remote, and the service is {item.service}"
        return Fact.unknown(i.at("access"), status="unknown", note=note, source=i.at("service"))
    if item.access is not None:
        return Fact.of(item.access, i.at("access"), status="stated")
    if leg is not None:
        return Fact.of(leg, i.at("service"), note=f"service {item.service}")
    if item.service == "bare_metal" and item.title is not None:
        return Fact.of(
            "remote", i.at("title"), note="bare metal whose title the lessee does not hold"
        )
    return Fact.unknown(i.at("access"), note="not given")


def _is_lessee(i: ItemFacts, holder: str | None) -> bool:
    return holder is not None and holder in {"lessee", i.subjects.lessee.id}


item_field.stated("service", "choice", "The kind of service.", choices=get_args(Service))


@item_field(
    "equipment_owner",
    "choice",
    asks="who holds title to the machines",
    choices=("provider", "lessee", "reseller", "other"),
)
def _equipment_owner(i: ItemFacts) -> Fact:
    """Who owns the kit."""
    title = i.item.title
    if title is None:
        if i.subjects.facts["reseller_owns_equipment"].value is True:
            return Fact.of("reseller", "intermediaries")
        return Fact.unknown(i.at("title"), note="not given")
    if title in {"provider", i.subjects.provider.id}:
        return Fact.of("provider", i.at("title"), status="stated")
    if _is_lessee(i, title):
        return Fact.of("lessee", i.at("title"), status="stated")
    resellers = {party.id for party in i.subjects.having("reseller")}
    owner = "reseller" if title == "reseller" or title in resellers else "other"
    return Fact.of(owner, i.at("title"), status="stated")


def _site(i: ItemFacts) -> Site:
    return i.item.site or _NO_SITE


@item_field("site.country", "country", asks="the country of the site")
def _site_country(i: ItemFacts) -> Fact:
    """Where the chips compute, or are delivered.

    As the site states it, or its address; where both do and differ, it is one of them.
    """
    site = _site(i)
    stated = i.country(site.country, "site.country")
    there = [fact for fact in _address_countries(i, site) if fact.status != "absent"]
    if stated.status == "absent":
        stated, *there = there or [stated]
    others = {fact.value for fact in there if fact.known} - {stated.value}
    if stated.known and others:
        named = ", ".join(sorted(others))
        note = f"the site is in {stated.value}, its address in {named}"
        path = i.at("site.country")
        possible = frozenset({stated.value, *others})
        return Fact.unknown(path, status="unknown", note=note, source=path, possible=possible)
    return stated


def _address_countries(i: ItemFacts, site: Site) -> Iterator[Fact]:
    """The countries of the site's address: stated, and named in its text or in the site's own."""
    address = site.address
    if address is not None and address.country is not None:
        yield i.country(address.country, "site.address.country")
    for texts in site_texts(site):
        named = i.know.gazetteer.country_of_address(texts)
        if named is not None:
            yield Fact.of(named, i.at("site"), note="by the text of its address")


@item_field("site.regions", "texts", asks="the address of the site")
def _site_regions(i: ItemFacts) -> Fact:
    """ISO 3166-2 region of the site."""
    found = [i.know.region(texts) for texts in site_texts(_site(i))]
    address = _site(i).address
    if address is not None and address.postcode is not None:
        country = address.country or _country_text(_site(i))
        found.append(i.know.gazetteer.region_of_postcode(address.postcode, country))
    return Fact.of(frozenset(region for region in found if region), i.at("site"))


def site_texts(site: Site) -> tuple[AddressTexts, ...]:
    """Country, region, city and text of a site as it states them, and of its address."""
    country, address = _country_text(site), site.address
    if address is None:
        return (AddressTexts(country, site.region, site.city),)
    there = texts_of(address)
    there = there._replace(country=address.country or country)
    return (AddressTexts(country, site.region, site.city, address.text), there)


def _country_text(site: Site) -> str | None:
    return site.country.value if site.country else None


@item_field(
    "site.kind",
    "choice",
    choices=("datacenter", "office", "residential", "warehouse", "forwarder", "free_zone"),
)
def _site_kind(i: ItemFacts) -> Fact:
    """What kind of place the site is."""
    kind, address = _site(i).kind, _site(i).address
    if address is not None and address.kind == "residential":
        return Fact.of("residential", i.at("site.address.kind"), status="stated")
    if kind == "unknown":
        return Fact.unknown(i.at("site.kind"), status="unknown", note="stated as unknown")
    return i.given(kind, "site.kind")


item_field.stated(
    "site.volume_ft3",
    "number",
    "Volume of the site in cubic feet.",
    asks="the volume in which the machines stand",
)


@item_field("site.power_ratio", "number", asks="the contracted power of the site", cost="computed")
def _power_ratio(i: ItemFacts) -> Fact:
    """Contracted power over the power that the chips need."""
    power, count = _site(i).power_mw, i["chip_count"]
    if power is None or power.value is None:
        return without_value(power, i.at("site.power_mw"))
    if not count.known:
        return count.unsettled()
    if count.value == 0:
        return Fact.unknown(i.at("site.power_mw"), note="no chips that need power")
    each = i.know.settings.power_kw_per_chip
    return Fact.of(
        power.value * 1000 / (count.value * each),
        sourced(power, i.at("site.power_mw")),
        note=f"{power.value} MW for {count.value} chips at {each} kW",
    )


def _same_site(i: ItemFacts, other: ItemFacts) -> bool:
    mine, theirs = _site(i), _site(other)
    return (
        i["site.country"].value == other["site.country"].value
        and (mine.city or "").casefold() == (theirs.city or "").casefold()
        and mine.address == theirs.address
    )


@item_field("site.fp64_pflops", "number", asks="the datasheet's FP64 rate", cost="computed")
def _fp64_pflops(i: ItemFacts) -> Fact:
    """FP64 PFLOPS of all items at this site."""
    return _pflops(i, "fp64")


@item_field("site.fp32_pflops", "number", asks="the datasheet's FP32 rate", cost="computed")
def _fp32_pflops(i: ItemFacts) -> Fact:
    """FP32 PFLOPS of all items at this site."""
    return _pflops(i, "fp32")


def _pflops(i: ItemFacts, precision: str) -> Fact:
    total = Decimal(0)
    for other in i.subjects.items:
        if not _same_site(i, other):
            continue
        specifications, count = other.product.specifications, other["chip_count"]
        if other.unaccelerated:
            continue
        if not specifications:
            return unknown_chip(other)
        rates = {theoretical_pflops(each, precision) for each in specifications}
        if len(rates) > 1:
            note = f"one of {other.product.names}"
            return Fact.unknown(other.chip_path, status="unknown", note=note)
        (rate,) = rates
        if rate is None:
            path = f"{other.at('specification')}.{precision}_tflops"
            note = f"no {precision.upper()} rate published"
            return Fact.unknown(path, status="unknown", note=note)
        if not count.known:
            return count.unsettled()
        total += rate * count.value
    return Fact.of(total, "chip catalogue", note=f"{precision.upper()}, all items at the site")


item_field.stated(
    "shipped_from", "country", "Where the hardware is shipped from.", asks="the place of export"
)


item_field.stated("share_of_site", "number", "Part of the site that this contract takes, 0 to 1.")


def _counts(i: ItemFacts) -> tuple[int, int] | None:
    """The largest and the smallest of the counts that should agree, in chips."""
    item = i.item
    stated = (item.ordered, item.delivered, item.installed, item.powered, item.metered)
    given = [n for n in stated if n is not None]
    contracted = item.units if item.units is not None else item.count
    if given and contracted is not None:
        given.append(contracted)
    if len(given) < 2:
        return None
    return max(given) * _per_unit(i), min(given) * _per_unit(i)


def _per_unit(i: ItemFacts) -> int:
    return i.item.chips_per_unit or max(i.product.sizes, default=1) or 1


@item_field("count_gap", "number", asks="a reconciliation of counts", cost="computed")
def _count_gap(i: ItemFacts) -> Fact:
    """Largest gap between the counts, as a part of the largest.

    The counts: ordered, delivered, installed, powered and metered.
    """
    counts = _counts(i)
    if counts is None or counts[0] == 0:
        return Fact.unknown(i.at("installed"), note="no two counts to compare")
    most, least = counts
    return Fact.of(Decimal(most - least) / most, i.path, note=f"{least} of {most}")


@item_field("count_gap_chips", "number", asks="a reconciliation of counts", cost="computed")
def _count_gap_chips(i: ItemFacts) -> Fact:
    """Largest gap between the counts, in chips."""
    counts = _counts(i)
    if counts is None:
        return Fact.unknown(i.at("installed"), note="no two counts to compare")
    return Fact.of(counts[0] - counts[1], i.path)


@item_field("count_gap.open", "flag", asks="a certificate of stock, by its number", cost="computed")
def _count_gap_open(i: ItemFacts) -> Fact:
    """No evidence on file answers the gap between the counts.

    A number that evidence names covers as many of the units.
    """
    counts = _counts(i)
    units = (counts[0] - counts[1]) // _per_unit(i) if counts else 0
    path = i.at("explained_by")
    return is_open(i, "items.count_gap", path, i.item.explained_by, units or None)


@item_field("ordered_after_signing", "flag")
def _ordered_after_signing(i: ItemFacts) -> Fact:
    """The hardware was ordered after this contract was signed."""
    signed, ordered = i.subjects.contract.signed_on, i.item.ordered_on
    if signed is None or ordered is None:
        path = "signed_on" if signed is None else i.at("ordered_on")
        return Fact.unknown(path, note="not given")
    return Fact.of(ordered > signed, i.at("ordered_on"), note=f"ordered {ordered}, signed {signed}")


@item_field("delivered_before_ordered", "flag")
def _delivered_before_ordered(i: ItemFacts) -> Fact:
    """It was delivered before it was ordered."""
    ordered, delivered = i.item.ordered_on, i.item.delivered_on
    if ordered is None or delivered is None:
        path = i.at("ordered_on" if ordered is None else "delivered_on")
        return Fact.unknown(path, note="not given")
    note = f"ordered {ordered}, delivered {delivered}"
    return Fact.of(delivered < ordered, i.at("delivered_on"), note=note)


@item_field("delivered_before_signing", "flag")
def _delivered_before_signing(i: ItemFacts) -> Fact:
    """The hardware was delivered before this contract was signed."""
    signed, delivered = i.subjects.contract.signed_on, i.item.delivered_on
    if signed is None or delivered is None:
        path = "signed_on" if signed is None else i.at("delivered_on")
        return Fact.unknown(path, note="not given")
    note = f"signed {signed}, delivered {delivered}"
    return Fact.of(delivered < signed, i.at("delivered_on"), note=note)


item_field.stated(
    "supplier_authorized",
    "flag",
    "The supplier showed its license or exception.",
    path="supplier_authorization",
    asks="the supplier's export license, or the exception it used",
)
