"""Who is listed at a party's addresses, names in Latin letters, and the evidence in a flag."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

import pytest

from compliance import Screener
from compliance.model import Truth
from compliance.model.decision import AlignedWords, ListMatch
from compliance.policies.fact import Fact
from compliance.screening.knowledge import Knowledge
from screeners import consulting_only
from unit.screening.contracts import LISTED, listing, of_lessee, watchlist

DAY = date(2026, 11, 24)
ROOM = "Room 5, 12 Lindenallee, Ultima, Germany"
HOUSE = "99 Kastanienweg, Ultima, Germany"
ROWS: list[dict[str, Any]] = [
    {"name": "Zembla Trading GmbH", "addresses": [ROOM], "listed_on": date(2024, 6, 1)},
    *({"name": f"{name} GmbH", "addresses": [HOUSE]} for name in ("Qorvex", "Ruritan", "Borduria",
      "Sylduria", "Grandfen", "Latverin", "Wakandor", "Genovien", "Elbonien", "Freedonn")),
]  # fmt: skip


@cache
def know() -> Knowledge:
    return consulting_only([watchlist("own", *ROWS)]).knowledge


def at(field: str, text: str, day: date = DAY, **party: Any) -> Fact:
    addresses = [{"text": text, "city": "Ultima", "country": "DE"}]
    return of_lessee(field, day, know(), addresses=addresses, **party)


@pytest.mark.parametrize(
    ("text", "listed", "shared"),
    [
        ("12 Lindenallee, Room 5", {"review"}, set()),
        ("Lindenallee 12", {"review"}, set()),
        ("Room 6, 12 Lindenallee", set(), {"review"}),
        ("14 Lindenallee, Room 5", set(), set()),
        ("99 Kastanienweg", set(), {"review"}),
        ("Ultima", set(), set()),
    ],
)
def test_the_same_room_or_house_is_told_apart_from_a_shared_house(
    text: str, listed: set[str], shared: set[str]
) -> None:
    assert at("addresses_listed", text).value == listed
    assert at("addresses_shared", text).value == shared
    assert bool(at("addresses_listed.who", text).value) is bool(listed)


def test_a_neighbor_counts_from_the_day_of_its_listing() -> None:
    days = (date(2024, 5, 31), date(2024, 6, 1))
    assert [at("addresses_listed", ROOM, day).value for day in days] == [set(), {"review"}]


def test_the_listed_party_is_not_its_own_neighbor() -> None:
    assert at("addresses_listed", ROOM, name="Zembla Trading GmbH").value == frozenset()


def test_who_is_there_is_said_with_the_reasons() -> None:
    (said,) = at("addresses_listed.who", "12 Lindenallee, Room 5").value
    assert said.startswith(f"Zembla Trading GmbH (own) at {ROOM}: number 12 of lindenallee")


@pytest.mark.parametrize(
    ("names", "latin"),
    [
        (["科大讯飞股份有限公司"], False),
        (["科大讯飞股份有限公司 / iFLYTEK Co., Ltd."], True),
        (["科大讯飞股份有限公司", "iFLYTEK"], True),
        (["ООО Ромашка"], False),
        (["Ægir Å/S Møller"], True),
        (["ＩＢＭ株式会社"], True),
        (["LG전자"], False),
        (["360"], True),
        (["H D M"], True),
        (["Ä Ö"], True),
        (["--- 3"], True),
    ],
)
def test_a_name_in_latin_letters_is_looked_for_among_all_names(
    names: list[str], *, latin: bool
) -> None:
    name, *aliases = names
    assert of_lessee("name_in_latin", name=name, aliases=aliases).value is latin


def test_without_a_name_nobody_knows_its_letters() -> None:
    fact = of_lessee("name_in_latin", name=None)
    assert (fact.known, fact.missing) == (False, ("lessee.name",))


# --- the evidence in a flag ---------------------------------------------------------------------


@cache
def blocked() -> Screener:
    return consulting_only(listing().watchlists)


def matches(policy_id: str, **party: Any) -> list[ListMatch]:
    party = {"id": "p", "incorporation": "DK", **party}
    decision = blocked().screen_party(party, DAY)
    return [m for flag in decision.flags if flag.policy_id == policy_id for m in flag.matches]


def test_a_flag_carries_the_entry_it_rests_on_with_its_alignment_and_reasons() -> None:
    (watched,) = blocked().knowledge.watchlists
    assert matches("us.ofac.sdn-party", name="Zorblatt  quantum FOUNDRY") == [
        ListMatch(
            list_id="ofac-sdn",
            snapshot=watched.snapshot,
            entry="ofac-sdn-0",
            name=LISTED,
            by="name",
            asked="Zorblatt  quantum FOUNDRY",
            matched=LISTED,
            weak=False,
            score=1.0,
            strength="strong",
            taken_as_listed=True,
            in_force=Truth.TRUE,
            aligned=(
                AlignedWords("zorblatt", "zorblatt", 1.0),
                AlignedWords("quantum", "quantum", 1.0),
                AlignedWords("foundry", "foundry", 1.0),
            ),
            unmatched=(),
            reasons=("kind agrees (+0): organization; listed: organization",),
            programmes=("TEST", "footnote 4"),
            listed_on=None,
            citation="Notice 1",
            license_policy="presumption of denial",
            measures=("us.sdn",),
        )
    ]


def test_a_possible_hit_stands_in_the_flag_that_asks_for_a_look_and_in_no_other() -> None:
    (found,) = matches("house.possible-listed-name", name="Zorblat Quantum Foundry")
    assert (found.taken_as_listed, found.unmatched) == (False, ())
    assert [word.listed for word in found.aligned] == ["zorblatt", "quantum", "foundry"]
    assert found.aligned[0].similarity < 1
    assert matches("us.ofac.sdn-party", name="Zorblat Quantum Foundry") == []
    assert matches("house.possible-listed-name", name=LISTED) == []


def test_a_neighbor_is_an_entry_found_by_address() -> None:
    address = {"text": "12 Lindenallee", "city": "Ultima", "country": "DE"}
    party = {"id": "p", "name": "Fjord ApS", "kind": "organization", "addresses": [address]}
    screener = consulting_only(know().watchlists)
    (flag,) = [
        f for f in screener.screen_party(party, DAY).flags if f.policy_id == "house.listed-address"
    ]
    (found,) = flag.matches
    assert (found.by, found.asked, found.matched, found.strength, found.taken_as_listed) == (
        "address", "12 Lindenallee, Ultima, DE", ROOM, "building", False,
    )  # fmt: skip
