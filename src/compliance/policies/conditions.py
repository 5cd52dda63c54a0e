"""Conditions: the tree `all`, `any`, `not`, leaves and uses of definitions; parsed with positions.

A definition (`rules/definitions`) is put in where it is used, before anything is judged: the tree
below a use is the definition's own, with its arguments filled in and its own places in its file.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from compliance.errors import ComplianceError, did_you_mean
from compliance.policies.arguments import argument_problem
from compliance.policies.fields import FIXED_PARTIES, Field, FieldSchema
from compliance.policies.operators import REGISTRY, Setting
from compliance.tables.yaml import Document, Path_

NOT_MET: Final = "not_met"
IF_ABSENT: Final = "not_met_if_absent"
_BRANCH_KEYS: Final = frozenset({"all", "any", "not"})
_LEAF_KEYS: Final = frozenset({"field", "op", "value", "cite", "on_unknown"})
_USE_KEYS: Final = frozenset({"is", "of"})
_EVERY_KEY: Final = sorted(_BRANCH_KEYS | _LEAF_KEYS | _USE_KEYS)


@dataclass(frozen=True, slots=True)
class Leaf:
    """One test of one field; `value` may name a dated parameter or set as "$name".

    `on_unknown` is "not_met" where a fact that is not known counts as not met, because it is asked
    for elsewhere; "not_met_if_absent" where only one about which nobody said anything does;
    otherwise "", and the leaf is then unknown.
    """

    field: str
    op: str
    value: Any
    where: str
    cite: str = ""
    on_unknown: str = ""


@dataclass(frozen=True, slots=True)
class Branch:
    """`all` or `any` of several conditions, or `not` of one."""

    kind: str
    children: tuple[Condition, ...]
    where: str


@dataclass(frozen=True, slots=True)
class Use:
    """A definition where it is used: its name, its tree with the arguments filled in.

    `id` is how decisions call an exception.
    """

    definition: str
    body: Condition
    where: str
    cite: str = ""
    note: str = ""
    id: str = ""

    @property
    def children(self) -> tuple[Condition, ...]:
        """The one condition below it."""
        return (self.body,)


Condition = Leaf | Branch | Use


@dataclass(frozen=True, slots=True)
class Defined:
    """A condition or an exception that has a name.

    `arguments` are the names that a use gives values for; `cite` is the text of its citation.
    `body` names its arguments as "$name", as it does the sets that it reads.
    """

    name: str
    arguments: tuple[str, ...]
    body: Condition
    where: str
    cite: str = ""
    note: str = ""
    id: str = ""


Definitions = Mapping[str, Defined]


def leaves(condition: Condition) -> tuple[Leaf, ...]:
    """Every leaf, those of definitions too, in the order written."""
    if isinstance(condition, Leaf):
        return (condition,)
    return tuple(leaf for child in condition.children for leaf in leaves(child))


def walk(condition: Condition) -> Iterator[Condition]:
    """Every node of the tree, outermost first."""
    yield condition
    if not isinstance(condition, Leaf):
        for child in condition.children:
            yield from walk(child)


def uses(condition: Condition) -> tuple[Use, ...]:
    """Every use of a definition, those inside of definitions too."""
    return tuple(node for node in walk(condition) if isinstance(node, Use))


def conjuncts(condition: Condition) -> tuple[Condition, ...]:
    """The parts that all have to hold: of an `all`, also where a definition is one."""
    if isinstance(condition, Branch) and condition.kind == "all":
        return tuple(part for child in condition.children for part in conjuncts(child))
    if isinstance(condition, Use):
        parts = conjuncts(condition.body)
        return parts if len(parts) > 1 or isinstance(parts[0], Leaf) else (condition,)
    return (condition,)


def scopes(condition: Condition) -> frozenset[str]:
    """Which of party, item and contract a condition reads."""
    found = {leaf.field.partition(".")[0] for leaf in leaves(condition)}
    return frozenset("contract" if scope in FIXED_PARTIES else scope for scope in found)


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the conditions of one document; every defect is appended to `problems`.

    `name` is how traces call the file: the same on every machine.
    """

    document: Document
    name: str
    problems: list[Any]
    fields: FieldSchema
    definitions: Definitions

    def read(self, path: Path_, raw: Any) -> Condition | None:
        """The condition at a path; None where it does not read."""
        if not isinstance(raw, dict) or not raw:
            self._report(path, "a condition is a mapping: all, any, not, is, or a leaf")
            return None
        keys = set(raw)
        if keys & _BRANCH_KEYS:
            return self._branch(path, raw)
        if "is" in keys:
            return self.use(path, "is", raw)
        self._unknown_keys(path, keys - _LEAF_KEYS)
        missing = sorted({"field", "op"} - keys)
        if missing:
            self._report(path, f"a leaf needs {' and '.join(missing)}")
            return None
        return self._leaf(path, raw)

    def use(self, path: Path_, key: str, raw: Mapping[str, Any]) -> Use | None:
        """The use of a definition whose name stands under `key`, with its arguments filled in."""
        found = self._defined(path, key, raw.get(key))
        if found is None:
            return None
        given = {k: v for k, v in raw.items() if k not in {key, "of"}}
        of = raw.get("of")
        wrong = len(self.problems)
        if of is not None and of not in FIXED_PARTIES:
            self._report((*path, "of"), f"of is lessee or provider, not {of!r}")
        elif of is not None and "party" not in scopes(found.body):
            self._report((*path, "of"), f"{found.name} does not read a party")
        for name in sorted(given.keys() - set(found.arguments)):
            hint = did_you_mean(name, [*found.arguments, "of"])
            message = f"{found.name} takes no argument {name!r} ({found.where})"
            self._report((*path, name), message, hint=hint, key=True)
        for name in found.arguments:
            if name not in given:
                self._report(path, f"{found.name} needs {name} ({found.where})")
            elif message := argument_problem(name, given[name]):
                self._report((*path, name), f"{name}: {message} ({found.where})")
        if len(self.problems) > wrong:
            return None
        body = filled(found.body, given, of or "")
        where = self._where(path)
        return Use(found.name, body, where, found.cite, found.note, found.id)

    def _report(self, path: Path_, message: str, *, hint: str = "", key: bool = False) -> None:
        self.problems.append(self.document.problem(path, message, hint=hint, key=key))

    def _where(self, path: Path_) -> str:
        return f"{self.name}:{self.document.locate(path)[0]}"

    def _unknown_keys(self, path: Path_, keys: set[str]) -> None:
        for key in sorted(keys):
            self._report(
                (*path, key), f"unknown key {key!r}", hint=did_you_mean(key, _EVERY_KEY), key=True
            )

    def _branch(self, path: Path_, raw: dict[str, Any]) -> Condition | None:
        if len(raw) > 1:
            self._report(path, "all, any and not stand alone; nest them")
            return None
        ((kind, body),) = raw.items()
        where = self._where(path)
        if kind == "not":
            child = self.read((*path, "not"), body)
            return Branch("not", (child,), where) if child else None
        if not isinstance(body, list) or not body:
            self._report((*path, kind), f"{kind} is a list of conditions")
            return None
        children = [self.read((*path, kind, i), part) for i, part in enumerate(body)]
        return Branch(kind, tuple(child for child in children if child is not None), where)

    def _defined(self, path: Path_, key: str, name: Any) -> Defined | None:
        found = self.definitions.get(name) if isinstance(name, str) else None
        if found is None:
            hint = did_you_mean(str(name), sorted(self.definitions))
            self._report((*path, key), f"no definition {name!r}", hint=hint)
        return found

    def _on_unknown(self, path: Path_, raw: Mapping[str, Any]) -> str:
        given = raw.get("on_unknown", "")
        if "on_unknown" in raw and given not in (NOT_MET, IF_ABSENT):
            message = f"on_unknown of a condition is {NOT_MET} or {IF_ABSENT}"
            self._report((*path, "on_unknown"), message)
            return ""
        return str(given)

    def _leaf(self, path: Path_, raw: dict[str, Any]) -> Leaf | None:
        name, op = raw["field"], raw["op"]
        field = self.fields.get(name) if isinstance(name, str) else None
        if field is None:
            hint = did_you_mean(str(name), sorted(self.fields))
            self._report((*path, "field"), f"no field {name!r}", hint=hint)
        found = REGISTRY.get(op) if isinstance(op, str) else None
        if found is None:
            hint = did_you_mean(str(op), sorted(REGISTRY))
            self._report((*path, "op"), f"no operator {op!r}", hint=hint)
        if field is None or found is None:
            return None
        if field.kind not in found.kinds:
            fits = ", ".join(sorted(o for o, each in REGISTRY.items() if field.kind in each.kinds))
            message = f"operator {op!r} does not fit {name}, a {field.kind}"
            self._report((*path, "op"), message, hint=f"one of {fits}")
            return None
        if found.expects_value and "value" not in raw:
            self._report(path, f"operator {op!r} needs a value")
            return None
        on_unknown = self._on_unknown(path, raw)
        if on_unknown and not found.expects_value:
            self._report((*path, "on_unknown"), f"operator {op!r} is never unknown")
        cite = raw.get("cite") or ""
        return Leaf(name, op, raw.get("value"), self._where(path), cite, on_unknown)


