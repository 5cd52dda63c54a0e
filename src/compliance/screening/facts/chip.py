"""Facts about the chip of an item: which it is, who designs it, its class, how many there are.

Where a name fits several chips, each fact is known if they agree on it.
"""

from __future__ import annotations

from typing import Any

from compliance.policies.fact import Fact
from compliance.screening.facts.product import amount
from compliance.screening.facts.subjects import ItemFacts, item_field

_CATALOGUE = "chip catalogue"


def unknown_chip(i: ItemFacts) -> Fact:
    """The fact of an item whose chip is not known."""
    reason = i.product.reason
    given = reason != "not given"
    return Fact.unknown(
        i.chip_path, status="unknown" if given else "absent", note=reason, source=i.chip_path
    )


def _agreed(i: ItemFacts, values: frozenset[Any], source: str) -> Fact:
    """The value on which the candidates agree, or unknown between theirs."""
    if len(values) == 1:
        (value,) = values
        return Fact.of(value, source)
    note = f"{i.item.chip!r} fits {i.product.names}"
    return Fact.unknown(i.chip_path, status="unknown", note=note, source=source, possible=values)


@item_field("chip", "text", asks="the exact chip model, or its datasheet")
def _chip(i: ItemFacts) -> Fact:
    """The chip."""
    product = i.product
    if i.unaccelerated:
        return Fact.of("no accelerator", "instance types", note=product.reason)
    if not product.chips:
        if product.specifications:
            return Fact.of("as specified", i.chip_path, status="stated")
        return unknown_chip(i)
    if len(product.shared(lambda chip: chip.vendor)) > 1:
        return _agreed(i, product.shared(lambda chip: chip.name), _CATALOGUE)
    doubts = dict.fromkeys(chip.doubt for chip in product.chips if chip.doubt)
    return Fact.of(product.names, _CATALOGUE, note="; ".join(doubts))


@item_field("model", "text")
def _model(i: ItemFacts) -> Fact:
    """The catalogue's name of the chip, or the names that it may have."""
    if not i.product.chips:
        return unknown_chip(i)
    return _agreed(i, i.product.shared(lambda chip: chip.model), _CATALOGUE)


@item_field("vendor", "text")
def _vendor(i: ItemFacts) -> Fact:
    """Who designs the chip."""
    if not i.product.chips:
        return unknown_chip(i)
    return _agreed(i, i.product.shared(lambda chip: chip.vendor), _CATALOGUE)


@item_field("vendor_headquarters", "country")
def _vendor_headquarters(i: ItemFacts) -> Fact:
    """Where the chip's designer is headquartered."""
    if not i.product.chips:
        return unknown_chip(i)
    codes = i.product.shared(lambda chip: i.know.catalogue.vendor_country(chip.vendor))
    if None in codes:
        note = f"no place known for {i.product.chips[0].vendor}"
        return Fact.unknown(i.chip_path, status="unknown", note=note)
    return _agreed(i, codes, _CATALOGUE)


@item_field(
    "paragraph", "choice", asks="the exact chip model, or its datasheet", domain="paragraphs"
)
def _paragraph(i: ItemFacts) -> Fact:
    """The control paragraph under the chip rule of the day; "none" outside it."""
    found = i.classifications
    if i.unaccelerated:
        return Fact.of("none", "instance types", note=i.product.reason)
    if not found:
        return unknown_chip(i)
    cite, words = found[0].cite, "; ".join(found[0].reasons)
    candidates = frozenset(paragraph or "none" for each in found for paragraph in each.candidates)
    if len(candidates) == 1:
        (paragraph,) = candidates
        return Fact.of(paragraph, cite, note=words)
    if len(found) > 1:
        words = f"{i.item.chip!r} fits {i.product.names}"
        missing = [i.chip_path]
    else:
        missing = [f"{i.at('specification')}.{name}" for name in found[0].undetermined]
    return Fact.unknown(*missing, status="unknown", note=words, source=cite, possible=candidates)


def _figure(name: str, meaning: str, asks: str) -> None:
    @item_field(name, "number", meaning=meaning, asks=asks)
    def _known(i: ItemFacts) -> Fact:
        found = i.classifications
        if not found:
            return unknown_chip(i)
        values = frozenset(getattr(each, name) for each in found)
        if None in values:
            return Fact.unknown(
                i.at("specification"), status="unknown", note="figure not published"
            )
        return _agreed(i, values, found[0].cite)


_figure("tpp", "Total processing performance.", "the datasheet's dense rates")
_figure(
    "performance_density",
    "TPP per square millimeter of applicable die area.",
    "the die area of logic on a non-planar node",
)


@item_field("dram_bandwidth", "number", asks="the datasheet")
def _dram_bandwidth(i: ItemFacts) -> Fact:
    """Total DRAM bandwidth in GB/s."""
    return _published(i, "memory_bandwidth_gbs")


@item_field(
    "market",
    "choice",
    asks="the datasheet",
    choices=("datacenter", "workstation", "consumer", "edge"),
)
def _market(i: ItemFacts) -> Fact:
    """What the chip is designed or marketed for."""
    return _published(i, "market")


def _published(i: ItemFacts, figure: str) -> Fact:
    """A figure of the datasheet, where all chips that it may be have it and agree."""
    values = i.product.figures(figure)
    if not values:
        return unknown_chip(i)
    if None in values:
        path = f"{i.at('specification')}.{figure}"
        return Fact.unknown(path, status="unknown", note="not published")
    return _agreed(i, values, _CATALOGUE if i.product.chips else i.chip_path)


@item_field("chip_count", "number", asks="the number of chips")
def _chip_count(i: ItemFacts) -> Fact:
    """How many chips: units x chips per unit, the most that the name of a system may hold."""
    item, product = i.item, i.product
    units = item.units if item.units is not None else item.count
    if units is None:
        if product.system or not product.counted:
            return Fact.unknown(i.at("count"), note="not given")
        units = 1  # the name itself counts: "8x H100"
    found = amount(item, product, i.know.catalogue, units)
    if found.contradiction:
        return Fact.unknown(
            i.at("count"),
            i.chip_path,
            status="unknown",
            note=found.contradiction,
            possible=frozenset(found.numbers),
        )
    if not found.numbers:
        named = product.system if product.counted else ""
        note = f"{units} {item.unit}s" if item.unit else f"{units} x {named}"
        return Fact.unknown(
            i.at("chips_per_unit"),
            status="unknown" if named else "absent",
            note=f"{note} of unknown size",
        )
    number = found.numbers[-1]
    if found.each == (1,) and number == units:
        return Fact.of(number, i.at("count"), status="stated")
    note = ""
    if len(found.each) > 1:
        sizes = " or ".join(map(str, found.each))
        note = f"{product.system or item.unit} of {sizes} chips: the most is counted"
    elif product.share < 1:
        note = f"{product.share} of a chip each"
    return Fact.of(number, f"{i.path}: {units} x {found.each[-1]}", note=note)
