"""The shape of the models, read from the models themselves: what a column or a key may name.

A shape is a leaf (text, a yes or no, a whole number ...), a list of one shape, a record, a mapping
with free keys, or evidence around another shape. Nothing here repeats a field of the model.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from compliance.errors import did_you_mean
from compliance.model.evidence import Stated
from compliance.model.share import Share

Kind = Literal["text", "yes", "knowledge", "whole", "decimal", "date", "share"]


@dataclass(frozen=True, slots=True)
class Leaf:
    """One value of a kind."""

    kind: Kind


@dataclass(frozen=True, slots=True)
class Many:
    """A list of one shape."""

    of: Shape


@dataclass(frozen=True, slots=True)
class Keyed:
    """A mapping with free keys."""

    of: Shape


@dataclass(frozen=True, slots=True)
class Evidence:
    """A fact that may be given bare, or with status, source, as_of and what its model adds."""

    of: Shape
    model: type[Stated[Any]] = Stated

    @property
    def fields(self) -> Mapping[str, Shape]:
        """The shape of each part of the evidence, beside the value."""
        return _fields(self.model)


@dataclass(frozen=True, slots=True)
class Record:
    """A model; one that is `referable` (a party, a journey) may also be given by one text."""

    model: type[BaseModel]

    @property
    def referable(self) -> bool:
        """Whether a text alone says enough: the id of a party, the country of a journey."""
        return hasattr(self.model, "BARE")

    @property
    def fields(self) -> Mapping[str, Shape]:
        """The shape of each field, by the name that people write."""
        return _fields(self.model)


Shape = Leaf | Many | Keyed | Evidence | Record

_LEAVES: tuple[tuple[type, Kind], ...] = (
    (bool, "yes"), (int, "whole"), (Decimal, "decimal"), (date, "date"), (str, "text"),
)  # fmt: skip


_KNOWLEDGE: frozenset[Shape] = frozenset({Leaf("yes"), Leaf("text")})
"""A yes or a no, or a word for what is neither."""


def _only(shapes: set[Shape], annotation: Any) -> set[Shape]:
    if len(shapes) != 1:
        raise TypeError(f"{annotation} has several shapes")
    return shapes


def shape_of(annotation: Any) -> Shape:  # noqa: C901 - a table, one line a type
    """The shape of a field's annotation; None beside a type is left out.

    Raises:
        TypeError: an annotation that has no shape: a model grew a kind of field unknown here.
    """
    origin, parts = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return shape_of(parts[0])
    if origin in (Union, UnionType):
        shapes = {shape_of(part) for part in parts if part is not NoneType}
        return Leaf("knowledge") if shapes == _KNOWLEDGE else next(iter(_only(shapes, annotation)))
    if origin is Literal:
        return Leaf("text")
    if origin is tuple:
        return Many(shape_of(parts[0]))
    if origin is dict:
        return Keyed(shape_of(parts[1]))
    if annotation is Share:
        return Leaf("share")
    if issubclass(annotation, Stated):
        origin = annotation.__pydantic_generic_metadata__["origin"] or annotation
        return Evidence(shape_of(annotation.model_fields["value"].annotation), origin)
    if issubclass(annotation, BaseModel):
        return Record(annotation)
    for kind, name in _LEAVES:
        if issubclass(annotation, kind):
            return Leaf(name)
    raise TypeError(f"{annotation} has no shape")


@cache
def _fields(model: type[BaseModel]) -> Mapping[str, Shape]:
    model.model_rebuild()  # resolves a class that is named before it is defined
    return {
        field.alias or name: shape_of(field.annotation)
        for name, field in model.model_fields.items()
        if not (issubclass(model, Stated) and name == "value")  # of the fact that it is around
    }


def known_keys(shape: Shape) -> tuple[str, ...]:
    """The keys that may stand inside a shape."""
    if isinstance(shape, Record):
        return tuple(shape.fields)
    if isinstance(shape, Evidence):
        return (*known_keys(shape.of), "value", *shape.fields)
    return ()


_PLACES: Final = frozenset({"incorporation", "headquarters", "residence"})


def near(word: str, known: Iterable[str]) -> str:
    """A "did you mean" for a word, or nothing; which countries a party has, where one is given."""
    keys = list(known)
    if word.lower() == "country" and _PLACES.issubset(keys):
        return "give incorporation and headquarters of a company, residence of a person"
    return did_you_mean(word, keys)


def suggestion(key: str, parent: str, model: type[BaseModel]) -> str:
    """A "did you mean" for an unknown key below a dotted path of the model, or nothing."""
    shape: Shape = Record(model)
    for step in parent.split(".") if parent else ():
        inner = below(shape, step)
        if inner is None:
            return ""
        shape = inner
    if isinstance(shape, Evidence):
        shape = shape.of
    return near(key, known_keys(shape))


def below(shape: Shape, step: str) -> Shape | None:
    """The shape one step further, through evidence; None where the model has no such place."""
    if isinstance(shape, Evidence):
        inner = below(shape.of, step)
        if inner is not None:
            return inner
        return shape.of if step == "value" else shape.fields.get(step)
    if isinstance(shape, Record):
        return shape.fields.get(step)
    if isinstance(shape, Many):
        return shape.of if step.isdigit() else None
    return shape.of if isinstance(shape, Keyed) else None
