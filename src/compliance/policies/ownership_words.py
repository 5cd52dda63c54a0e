"""The fields of who owns, controls and parents a party: `party.ultimate_parents.*`, `.ownership.*`.

Each is known for the day of law, from the interests that the contract states. A field whose answer
rests on a share given as an interval, or on influence that may be control, asks for the document
that would settle it, by owner and owned; the words here are asked where no edge is to blame.
"""

from __future__ import annotations

from typing import Final, get_args

from compliance.model.contract import ReportingException
from compliance.ownership.data_quality import Code
from compliance.policies.word import Word

OWNERSHIP: Final = (
    Word(
        "party.ultimate_parents.identified",
        "flag",
        "every ultimate parent is established, or that there is none",
        "a group chart up to the ultimate parent, with audited accounts",
    ),
    Word(
        "party.ultimate_parents.headquarters",
        "countries",
        "headquarters of each ultimate parent above it (none: empty); those of a candidate may be",
        "a group chart up to the ultimate parent, with where each is led from",
    ),
    Word(
        "party.ultimate_parents.headquarters_since_signing",
        "countries",
        "headquarters of ultimate parents that are none of the countries at the signing; none "
        "where the parents are the same",
        "a group chart up to the ultimate parent, before and after the change",
    ),
    Word(
        "party.ultimate_parents.names",
        "texts",
        "the ultimate parents; a candidate may be one",
    ),
    Word(
        "party.ultimate_parents.cloud_provider",
        "flag",
        "an ultimate parent sells cloud or data-center services; of a candidate: unknown",
        "a group chart up to the ultimate parent, with what it sells",
    ),
    Word(
        "party.ownership.identified",
        "flag",
        "owners stated to a top, or exchange listing, or public body",
        "a register of owners up to the top of the chain",
    ),
    Word(
        "party.ownership.unstated",
        "share",
        "the part of the capital that no statement covers",
        "a register of owners with shares",
    ),
    Word(
        "party.ownership.ended",
        "texts",
        "each owner above it, or stated parent, that has ended (dissolved, merged, struck off), "
        "since when, and who succeeded it",
        "an extract from the register of each, and who holds now what it held",
    ),
    Word(
        "party.ownership.opaque",
        "choices",
        "why nobody can tell who owns it, anywhere above it: a reporting exception, an owner "
        "without a name, a parent of which so much is unstated that whoever has it may own it by "
        "half, a circle of companies that nobody outside owns",
        "a register of owners up to the top of the chain",
        (*get_args(ReportingException), "unnamed_owner", "unstated_majority", "ownerless_cycle"),
    ),
    Word("party.ownership.opaque.who", "texts", "of whom nobody can tell the owners"),
    Word(
        "party.ownership.diagnoses",
        "choices",
        "what is wrong or peculiar in the statements on it and those above it: contradiction, "
        "oversubscribed, cross_holding and the like",
        "dated registers of members that agree",
        get_args(Code),
    ),
    Word("party.ownership.diagnoses.told", "texts", "the same in words, with the parties"),
    Word(
        "party.ownership.direct",
        "holdings",
        "each direct holding of capital, with the holder's countries; a person's is the residence",
        "a register of owners with shares",
    ),
    Word(
        "party.ownership.organizations",
        "holdings",
        "look-through holdings of organizations with the countries of incorporation and "
        "headquarters, and the part that nobody states; natural persons are not counted",
        "a register of owners with shares up to the top",
    ),
    Word(
        "party.ownership.shares_by_country",
        "texts",
        "the same added up by country of headquarters, with the rest: natural persons and unknown",
        "a register of owners with shares up to the top",
    ),
    Word(
        "party.ownership.controllers",
        "texts",
        "who controls it, with the basis: more than half of the votes, alone or with controlled "
        "parties, consolidation, agreement, a majority of the board; who may do so is possible",
        "the articles, and shareholder agreements",
    ),
    Word(
        "party.ownership.controllers_by_other_means",
        "countries",
        "where organizations are led from that have an agreement, half or more of the board, or "
        "half or more of the votes without as much capital, over it or over one that controls it; "
        "and those that control such a holder, up to its ultimate parents; influence of another "
        "kind (a veto, a golden share) is possible",
        "shareholder agreements and rules for appointing the board",
    ),
    Word(
        "party.ownership.controllers_by_other_means.told",
        "texts",
        "each such right in words: who has what over whom, and who controls the holder",
    ),
    Word(
        "party.ownership.former_owners",
        "countries",
        "where organizations are led from whose interest has ended, in it or in a company that "
        "held or holds half of it or more, up the chain, or controls it",
    ),
    Word(
        "party.ownership.days_since_change",
        "number",
        "days to the signing, or to as_of, from the last change of ownership in it or in a company "
        "that held or holds half of it or more, up the chain, or controls it",
        "the days on which each owner came and left",
    ),
    Word(
        "party.ownership.last_change",
        "texts",
        "each interest that began or ended on the day of that change",
    ),
    Word(
        "party.ownership.new_owners",
        "texts",
        "who holds more than a quarter of it (new_owner_share), looked through, and did not at "
        "the signing, or has come to control it; a company that belongs by half to those who did "
        "is not new",
        "dated registers of members before and after the change",
    ),
    Word(
        "party.ownership.affected_under",
        "choices",
        "rules (rules/data/ownership_regimes.yaml) under which listed owners make it affected",
        "dated percentages of every listed owner",
    ),
    Word(
        "party.ownership.listed_share",
        "share",
        "capital held directly, in sum, by listed parties and by those they own by half or more; "
        "its upper end counts parties that may be the listed ones",
        "dated percentages of every listed owner",
    ),
    Word(
        "party.ownership.listed_share_looked_through",
        "share",
        "capital that ends with listed parties, multiplied along each chain down to it and added "
        "up; its upper end counts parties that may be the listed ones",
        "dated percentages of every listed owner, and of each company between",
    ),
    Word(
        "party.ownership.listed_owners",
        "texts",
        "the listed parties above it, with their lists",
    ),
    Word(
        "party.ownership.listed_paths",
        "texts",
        "each chain from a listed party through affected ones down to it, with the last holding",
    ),
    Word(
        "party.ownership.license_policy",
        "choice",
        "the most restrictive license review policy among the listed owners that make it affected, "
        "under rules that review licenses",
        "the listings of all listed owners, with their license review policies",
    ),
    Word(
        "party.ownership.license_policies",
        "texts",
        "the license review policy of each of those owners, in its publisher's words",
    ),
)
