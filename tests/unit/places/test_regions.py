"""Addresses that lie in a region that rules name, and their innocent neighbors."""

import pytest

from compliance.errors import UnknownNameError
from compliance.places import AddressTexts, CountryReading, embedded


def region(
    country: str | None = None,
    region: str | None = None,
    city: str | None = None,
    text: str | None = None,
) -> str | None:
    return embedded().region(AddressTexts(country, region, city, text))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Crimea", "UA-43"),
        ("Republic of Crimea", "UA-43"),
        ("Крым", "UA-43"),
        ("Автономна Республіка Крим", "UA-43"),
        ("克里米亚", "UA-43"),
        ("RU-CR", "UA-43"),
        ("UA-43", "UA-43"),
        ("Crimea, Ukraine", "UA-43"),
        ("Crimea (Ukraine)", None),
        ("Yalta, Russia", "UA-43"),
        ("Sevastopol", "UA-40"),
        ("Севастополь", "UA-40"),
        ("Sevastopol, Ukraine", "UA-40"),
        ("Sevastopol, Russia", "UA-40"),
        ("Donetsk People's Republic", "UA-14"),
        ("DNR", "UA-14"),
        ("ДНР", "UA-14"),
        ("Luhansk People’s Republic", "UA-09"),
        ("LNR", "UA-09"),
        ("ЛНР", "UA-09"),
        ("Kherson Oblast", "UA-65"),
        ("Запорожская область", "UA-23"),
    ],
)
def test_a_region_given_as_country_is_its_country_with_a_note(text: str, code: str | None) -> None:
    reading = embedded().read(text)
    if code is None:
        assert (reading.code, reading.region) == (None, None)
        return
    note = f"{embedded().name(code)} is part of Ukraine"
    assert reading == CountryReading(text, "UA", code, (), note)
    assert region(text) == code


@pytest.mark.parametrize("text", ["Sevastopol, United States", "Yalta, Turkey", "Dnipro, Ukraine"])
def test_a_town_elsewhere_given_as_country_is_unknown(text: str) -> None:
    assert embedded().read(text).code is None
    assert embedded().read(text).region is None


@pytest.mark.parametrize(
    ("city", "code"),
    [
        ("Sevastopol", "UA-40"),
        ("SEVASTOPOL", "UA-40"),
        ("Sevastopol city", "UA-40"),
        ("City of Sevastopol", "UA-40"),
        ("г. Севастополь", "UA-40"),
        ("г.Севастополь", "UA-40"),
        ("м. Севастополь", "UA-40"),
        ("Sevastopol 299011", "UA-40"),
        ("299011 Sevastopol", "UA-40"),
        ("Balaklava", "UA-40"),
        ("Simferopol", "UA-43"),
        ("Симферополь", "UA-43"),
        ("Сімферополь", "UA-43"),
        ("Yalta", "UA-43"),
        ("Ялта", "UA-43"),
        ("Kerch", "UA-43"),
        ("Керчь", "UA-43"),
        ("Yevpatoria", "UA-43"),
        ("Donetsk", "UA-14"),
        ("Донецьк", "UA-14"),
        ("Mariupol", "UA-14"),
        ("Mariupol'", "UA-14"),
        ("Makiivka", "UA-14"),
        ("Luhansk", "UA-09"),
        ("Lugansk", "UA-09"),
        ("Луганск", "UA-09"),
        ("Kherson", "UA-65"),
        ("Херсон", "UA-65"),
        ("Melitopol", "UA-23"),
        ("Enerhodar", "UA-23"),
    ],
)
@pytest.mark.parametrize("country", ["UA", "RU", "Ukraine", None])
def test_a_town_shows_its_region_whichever_country_is_written(
    city: str, code: str, country: str | None
) -> None:
    assert region(country, None, city) == code


@pytest.mark.parametrize("city", ["Kyiv", "Dnipro", "Lviv", "Odesa", "Kharkiv", "Київ", "Moscow"])
@pytest.mark.parametrize("country", ["UA", "RU", None])
def test_other_towns_show_none(city: str, country: str | None) -> None:
    assert region(country, None, city, f"{city}, Ukraine") is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Sevastopol, Ukraine", "UA-40"),
        ("Sevastopol Ukraine", "UA-40"),
        ("Sevastopol Crimea", "UA-40"),
        ("Crimea, Sevastopol", "UA-40"),
        ("Крым, г. Севастополь, ул. Ленина 5", "UA-40"),
        ("12 Lenin St, Simferopol 295000, Crimea, Ukraine", "UA-43"),
        ("12 Lenin St; Yalta; Ukraine", "UA-43"),
        ("12 Lenin St\nKerch\nUkraine", "UA-43"),
        ("Artema 1, Donetsk, 83001", "UA-14"),
        ("Kramatorsk, Donetsk Oblast, Ukraine", "UA-14"),
        ("Yalta, Donetsk Oblast, Ukraine", "UA-14"),
        ("Ялта, Донецька область", "UA-14"),
        ("1 Main St, LNR", "UA-09"),
    ],
)
def test_a_whole_part_of_an_address_shows_the_region(text: str, code: str) -> None:
    assert region(None, None, None, text) == code
    assert region("UA", None, None, text) == code


