"""The same conditions in zen-engine: every policy in force as one ZEN expression.

Groups and parameters are resolved on the day, as the engine under test resolves them. ZEN has two
truth values, so an unknown fact is null and a test of it is false: the peer does less.
"""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import zen

from compliance.model.share import Share
from compliance.places import Gazetteer
from compliance.policies.conditions import Condition, Leaf, Use, leaves, substitute
from compliance.policies.policy import Policy
from compliance.screening.facts.subjects import Subjects
from compliance.screening.field_schema import FIELDS

SCOPES = {"party": "p", "item": "i", "contract": "c", "lessee": "l", "provider": "v"}


def key_of(field: str) -> str:
    """A field's name as a key of the context."""
    return field.partition(".")[2].replace(".", "_")


def key_of_policy(policy: Policy) -> str:
    """A policy's id as a key of the result."""
    return policy.id.replace(".", "_").replace("-", "_")


def expression(policy: Policy, as_of: date, gazetteer: Gazetteer) -> str:
    """The policy's conditions over its parties and items."""
    values = policy.values(as_of)
    text = _condition(policy.when, values, as_of, gazetteer)
    if policy.each_item:
        text = f"some(items as i, {text})"
    if policy.roles:
        roles = json.dumps(list(policy.roles))
        text = f"some(parties as p, some(p.roles as r, r in {roles}) and {text})"
    return text


def _condition(
    condition: Condition, values: dict[str, Any], as_of: date, gazetteer: Gazetteer
) -> str:
    if isinstance(condition, Leaf):
        return f"({_leaf(condition, values, as_of, gazetteer)})"
    if isinstance(condition, Use):
        return _condition(condition.body, values, as_of, gazetteer)
    parts = [_condition(child, values, as_of, gazetteer) for child in condition.children]
    if condition.kind == "not":
        return f"(not {parts[0]})"
    return "(" + (" and " if condition.kind == "all" else " or ").join(parts) + ")"


def _leaf(  # noqa: C901, PLR0912 - one case for each operator
    leaf: Leaf, values: dict[str, Any], as_of: date, gazetteer: Gazetteer
) -> str:
    x = f"{SCOPES[leaf.field.partition('.')[0]]}.{key_of(leaf.field)}"
    value = substitute(leaf.value, values)

    def group(names: Any) -> str:
        members: set[str] = set()
        for name in names if isinstance(names, list) else [names]:
            members |= gazetteer.members(name, as_of).certain
        return json.dumps(sorted(members))

    match leaf.op:
        case "known":
            return f"{x} != null" if value is not False else f"{x} == null"
        case "stated" | "refused":
            wanted = "!=" if leaf.op == "stated" else "=="
            state = "absent" if leaf.op == "stated" else "refused"
            test = f"{x}_status {wanted} '{state}'"
            return test if value is not False else f"not ({test})"
        case "eq":
            return f"{x} == {json.dumps(value, default=float)}"
        case "in":
            return f"{x} in {json.dumps(value)}"
        case "any_in":
            return f"{x} != null and some({x} as m, m in {json.dumps(value)})"
        case "any_not_in":
            return f"{x} != null and some({x} as m, not (m in {json.dumps(value)}))"
        case "in_group":
            return f"{x} in {group(value)}"
        case "any_in_group":
            return f"{x} != null and some({x} as m, m in {group(value)})"
        case "count_gte":
            return f"{x} != null and len({x}) >= {value}"
        case "gt" | "gte" | "lt" | "lte":
            sign = {"gt": ">", "gte": ">=", "lt": "<", "lte": "<="}[leaf.op]
            return f"{x} != null and {x} {sign} {value}"
        case "share_gte" | "share_gt":
            sign = ">=" if leaf.op == "share_gte" else ">"
            return f"{x} != null and {x} {sign} {_share(value)}"
        case "before" | "on_or_before" | "after" | "on_or_after":
            sign = {"before": "<", "on_or_before": "<=", "after": ">", "on_or_after": ">="}[leaf.op]
            return f"{x} != null and {x} {sign} {value.toordinal()}"
        case "held_gte":
            members = group(value["in_group"])
            held = f"filter({x} as h, some(h.countries as k, k in {members}))"
            return f"{x} != null and sum(map({held} as h, h.share)) >= {_share(value['share'])}"
        case "held_between":
            members = group(value["in_group"])
            low, high = _share(value["minimum"]), _share(value["below"])
            return (
                f"{x} != null and some({x} as h, some(h.countries as k, k in {members}) "
                f"and h.share >= {low} and h.share < {high})"
            )
        case "covers":
            test = " and ".join(f"a.{key} == {json.dumps(part)}" for key, part in value.items())
            return f"{x} != null and some({x} as a, {test})"
    raise ValueError(leaf.op)


def _share(value: Any) -> float:
    share = Share.parse(str(value) if isinstance(value, Decimal) else value)
    return float(share.minimum)


def context(subjects: Subjects, policies: list[Policy]) -> dict[str, Any]:
    """Every fact that the policies name, as plain JSON values."""
    fields = {leaf.field for policy in policies for leaf in leaves(policy.when)}

    def facts(scope: str, subject: Any) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for field in sorted(fields):
            if field.partition(".")[0] != scope:
                continue
            fact = subject[field.partition(".")[2]]
            found[key_of(field)] = _plain(fact.value, FIELDS[field].kind) if fact.known else None
            found[f"{key_of(field)}_status"] = fact.status
        return found

    parties = [facts("party", p) | {"roles": list(p.roles)} for p in subjects.parties.values()]
    return {
        "c": facts("contract", subjects.facts),
        "l": facts("lessee", subjects.lessee),
        "v": facts("provider", subjects.provider),
        "parties": parties,
        "items": [facts("item", item) for item in subjects.items],
    }


def _plain(value: Any, kind: str) -> Any:
    if kind == "share":
        return float(value.minimum)
    if kind == "holdings":
        return [{"countries": sorted(h.countries), "share": float(h.share.minimum)} for h in value]
    if kind == "authorizations":
        return [{"kind": a.kind, "authority": a.authority, "number": a.number} for a in value]
    if isinstance(value, date):
        return value.toordinal()
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, (int, Decimal, Fraction)) and not isinstance(value, bool):
        return float(value)
    return value


def decision(policies: list[Policy], as_of: date, gazetteer: Gazetteer) -> Any:
    """One ZEN decision with an expression for each policy."""
    expressions = [
        {
            "id": policy.id,
            "key": key_of_policy(policy),
            "value": expression(policy, as_of, gazetteer),
        }
        for policy in policies
    ]
    place = {"x": 0, "y": 0}
    return zen.ZenEngine().create_decision(
        json.dumps(
            {
                "nodes": [
                    {"id": "in", "type": "inputNode", "name": "in", "position": place},
                    {
                        "id": "rules",
                        "type": "expressionNode",
                        "name": "rules",
                        "position": place,
                        "content": {"expressions": expressions},
                    },
                    {"id": "out", "type": "outputNode", "name": "out", "position": place},
                ],
                "edges": [
                    {"id": "a", "sourceId": "in", "targetId": "rules", "type": "edge"},
                    {"id": "b", "sourceId": "rules", "targetId": "out", "type": "edge"},
                ],
            }
        )
    )
