"""The contracts that are measured: three parties and two items each."""

from __future__ import annotations

from datetime import date
from typing import Any

AS_OF = date(2026, 11, 23)

_ITEMS: list[dict[str, Any]] = [
    {
        "chip": "H100 SXM5",
        "count": 64,
        "access": "remote",
        "service": "dedicated_vm",
        "title": "provider",
        "keys": "provider",
        "site": {"country": "AU", "city": "Brisbane", "kind": "datacenter"},
    },
    {
        "chip": "L40S",
        "count": 16,
        "access": "remote",
        "service": "shared_vm",
        "title": "provider",
        "keys": "provider",
        "site": {"country": "JP", "city": "Osaka", "kind": "datacenter"},
    },
]
_TERMS: dict[str, Any] = {
    "signed_on": "2026-03-01",
    "starts_on": "2026-04-01",
    "ends_on": "2027-03-31",
    "form": "paper",
    "provider": {
        "id": "provider",
        "name": "Bluewattle Cloud Pty Ltd",
        "kind": "organization",
        "incorporation": "AU",
        "headquarters": "AU",
    },
    "items": _ITEMS,
}

ORDINARY: dict[str, Any] = {
    "id": "ordinary",
    **_TERMS,
    "lessee": {
        "id": "lessee",
        "name": "Fjordlys Biologi ApS",
        "kind": "organization",
        "incorporation": "DK",
        "headquarters": "DK",
        "incorporated_on": "2015-03-01",
        "exchange_listing": "XCSE",
    },
    "end_users": [
        {
            "id": "laboratory",
            "name": "Fjordlys Biologi Forskning ApS",
            "kind": "organization",
            "incorporation": "DK",
            "headquarters": "DK",
        }
    ],
    "payment": {"method": "bank_transfer", "payer_country": "DK"},
    "end_use": {"activities": ["simulation"], "military": False},
    "usage": {"access_by_country": {"DK": "1.0"}},
}

OWNED: dict[str, Any] = {
    "id": "owned",
    **_TERMS,
    "lessee": {
        "id": "lessee",
        "name": "Orchid Vale Digital Pte. Ltd.",
        "kind": "organization",
        "incorporation": "SG",
        "headquarters": "SG",
        "incorporated_on": "2021-05-04",
    },
    "end_users": ["lessee"],
    "ownership": [
        {
            "owner": {
                "id": "holdings",
                "name": "Orchid Vale Holdings (Shenzhen) Co., Ltd.",
                "kind": "organization",
                "incorporation": "CN",
                "headquarters": "CN",
            },
            "owned": "lessee",
            "share": "62%",
        },
    ],
    "payment": {"method": "bank_transfer", "payer_country": "SG"},
    "end_use": {"activities": ["model_training"], "military": False},
    "usage": {"access_by_country": {"SG": "0.9", "CN": "0.1"}},
}