@pytest.mark.parametrize(
    "text",
    [
        "12 Donetsk street, Kyiv, Ukraine",
        "Donetsk street 12, Kyiv",
        "Sevastopol Square 1, Kyiv 03048, Ukraine",
        "вул. Донецька 5, Київ",
        "ул. Ялтинская, Москва",
        "Crimea Business Center, Lviv",
        "Hotel Yalta Palace, Odesa",
        "Dnipro, Ukraine",
        "Donetsk 5, Kyiv",
        "",
        ",,,",
    ],
)
def test_a_street_or_house_named_after_a_town_does_not(text: str) -> None:
    assert region("UA", None, "Kyiv", text) is None
    assert region(None, None, None, text) is None


def test_a_part_with_words_of_its_own_beside_the_name_is_no_name() -> None:
    assert region("UA", None, None, "a b c d e f g h Yalta Ukraine") is None
    assert region("UA", None, None, "Yalta " * 100) is None


@pytest.mark.parametrize("country", ["US", "TR", "AR", "AU"])
def test_a_town_of_the_same_name_in_another_country_is_another_town(country: str) -> None:
    assert region(country, None, "Sevastopol", "Sevastopol, Wisconsin") is None
    assert region(country, None, "Yalta") is None


def test_a_namesake_is_told_apart_by_the_rest_of_the_address() -> None:
    assert region("RU", None, "Donetsk") == "UA-14"
    assert region("RU", "RU-ROS", "Donetsk") == "RU-ROS"
    assert region("RU", "Rostov Oblast", "Donetsk") is None
    assert region("RU", None, None, "Донецк, Ростовская область, Россия") is None


def test_atlanta_in_georgia_is_in_no_reviewed_region() -> None:
    assert region("US", None, "Atlanta", "Atlanta, Georgia") is None
    assert region("US", "GA", "Atlanta", "Atlanta, Georgia") == "US-GA"
    assert region("US", "US-GA") == "US-GA"


@pytest.mark.parametrize(
    ("given", "country", "code"),
    [
        ("UA-43", "UA", "UA-43"),
        ("ua-43", "UA", "UA-43"),
        (" UA-43 ", None, "UA-43"),
        ("UA-43", "RU", "UA-43"),
        ("43", "UA", "UA-43"),
        ("AU-QLD", "AU", "AU-QLD"),
        ("QLD", "AU", "AU-QLD"),
        ("QLD", None, None),
        ("QLD", "DE", None),
        ("CN-BJ", "CN", "CN-BJ"),
        ("AU-XXX", "AU", None),
        ("Queensland", "AU", None),
        ("", "AU", None),
        ("-", "AU", None),
        ("٤٣", "UA", None),
    ],
)
def test_a_region_code_is_returned_when_iso_has_it(
    given: str, country: str | None, code: str | None
) -> None:
    assert region(country, given) == code


def test_the_name_of_a_region_is_read_in_the_region_field() -> None:
    assert region("UA", "Crimea") == "UA-43"
    assert region("UA", "Crimea", "Sevastopol") == "UA-40"
    assert region("RU", "Республика Крым", None) == "UA-43"


def test_a_reviewed_code_outweighs_a_town_and_a_town_any_other_code() -> None:
    assert region("UA", "UA-65", "Sevastopol") == "UA-65"
    assert region("UA", "UA-30", "Sevastopol") == "UA-40"
    assert region("UA", "UA-30", "Kyiv") == "UA-30"


def test_the_city_field_outweighs_the_address_text() -> None:
    assert region("UA", None, "Yalta", "Donetsk, Ukraine") == "UA-43"


def test_nothing_given_shows_nothing() -> None:
    assert region() is None
    assert region("UA") is None
    assert region("no such country", None, "Sevastopol") == "UA-40"


def test_regions_have_short_english_names() -> None:
    names = {code: embedded().name(code) for code in ("UA-43", "UA-40", "UA-14", "UA-09", "UA-65")}
    assert names == {
        "UA-43": "Crimea",
        "UA-40": "Sevastopol",
        "UA-14": "Donetsk region",
        "UA-09": "Luhansk region",
        "UA-65": "Kherson region",
    }
    assert embedded().name("AU-QLD") == "Queensland"


@pytest.mark.parametrize("code", ["", "ZZ", "kr", "UA-99", "AU-", "South Korea"])
def test_the_name_of_an_unknown_code_is_an_error(code: str) -> None:
    with pytest.raises(UnknownNameError, match="no country or region is called"):
        embedded().name(code)
