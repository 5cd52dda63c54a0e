"""Check digits of identifiers, each as the body that issues the numbers defines it.

Every check takes the compact value (capital letters and digits) and returns what is wrong with it,
or "" where nothing is. A value of another length or alphabet is wrong too. `national` asks
python-stdnum (the extra `ids`), which knows some hundred national numbers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import Any, Final

_USCC: Final = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100-2015: no I, O, S, V, Z
FAILS: Final = "its check digit does not hold"
"""What a check says of a number of the right form."""


def lei(value: str) -> str:
    """ISO 17442: 18 letters and digits and two check digits, mod 97 of ISO 7064."""
    if not re.fullmatch(r"[0-9A-Z]{18}[0-9]{2}", value):
        return "not 18 letters or digits and two digits"
    return "" if int("".join(str(int(c, 36)) for c in value)) % 97 == 1 else FAILS


def uscc(value: str) -> str:
    """GB 32100-2015, mod 31; the nine characters of GB 11714 in it are not checked apart."""
    if not re.fullmatch(rf"[{_USCC}]{{2}}\d{{6}}[{_USCC}]{{10}}", value):
        return "not the 18 characters of a unified social credit code"
    total = sum(_USCC.index(c) * pow(3, place, 31) for place, c in enumerate(value[:17]))
    return "" if _USCC[-total % 31] == value[17] else FAILS


def chinese_resident(value: str) -> str:
    """GB 11643-1999: region, birth date, order, and a check character, mod 11-2 of ISO 7064."""
    if not re.fullmatch(r"\d{17}[\dX]", value):
        return "not 17 digits and a digit or X"
    try:
        date(int(value[6:10]), int(value[10:12]), int(value[12:14]))
    except ValueError:
        return "the birth date in it is no day"
    total = sum(int(c) * pow(2, 17 - place, 11) for place, c in enumerate(value[:17]))
    return "" if "10X98765432"[total % 11] == value[17] else FAILS


def imo(value: str) -> str:
    """The number of a ship (IMO A.1117(30)) or of a company (MSC.160(78)): seven digits each."""
    if not re.fullmatch(r"\d{7}", value):
        return "not seven digits"
    digits = [int(c) for c in value]
    ship = sum(d * w for d, w in zip(digits, range(7, 1, -1), strict=False)) % 10
    owner = -sum(d * w for d, w in zip(digits, (8, 6, 4, 2, 9, 7), strict=False)) % 11 % 10
    return "" if digits[6] in (ship, owner) else FAILS


def bic(value: str) -> str:
    """ISO 9362: four letters or digits, a country, two, and perhaps three of a branch."""
    form = r"[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}(?:[A-Z0-9]{3})?"
    return "" if re.fullmatch(form, value) else "not the 8 or 11 characters of a BIC"


def isin(value: str) -> str:
    """ISO 6166: two letters, nine letters or digits, a check digit by Luhn over the digits."""
    if not re.fullmatch(r"[A-Z]{2}[A-Z0-9]{9}\d", value):
        return "not the 12 characters of an ISIN"
    digits = "".join(str(int(c, 36)) for c in value)
    total = sum(
        sum(divmod(int(c) * (2 - (place + 1) % 2), 10)) for place, c in enumerate(digits[::-1])
    )
    return FAILS if total % 10 else ""


def inn(value: str) -> str:
    """The Russian tax number: ten digits of a company, twelve of a person."""
    if not re.fullmatch(r"\d{10}|\d{12}", value):
        return "not 10 or 12 digits"
    weights = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
    for place in (9,) if len(value) == 10 else (10, 11):
        parts = zip(value, weights[11 - place :], strict=False)
        if sum(int(c) * w for c, w in parts) % 11 % 10 != int(value[place]):
            return FAILS
    return ""


def ogrn(value: str) -> str:
    """The Russian state register: 13 digits of a company, 15 of an entrepreneur."""
    if not re.fullmatch(r"[1235789]\d{12}|[34]\d{14}", value):
        return "not 13 or 15 digits of the Russian register"
    return "" if int(value[:-1]) % (len(value) - 2) % 10 == int(value[-1]) else FAILS


def duns(value: str) -> str:
    """Nine digits; the old check digit has been void since 2006."""
    return "" if re.fullmatch(r"\d{9}", value) else "not nine digits"


def mmsi(value: str) -> str:
    """ITU-R M.585: nine digits, without a check digit."""
    return "" if re.fullmatch(r"\d{9}", value) else "not nine digits"


# Name in the table of schemes -> the check, and what "nothing wrong" proves.
CHECKS: Final[Mapping[str, Callable[[str], str]]] = MappingProxyType(
    {f.__name__: f for f in (lei, uscc, chinese_resident, imo, bic, isin, inn, ogrn, duns, mmsi)}
)
FORM_ONLY: Final = frozenset(("bic", "duns", "mmsi"))
"""Checks of a number that has no check digit: they can refute it, not confirm it."""


@cache
def _module(name: str) -> Any:
    return import_module(f"stdnum.{name}")


def installed() -> bool:
    """Whether python-stdnum is there."""
    try:
        _module("util")
    except ModuleNotFoundError:
        return False
    return True


def _singapore(value: str) -> None:
    """A UEN, of which python-stdnum refuses a year that its clock has not reached."""
    uen, wrong = _module("sg.uen"), _module("exceptions")
    if re.fullmatch(r"\d{9}[A-Z]", value):
        expected = uen.calc_local_company_check_digit(value)
    elif re.fullmatch(r"T\d\d[A-Z]{2}\d{4}[A-Z0-9]", value):
        if value[3:5] not in uen.OTHER_UEN_ENTITY_TYPES:
            raise wrong.InvalidComponent
        expected = uen.calc_other_check_digit(value)
    else:
        uen.validate(value)
        return
    if value[-1] != expected:
        raise wrong.InvalidChecksum


def _luhn(form: str, counted: int) -> Callable[[str], None]:
    """A number of persons by its form and the check digit of its last digits, without a birth.

    Two digits of a year are of no century until a clock is asked.
    """

    def check(value: str) -> None:
        if not re.fullmatch(form, value):
            raise _module("exceptions").InvalidFormat
        _module("luhn").validate(value[-counted:])

    return check


# Modules of python-stdnum that ask the clock, and what is asked in their place.
_WITHOUT_CLOCK: Final[Mapping[str, Callable[[str], object]]] = MappingProxyType(
    {
        "kr.rrn": lambda value: _module("kr.rrn").validate(value, allow_future=True),
        "se.personnummer": _luhn(r"\d{10}|\d{12}", 10),
        "sg.uen": _singapore,
        "za.idnr": _luhn(r"\d{13}", 13),
    }
)


def national(name: str, value: str) -> str:
    """As the checks above, by a module of python-stdnum ("es.nif"), which is installed.

    No check asks the clock: the same number has the same answer on every day.
    """
    wrong = _module("exceptions")
    try:
        _WITHOUT_CLOCK.get(name, _module(name).validate)(value)
    except wrong.InvalidChecksum:
        return FAILS
    except (wrong.ValidationError, LookupError, ValueError):  # some modules stumble over odd texts
        return "not of the form of such a number"
    return ""
