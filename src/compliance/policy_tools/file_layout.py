"""How the files of the policy language look: the order of their keys, and what stands on one line.

Keys stand in the order in which `PolicyFile` declares them. A condition of several leaves has one
leaf a line, a named case a line for each of its parts; named values, citations and definitions
have one name a line when there are several.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal

from pydantic import BaseModel

from compliance.policies.definitions import ConditionFile, DefinitionsFile
from compliance.policies.policy import (
    CitationFile,
    EffectFile,
    ForEachFile,
    PolicyFile,
    StateFile,
    ValueFile,
)
from compliance.tables.yaml import Path_

Kind = Literal["policy", "definitions", "cases", "other"]
_EACH: Final = "*"


def _declared(model: type[BaseModel]) -> tuple[str, ...]:
    return tuple(field.alias or name for name, field in model.model_fields.items())


_REST: Final = "..."
"""Where keys stand that none declares: the arguments of a definition."""
_LEAF: Final = ("field", "op", "value", "is", _REST, "of", "on_unknown", "cite")
_COMPOUND: Final = ("all", "any", "not", "cite")
_CLAUSE: Final = ("use", "id", "when", _REST, "of", "cite", "note")
_CASE: Final = (
    *("set", "condition", "exception", "member", "value", "with", _REST),
    *("change", "party", "policy", "expect"),
)
_ORDERS: Final[Mapping[Kind, Mapping[tuple[str, ...], tuple[str, ...]]]] = {
    "policy": {
        (): _declared(PolicyFile),
        ("timeline", _EACH): _declared(StateFile),
        ("citations", _EACH): _declared(CitationFile),
        ("parameters", _EACH, _EACH): _declared(ValueFile),
        ("for_each",): _declared(ForEachFile),
        ("exceptions", _EACH): _CLAUSE,
        ("clears", _EACH): _CLAUSE,
        ("effect",): _declared(EffectFile),
    },
    "definitions": {
        (): _declared(DefinitionsFile),
        ("citations", _EACH): _declared(CitationFile),
        ("sets", _EACH, _EACH): _declared(ValueFile),
        ("conditions", _EACH): _declared(ConditionFile),
        ("exceptions", _EACH): _declared(ConditionFile),
    },
    "cases": {
        (): ("schema", "policy", "definitions", "base", "lists", "cases"),
        ("cases", _EACH): ("name", *_CASE),
    },
    "other": {},
}
_ONE_NAME_A_LINE: Final = frozenset({"citations", "parameters", "sets", "conditions", "exceptions"})


def kind_of(value: Any) -> Kind:
    """Which kind of file a document is, by its keys."""
    if not isinstance(value, dict):
        return "other"
    if "timeline" in value or "when" in value:
        return "policy"
    if "cases" in value:
        return "cases"
    return "definitions" if {"sets", "conditions", "exceptions"} & value.keys() else "other"


def ordered(value: Any, kind: Kind, path: Path_ = ()) -> Any:
    """The same value with its keys in the order declared."""
    if isinstance(value, list):
        return [ordered(part, kind, (*path, index)) for index, part in enumerate(value)]
    if not isinstance(value, dict):
        return value
    order = _order(value, kind, path)
    at = order.index(_REST) if _REST in order else len(order)
    first, last = ([name for name in part if name in value] for part in (order[:at], order[at:]))
    names = first + [name for name in value if name not in order] + last
    return {name: ordered(value[name], kind, (*path, name)) for name in names}


def _order(value: Mapping[str, Any], kind: Kind, path: Path_) -> tuple[str, ...]:
    for pattern, keys in _ORDERS[kind].items():
        if len(pattern) == len(path) and all(
            want in (_EACH, step) for want, step in zip(pattern, path, strict=True)
        ):
            return keys
    if kind in ("policy", "definitions"):
        if {"field", "is"} & value.keys():
            return _LEAF
        if {"all", "any", "not"} & value.keys():
            return _COMPOUND
    return ()


def over_lines(value: Any, kind: Kind, path: Path_) -> bool:
    """Whether a mapping or list takes several lines even where it would fit on one."""
    if not path:
        return True
    if kind == "cases":
        return len(path) == 2 and path[0] == "cases" and "name" in value
    if kind == "other":
        return False
    if len(path) == 1 and path[0] in _ONE_NAME_A_LINE and isinstance(value, dict):
        return len(value) > 1
    if isinstance(value, dict) and isinstance(path[-1], int) and value.keys() == {"not"}:
        return True
    return _is_compound(value) or _leaves(value) > 1


def _is_compound(value: Any) -> bool:
    return isinstance(value, dict) and any(
        isinstance(value.get(name), list) for name in ("all", "any")
    )


def _leaves(value: Any) -> int:
    if isinstance(value, list):
        return sum(map(_leaves, value))
    if isinstance(value, dict):
        own = "field" in value or "is" in value
        return own + sum(map(_leaves, value.values()))
    return 0
