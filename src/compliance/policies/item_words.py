"""The fields of an item, `item.*`: chip, leg, count, site."""

from __future__ import annotations

from typing import Final, get_args

from compliance.model.item import Access, Service
from compliance.policies.word import Word

ITEM: Final = (
    Word("item.chip", "text", "the chip", "the exact chip model, or its datasheet"),
    Word(
        "item.paragraph",
        "choice",
        'the control paragraph under the chip rule of the day; "none" outside it',
        "the exact chip model, or its datasheet",
    ),
    Word("item.tpp", "number", "total processing performance", "the datasheet's dense rates"),
    Word(
        "item.performance_density",
        "number",
        "TPP per square millimeter of applicable die area",
        "the die area of logic on a non-planar node",
    ),
    Word("item.dram_bandwidth", "number", "total DRAM bandwidth in GB/s", "the datasheet"),
    Word(
        "item.market",
        "choice",
        "what the chip is designed or marketed for",
        "the datasheet",
        ("datacenter", "workstation", "consumer", "edge"),
    ),
    Word("item.vendor", "text", "who designs the chip"),
    Word("item.model", "text", "the catalogue's name of the chip, or the names that it may have"),
    Word("item.vendor_headquarters", "country", "where the chip's designer is headquartered"),
    Word(
        "item.chip_count",
        "number",
        "how many chips: units x chips per unit, the most that the name of a system may hold",
        "the number of chips",
    ),
    Word(
        "item.access",
        "choice",
        "remote, possession or delivery; possession wherever the customer holds title, keys or kit",
        "who holds title and keys, and whether hardware moves",
        get_args(Access),
    ),
    Word("item.service", "choice", "the kind of service", "", get_args(Service)),
    Word(
        "item.equipment_owner",
        "choice",
        "who owns the kit",
        "who holds title to the machines",
        ("provider", "lessee", "reseller", "other"),
    ),
    Word(
        "item.site.country",
        "country",
        "where the chips compute, or are delivered",
        "the country of the site",
    ),
    Word(
        "item.site.occupied_regions",
        "texts",
        "the region of the site, where its government has no control; where the address does not "
        "tell, possibly",
        "the full address of the site, and who controls the town on the day",
    ),
    Word("item.site.occupied_regions.told", "texts", "the site, and what is known of who holds it"),
    Word(
        "item.site.address_listed_under",
        "choices",
        "measures of entries that are addresses, where the site has such an address; another room "
        "of the house is not the address",
        "the full address of the site, with room and floor",
    ),
    Word(
        "item.site.address_listed_under.who",
        "texts",
        "the entry that is the address of the site, and how the addresses agree",
    ),
    Word("item.site.regions", "texts", "ISO 3166-2 region of the site", "the address of the site"),
    Word(
        "item.site.kind",
        "choice",
        "what kind of place the site is",
        "",
        ("datacenter", "office", "residential", "warehouse", "forwarder", "free_zone"),
    ),
    Word(
        "item.site.volume_ft3",
        "number",
        "volume of the site in cubic feet",
        "the volume in which the machines stand",
    ),
    Word(
        "item.site.fp64_pflops",
        "number",
        "FP64 PFLOPS of all items at this site",
        "the datasheet's FP64 rate",
    ),
    Word(
        "item.site.fp32_pflops",
        "number",
        "FP32 PFLOPS of all items at this site",
        "the datasheet's FP32 rate",
    ),
    Word(
        "item.site.power_ratio",
        "number",
        "contracted power over the power that the chips need",
        "the contracted power of the site",
    ),
    Word(
        "item.shipped_from", "country", "where the hardware is shipped from", "the place of export"
    ),
    Word("item.share_of_site", "number", "part of the site that this contract takes, 0 to 1"),
    Word(
        "item.count_gap",
        "number",
        "largest gap between ordered, delivered, installed, powered and "
        "metered, as a part of the largest",
        "a reconciliation of counts",
    ),
    Word("item.count_gap_chips", "number", "the same gap in chips", "a reconciliation of counts"),
    *(
        Word(f"item.{sign}.open", "flag", f"no evidence on file answers {what}", asks)
        for sign, what, asks in (
            ("count_gap", "the gap between the counts", "a certificate of stock, by its number"),
            (
                "site.power_ratio",
                "the power of the site",
                "a letter from the utility, by its number",
            ),
            ("site.kind", "the kind of place", "proof of where the machines stand, by its number"),
            (
                "ordered_after_signing",
                "the order after the signing",
                "the record of who chose and paid for the hardware, by its number",
            ),
        )
    ),
    Word(
        "item.ordered_after_signing",
        "flag",
        "the hardware was ordered after this contract was signed",
    ),
    Word("item.delivered_before_ordered", "flag", "it was delivered before it was ordered"),
    Word(
        "item.delivered_before_signing",
        "flag",
        "the hardware was delivered before this contract was signed",
    ),
    Word(
        "item.sold_by",
        "choices",
        "makers to whom the regulator wrote (rules/data/addressees.yaml) that its provider or "
        "supplier is; not known where no supplier is stated",
        "who supplied the kit, and whether a letter of the regulator was addressed to it",
    ),
    Word(
        "item.supplier_authorized",
        "flag",
        "the supplier showed its license or exception",
        "the supplier's export license, or the exception it used",
    ),
)
