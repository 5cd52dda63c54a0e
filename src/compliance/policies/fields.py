"""Fields that conditions may read: what is declared of each, and the schema of all of them.

A field is `party.*` (the bound party), `item.*` (the bound item) or `contract.*`; `lessee.*` and
`provider.*` read the fields of a party of that party of the contract. `screening` declares each
field with the function that knows it, and passes the schema in here when rules are loaded.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final, Literal

Kind = Literal[
    "country",
    "countries",
    "flag",
    "choice",
    "choices",
    "text",
    "texts",
    "number",
    "share",
    "date",
    "holdings",
    "authorizations",
]
Cost = Literal["read", "computed"]
"""Read off its subject; or computed: it walks a graph, or adds things up."""
Hits = Literal["", "listed", "possible", "address"]
"""Which hits of a party on watchlists a field tells of: those taken as listed, those to look at,
those by address; none."""
FIXED_PARTIES: Final = ("lessee", "provider")
_OPEN: Final = ".open"


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its kind, what it means, what would settle it, and what it costs to know.

    `choices` is the closed set of its values, empty where it is open; `domain` names a closed set
    that lives in the data of a rule folder, whose values become the choices when rules are loaded.
    `is_finding`: the engine tells it once all other policies are judged; it is no fact.
    """

    name: str
    kind: Kind
    meaning: str
    asks: str = ""
    choices: tuple[str, ...] = ()
    domain: str = ""
    cost: Cost = "read"
    hits: Hits = ""
    is_finding: bool = False


class FieldSchema(Mapping[str, Field]):
    """Every field by its full name."""

    def __init__(self, fields: Iterable[Field]) -> None:
        self._fields = {field.name: field for field in fields}

    @classmethod
    def declared(cls, fields: Iterable[Field]) -> FieldSchema:
        """The fields as declared; those of a party also for the lessee and the provider."""
        found: list[Field] = []
        for field in fields:
            scope, _, rest = field.name.partition(".")
            scopes = (scope, *FIXED_PARTIES) if scope == "party" else (scope,)
            found += [replace(field, name=f"{each}.{rest}") for each in scopes]
        return cls(found)

    def with_domains(self, domains: Mapping[str, Iterable[str]]) -> FieldSchema:
        """The same, each field bounded by what the data of a rule folder say it can be."""
        values = {domain: tuple(sorted(found)) for domain, found in domains.items()}
        return FieldSchema(
            replace(field, choices=values[field.domain]) if field.domain in values else field
            for field in self.values()
        )

    def is_sign(self, name: str) -> bool:
        """Whether a field tells of conduct, which nothing but evidence takes back (`NAME.open`)."""
        return f"{name}{_OPEN}" in self._fields

    def __getitem__(self, name: str) -> Field:
        return self._fields[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields)

    def __len__(self) -> int:
        return len(self._fields)
