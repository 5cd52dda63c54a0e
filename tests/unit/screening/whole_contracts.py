"""Contracts that give every field of the model, made from the model: a new field is given too.

Where a model takes one of several fields, or one of several words, the variants take turns.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from types import UnionType
from typing import Annotated, Any, Final, ForwardRef, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from compliance.model import Contract, Party
from compliance.model.evidence import PartialDay
from compliance.model.explanation import Explanation, ExplanationKind
from compliance.model.left_out import Says
from compliance.model.share import Share
from compliance.model.specification import ChipSpecification

_DEEPEST: Final = 2  # parties within parties
_ONE_OF: Final = {
    "Item": (("chip", "specification", "instance"), ("count", "units"), ("unit", "chips_per_unit")),
    "Interest": (("owner", "exception"),),
    "LinkedContract": (("items", "controlled_chips"),),
    "ChipSpecification": (("die_area_mm2", "dies", "non_planar", "die_area_mm2_at_most"),),
}
_TEXTS: Final = {
    "bic": "DEUTDEFF",
    "currency": "USD",
    "scheme": "registration",
    "chip": "H100 SXM5",
    "Instance.provider": "aws",
    "type": "p5.48xlarge",
    "exchange_listing": "XCSE",
    "website": "https://www.example.ir/home",
    "emails": "someone@example.ir",
    "phones": "+98 21 5555 0100",
    "memory_type": "HBM3",
    "asset": "A7A5",
    "industry": "missile guidance",
    "HeadquartersEvidence.country": "CN",
    "Coverage.items": "H100 SXM5",
    "postcode": "295000",
}
_FIRST: Final = {"since", "valid_from", "starts_on", "incorporated_on", "signed_on"}
_LAST: Final = {"until", "valid_until", "ends_on"}
EVIDENCE: Final = frozenset({"Stated", "Observed"})
_PLACES: Final = frozenset({"ChipSpecification", "Explanation", "Item", "Money", "Party"})
_COUNTRIES: Final = ("DK", "IR", "US", "Crimea")


def whole_contracts(variants: int) -> Iterator[Contract]:
    """So many contracts, each with every field that it can have."""
    for variant in range(variants):
        yield Contract.model_validate(_model(Contract, "C", variant, 0))


def _model(model: type[BaseModel], path: str, variant: int, depth: int) -> dict[str, Any]:
    left_out = set()
    for several in _ONE_OF.get(model.__name__, ()):
        # Every third item is a specification: its own turns are counted by those.
        turn = variant // 3 if model is ChipSpecification else variant
        left_out.update(set(several) - {several[turn % len(several)]})
    made: dict[str, Any] = {}
    for name, field in model.model_fields.items():
        if name in left_out:
            continue
        annotation = (
            Annotated[field.annotation, *field.metadata] if field.metadata else (field.annotation)
        )
        owner = f"{model.__name__}.{name}"
        value = _value(annotation, owner, f"{path}.{name}", variant, depth)
        if value is not None:
            made[field.alias or name] = value
    return _fitting(model.__name__, made, variant)


def _fitting(model: str, made: dict[str, Any], variant: int) -> dict[str, Any]:
    """What validators of the model ask for."""
    if model == "Interest":
        if made.get("kind") != "shareholding":
            made.pop("share_class", None)
        if made.get("kind") != "board_appointment":
            made.pop("seats", None)
            made.pop("of", None)
    if model == "ChipSpecification":
        if "dies" in made:
            made["dies"] = [{"area_mm2": 10, "count": 1, "logic": True, "non_planar": True}]
        if "non_planar" in made:
            made["non_planar"] = False
        if "die_area_mm2_at_most" in made:
            made["non_planar"] = True
    if "status" in made and "value" in made:
        made["status"] = ("asserted", "verified")[variant % 2]
    return made


def _value(annotation: Any, owner: str, path: str, variant: int, depth: int) -> Any:  # noqa: C901, PLR0912 - one line for each type
    origin, name = get_origin(annotation), owner.partition(".")[2]
    if annotation == PartialDay:
        return "1970-05"
    if origin is Annotated:
        inner, *more = get_args(annotation)
        if any(isinstance(each, Says) for each in more) and inner is str:
            return _text(owner, path, variant, more)
        return _value(inner, owner, path, variant, depth)
    if origin in (Union, UnionType):
        parts = [part for part in get_args(annotation) if part is not type(None)]
        return _value(parts[variant % len(parts)], owner, path, variant, depth)
    if origin is Literal:
        words = get_args(annotation)
        return words[variant % len(words)]
    if origin is tuple and get_args(annotation)[0] is Explanation:
        made = _model(Explanation, path, variant, depth)
        return [{**made, "kind": kind} for kind in get_args(ExplanationKind)]
    if origin is tuple:
        one = _value(get_args(annotation)[0], owner, f"{path}.0", variant, depth)
        return None if one is None else [one]
    if origin is dict:
        rare = ("IR", "US", "Crimea")[variant % 3]
        return {"DK": Decimal("0.97"), rare: Decimal("0.03")}
    if isinstance(annotation, ForwardRef):
        annotation = {"Party": Party}[annotation.__forward_arg__]
    if annotation is Share:
        return "60%"
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        below = depth + (annotation.__name__ == "Party")
        return {"name": path} if below > _DEEPEST else _model(annotation, path, variant, below)
    if annotation is date:
        return "2020-01-01" if name in _FIRST else "2031-01-01" if name in _LAST else "2024-05-02"
    if annotation is bool:
        return variant % 2 == 0
    if annotation is int:
        return 2
    if annotation is Decimal:
        return Decimal("0.5") if name in {"share", "share_of_site"} else Decimal(2)
    if annotation is str:
        return _text(owner, path, variant, ())
    raise TypeError(f"{owner}: no value is made for {annotation}")


def _text(owner: str, path: str, variant: int, metadata: Any) -> str:
    name = owner.partition(".")[2]
    for key in (owner, name):
        if key in _TEXTS:
            return _TEXTS[key]
    says = [each for each in metadata if isinstance(each, Says)]
    if says and says[-1].kept_in_lists and "Coverage" not in owner:
        return _COUNTRIES[variant % len(_COUNTRIES)]
    if name == "policies":
        return "us.ofac.embargo-iran"
    return path


def given(model: Any, path: str, places: dict[int, str]) -> Iterator[str]:
    """Each field that is given in a value, by its place: "Contract.payment.bank.licensed".

    A party, an item and the like are places of their own, wherever they stand; evidence is read
    alike of every value. `places` takes up where each model stands.
    """
    if isinstance(model, BaseModel):
        name = name_of(type(model))
        here = places[id(model)] = name if name in _PLACES else path
        for field in model.model_fields_set:
            below = path if name in EVIDENCE and field == "value" else f"{here}.{field}"
            yield f"{name}.{field}" if name in EVIDENCE else f"{here}.{field}"
            yield from given(model.__dict__[field], below, places)
    elif isinstance(model, tuple):
        for each in model:
            yield from given(each, path, places)


def name_of(model: type) -> str:
    """The name of a model, without what it holds."""
    return model.__name__.partition("[")[0]
