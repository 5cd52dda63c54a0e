"""Where fields are declared: each with the function that knows it, once, beside the function.

    @party_field("age_days", "number")
    def _age_days(p: PartyFacts) -> Fact:
        '''Days from its formation to the signing, or to as_of.'''

The docstring is what the field means to those who write policies. A field of the model that is
taken as it is stated needs no function: `item_field.stated("share_of_site", "number", "...")`.
"""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import Any, Generic, TypedDict, TypeVar, Unpack

from compliance.model.evidence import Stated
from compliance.policies.fact import Fact
from compliance.policies.fields import Cost, Field, Hits, Kind
from compliance.screening.facts.base import HOW, Facts, not_given

F = TypeVar("F", bound=Facts)
Function = Callable[[F], Fact]


class Details(TypedDict, total=False):
    """What else is declared of a field, as `policies.fields.Field` has it."""

    asks: str
    choices: tuple[str, ...]
    domain: str
    cost: Cost
    hits: Hits


class Registry(Generic[F]):
    """The fields of one kind of subject, by name without its scope.

    `scope` is the first part of the fields' full names, and the attribute under which a subject
    holds its part of the model: a party, an item, the contract.
    """

    def __init__(self, scope: str) -> None:
        self.scope = scope
        self.fields: dict[str, Field] = {}
        self.functions: dict[str, Function[F]] = {}
        self._model = attrgetter(scope)

    def __call__(
        self, name: str, kind: Kind, *, meaning: str = "", **details: Unpack[Details]
    ) -> Callable[[Function[F]], Function[F]]:
        """Declare a field that the decorated function knows; its docstring is the meaning.

        Raises:
            ValueError: the name is taken.
        """

        def declare(function: Function[F]) -> Function[F]:
            told = meaning or " ".join((function.__doc__ or "").split())
            self._declare(Field(f"{self.scope}.{name}", kind, told, **details))
            self.functions[name] = function
            return function

        return declare

    def finding(self, name: str, kind: Kind, meaning: str, **details: Unpack[Details]) -> None:
        """Declare a field that the engine fills in once the other policies are judged."""
        self._declare(Field(f"{self.scope}.{name}", kind, meaning, is_finding=True, **details))

    def stated(
        self, name: str, kind: Kind, meaning: str, *, path: str = "", **details: Unpack[Details]
    ) -> None:
        """Declare a field of the model that is taken as it is stated; a country by its code.

        `path` is where it stands in the model, where that is not the field's own name.
        """
        place = path or name
        steps = place.split(".")

        def known(subject: F) -> Fact:
            found = self._at(subject, steps)
            if found is None:
                return not_given(subject.at(place))
            if kind == "country":
                return subject.country(found, place)
            if isinstance(found, Stated):
                return subject.value(found, place)
            return subject.given(found, place)

        self(name, kind, meaning=meaning, **details)(known)

    def suspected(self, name: str, meaning: str, *, asks: str) -> None:
        """Declare two fields of a matter that may only be suspected: whether, and how known."""
        steps = name.split(".")

        @self(name, "flag", meaning=meaning, asks=asks)
        def _whether(subject: F) -> Fact:
            return subject.knowledge(self._at(subject, steps), name)

        told = f"{meaning.rstrip('.')}: known, suspected or denied."

        @self(f"{name}.knowledge", "choice", meaning=told, asks=asks, choices=tuple(HOW.values()))
        def _how(subject: F) -> Fact:
            return subject.how_known(self._at(subject, steps), name)

    def _at(self, subject: F, steps: list[str]) -> Any:
        """What the model holds at a path; None where some part of it is left out."""
        found = self._model(subject)
        for step in steps:
            found = getattr(found, step, None)
        return found

    def _declare(self, field: Field) -> None:
        name = field.name.removeprefix(f"{self.scope}.")
        if name in self.fields:
            raise ValueError(f"two declarations of {field.name}")
        self.fields[name] = field