def filled(condition: Condition, arguments: Mapping[str, Any], of: str = "") -> Condition:
    """A definition's tree with its arguments filled in, and read of another party where asked."""
    if isinstance(condition, Leaf):
        scope, _, rest = condition.field.partition(".")
        field = f"{of}.{rest}" if of and scope == "party" else condition.field
        return replace(condition, field=field, value=_argued(condition.value, arguments))
    if isinstance(condition, Use):
        return replace(condition, body=filled(condition.body, arguments, of))
    children = tuple(filled(child, arguments, of) for child in condition.children)
    return replace(condition, children=children)


def _argued(value: Any, arguments: Mapping[str, Any]) -> Any:
    if isinstance(value, str) and value.startswith("$"):
        return arguments.get(value[1:], value)
    if isinstance(value, dict):
        return {key: _argued(part, arguments) for key, part in value.items()}
    return value


def check_value(leaf: Leaf, field: Field, value: Any, setting: Setting) -> str:
    """What is wrong with the value of a leaf of this field on a day, or "" if nothing is."""
    if leaf.value == []:
        return "an empty list is never met; a set may be empty from a day on"
    if message := _never_met(leaf, field, value, setting):
        return message
    try:
        REGISTRY[leaf.op].prepare(value, setting)
    except ComplianceError as error:
        return str(error)
    except ValueError as error:
        return f"operator {leaf.op!r} expects {error}"
    return ""


