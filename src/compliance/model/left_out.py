"""What the models of the input do with a text that says nothing: it is as if left out.

Applied to what was given, before it is validated, by every model alike (`Frozen`):

- a field that says nothing is not given; where the text says that the value is not known or is
  withheld, a fact that can be stated so is stated as unknown, and so is evidence for no value;
- a party that is only such a text is a party without a name: a list of users that says "unknown"
  has one user, of whom nothing is known. An id that says nothing is none;
- an alias, a mail address, a telephone number, a wallet or an identifier that says nothing is no
  row of its list. Places in lists stay as given, to be read as unknown: they were seen somewhere;
  so does what an authorization covers: an empty list covers everything.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import UnionType
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from compliance.model.says_nothing import Expected, said


@dataclass(frozen=True, slots=True)
class Says:
    """Of a type of text: what is expected there, and whether a list keeps one that says nothing."""

    expected: Expected
    kept_in_lists: bool = False


@dataclass(frozen=True, slots=True)
class _Treatment:
    """How a field takes a text that says nothing."""

    optional: bool
    expected: Expected
    stated: bool  # with evidence: it can be stated as unknown
    party: bool  # a text alone refers to a party
    listed: bool
    kept_in_lists: bool
    row: str  # the key without which a row of the list says nothing
    words: frozenset[Any]  # the closed set of its values, which are never nothing


def without(model: type[BaseModel], data: Mapping[str, Any]) -> Mapping[str, Any]:
    """What was given for a model, without what says nothing; the same mapping where all does."""
    treatments = _treatments(model)
    changed: dict[str, Any] | None = None
    for key, value in data.items():
        if not isinstance(value, _LOOKED_AT) or key not in treatments:
            continue
        taken = _taken(value, treatments[key])
        if taken is not value:
            changed = dict(data) if changed is None else changed
            if taken is _LEFT_OUT:
                del changed[key]
            else:
                changed[key] = taken
    if changed and changed.keys() <= {"id"} and getattr(model, "BARE", "") == "id":
        changed["name"] = {"status": "unknown"}  # it was described, if by nothing: no reference
    return data if changed is None else changed


_LOOKED_AT: Final = (str, Mapping, list, tuple)
_LEFT_OUT: Final = object()


def _taken(value: Any, how: _Treatment) -> Any:
    if isinstance(value, str):
        return _text(value, how)
    if isinstance(value, Mapping):
        return _evidence(value, how) if how.stated else value
    return _listed(value, how) if how.listed else value


def _text(value: str, how: _Treatment) -> Any:
    if value in how.words or not value.strip() or not (how.optional or how.party):
        return value  # an empty text is an error of form
    says = said(value, how.expected)
    if not says:
        return value
    if says == "unknown" and how.stated:
        return {"status": "unknown"}
    return _LEFT_OUT if how.optional else {}


def _evidence(value: Mapping[str, Any], how: _Treatment) -> Mapping[str, Any]:
    """Evidence for a value that says nothing: it is stated as unknown, or as refused."""
    text = value.get("value")
    if not isinstance(text, str) or text in how.words or not text.strip():
        return value
    if not said(text, how.expected):
        return value
    status = "refused" if value.get("status") == "refused" else "unknown"
    return {key: part for key, part in value.items() if key != "value"} | {"status": status}


def _listed(rows: list[Any] | tuple[Any, ...], how: _Treatment) -> Any:
    kept = [row for row in (_row(row, how) for row in rows) if row is not _LEFT_OUT]
    same = len(kept) == len(rows) and all(a is b for a, b in zip(kept, rows, strict=True))
    return rows if same else kept


def _row(row: Any, how: _Treatment) -> Any:
    if isinstance(row, str) and not how.kept_in_lists:
        if row in how.words or not row.strip() or not said(row, how.expected):
            return row
        return {} if how.party else _LEFT_OUT
    if how.row and isinstance(row, Mapping):
        text = row.get(how.row)
        return _LEFT_OUT if isinstance(text, str) and said(text, "number") else row
    return row


@cache
def _treatments(model: type[BaseModel]) -> dict[str, _Treatment]:
    """By each key under which a field may be written."""
    found = {}
    for name, field in model.model_fields.items():
        leaves = list(_leaves(field.annotation, tuple(field.metadata)))
        says = [leaf for leaf in leaves if isinstance(leaf, Says)]
        models = [leaf for leaf in leaves if isinstance(leaf, type)]
        treatment = _Treatment(
            optional=not field.is_required(),
            expected=says[-1].expected if says else "value",
            stated=any(getattr(leaf, "is_evidence", False) for leaf in models),
            party=any(getattr(leaf, "BARE", "") == "id" for leaf in models),
            listed=tuple in models,
            kept_in_lists=bool(says) and says[-1].kept_in_lists,
            row=next(filter(None, (getattr(leaf, "says_by", "") for leaf in models)), ""),
            words=frozenset(
                word for leaf in leaves if isinstance(leaf, frozenset) for word in leaf
            ),
        )
        for key in {name, field.alias or name}:
            found[key] = treatment
    return found


def _leaves(annotation: Any, metadata: tuple[Any, ...] = ()) -> Iterator[Any]:
    """The models, tuples, closed sets and kinds of text in an annotation, outermost first."""
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *more = get_args(annotation)
        yield from _leaves(inner, tuple(more))
    elif origin is Literal:
        yield frozenset(get_args(annotation))
    elif origin in (Union, UnionType):
        for part in get_args(annotation):
            yield from _leaves(part)
    elif origin is tuple:
        yield tuple
        yield from _leaves(get_args(annotation)[0])
    elif isinstance(annotation, type):
        yield annotation
        generic = getattr(annotation, "__pydantic_generic_metadata__", None) or {}
        for part in generic.get("args", ()):
            yield from _leaves(part)
    yield from (each for each in metadata if isinstance(each, Says))
