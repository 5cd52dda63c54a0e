"""The subjects of facts: the contract, its parties, its items; and the bindings policies judge.

The functions that compute each field live beside this module; each registers itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Final

from compliance.chips import Classification
from compliance.model.conduct import SIGNS, Observations
from compliance.model.contract import Contract
from compliance.model.item import Item
from compliance.model.parties import ROLES, described, mentions
from compliance.model.party import Party
from compliance.model.share import Share
from compliance.ownership import AffectedParties, Cessation, OwnershipGraph
from compliance.ownership import Interest as Edge
from compliance.policies.fact import Fact
from compliance.screening.facts.authorizations import Held
from compliance.screening.facts.base import Facts
from compliance.screening.facts.cessations import cessation_of
from compliance.screening.facts.hits import PartyHit, hits_of
from compliance.screening.facts.product import Product, product_of
from compliance.screening.facts.registry import Registry
from compliance.screening.holding_arithmetic import Arithmetic
from compliance.screening.knowledge import Knowledge

_RANK_OF_ROLE = {role: rank for rank, role in enumerate(ROLES)}
# The id of the party that stands for a role which a contract lacks.
_UNKNOWN = {role: f"unknown {role.replace('_', ' ')}" for role in ROLES}
_NOBODY, _NOTHING = Party.model_construct(), Item.model_construct()
NOT_SEEN: Final[Mapping[str, Fact]] = {
    **{
        f"observations.{sign}": Fact.unknown(f"observations.{sign}", note="not given")
        for sign in SIGNS
    },
    **{
        f"observations.{key}.open": Fact.of(False, f"observations.{key}", note="not seen")
        for key in Observations.model_fields
    },
}
"""What is known of each observation where nobody looked, by field."""

party_field: Final[Registry[PartyFacts]] = Registry("party")
item_field: Final[Registry[ItemFacts]] = Registry("item")
contract_field: Final[Registry[ContractFacts]] = Registry("contract")


class PartyFacts(Facts):
    """One party: its places, owners, parents, listings."""

    functions = party_field.functions
    fields = party_field.fields

    def __init__(
        self, subjects: Subjects, party_id: str, party: Party, path: str, roles: tuple[str, ...]
    ) -> None:
        super().__init__()
        self.subjects, self.know, self.as_of = subjects, subjects.know, subjects.as_of
        self.id, self.party, self.path, self.roles = party_id, party, path, roles

    @property
    def display(self) -> str:
        """The party's name for messages, or its id."""
        name = self.party.name
        return str(name.value) if name is not None and name.value is not None else self.id

    @property
    def unnamed(self) -> str:
        """How messages call a party that has no name."""
        role = self.roles[0].replace("_", " ") if self.roles else "party"
        return f"an unnamed {role}"

    @cached_property
    def kind(self) -> str | None:
        """The stated kind, or what its other facts show; None where nothing shows it."""
        party = self.party
        if party.kind not in (None, "unknown"):
            return party.kind
        if party.birth_date or party.residence or party.nationalities:
            return "person"
        if party.incorporation or party.incorporated_on or party.exchange_listing:
            return "organization"
        public = party.public_body
        return "public_body" if public is not None and public.value else None

    @cached_property
    def ended(self) -> Cessation | None:
        """How it ended, on whatever day; None where nothing says so."""
        return cessation_of(self.party, self.path, self.id, self.subjects.resolve)

    @cached_property
    def hits(self) -> tuple[PartyHit, ...]:
        """Listings that it may be and that were in force, or may have been."""
        return hits_of(self.party, self.kind, self.know, self.as_of)


class ItemFacts(Facts):
    """One item: its chip, where it stands, who holds it."""

    functions = item_field.functions
    fields = item_field.fields

    def __init__(self, subjects: Subjects, index: int, item: Item, path: str = "") -> None:
        super().__init__()
        self.subjects, self.know, self.as_of = subjects, subjects.know, subjects.as_of
        self.index, self.item, self.path = index, item, path or f"items.{index}"

    @cached_property
    def product(self) -> Product:
        """The chip or chips that it names, and how many are in one of it."""
        return product_of(self.item, self.know.catalogue)

    @property
    def unaccelerated(self) -> bool:
        """Whether it is an instance of a type that is known to have no accelerator."""
        return self.product.sizes == (0,)

    @property
    def chip_path(self) -> str:
        """The contract path that names the chip."""
        for field in ("instance", "specification"):
            if getattr(self.item, field) is not None:
                return self.at(field)
        return self.at("chip")

    @cached_property
    def classifications(self) -> tuple[Classification, ...]:
        """The class on the day of each chip that it may be; none where no chip is known."""
        classify, product = self.know.catalogue.classify, self.product
        whole = product.chips or product.specifications
        return tuple(classify(each, as_of=self.as_of) for each in whole)


