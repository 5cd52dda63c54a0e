"""The documents that would settle what is open between two parties, one entry per kind of link.

`general` names the document alone; `named` also whose it is, with the places {owner} and {owned}.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from compliance.ownership.cessation import SUCCESSION


@dataclass(frozen=True, slots=True)
class Document:
    """What to ask for, in general and of two parties."""

    general: str
    named: str

    def of(self, owner: str, owned: str) -> str:
        """The document on a link between two parties, by name."""
        return self.named.format(owner=owner, owned=owned)


ACCOUNTS: Final = Document(
    "consolidated accounts that name the parent undertaking",
    "the consolidated accounts of {owner} that name {owned}",
)
ENDED: Final = Document(
    "an extract from the register: who took over what the party held that has ended",
    "an extract from the register of {owned} on its end, and who holds what it held",
)
REGISTER: Final = Document(
    "a dated register of members with exact holdings",
    "a dated register of members of {owned} with the exact holding of {owner}",
)
DOCUMENTS: Final[Mapping[str, Document]] = {
    "votes": REGISTER,
    "shareholding": REGISTER,
    "voting_rights": Document(
        "articles, and a dated register with the votes",
        "the articles of {owned} and a dated register with the votes of {owner}",
    ),
    "half of the votes": Document(
        "articles on a casting vote, and the shareholders' agreement",
        "the articles of {owned} on a casting vote, and an agreement with {owner}",
    ),
    "board_appointment": Document(
        "articles and shareholders' agreement on the appointment of the board",
        "the articles of {owned} and its shareholders' agreement, on the directors that {owner} "
        "appoints",
    ),
    "agreement": Document(
        "the agreement itself", "the agreement that gives {owner} rights over {owned}"
    ),
    "consolidation": ACCOUNTS,
    "other": Document(
        "the instrument that gives the influence",
        "the instrument that gives {owner} influence over {owned}",
    ),
    SUCCESSION: Document(
        ENDED.general,
        "an extract from the register of {owned} on what {owner} took over from it",
    ),
    "treasury_shares": Document(
        "the register of members and articles: whether what it holds of itself counts",
        "the register of members and articles of {owned}: whether what it holds of itself counts",
    ),
}
"""By kind of interest, basis of a step up to a parent, or peculiarity of the statements."""
