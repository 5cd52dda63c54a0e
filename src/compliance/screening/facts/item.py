"""Facts about an item: the chip and its class, how many, who holds them, where they stand."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Final

from compliance.chips import theoretical_pflops
from compliance.model.item import Site
from compliance.policies.fact import Fact
from compliance.screening.facts.base import fact, sourced, without_value
from compliance.screening.facts.subjects import ItemFacts

field: Callable[[str], Callable[[Callable[[ItemFacts], Fact]], Callable[[ItemFacts], Fact]]] = (
    partial(fact, ItemFacts.registry)
)

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
_NO_SITE = Site.model_construct()


def _unknown_chip(i: ItemFacts) -> Fact:
    reason = i.product[3]
    given = reason != "not given"
    return Fact.unknown(
        i.chip_path, status="unknown" if given else "absent", note=reason, source=i.chip_path
    )


@field("chip")
def _chip(i: ItemFacts) -> Fact:
    chip, specification, _, _ = i.product
    if chip is not None:
        return Fact.of(chip.name, "chip catalogue", note=chip.doubt)
    if specification is not None:
        return Fact.of("as specified", i.chip_path, status="stated")
    return _unknown_chip(i)


@field("model")
def _model(i: ItemFacts) -> Fact:
    chip = i.product[0]
    return _unknown_chip(i) if chip is None else Fact.of(chip.model, "chip catalogue")


@field("vendor")
def _vendor(i: ItemFacts) -> Fact:
    chip = i.product[0]
    return _unknown_chip(i) if chip is None else Fact.of(chip.vendor, "chip catalogue")


@field("vendor_headquarters")
def _vendor_headquarters(i: ItemFacts) -> Fact:
    chip = i.product[0]
    if chip is None:
        return _unknown_chip(i)
    code = i.know.catalogue.vendor_country(chip.vendor)
    if code is None:
        return Fact.unknown(i.chip_path, status="unknown", note=f"no place known for {chip.vendor}")
    return Fact.of(code, "chip catalogue")


@field("paragraph")
def _paragraph(i: ItemFacts) -> Fact:
    found = i.classification
    if found is None:
        return _unknown_chip(i)
    words = "; ".join(found.reasons)
    if found.determined:
        return Fact.of(found.paragraph or "none", found.cite, note=words)
    candidates = frozenset(candidate or "none" for candidate in found.candidates)
    missing = tuple(f"{i.at('specification')}.{name}" for name in found.undetermined)
    return Fact.unknown(
        *missing, status="unknown", note=words, source=found.cite, possible=candidates
    )


def _figure(name: str, attribute: str) -> None:
    @field(name)
    def _known(i: ItemFacts) -> Fact:
        found = i.classification
        value = getattr(found, attribute) if found is not None else None
        if found is None:
            return _unknown_chip(i)
        if value is None:
            return Fact.unknown(
                i.at("specification"), status="unknown", note="figure not published"
            )
        return Fact.of(value, found.cite)


_figure("tpp", "tpp")
_figure("performance_density", "performance_density")


@field("dram_bandwidth")
def _dram_bandwidth(i: ItemFacts) -> Fact:
    return _specified(i, "memory_bandwidth_gbs")


@field("market")
def _market(i: ItemFacts) -> Fact:
    return _specified(i, "market")


def _specified(i: ItemFacts, name: str) -> Fact:
    specification = i.product[1]
    if specification is None:
        return _unknown_chip(i)
    value = getattr(specification, name)
    if value is None:
        return Fact.unknown(
            f"{i.at('specification')}.{name}", status="unknown", note="not published"
        )
    return Fact.of(value, "chip catalogue" if i.product[0] else i.chip_path)


@field("chip_count")
def _chip_count(i: ItemFacts) -> Fact:
    item, per_instance = i.item, i.product[2]
    units = item.units if item.units is not None else item.count
    if units is None:
        return Fact.unknown(i.at("count"), note="not given")
    if item.instance is not None:
        return Fact.of(units * per_instance, f"{i.path}: {units} x {per_instance}")
    if item.chips_per_unit is not None:
        return Fact.of(units * item.chips_per_unit, f"{i.path}: {units} x {item.chips_per_unit}")
    if item.unit in (None, "chip", "card"):
        return Fact.of(units, i.at("count"), status="stated")
    return Fact.unknown(i.at("chips_per_unit"), note=f"{units} {item.unit}s of unknown size")


@field("access")
def _access(i: ItemFacts) -> Fact:
    """Possession wherever the customer holds title or keys, whatever the contract calls it."""
    item = i.item
    held = [name for name in ("title", "keys") if _is_lessee(i, getattr(item, name))]
    if held and item.access in (None, "remote"):
        said = f"; the contract says {item.access}" if item.access else ""
        return Fact.of("possession", i.at(held[0]), note=f"the lessee holds {held[0]}{said}")
    if item.access is not None:
        return Fact.of(item.access, i.at("access"), status="stated")
    leg = _LEG_OF_SERVICE.get(item.service or "")
    if leg is not None:
        return Fact.of(leg, i.at("service"), note=f"service {item.service}")
    if item.service == "bare_metal" and item.title is not None:
        return Fact.of(
            "remote", i.at("title"), note="bare metal whose title the lessee does not hold"
        )
    return Fact.unknown(i.at("access"), note="not given")


def _is_lessee(i: ItemFacts, holder: str | None) -> bool:
    return holder is not None and holder in {"lessee", i.subjects.lessee.id}


@field("service")
def _service(i: ItemFacts) -> Fact:
    return i.given(i.item.service, "service")


@field("equipment_owner")
def _equipment_owner(i: ItemFacts) -> Fact:
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


@field("site.country")
def _site_country(i: ItemFacts) -> Fact:
    return i.country(_site(i).country, "site.country")


@field("site.regions")
def _site_regions(i: ItemFacts) -> Fact:
    site = _site(i)
    country = site.country.value if site.country else None
    text = site.address.text if site.address else None
    region = i.know.region(country, site.region, site.city, text)
    return Fact.of(frozenset({region} if region else ()), i.at("site"))


@field("site.kind")
def _site_kind(i: ItemFacts) -> Fact:
    kind = _site(i).kind
    if kind == "unknown":
        return Fact.unknown(i.at("site.kind"), status="unknown", note="stated as unknown")
    return i.given(kind, "site.kind")


@field("site.volume_ft3")
def _site_volume(i: ItemFacts) -> Fact:
    return i.value(_site(i).volume_ft3, "site.volume_ft3")


@field("site.power_ratio")
def _power_ratio(i: ItemFacts) -> Fact:
    power, count = _site(i).power_mw, i["chip_count"]
    if power is None or power.value is None:
        return without_value(power, i.at("site.power_mw"))
    if not count.known:
        return count
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


def _pflops(precision: str) -> None:
    @field(f"site.{precision}_pflops")
    def _sum(i: ItemFacts) -> Fact:
        total = Decimal(0)
        for other in i.subjects.items:
            if not _same_site(i, other):
                continue
            specification, count = other.product[1], other["chip_count"]
            if specification is None:
                return _unknown_chip(other)
            rate = theoretical_pflops(specification, precision)
            if rate is None:
                return Fact.unknown(
                    f"{other.at('specification')}.{precision}_tflops",
                    status="unknown",
                    note=f"no {precision.upper()} rate published",
                )
            if not count.known:
                return count
            total += rate * count.value
        return Fact.of(total, "chip catalogue", note=f"{precision.upper()}, all items at the site")


_pflops("fp64")
_pflops("fp32")


@field("shipped_from")
def _shipped_from(i: ItemFacts) -> Fact:
    return i.country(i.item.shipped_from, "shipped_from")


@field("share_of_site")
def _share_of_site(i: ItemFacts) -> Fact:
    return i.given(i.item.share_of_site, "share_of_site")


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
    per_unit = item.chips_per_unit or i.product[2]
    return max(given) * per_unit, min(given) * per_unit


@field("count_gap")
def _count_gap(i: ItemFacts) -> Fact:
    counts = _counts(i)
    if counts is None or counts[0] == 0:
        return Fact.unknown(i.at("installed"), note="no two counts to compare")
    most, least = counts
    return Fact.of(Decimal(most - least) / most, i.path, note=f"{least} of {most}")


@field("count_gap_chips")
def _count_gap_chips(i: ItemFacts) -> Fact:
    counts = _counts(i)
    if counts is None:
        return Fact.unknown(i.at("installed"), note="no two counts to compare")
    return Fact.of(counts[0] - counts[1], i.path)


@field("ordered_after_signing")
def _ordered_after_signing(i: ItemFacts) -> Fact:
    signed, ordered = i.subjects.contract.signed_on, i.item.ordered_on
    if signed is None or ordered is None:
        path = "signed_on" if signed is None else i.at("ordered_on")
        return Fact.unknown(path, note="not given")
    return Fact.of(ordered > signed, i.at("ordered_on"), note=f"ordered {ordered}, signed {signed}")


@field("delivered_before_ordered")
def _delivered_before_ordered(i: ItemFacts) -> Fact:
    ordered, delivered = i.item.ordered_on, i.item.delivered_on
    if ordered is None or delivered is None:
        path = i.at("ordered_on" if ordered is None else "delivered_on")
        return Fact.unknown(path, note="not given")
    note = f"ordered {ordered}, delivered {delivered}"
    return Fact.of(delivered < ordered, i.at("delivered_on"), note=note)


@field("delivered_before_signing")
def _delivered_before_signing(i: ItemFacts) -> Fact:
    signed, delivered = i.subjects.contract.signed_on, i.item.delivered_on
    if signed is None or delivered is None:
        path = "signed_on" if signed is None else i.at("delivered_on")
        return Fact.unknown(path, note="not given")
    note = f"signed {signed}, delivered {delivered}"
    return Fact.of(delivered < signed, i.at("delivered_on"), note=note)


@field("supplier_authorized")
def _supplier_authorized(i: ItemFacts) -> Fact:
    return i.value(i.item.supplier_authorization, "supplier_authorization")
