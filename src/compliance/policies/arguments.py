"""The arguments that definitions may take: a closed table; an argument's name is its type.

A use gives a value of the type, or the "$name" of a parameter or set. Whether the value fits the
field that reads it is checked with the field, on every day.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, Final


def _texts(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(v, str) for v in value)


def _text(value: Any) -> bool:
    return isinstance(value, str) and bool(value)


def _share(value: Any) -> bool:
    return isinstance(value, (str, Decimal))


def _number(value: Any) -> bool:
    return isinstance(value, (int, Decimal)) and not isinstance(value, bool)


def _day(value: Any) -> bool:
    return type(value) is date


ARGUMENTS: Final[dict[str, tuple[Callable[[Any], bool], str]]] = {
    "places": (_texts, "a list of country groups or codes"),
    "regions": (_texts, "a list of ISO 3166-2 codes"),
    "paragraphs": (_texts, "a list of ECCN paragraphs"),
    "measures": (_texts, "a list of measures"),
    "roles": (_texts, "a list of roles"),
    "regimes": (_texts, "a list of ownership rules"),
    "jurisdictions": (_texts, "a list of jurisdictions"),
    "values": (_texts, "a list of values"),
    "authority": (_text, "the authority that can give it"),
    "kind": (_text, "a kind of authorization"),
    "number": (_text, "the number or name of an authorization"),
    "share": (_share, 'a share such as "50%"'),
    "least": (_number, "a number"),
    "below": (_number, "a number"),
    "since": (_day, "a day written YYYY-MM-DD without quotes"),
    "until": (_day, "a day written YYYY-MM-DD without quotes"),
}


def argument_problem(name: str, value: Any) -> str:
    """What is wrong with an argument, or "" if nothing is; a "$name" is checked where it leads."""
    if isinstance(value, str) and value.startswith("$"):
        return ""
    fits, meaning = ARGUMENTS[name]
    return "" if fits(value) else f"{meaning}, not {value!r}"


def known_argument(name: str) -> str:
    """The name of an argument as a definition declares it.

    Raises:
        ValueError: it is not in the table.
    """
    if name not in ARGUMENTS:
        raise ValueError(f"no argument {name!r}; one of {', '.join(ARGUMENTS)}")
    return name
