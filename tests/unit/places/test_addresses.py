"""The country that an address names in its text, beside the one that is stated."""

from __future__ import annotations

import pytest

from compliance.places import AddressTexts, Gazetteer

GAZETTEER = Gazetteer.load()
Address = tuple[str | None, str | None, str | None, str | None]  # country, region, city, text

NAMED: dict[Address, str] = {
    (None, None, None, "Azadi Street, Tehran, Iran"): "IR",
    ("DK", None, None, "Azadi Street, Tehran, Iran 11369"): "IR",
    ("DK", None, None, "Iran, Tehran, Azadi Street 4"): "IR",
    (None, None, None, "5 Azadi Street\nTehran Iran"): "IR",
    (None, None, "Tehran, Iran", None): "IR",
    (None, "IR-23", None, None): "IR",
    ("Denmark", None, None, "Pyongyang; North Korea"): "KP",
    ("KR", None, None, "深圳, 中国"): "CN",
}
NOT_NAMED: tuple[Address, ...] = (
    ("DK", None, None, "Vestergade 4, 8000 Aarhus C, Denmark"),
    ("DK", None, None, "Vestergade 4, Aarhus, Danmark"),
    ("TW", None, None, "Taipei, Taiwan, China"),
    ("US", None, None, "Atlanta, Georgia"),
    (None, None, None, "Atlanta, Georgia"),
    ("US", None, None, "Chicago, IL"),
    (None, None, None, "Atlanta, GA"),
    ("US", None, "Cuba", None),
    (None, None, "Cuba", None),
    ("ES", None, None, "Calle de Cuba"),
    ("US", "US-GA", "Atlanta", "Peachtree Street"),
    (None, None, None, None),
)


@pytest.mark.parametrize("address", NAMED)
def test_a_country_at_either_end_of_an_address_is_read(address: Address) -> None:
    assert GAZETTEER.country_of_address(AddressTexts(*address)) == NAMED[address]


@pytest.mark.parametrize("address", NOT_NAMED)
def test_what_may_be_another_place_or_is_the_stated_one_is_not(address: Address) -> None:
    assert GAZETTEER.country_of_address(AddressTexts(*address)) is None
