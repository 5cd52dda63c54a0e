"""Canonical JSON: one spelling for one value, for fingerprints, hashes and byte-stable output.

Keys sorted, no spaces, UTF-8, no floats but finite ones; dates are ISO text, decimals and fractions
their exact text, enums their value, dataclasses their fields.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from datetime import date
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any

from pydantic import BaseModel

from compliance.model.share import Share


def plain(value: Any) -> Any:  # noqa: C901 - one line a type
    """The value as dict, list, str, int, float, bool and None only."""
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, str):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (Decimal, Fraction)):
        return str(value)
    if isinstance(value, Share):
        return value.as_json()
    if isinstance(value, BaseModel):
        return plain(value.model_dump(by_alias=True, exclude_unset=True))
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, AbstractSet):
        return sorted(plain(part) for part in value)
    if isinstance(value, (list, tuple)):
        return [plain(part) for part in value]
    raise TypeError(f"{type(value).__name__} has no canonical form")


def written(content: Any, *, pretty: bool = False) -> bytes:
    """A plain value as canonical JSON; or, `pretty`, indented by two, half a surrogate escaped."""
    return json.dumps(
        content,
        sort_keys=True,
        indent=2 if pretty else None,
        separators=None if pretty else (",", ":"),
        ensure_ascii=False,
        allow_nan=False,
    ).encode("utf-8", "backslashreplace" if pretty else "strict")


def canonical(value: Any) -> bytes:
    """The value as canonical JSON."""
    return written(plain(value))


def sha256(value: Any) -> str:
    """The hexadecimal SHA-256 of the canonical JSON."""
    return hashlib.sha256(canonical(value)).hexdigest()