class ContractFacts(Facts):
    """The contract as a whole: dates, payment, end use, usage, lists."""

    functions = contract_field.functions
    fields = contract_field.fields
    path = ""

    def __init__(self, subjects: Subjects) -> None:
        super().__init__()
        self.subjects, self.know, self.as_of = subjects, subjects.know, subjects.as_of
        self.contract = subjects.contract
        if self.contract.observations is None:
            self.update(NOT_SEEN)


class Binding:
    """What one policy is judged for: the contract with one party and one item of it."""

    __slots__ = ("contract", "item", "lessee", "party", "provider")

    def __init__(self, subjects: Subjects, party: PartyFacts, item: ItemFacts) -> None:
        self.contract = subjects.facts
        self.lessee = subjects.lessee
        self.provider = subjects.provider
        self.party = party
        self.item = item


class Subjects:
    """Everybody and everything in a contract on a day of law, with lazily known facts.

    `party_only`: the contract is only the lessee's cover; policies that read more do not apply.
    """

    given_as_listed: frozenset[str] = frozenset()  # under every measure, whatever the lists say

    def __init__(
        self, contract: Contract, know: Knowledge, as_of: date, *, party_only: bool = False
    ) -> None:
        self.contract, self.know, self.as_of, self.party_only = contract, know, as_of, party_only
        paths: dict[str, str] = {}
        roles: dict[str, set[str]] = {}
        self.places: dict[str, str] = {}
        found = tuple(mentions(contract))
        known = described(found)
        for mention in found:
            party_id = (
                self.places.get(mention.id, mention.id)
                if (mention.party.is_reference and mention.id not in known)
                else mention.id
            )
            self.places[mention.path] = party_id
            if party_id not in paths or not mention.party.is_reference:
                paths.setdefault(party_id, mention.path)
                if not mention.party.is_reference:
                    paths[party_id] = min(paths[party_id], mention.path, key=_by_prominence)
            if mention.role != "owned" and mention.has_role(as_of, contract.signed_on):
                roles.setdefault(party_id, set()).add(mention.role)
        self.parties = {
            party_id: PartyFacts(
                self,
                party_id,
                known[party_id],
                paths[party_id],
                tuple(sorted(roles.get(party_id, ()), key=_RANK_OF_ROLE.__getitem__)),
            )
            for party_id in paths
            if party_id in known
        }
        self._in_role: dict[str, list[PartyFacts]] = {}
        for party in self.parties.values():
            for role in party.roles:
                self._in_role.setdefault(role, []).append(party)
        self.items = tuple(
            ItemFacts(self, index, item) for index, item in enumerate(contract.items)
        )
        # Kept by `listed_owners`: who is listed, by question, and whom that affects.
        self.listed: dict[str, tuple[frozenset[str], frozenset[str]]] = {}
        self.cascades: dict[tuple[Arithmetic, frozenset[str]], AffectedParties] = {}
        self._base: tuple[Binding, ...] | None = None
        self._of_items: tuple[Binding, ...] | None = None
        self._of_parties: dict[tuple[str, ...], tuple[Binding, ...]] = {}
        self._bindings: dict[tuple[str, int], Binding] = {}
        self._by_roles: dict[tuple[str, ...], tuple[PartyFacts, ...]] = {}
        self.facts = ContractFacts(self)
        self.anybody = PartyFacts(self, "", _NOBODY, "", ())
        self.anything = ItemFacts(self, -1, _NOTHING)
        self.lessee = self._one("lessee")
        self.provider = self._one("provider")

    def _one(self, role: str) -> PartyFacts:
        found = self._in_role.get(role)
        return found[0] if found else self.nobody(role)

    def release(self) -> None:
        """Let go of everything, once judged.

        Facts and subjects refer to each other; left alone, they would outlive their use until the
        garbage collector comes.
        """
        before = self.__dict__.get("at_signing")
        if before is not None:
            before.release()
        self.__dict__.clear()

    @cached_property
    def at_signing(self) -> Subjects | None:
        """The same contract on the day it was signed; None if unknown, or not before this day."""
        signed = self.contract.signed_on
        if signed is None or signed >= self.as_of:
            return None
        return Subjects(self.contract, self.know, signed, party_only=self.party_only)

    def binding(self, party: PartyFacts, item: ItemFacts) -> Binding:
        """The contract with this party and this item."""
        key = (party.id, item.index)
        found = self._bindings.get(key)
        if found is None:
            found = self._bindings[key] = Binding(self, party, item)
        return found

    def resolve(self, party: Party, path: str) -> str:
        """The id under which a mentioned party is known."""
        party_id = party.id or path
        return party_id if party_id in self.parties else self.places.get(party_id, party_id)

    def having(self, role: str) -> tuple[PartyFacts, ...]:
        """The parties in a role, in the order mentioned."""
        return tuple(self._in_role.get(role, ()))

    def nobody(self, role: str) -> PartyFacts:
        """The one unknown party that stands for a role which the contract lacks."""
        path = {"end_user": "end_users", "consignee": "consignees"}.get(role, role)
        party_id = _UNKNOWN[role]
        return PartyFacts(self, party_id, Party(id=party_id), path, (role,))

    def of_contract(self) -> tuple[Binding, ...]:
        """The one binding of the contract alone."""
        if self._base is None:
            self._base = (self.binding(self.anybody, self.anything),)
        return self._base

    def of_items(self) -> tuple[Binding, ...]:
        """A binding for each item."""
        if self._of_items is None:
            self._of_items = tuple(self.binding(self.anybody, item) for item in self.items)
        return self._of_items

    def of_parties(self, roles: tuple[str, ...]) -> tuple[Binding, ...]:
        """A binding for each party in the roles."""
        found = self._of_parties.get(roles)
        if found is None:
            found = tuple(self.binding(p, self.anything) for p in self.in_roles(roles))
            self._of_parties[roles] = found
        return found

    def in_roles(self, roles: tuple[str, ...]) -> tuple[PartyFacts, ...]:
        """The parties in any of the roles, each once."""
        found = self._by_roles.get(roles)
        if found is None:
            by_role = self._by_role
            parties = {p.id: p for role in roles for p in by_role.get(role, ())}
            found = self._by_roles[roles] = tuple(parties.values())
        return found

    @cached_property
    def _by_role(self) -> dict[str, tuple[PartyFacts, ...]]:
        """The parties by role; one unknown party where there must be one and is none."""
        found = {role: tuple(parties) for role, parties in self._in_role.items()}
        found.setdefault("lessee", (self.lessee,))
        for role in ("end_user", "consignee"):
            if role not in found and self._must_have(role):
                found[role] = (self.nobody(role),)
        return found

    def _must_have(self, role: str) -> bool:
        if role == "end_user":
            if self.facts["reseller_owns_equipment"].value is True:
                return False  # it answers for its users
            return any(not _outside(item) for item in self.items)
        if role == "consignee":
            return any(not _outside(item) and _moves(item) for item in self.items)
        return False

    @cached_property
    def authorizations(self) -> tuple[Held, ...]:
        """The authorizations in date whose items, where they name any, cover every item."""
        named = [{item.item.chip, item.path, item["model"].value} for item in self.items]
        return tuple(
            Held(
                kind=a.kind,
                authority=a.authority,
                given_by=self.know.authorities.read(a.authority, self.as_of),
                number=a.number or "",
                policies=a.covers.policies,
                parties=a.covers.parties,
                until=a.valid_until,
            )
            for a in self.contract.authorizations
            if (a.valid_from is None or a.valid_from <= self.as_of)
            and (a.valid_until is None or self.as_of <= a.valid_until)
            and (not a.covers.items or all(not names.isdisjoint(a.covers.items) for names in named))
        )

    @cached_property
    def graph(self) -> OwnershipGraph:
        """The stated interests between the parties, by id."""
        ended = {p.id: p.ended for p in self.parties.values() if p.ended is not None}
        known = (*self.parties, *_UNKNOWN.values())
        return OwnershipGraph.from_interests(self._edges(), known, ended)

    @cached_property
    def organizations(self) -> OwnershipGraph:
        """The same interests without those held by natural persons."""
        if not self.persons:
            return self.graph
        edges = (e for e in self.graph.interests if e.owner not in self.persons)
        return self.graph.over(edges)

    @cached_property
    def persons(self) -> frozenset[str]:
        """The ids of the natural persons."""
        return frozenset(p.id for p in self.parties.values() if p.kind == "person")

    def _edges(self) -> Iterator[Mapping[str, str] | Edge]:
        for index, interest in enumerate(self.contract.ownership):
            path = f"ownership.{index}"
            owned = self.resolve(interest.owned, f"{path}.owned")
            if interest.owner is None:
                yield {"owned": owned, "exception": interest.exception or ""}
                continue
            yield Edge(
                owner=self.resolve(interest.owner, f"{path}.owner"),
                owned=owned,
                share=interest.share if interest.share is not None else Share.unknown(),
                kind=interest.kind,
                since=interest.since,
                until=interest.until,
                seats=interest.seats,
                of=interest.of,
                source=interest.source or path,
                share_class=interest.share_class or "",
            )


def _by_prominence(path: str) -> tuple[int, str]:
    """Shorter paths are where people look first."""
    return path.count("."), path


def _outside(item: ItemFacts) -> bool:
    """Whether the item is certainly not a controlled chip."""
    return bool(item["paragraph"].value == "none")


def _moves(item: ItemFacts) -> bool:
    """Whether hardware moves or may move with the item."""
    return bool(item["access"].value != "remote")