def _never_met(leaf: Leaf, field: Field, value: Any, setting: Setting) -> str:
    """What the field can never be, though the operator would take it."""
    if field.choices:
        for part in _parts_of(leaf.op, value):
            if part not in field.choices:
                hint = did_you_mean(str(part), list(field.choices))
                never = f"{leaf.field} is never" if leaf.op != "covers" else "no authority"
                return f"{never} {part!r}" + (f" ({hint})" if hint else "")
    if field.kind == "flag" and leaf.op == "eq" and not isinstance(value, bool):
        return f"{leaf.field} is true or false, not {value!r}"
    if field.kind in {"country", "countries"} and leaf.op in {"eq", "in", "any_in"}:
        for part in value if isinstance(value, list) else [value]:
            if setting.gazetteer.read(str(part)).code != part:
                return f"{part!r} is not an ISO 3166-1 alpha-2 code"
    return ""


def _parts_of(op: str, value: Any) -> list[Any]:
    """What a value names of the closed set of its field: members, or an authority that gives."""
    if op in {"eq", "in", "any_in"}:
        return value if isinstance(value, list) else [value]
    names_one = op == "covers" and isinstance(value, dict) and "authority" in value
    return [value["authority"]] if names_one else []


def substitute(value: Any, parameters: Mapping[str, Any]) -> Any:
    """The value with every "$name" replaced by that parameter's or set's value on the day."""
    if isinstance(value, str) and value.startswith("$"):
        return parameters[value[1:]]
    if isinstance(value, dict):
        return {key: substitute(part, parameters) for key, part in value.items()}
    return value


def references(value: Any) -> tuple[str, ...]:
    """The names of the parameters and sets that a value uses."""
    if isinstance(value, str) and value.startswith("$"):
        return (value[1:],)
    if isinstance(value, dict):
        return tuple(name for part in value.values() for name in references(part))
    return ()
