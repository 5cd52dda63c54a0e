"""Contact data and industry: what they say of a place, and of what a party does."""

from __future__ import annotations

from typing import Any

import pytest

from compliance.screening.contact_data import ELSEWHERE, ContactData
from compliance.tables.embedded import rules_path
from unit.screening.contracts import of_contract, of_item, of_lessee, subjects

DATA = ContactData.load(rules_path())


@pytest.mark.parametrize(
    ("number", "place"),
    [
        ("+98 21 5555 0100", "IR"),
        ("0098-21-55550100", "IR"),
        ("(+98) 21 5555 0100", "IR"),
        ("+850 2 555 0100", "KP"),
        ("+53 7 555 0100", "CU"),
        ("+7 (8692) 55-01-00", "UA-40"),
        ("+7 978 555 01 00", "UA-43"),
        ("+7 495 555 01 00", "RU"),
        ("+7 727 555 01 00", ELSEWHERE),
        ("+45 5555 0100", ELSEWHERE),
        ("+1 555 555 0100", ELSEWHERE),
        ("98 21 5555 0100", None),
        ("021 5555 0100", None),
        ("+98", None),
    ],
)
def test_an_international_number_says_its_country(number: str, place: str | None) -> None:
    assert DATA.of_phone(number) == place


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("someone@example.ir", "IR"),
        ("https://www.example.co.ir/home?x=1", "IR"),
        ("http://EXAMPLE.KP:8080", "KP"),
        ("example.cu", "CU"),
        ("example.crimea.ua", "UA-43"),
        ("http://пример.рф", "RU"),
        ("someone@example.com", None),
        ("https://example.io", None),
        ("example.ir.com", None),
        ("ir", None),
        ("no domain at all", None),
        ("https://[bad", None),
        ("https://example.ir/@someone", "IR"),
        ("https://user@example.ir", "IR"),
        ("", None),
    ],
)
def test_a_domain_says_its_country(text: str, place: str | None) -> None:
    assert DATA.of_domain(text) == place


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("guidance systems for missiles", {"weapons"}),
        ("2520", {"weapons"}),
        ("Armed Forces of Ruritania", {"military"}),
        ("uranium mining", {"nuclear"}),
        ("国防科技与导弹", {"military", "weapons"}),
        ("Оружие", {"weapons"}),
        ("nuclear medicine", set()),
        ("military history museum", set()),
        ("video games", set()),
        ("Navyblue dyes", set()),
        ("62.01", set()),
    ],
)
def test_a_description_names_a_sensitive_industry_by_whole_words(
    text: str, found: set[str]
) -> None:
    assert DATA.of_industry(text) == found


@pytest.mark.parametrize(
    ("party", "elsewhere"),
    [
        ({"phones": ["+86 10 5555 0100"]}, {"CN"}),
        ({"phones": ["+86 10 5555 0100"], "emails": ["a@example.cn"]}, {"CN"}),
        ({"phones": ["+86 10 5555 0100", "+45 5555 0100"]}, set()),
        ({"phones": ["+86 10 5555 0100"], "website": "https://example.ru"}, set()),
        ({"phones": ["+86 10 5555 0100"], "headquarters": "CN"}, set()),
        ({"phones": ["+45 5555 0100"]}, set()),
        ({"emails": ["a@example.com"]}, set()),
        ({}, set()),
    ],
)
def test_all_contact_data_point_elsewhere_or_they_do_not(
    party: dict[str, Any], elsewhere: set[str]
) -> None:
    given = {"incorporation": "DK", "headquarters": "DK", **party}
    assert of_lessee("contact_elsewhere", **given).value == elsewhere


def test_a_website_is_as_old_as_its_first_day() -> None:
    assert of_lessee("website_age_days", website_since="2024-06-01").value == 14
    assert not of_lessee("website_age_days").known
    lessee = {"id": "lessee", "name": "A", "website_since": "2024-05-01"}
    signs = of_contract("shell_indicators", lessee=lessee, signed_on="2024-06-01")
    assert "website_new" in signs.value
    lessee["website_since"] = "2015-05-01"
    assert of_contract("shell_indicators", lessee=lessee).value == set()


def test_a_coin_is_compared_in_capital_letters() -> None:
    assert of_contract("payment.asset", payment={"asset": " a7a5 "}).value == "A7A5"
    assert not of_contract("payment.asset", payment={"asset": "n/a"}).known


def test_days_of_delivery_are_held_against_order_and_signature() -> None:
    item = {"ordered_on": "2024-03-01", "delivered_on": "2024-02-01"}
    assert of_item("delivered_before_ordered", **item).value is True
    assert of_item("delivered_before_ordered", ordered_on="2024-03-01").missing == (
        "items.0.delivered_on",
    )
    assert not of_item("delivered_before_signing", **item).known


@pytest.mark.parametrize(
    ("line", "told", "least"),
    [
        ({"share": "55%", "holders": 2}, {"2 holders, 55% together"}, "about 27.5%"),
        ({"share": {"minimum": "50%", "maximum": "60%"}, "holders": 4}, None, "12.5%"),
        ({"holders": 3}, {"3 holders, an unstated part together"}, "0%"),
        ({"share": "55%", "holders": 1}, set(), "0%"),
        ({"share": "55%"}, set(), "0%"),
        ({"share": "55%", "holders": 2, "until": "2024-06-15"}, set(), "0%"),
        ({"share": "55%", "holders": 2, "from": "2024-06-16"}, set(), "0%"),
    ],
)
def test_a_line_of_several_holders_says_what_one_of_them_has_at_least(
    line: dict[str, Any], told: set[str] | None, least: str
) -> None:
    contract = {
        "lessee": {"id": "lessee", "name": "A"},
        "ownership": [{"owner": {"id": "staff", "name": "staff"}, "owned": "lessee", **line}],
    }
    lessee = subjects(**contract).lessee
    if told is not None:
        assert lessee["ownership.summed"].value == told
    assert str(lessee["ownership.summed_at_least"].value) in {least, least.removeprefix("about ")}


@pytest.mark.parametrize(
    ("address", "region"),
    [
        ({"postcode": "295000", "country": "RU"}, {"UA-43"}),
        ({"postcode": "99001", "country": "UA"}, {"UA-40"}),
        ({"postcode": "283 001", "country": "Russia"}, {"UA-14"}),
        ({"postcode": "101000", "country": "RU"}, set()),
        ({"postcode": "95001", "country": "US"}, set()),
        ({"postcode": "295000"}, set()),
        ({"postcode": "2950", "country": "RU"}, set()),
    ],
)
def test_a_postcode_says_its_region(address: dict[str, Any], region: set[str]) -> None:
    assert of_lessee("regions", addresses=[address]).value == region
