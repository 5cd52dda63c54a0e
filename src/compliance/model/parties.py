"""Every party of a contract under one id, wherever it is written.

A party without an id is known by its place ("lessee", "end_users.0", "ownership.2.owner"). A party
written twice under one id must be equal in both places; a text alone, or an id alone, refers to a
party that is described elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from compliance.errors import Problem
from compliance.model.party import Officer, Party

if TYPE_CHECKING:
    from compliance.model.contract import Contract
    from compliance.model.item import Item
    from compliance.model.payment import Institution

ROLES: Final = (
    "provider",
    "lessee",
    "end_user",
    "intermediary",
    "reseller",
    "tenant",
    "account_holder",
    "payer",
    "consignee",
    "supplier",
    "operator",
    "landlord",
    "bank",
    "exchange",
    "wallet",
    "financier",
    "parent",
    "owner",
    "officer",
    "signatory",
)
"""The roles of parties that policies are judged for, in the order in which they are told."""
_LISTS: Final = {"end_user": "end_users", "payer": "payers", "consignee": "consignees"}


@dataclass(frozen=True, slots=True)
class Mention:
    """A party where the contract mentions it: its role, its path, and the id it goes by.

    `office` is what an officer or signatory does, and when.
    """

    role: str
    path: str
    party: Party
    office: Officer | None = None

    @property
    def id(self) -> str:
        """The party's own id, or the place where it is written."""
        return self.party.id or self.path

    def has_role(self, as_of: date, signed_on: date | None) -> bool:
        """Whether the party has its role on the day: officers come and go.

        A signatory has it who was in office when the contract was signed, or on the day where
        nobody says when that was; who has left since has signed all the same.
        """
        if self.office is None:
            return True
        day = as_of if self.role == "officer" or signed_on is None else signed_on
        return self.office.in_office(day)


def mentions(contract: Contract) -> Iterator[Mention]:
    """Every mention in a fixed order: roles first, then the people and owners behind them."""
    found = list(_in_the_contract(contract))
    yield from found
    yield from _account_holders(contract, found)


def _account_holders(contract: Contract, found: list[Mention]) -> Iterator[Mention]:
    """Who holds linked accounts, where the text is neither the id nor the name of a party."""
    parties = [mention.party for mention in found]
    known = {mention.id for mention in found} | {mention.path for mention in found}
    known |= {party.name.value for party in parties if party.name and party.name.value}
    for index, account in enumerate(contract.linked):
        if account.holder is not None and account.holder not in known:
            path = f"linked.{index}.holder"
            holder = Party.model_validate({"id": path, "name": account.holder})
            yield Mention("account_holder", path, holder)


def _in_the_contract(contract: Contract) -> Iterator[Mention]:
    for role, path, party in _roles(contract):
        yield from _with_relations(role, path, party)
    for index, interest in enumerate(contract.ownership):
        path = f"ownership.{index}"
        if interest.owner is not None:
            yield from _with_relations("owner", f"{path}.owner", interest.owner)
        yield from _with_relations("owned", f"{path}.owned", interest.owned)


def _roles(contract: Contract) -> Iterator[tuple[str, str, Party]]:
    for role in ("provider", "lessee"):
        party = getattr(contract, role)
        if party is not None:
            yield role, role, party
    for role, field in _LISTS.items():
        for index, party in enumerate(getattr(contract, field)):
            yield role, f"{field}.{index}", party
    for index, intermediary in enumerate(contract.intermediaries):
        path = f"intermediaries.{index}.party"
        yield "intermediary", path, intermediary.party
        if intermediary.role == "reseller":
            yield "reseller", path, intermediary.party
    for index, party in enumerate(contract.sublease.tenants if contract.sublease else ()):
        yield "tenant", f"sublease.tenants.{index}", party
    for index, item in enumerate(contract.items):
        yield from _item(f"items.{index}", item)
    yield from _payment(contract)


def _item(path: str, item: Item) -> Iterator[tuple[str, str, Party]]:
    if item.supplier is not None:
        yield "supplier", f"{path}.supplier", item.supplier
    for role in ("operator", "landlord"):
        party = getattr(item.site, role) if item.site is not None else None
        if party is not None:
            yield role, f"{path}.site.{role}", party


def _payment(contract: Contract) -> Iterator[tuple[str, str, Party]]:
    payment = contract.payment
    if payment is None:
        return
    for role in ("bank", "exchange"):
        institution = getattr(payment, role)
        if institution is not None and (institution.name or institution.bic or institution.country):
            path = f"payment.{role}"
            yield role, path, _institution(path, institution)
    for index, address in enumerate(payment.wallets):
        path = f"payment.wallets.{index}"
        number = {"scheme": "wallet", "value": address}
        wallet = {"id": path, "kind": "wallet", "name": address, "identifiers": [number]}
        yield "wallet", path, Party.model_validate(wallet)
    for index, source in enumerate(payment.source_of_funds or ()):
        if source.party is not None:
            yield "financier", f"payment.source_of_funds.{index}.party", source.party


def _institution(path: str, institution: Institution) -> Party:
    """A bank or an exchange as the party that it is; its BIC tells its country too (ISO 9362)."""
    bic = institution.bic
    numbers = [{"scheme": "bic", "value": bic}] if bic else []
    addresses = [{"country": bic[4:6]}] if bic and bic[4:6].isalpha() else []
    return Party.model_validate(
        {
            "id": path,
            "kind": "organization",
            "name": institution.name,
            "incorporation": institution.country,
            "identifiers": numbers,
            "addresses": addresses,
        }
    )


def _with_relations(
    role: str, path: str, party: Party, office: Officer | None = None
) -> Iterator[Mention]:
    yield Mention(role, path, party, office)
    parent = party.ultimate_parent
    if parent is not None and parent.value is not None:
        yield from _with_relations("parent", f"{path}.ultimate_parent", parent.value)
    successor = party.successor
    if successor is not None and successor.value is not None:
        yield from _with_relations("owner", f"{path}.successor", successor.value)
    for index, officer in enumerate(party.officers):
        place = f"{path}.officers.{index}.person"
        yield from _with_relations("officer", place, officer.person, officer)
        if officer.signs:
            yield Mention("signatory", place, officer.person, officer)


def described(found: Iterable[Mention]) -> dict[str, Party]:
    """Each mentioned party by id, as described; references resolved to the description."""
    known: dict[str, Party] = {}
    for mention in found:
        if not mention.party.is_reference or mention.id not in known:
            known[mention.id] = mention.party
    return known


def contradictions(contract: Contract) -> list[Problem]:
    """One id described in two ways, and references to nobody."""
    first: dict[str, Mention] = {}
    references: list[Mention] = []
    problems = []
    for mention in mentions(contract):
        if mention.party.is_reference:
            references.append(mention)
            continue
        earlier = first.setdefault(mention.id, mention)
        if earlier.party != mention.party:
            message = f"party {mention.id!r} is described differently at {earlier.path}"
            problems.append(Problem.at(message, path=mention.path, code="contract"))
    places = {mention.path for mention in first.values()}
    for mention in references:
        if mention.id not in first and mention.id not in places:
            known = ", ".join(sorted(first)) or "none"
            message = f"no party with id {mention.id!r}; known: {known}"
            problems.append(Problem.at(message, path=mention.path, code="contract"))
    return problems
