"""What OFAC calls a number, and the scheme it is to us: one table for every file that says so.

The labels are those of the SDN list, which the Consolidated Screening List repeats. A label that is
not in the table ("Website", "Cedula No.") and a value that is not of its form give no identifier.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import Final, Literal

from compliance.watchlists.listing import Identifier

GENDER: Final = "Gender"
_GENDERS: Final[MappingProxyType[str, Literal["female", "male"]]] = MappingProxyType(
    {"Female": "female", "Male": "male"}
)
_SCHEMES: Final = MappingProxyType(
    {
        "Aircraft Tail Number": "tail_number",
        "ISIN": "isin",
        "Legal Entity Number": "lei",
        "MMSI": "mmsi",
        "National ID No.": "national_id",
        "Passport": "passport",
        "Registration ID": "registration",
        "Registration Number": "registration",
        "SWIFT/BIC": "swift",
        "Tax ID No.": "tax",
        "Unified Social Credit Code (USCC)": "uscc",
        "Vessel Registration Identification": "imo",
    }
)
# What a number of a scheme looks like, where the publisher's cells hold others too.
_FORMS: Final = MappingProxyType(
    {
        "imo": re.compile(r"\d{7}"),
        "lei": re.compile(r"[0-9A-Z]{18}\d\d"),
        "passport": re.compile(r".*\d.*"),
    }
)
_WALLET: Final = "Digital Currency Address - "
_IMO: Final = "IMO "


def scheme(label: str) -> str | None:
    """The scheme of a label, or None: not a number of a party."""
    return "wallet" if label.startswith(_WALLET) else _SCHEMES.get(label)


def number(label: str, value: str) -> Identifier | None:
    """The identifier that a label and its value are, or None where they are none."""
    found = scheme(label)
    plain = value.removeprefix(_IMO).strip()
    if found is None or not plain:
        return None
    form = _FORMS.get(found)
    return Identifier(found, plain) if form is None or form.fullmatch(plain) else None


def gender(value: str) -> Literal["female", "male"] | None:
    """The gender that a value of the label "Gender" names, or None."""
    return _GENDERS.get(value)
