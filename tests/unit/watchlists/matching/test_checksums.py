"""Check digits, on numbers that their publishers print and against python-stdnum."""

from __future__ import annotations

import importlib
import inspect
import re
from itertools import chain

import pytest

from compliance.watchlists.matching import checksums
from compliance.watchlists.matching.checksums import CHECKS, FAILS, FORM_ONLY, national
from compliance.watchlists.matching.identifier_table import schemes

VALID = {
    "lei": "213800KUD8LAJWSQ9D15",
    "uscc": "91110000600037341L",
    "chinese_resident": "360426199101010071",
    "imo": "9074729",
    "isin": "US0378331005",
    "inn": "7707083893",
    "ogrn": "1027700132195",
}
SHORT = {
    "lei": "not 18 letters or digits and two digits",
    "uscc": "not the 18 characters of a unified social credit code",
    "chinese_resident": "not 17 digits and a digit or X",
    "imo": "not seven digits",
    "bic": "not the 8 or 11 characters of a BIC",
    "isin": "not the 12 characters of an ISIN",
    "inn": "not 10 or 12 digits",
    "ogrn": "not 13 or 15 digits of the Russian register",
    "duns": "not nine digits",
    "mmsi": "not nine digits",
}


@pytest.mark.parametrize("name", VALID)
def test_a_published_number_passes(name: str) -> None:
    assert CHECKS[name](VALID[name]) == ""


@pytest.mark.parametrize("name", sorted(VALID.keys() - {"imo"}))
def test_another_last_digit_fails(name: str) -> None:
    number = VALID[name]
    others = [number[:-1] + digit for digit in "0123456789" if digit != number[-1]]
    assert {CHECKS[name](other) for other in others} == {FAILS}


@pytest.mark.parametrize("name", VALID)
def test_two_swapped_neighbours_fail(name: str) -> None:
    number = VALID[name]
    pairs = [at for at in range(len(number) - 3, len(number) - 1) if number[at] != number[at + 1]]
    swapped = [number[:at] + number[at + 1] + number[at] + number[at + 2 :] for at in pairs]
    assert swapped
    assert "" not in {CHECKS[name](other) for other in swapped}


@pytest.mark.parametrize("name", sorted(CHECKS))
def test_a_number_of_another_length_is_told_apart(name: str) -> None:
    assert (CHECKS[name]("12"), CHECKS[name]("")) == (SHORT[name], SHORT[name])


def test_a_number_without_a_check_digit_can_only_be_of_its_form() -> None:
    assert frozenset({"bic", "duns", "mmsi"}) == FORM_ONLY
    assert [CHECKS["bic"](v) for v in ("VTBRRUMM", "VTBRRUMMMS2")] == ["", ""]
    assert [CHECKS[name]("273450880") for name in ("duns", "mmsi")] == ["", ""]


def test_a_company_of_the_imo_has_another_check_digit_than_a_ship() -> None:
    ships = [number for number in range(9074720, 9074730) if not checksums.imo(str(number))]
    companies = [number for number in range(5571320, 5571330) if not checksums.imo(str(number))]
    assert (ships, companies) == ([9074722, 9074729], [5571322, 5571327])


def test_a_tax_number_of_a_person_has_two_check_digits() -> None:
    numbers = ("780201346432", "780201346433", "780201346400")
    assert [checksums.inn(number) for number in numbers] == ["", FAILS, FAILS]


def test_an_entrepreneur_has_a_longer_number() -> None:
    assert [checksums.ogrn(n) for n in ("304500116000157", "304500116000158")] == ["", FAILS]


def test_a_resident_was_born_on_a_day() -> None:
    assert checksums.chinese_resident("360426199102300071") == "the birth date in it is no day"


@pytest.mark.parametrize(
    ("name", "module", "stem", "places"),
    [
        ("lei", "stdnum.lei", "213800KUD8LAJWSQ9D", 2),
        ("isin", "stdnum.isin", "CNE10000", 4),
        ("uscc", "stdnum.cn.uscc", "911100006000373", 3),
        ("inn", "stdnum.ru.inn", "7707083", 3),
        ("ogrn", "stdnum.ru.ogrn", "1027700132", 3),
    ],
)
def test_python_stdnum_passes_and_fails_the_same_numbers(
    name: str, module: str, stem: str, places: int
) -> None:
    oracle = importlib.import_module(module)
    numbers = [f"{stem}{ending:0{places}}" for ending in range(10**places)]
    passed = [number for number in numbers if CHECKS[name](number) == ""]
    assert passed == [number for number in numbers if oracle.is_valid(number)]
    assert passed


def test_every_module_that_the_table_names_is_there() -> None:
    table = schemes()
    named = chain(
        chain.from_iterable(table.national.values()),
        (scheme.check for scheme in table.schemes.values() if scheme.check),
    )
    modules = sorted({name for name in named if "." in name})
    assert len(modules) > 60
    for name in modules:
        assert callable(importlib.import_module(f"stdnum.{name}").validate)


def test_a_national_number_fails_by_its_check_digit_or_by_its_form() -> None:
    found = [national("pl.nip", number) for number in ("8567346215", "8567346216", "85")]
    assert found == ["", FAILS, "not of the form of such a number"]


def test_a_module_that_stumbles_over_a_text_refuses_it() -> None:
    assert national("cn.ric", "513958198001017764") == "not of the form of such a number"


def modules_in_the_table() -> set[str]:
    table = schemes()
    checks = chain(
        (scheme.check for scheme in table.schemes.values() if scheme.check),
        chain.from_iterable(table.national.values()),
    )
    return {check for check in checks if "." in check}


@pytest.mark.parametrize("name", sorted(modules_in_the_table()))
def test_no_check_asks_the_clock(name: str) -> None:
    module = importlib.import_module(f"stdnum.{name}")
    asks = re.search(r"\b(?:today|now)\(\)", inspect.getsource(module))
    assert not asks or name in checksums._WITHOUT_CLOCK


@pytest.mark.parametrize(
    ("name", "value", "wrong"),
    [
        ("sg.uen", "197401143C", ""),
        ("sg.uen", "197401143D", FAILS),
        ("sg.uen", "209900001K", ""),
        ("sg.uen", "T08GA0028A", ""),
        ("sg.uen", "T99GA0028A", FAILS),
        ("sg.uen", "T08ZZ0028A", "not of the form of such a number"),
        ("sg.uen", "00192200M", ""),
        ("se.personnummer", "8803200016", ""),
        ("se.personnummer", "198803200016", ""),
        ("se.personnummer", "8803200017", FAILS),
        ("se.personnummer", "88032000", "not of the form of such a number"),
        ("kr.rrn", "9710139019902", ""),
        ("za.idnr", "7503305044089", ""),
        ("za.idnr", "7503305044088", FAILS),
        ("za.idnr", "750330504408", "not of the form of such a number"),
    ],
)
def test_numbers_whose_module_has_a_clock_are_checked_without_it(
    name: str, value: str, wrong: str
) -> None:
    assert national(name, value) == wrong
