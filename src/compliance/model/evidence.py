"""A fact as somebody stated it: bare (`headquarters: SG`) or with its evidence.

    headquarters: {value: SG, status: verified, source: register extract, as_of: 2024-05-02}

`unknown` and `refused` are statements too: they carry no value, and differ from a fact that nobody
gave (the field is absent, or null).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Generic, Literal, Self, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    PlainSerializer,
    PlainValidator,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from compliance.model.left_out import Says, without
from compliance.model.share import Share

T = TypeVar("T")
Status = Literal["asserted", "verified", "refused", "unknown"]
_PARTIAL_DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_NO_CONTROL = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"


def _calendar_day(value: Any) -> Any:
    """Let through days and ISO text only: a number or a time of day is not a date."""
    if isinstance(value, datetime) or not isinstance(value, (date, str)):
        raise ValueError("a date is written YYYY-MM-DD")
    if isinstance(value, str) and len(value) != 10:
        raise ValueError(f"a date is written YYYY-MM-DD, not {value[:40]!r}")
    return value


def _partial_day(value: Any) -> Any:
    """The text of a day, a month or a year; a whole number of four digits is a year."""
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if isinstance(value, date) and not isinstance(value, datetime):
        return value.isoformat()
    known = _PARTIAL_DAY.fullmatch(value) if isinstance(value, str) else None
    if not known:
        raise ValueError("a date of birth is written YYYY-MM-DD, YYYY-MM or YYYY")
    year, month, day = (int(part or 1) for part in known.groups())
    try:
        date(year, month, day)
    except ValueError:
        raise ValueError(f"{value!r} is no day of the calendar") from None
    return value


Text = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1, max_length=4096, pattern=_NO_CONTROL),
    Says("text"),
]
Name = Annotated[Text, Says("name")]
Number = Annotated[Text, Says("number")]
Scope = Annotated[Text, Says("text", kept_in_lists=True)]
Id = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")]
CountryText = Annotated[
    Text,
    Says("text", kept_in_lists=True),
    Field(description="ISO 3166-1 alpha-2 code or a country's name"),
]
Day = Annotated[date, BeforeValidator(_calendar_day, json_schema_input_type=date)]
PartialDay = Annotated[
    str,
    BeforeValidator(_partial_day, json_schema_input_type=str),
    WithJsonSchema({"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"}),
]
Yes = Annotated[bool, Field(strict=True)]
Quantity = Annotated[
    Decimal, Field(ge=0, le=10**12, max_digits=28, decimal_places=12, allow_inf_nan=False)
]
PositiveQuantity = Annotated[Quantity, Field(gt=0)]
Part = Annotated[Quantity, Field(le=1)]
Count = Annotated[int, Field(strict=True, ge=0, le=100_000_000)]
PositiveCount = Annotated[int, Field(strict=True, ge=1, le=100_000_000)]
_SHARE_SCHEMA: dict[str, Any] = {
    "anyOf": [
        {"type": "string", "examples": ["51%", "0.5", "35/47"]},
        {"type": "number", "minimum": 0, "maximum": 1},
        {
            "type": "object",
            "properties": {
                "minimum": {"type": ["string", "number"]},
                "maximum": {"type": ["string", "number"]},
                "exact": {"type": ["string", "number"]},
                "exclusive_minimum": {"type": "boolean"},
                "exclusive_maximum": {"type": "boolean"},
            },
            "additionalProperties": False,
        },
    ],
    "description": "a fraction or an interval of fractions; a bare integer is refused",
}
ShareInput = Annotated[
    Share,
    PlainValidator(Share.parse),
    PlainSerializer(lambda share: share.as_json(), return_type=dict),
    WithJsonSchema(_SHARE_SCHEMA),
]


class Frozen(BaseModel):
    """Base of the input models: immutable, unknown keys refused, what says nothing left out."""

    model_config = ConfigDict(defer_build=True, frozen=True, extra="forbid", allow_inf_nan=False)

    @model_validator(mode="before")
    @classmethod
    def _without_what_says_nothing(cls, data: Any) -> Any:
        return without(cls, data) if isinstance(data, Mapping) else data


class Stated(Frozen, Generic[T]):
    """A value with who says so. `value` is None exactly when status is unknown or refused."""

    is_evidence: ClassVar[bool] = True

    value: T | None = None
    status: Status = "asserted"
    source: Text | None = None
    as_of: Day | None = None

    @model_validator(mode="before")
    @classmethod
    def _bare(cls, data: Any) -> Any:
        if not isinstance(data, Mapping) or not {"value", "status"}.intersection(data):
            return {"value": data}
        strange = sorted(set(data) - set(cls.model_fields))
        if not strange:
            return data
        if cls._holds_a_mapping():
            return {"value": data}
        known = ", ".join(sorted(cls.model_fields))
        raise ValueError(f"evidence has {known}, and no {strange[0]!r}")

    @classmethod
    def _holds_a_mapping(cls) -> bool:
        held = cls.__pydantic_generic_metadata__["args"]
        return bool(held) and isinstance(held[0], type) and issubclass(held[0], BaseModel)

    @model_validator(mode="after")
    def _value_fits_status(self) -> Self:
        stated = self.status in {"asserted", "verified"}
        if stated and self.value is None:
            raise ValueError(f"status {self.status} needs a value")
        if not stated and self.value is not None:
            raise ValueError(f"status {self.status} carries no value")
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle without the parameter: a parametrized class cannot be found by its name."""
        fields = {name: getattr(self, name) for name in self.model_fields_set}
        origin = self.__pydantic_generic_metadata__["origin"] or type(self)
        return _restored, (origin, fields)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Publish both spellings: the bare value, or the object with its evidence."""
        described = handler(core_schema)
        value = handler.resolve_ref_schema(described)["properties"]["value"]
        bare = [part for part in value.get("anyOf", [value]) if part.get("type") != "null"]
        return {"anyOf": [*bare, described]}


def _restored(origin: type[Stated[Any]], fields: dict[str, Any]) -> Stated[Any]:
    return origin.model_construct(_fields_set=set(fields), **fields)
