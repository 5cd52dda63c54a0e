"""Facts about who sells an item: whether a maker to whom the regulator wrote is one of them.

A letter binds whoever received it. The provider and the supplier of an item are compared with the
names of rules/data/addressees.yaml; where no supplier is stated, any maker may have supplied it.
"""

from __future__ import annotations

from compliance.model.party import Party
from compliance.model.truth import Truth
from compliance.places.folding import fold
from compliance.policies.fact import Fact
from compliance.screening.facts.subjects import ItemFacts, item_field
from compliance.screening.settings import Addressees


@item_field(
    "sold_by",
    "choices",
    asks="who supplied the kit, and whether a letter of the regulator was addressed to it",
)
def _sold_by(i: ItemFacts) -> Fact:
    """Makers to whom the regulator wrote that its provider or supplier is.

    The makers are those of rules/data/addressees.yaml; possibly, where a name only begins like
    theirs; not known where no supplier is stated.
    """
    table = i.know.addressees
    sellers = [i.subjects.provider.party, *_supplier(i)]
    certain, possible = set[str](), set[str]()
    for seller in sellers:
        for maker in table.addressees:
            truth = _is(seller, maker, table)
            if truth is not Truth.FALSE:
                (certain if truth is Truth.TRUE else possible).add(maker)
    path = i.at("supplier")
    unnamed = any(seller.name is None or seller.name.value is None for seller in sellers)
    silent = unnamed or len(sellers) == 1
    return Fact.some(
        frozenset(certain),
        f"provider, {path}",
        possible=frozenset(possible - certain),
        partial=silent and not certain and not possible,
        missing=(path,),
        status="absent" if silent else "derived",
    )


def _supplier(i: ItemFacts) -> tuple[Party, ...]:
    """The stated supplier; nobody where none is."""
    if i.item.supplier is None:
        return ()
    found = i.subjects.parties.get(i.subjects.resolve(i.item.supplier, i.at("supplier")))
    return (i.item.supplier if found is None else found.party,)


def _is(seller: Party, maker: str, table: Addressees) -> Truth:
    """Whether a party is the maker; unknown where one of its names only begins like the maker's."""
    stated = seller.name.value if seller.name is not None else None
    names = [fold(name).split() for name in (stated, *seller.aliases) if name]
    forms, begins = set(table.legal_forms), False
    for spelling in table.addressees[maker]:
        words = fold(spelling).split()
        for name in names:
            if name[: len(words)] == words:
                begins = True
                if set(name[len(words) :]) <= forms:
                    return Truth.TRUE
    return Truth.UNKNOWN if begins else Truth.FALSE
