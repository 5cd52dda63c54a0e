"""Governments blocked without being listed: the look-through by half, against a plain count."""

from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from sampling import examples
from screeners import screener

DAY = date(2024, 6, 15)
POLICY = {
    "IR": "us.ofac.government-of-iran",
    "KP": "us.ofac.government-of-north-korea",
    "VE": "us.ofac.government-of-venezuela",
}
SHARES = st.lists(st.integers(1, 100), min_size=1, max_size=4)


def outcome(country: str, shares: list[int], kind: str) -> str | None:
    """What the policy of the country says of a firm below a chain of holdings, top last."""
    owned, interests = "lessee", list[dict[str, Any]]()
    for level, share in enumerate(shares):
        top = level == len(shares) - 1
        place = country if top else "AE"
        owner = {
            "id": f"o{level}", "name": f"Holding Number {level}", "incorporation": place,
            "headquarters": place, "kind": kind if top else "organization",
        }  # fmt: skip
        interests.append({"owner": owner, "owned": owned, "share": f"{share}%"})
        owned = f"o{level}"
    us = {"incorporation": "US", "headquarters": "US"}
    firm = {"id": "lessee", "name": "Kestrel Analytics FZE", "kind": "organization"}
    contract = {
        "id": "x",
        "provider": {"id": "provider", "name": "Tidewater Cloud Corporation", **us},
        "lessee": {**firm, "incorporation": "AE", "headquarters": "AE"},
        "end_users": ["lessee"],
        "items": [{"chip": "T4", "count": 4, "access": "remote", "site": {"country": "US"}}],
        "ownership": interests,
    }
    decision = screener().screen(contract, as_of=DAY)
    found = [flag for flag in decision.flags if flag.policy_id == POLICY[country]]
    return str(found[0].outcome) if found else None


@given(st.sampled_from(sorted(POLICY)), SHARES)
@settings(max_examples=examples(60), deadline=None)
def test_a_government_reaches_through_halves_and_through_nothing_less(
    country: str, shares: list[int]
) -> None:
    reaches = all(share >= 50 for share in shares)
    assert outcome(country, shares, "public_body") == ("prohibited" if reaches else None)


@given(st.sampled_from(sorted(POLICY)), SHARES)
@settings(max_examples=examples(20), deadline=None)
def test_a_private_owner_from_there_is_no_government(country: str, shares: list[int]) -> None:
    assert outcome(country, shares, "organization") is None
