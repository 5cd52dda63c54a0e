"""Contracts that differ: own names, owners, chips, places and payments, by a seeded chance."""

from __future__ import annotations

import random
from typing import Any

_FIRST = [
    "Fjordlys",
    "Bluewattle",
    "Orchid",
    "Kestrel",
    "Marula",
    "Tamarack",
    "Sundew",
    "Halcyon",
    "Larkspur",
    "Obsidian",
    "Juniper",
    "Saffron",
    "Cobalt",
    "Meridian",
    "Pelican",
    "Quillon",
    "Redwood",
    "Shearwater",
    "Thistle",
    "Umber",
    "Vesper",
    "Wren",
    "Yarrow",
]
_SECOND = [
    "Digital",
    "Compute",
    "Biologi",
    "Analytics",
    "Labs",
    "Marine",
    "Robotics",
    "Textiles",
    "Genomics",
    "Systems",
    "Foods",
    "Logistics",
    "Energy",
    "Studios",
    "Metals",
    "Pharma",
    "Optics",
    "Semiconductor",
    "Technology",
    "Research",
    "Trading",
]
_FORMS = ("Pte. Ltd.", "GmbH", "ApS", "Pty Ltd", "Inc.", "Co., Ltd.", "LLC", "S.A.", "FZE", "")
_LISTED = (
    "Huawei Technologies Co., Ltd.",
    "Inspur Group Co Ltd",
    "Biren Technology",
    "Dawning Information Industry",
    "Mahan Air",
    "Sberbank",
)
_COUNTRIES = [
    "AU",
    "SG",
    "JP",
    "KR",
    "DE",
    "DK",
    "US",
    "CA",
    "GB",
    "FR",
    "AE",
    "SA",
    "IN",
    "BR",
    "CN",
    "HK",
    "MO",
    "RU",
    "IR",
    "BY",
    "KZ",
    "TR",
    "MY",
    "VN",
    "ID",
    "ZA",
    "CH",
    "NL",
    "TW",
    "IL",
]
_CHIPS = (
    "H100 SXM5",
    "H200",
    "B200",
    "A100 80GB",
    "H20",
    "L40S",
    "RTX 4090",
    "MI300X",
    "A10",
    "T4",
    "Gaudi 3",
    "no such chip",
)
_COUNTS = (1, 8, 16, 32, 63, 64, 128, 2400)
_ACTIVITIES = ("model_training", "simulation", "inference", "rendering")


def name(chance: random.Random) -> str:
    """A name of an ordinary company; one in forty is listed."""
    if chance.random() < 0.025:
        return chance.choice(_LISTED)
    words = (chance.choice(_FIRST), chance.choice(_FIRST), chance.choice(_SECOND))
    return " ".join((*words, chance.choice(_FORMS))).strip()


def party(chance: random.Random, party_id: str) -> dict[str, Any]:
    """A customer: mostly an organization, its countries mostly one."""
    country = chance.choice(_COUNTRIES)
    if chance.random() < 0.1:
        person = {"id": party_id, "name": "Maria Lindqvist", "kind": "person"}
        return person | {"nationalities": [country], "residence": chance.choice(_COUNTRIES)}
    crossed = chance.random() < 0.15
    found: dict[str, Any] = {
        "id": party_id,
        "name": name(chance),
        "kind": "organization",
        "incorporation": country,
        "headquarters": chance.choice(_COUNTRIES) if crossed else country,
    }
    if chance.random() < 0.4:
        found["incorporated_on"] = f"{chance.randint(1990, 2026)}-0{chance.randint(1, 9)}-11"
    if chance.random() < 0.3:
        found["exchange_listing"] = "XASX"
    return found


def _item(chance: random.Random) -> dict[str, Any]:
    access = chance.choice(("remote", "remote", "remote", "possession", "delivery"))
    found: dict[str, Any] = {
        "chip": chance.choice(_CHIPS),
        "count": chance.choice(_COUNTS),
        "access": access,
        "site": {"country": chance.choice(_COUNTRIES), "kind": "datacenter"},
    }
    if access == "remote":
        found |= {"service": "dedicated_vm", "title": "provider", "keys": "provider"}
    return found


def contract(chance: random.Random, number: int) -> dict[str, Any]:
    """One contract: up to three items, users, owners and a payment, each sometimes not given."""
    found: dict[str, Any] = {
        "id": f"C-{number}",
        "signed_on": "2026-03-01",
        "starts_on": "2026-04-01",
        "ends_on": "2027-03-31",
        "provider": party(chance, "provider") | {"name": "Bluewattle Cloud Pty Ltd"},
        "lessee": party(chance, "lessee"),
        "items": [_item(chance) for _ in range(chance.randint(1, 3))],
    }
    if chance.random() < 0.7:
        users = [party(chance, f"user-{n}") for n in range(chance.randint(1, 2))]
        found["end_users"] = ["lessee"] if chance.random() < 0.5 else users
    if chance.random() < 0.3:
        broker = {"role": "reseller", "owns_equipment": False, "party": party(chance, "broker")}
        found["intermediaries"] = [broker]
    if chance.random() < 0.5:
        found["ownership"] = [
            {"owner": party(chance, f"owner-{n}"), "owned": "lessee", "share": share}
            for n, share in enumerate(chance.choice((["62%"], ["51%", "49%"], ["30%", "25%"])))
        ]
    if chance.random() < 0.8:
        method = chance.choice(("bank_transfer", "card", "crypto", "cash"))
        found["payment"] = {"method": method, "payer_country": chance.choice(_COUNTRIES)}
    if chance.random() < 0.7:
        found["end_use"] = {"activities": [chance.choice(_ACTIVITIES)], "military": False}
    if chance.random() < 0.4:
        found["usage"] = {"access_by_country": {chance.choice(_COUNTRIES): "1.0"}}
    return found
