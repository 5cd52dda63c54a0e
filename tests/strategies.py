"""Contracts at random: plain, valid, mostly ordinary, now and then with a trap.

Every part may be missing, unknown or refused; names are drawn from ordinary, resembling and listed
ones; places from quiet and grouped countries, and from texts that are no country.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

LISTED = "Huawei Technologies Co., Ltd."
NAMES = st.sampled_from(
    ["Fjordlys Biologi ApS", "Bluewattle Cloud Pty Ltd", "Kiefernwald GmbH", "Huawei Technologie",
     LISTED, "Ada Lovelace"]
)  # fmt: skip
COUNTRIES = st.sampled_from(["DK", "SG", "US", "CN", "Hong Kong", "RU", "IR", "AE", "Atlantis"])
DAYS = st.sampled_from(
    [date(2019, 1, 1), date(2022, 10, 7), date(2023, 11, 17), date(2024, 6, 15), date(2025, 5, 14),
     date(2025, 10, 1), date(2026, 9, 24), date(2027, 1, 1)]
)  # fmt: skip
CHIPS = st.sampled_from(["H100 SXM5", "A100 SXM4 80GB", "H20", "T4", "RTX 4090", "B200", "zzz"])
FLAGS = st.booleans()


def stated(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """A fact bare or with evidence, unknown or refused."""
    return st.one_of(
        values,
        values,
        st.builds(lambda value: {"value": value, "status": "verified"}, values),
        st.sampled_from([{"status": "unknown"}, {"status": "refused"}]),
    )


def parties(*ids: str) -> st.SearchStrategy[dict[str, Any]]:
    """Parties under these ids, or under none."""
    return st.fixed_dictionaries(
        {"id": st.sampled_from(ids)} if ids else {},
        optional={
            "name": stated(NAMES),
            "kind": st.sampled_from(["organization", "person", "wallet", "public_body"]),
            "incorporation": stated(COUNTRIES),
            "headquarters": stated(COUNTRIES),
            "residence": stated(COUNTRIES),
            "incorporated_on": st.sampled_from(["2015-03-01", "2023-01-01"]),
            "exchange_listing": st.just("XCSE"),
            "public_body": FLAGS,
            "military": FLAGS,
            "us_persons_involved": stated(FLAGS),
            "headquarters_evidence": st.lists(
                st.fixed_dictionaries(
                    {"kind": st.sampled_from(["board", "staff", "filing"]), "country": COUNTRIES}
                ),
                max_size=3,
            ),
        },
    )


SHARES = st.sampled_from(
    ["10%", "25%", "49.9%", "50%", "51%", "100%", {"minimum": "25%", "maximum": "75%"}]
)
SITES = st.fixed_dictionaries(
    {},
    optional={
        "country": stated(COUNTRIES),
        "kind": st.sampled_from(["datacenter", "residential", "unknown"]),
        "power_mw": st.sampled_from(["0.1", "4"]),
        "volume_ft3": st.sampled_from(["900", "41600"]),
    },
)
ITEMS = st.fixed_dictionaries(
    {},
    optional={
        "chip": CHIPS,
        "count": st.sampled_from([1, 16, 64, 2400]),
        "access": st.sampled_from(["remote", "possession", "delivery"]),
        "service": st.sampled_from(["dedicated_vm", "bare_metal", "sale", "lease_to_own"]),
        "title": st.sampled_from(["provider", "lessee"]),
        "shipped_from": COUNTRIES,
        "installed": st.sampled_from([0, 16]),
        "site": SITES,
    },
)
PAYMENTS = st.fixed_dictionaries(
    {},
    optional={
        "method": stated(st.sampled_from(["bank_transfer", "crypto", "cash"])),
        "payer_country": stated(COUNTRIES),
        "prepaid_months": st.sampled_from([0, 12, 36]),
        "wallet_screened": FLAGS,
    },
)
END_USES = st.fixed_dictionaries(
    {},
    optional={
        "activities": stated(st.sampled_from([["model_training"], ["simulation"], []])),
        "military": stated(FLAGS),
        "military_intelligence": FLAGS,
        "wmd": FLAGS,
        "supercomputer": FLAGS,
    },
)
OBSERVATIONS = st.fixed_dictionaries(
    {},
    optional={
        "ip_countries": st.lists(COUNTRIES, max_size=2),
        "phone_country": COUNTRIES,
        "anonymizing_network": FLAGS,
        "refused_end_use_questions": FLAGS,
        "email_domain": st.sampled_from(["corporate", "free"]),
        "attestation_refused": FLAGS,
        "knowledge_of_violation": FLAGS,
    },
)


@st.composite
def contracts(draw: st.DrawFn) -> dict[str, Any]:
    """A contract between up to seven parties over up to three items."""
    contract: dict[str, Any] = {"id": "C-1"}
    for role in ("provider", "lessee"):
        if draw(st.integers(0, 9)):
            contract[role] = {"name": "Some Company", **draw(parties(role))}
    for role, prefix in (("end_users", "u"), ("consignees", "c"), ("payers", "p")):
        users = draw(st.lists(parties(), max_size=2))
        contract[role] = [{"id": f"{prefix}{n}", "aliases": [], **u} for n, u in enumerate(users)]
    contract["items"] = draw(st.lists(ITEMS, max_size=3))
    owners = draw(st.lists(st.tuples(parties(), SHARES), max_size=3))
    if "lessee" in contract:
        contract["ownership"] = [
            {"owner": {"id": f"o{n}", "aliases": [], **owner}, "owned": "lessee", "share": share}
            for n, (owner, share) in enumerate(owners)
        ]
    for key, part in (("payment", PAYMENTS), ("end_use", END_USES), ("observations", OBSERVATIONS)):
        if draw(FLAGS):
            contract[key] = draw(part)
    if draw(FLAGS):
        contract["signed_on"] = draw(st.sampled_from(["2022-09-01", "2024-06-01"]))
    return contract
