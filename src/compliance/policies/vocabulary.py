"""The words that conditions may use: every field, its kind, its scope and what would settle it.

A field is `party.*` (the bound party), `item.*` (the bound item) or `contract.*`; `lessee.*` and
`provider.*` read the same words as `party.*` for that party of the contract. What a field means for
a contract is computed in `screening`; this table is the contract between the two rooms, and a test
holds them equal.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal, get_args

from compliance.model.conduct import Activity, Observations
from compliance.model.item import Access, Service
from compliance.model.party import PartyKind
from compliance.model.payment import PaymentMethod

Scope = Literal["party", "item", "contract"]
Kind = Literal[
    "country", "countries", "flag", "choice", "choices", "text", "texts", "number", "share", "date",
    "holdings", "authorizations",
]
ROLES: Final = (
    "provider", "lessee", "end_user", "intermediary", "reseller", "tenant", "payer", "consignee",
    "supplier", "operator", "landlord", "bank", "exchange", "financier", "parent", "owner",
    "officer", "signatory",
)


_WALKED: Final = (
    "party.owners", "party.ownership.", "party.ultimate_parents.", "party.controllers",
    "party.former_owners", "party.days_since",
)


@dataclass(frozen=True, slots=True)
class Word:
    """One field: its kind, what it means, the closed set of its values, what would settle it."""

    name: str
    kind: Kind
    meaning: str
    asks: str = ""
    choices: tuple[str, ...] = ()

    @property
    def is_cheap(self) -> bool:
        """Whether it is read off the subject, without walking the ownership graph."""
        return not self.name.startswith(_WALKED)

    @property
    def scope(self) -> str:
        """The first part of the name: party, item, contract, lessee or provider."""
        return self.name.partition(".")[0]


def _words() -> dict[str, Word]:
    words = {word.name: word for word in (*_PARTY, *_ITEM, *_CONTRACT, *_observed())}
    for word in _PARTY:
        rest = word.name.removeprefix("party.")
        for fixed in ("lessee", "provider"):
            words[f"{fixed}.{rest}"] = replace(word, name=f"{fixed}.{rest}")
    return words


def _observed() -> tuple[Word, ...]:
    """One flag for each yes-or-no key of the observations."""
    return tuple(
        Word(f"contract.observations.{key}", "flag", f"observed: {key.replace('_', ' ')}")
        for key, field in sorted(Observations.model_fields.items())
        if "bool" in str(field.annotation)
    )


_PARTY: Final = (
    Word("party.name", "text", "the party's name", "the party's full legal name"),
    Word("party.kind", "choice", "what kind of party it is", "what kind of party it is",
         get_args(PartyKind)),
    Word("party.is_organization", "flag", "an organization or a public body, not a natural person",
         "whether the party is a company or a person"),
    Word("party.is_person", "flag", "a natural person", "whether the party is a company or a person"),
    Word("party.incorporation", "country", "where it is incorporated", "an extract from its register"),
    Word("party.headquarters", "country",
         "where it is headquartered; unknown while signs point to different countries",
         "evidence of where it is led from: board minutes, tax residence, audited report"),
    Word("party.headquarters_evidence", "countries",
         "countries, other than the stated one, to which signs of management point",
         "evidence of where it is led from: board minutes, tax residence, audited report"),
    Word("party.headquarters_evidence_kinds", "number",
         "the most kinds of sign that point to one such country"),
    Word("party.residence", "country", "where a natural person lives", "proof of residence"),
    Word("party.nationalities", "countries", "nationalities of a person; only for law that turns on them"),
    Word("party.places", "countries",
         "every country where it is: incorporation, headquarters, residence, addresses",
         "its registered, operating and residential addresses"),
    Word("party.regions", "texts", "ISO 3166-2 regions in its addresses", "its full addresses"),
    Word("party.government", "country", "the state whose government it is"),
    Word("party.incorporated_on", "date", "when it was formed", "an extract from its register"),
    Word("party.age_days", "number", "days from its formation to the signing, or to as_of"),
    Word("party.ultimate_parents.identified", "flag",
         "every ultimate parent is established, or that there is none",
         "a group chart up to the ultimate parent, with audited accounts"),
    Word("party.ultimate_parents.headquarters", "countries",
         "headquarters of each ultimate parent above it (none: empty)",
         "a group chart up to the ultimate parent, with where each is led from"),
    Word("party.ultimate_parents.names", "texts", "the ultimate parents"),
    Word("party.owners_identified", "flag",
         "owners stated to a top, or exchange listing, or public body",
         "a register of owners up to the top of the chain"),
    Word("party.owners_unstated", "share", "the part of the capital that no statement covers",
         "a register of owners with shares"),
    Word("party.owners.direct", "holdings", "each direct holding of capital, with the holder's country",
         "a register of owners with shares"),
    Word("party.owners.organizations", "holdings",
         "look-through holdings of organizations, with the holder's country",
         "a register of owners with shares up to the top"),
    Word("party.controllers_by_other_means", "countries",
         "countries of those who control by board, agreement or the like",
         "shareholder agreements and rules for appointing the board"),
    Word("party.former_owners", "countries", "countries of owners whose interest has ended"),
    Word("party.days_since_ownership_change", "number",
         "days from the last change of ownership to the signing, or to as_of"),
    Word("party.ownership.affected_under", "choices",
         "ownership regimes (rules/data/ownership_regimes.yaml) under which listed owners reach the threshold",
         "dated percentages of every listed owner"),
    Word("party.ownership.listed_share", "share",
         "capital held directly, in sum, by listed parties and by those they own",
         "dated percentages of every listed owner"),
    Word("party.ownership.listed_owners", "texts", "the listed owners found, with their lists"),
    Word("party.listed_on", "texts", "lists with a certain hit on its names", "its full legal name"),
    Word("party.possibly_listed_on", "texts", "lists with a hit that a person should look at"),
    Word("party.listing.names", "texts", "the listed names that were hit"),
    Word("party.listing.citations", "texts", "the publisher's citations of the hits"),
    Word("party.listing.programmes", "texts", "programmes and footnotes of the hits"),
    Word("party.listing.license_policies", "texts", "the license review policies of the hits"),
    Word("party.public_body", "flag", "a state, its agency or a statutory body"),
    Word("party.exchange_listed", "flag", "its shares are listed on an exchange"),
    Word("party.cloud_provider", "flag", "it sells cloud or data-center services"),
    Word("party.military", "flag", "armed forces, or a body supporting their operations",
         "a statement on military links"),
    Word("party.military_intelligence", "flag", "a military intelligence body",
         "a statement on intelligence links"),
    Word("party.independent_entrepreneur", "flag", "an independent private entrepreneur"),
    Word("party.us_persons_involved", "flag", "US persons act in this contract",
         "whether US citizens, residents or offices take part"),
    Word("party.us_parent", "flag", "owned or controlled by a US person"),
    Word("party.group_documented", "flag", "a documented group or funding stands behind it"),
    Word("party.unresolved", "flag", "only a wallet or a key: no person or company is named",
         "who stands behind the wallet or key"),
    Word("party.residential_address", "flag", "its address is residential"),
    Word("party.named_in_licenses", "flag",
         "every license that limits remote users names it (no such license: yes)"),
    Word("party.authorizations", "authorizations",
         "licenses and exceptions on file that name this party, or no party",
         "the license or exception, with number and dates"),
    Word("party.roles", "choices", "its roles in the contract", "", ROLES),
)

_ITEM: Final = (
    Word("item.chip", "text", "the chip", "the exact chip model, or its datasheet"),
    Word("item.paragraph", "choice",
         "the control paragraph under the chip rule of the day; \"none\" outside it",
         "the exact chip model, or its datasheet"),
    Word("item.tpp", "number", "total processing performance", "the datasheet's dense rates"),
    Word("item.performance_density", "number", "TPP per square millimeter of applicable die area",
         "the die area of logic on a non-planar node"),
    Word("item.dram_bandwidth", "number", "total DRAM bandwidth in GB/s", "the datasheet"),
    Word("item.market", "choice", "what the chip is designed or marketed for", "the datasheet",
         ("datacenter", "workstation", "consumer", "edge")),
    Word("item.vendor", "text", "who designs the chip"),
    Word("item.model", "text", "the catalogue's name of the chip"),
    Word("item.vendor_headquarters", "country", "where the chip's designer is headquartered"),
    Word("item.chip_count", "number", "how many chips: units x chips per unit", "the number of chips"),
    Word("item.access", "choice",
         "remote, possession or delivery; possession wherever the customer holds title, keys or kit",
         "who holds title and keys, and whether hardware moves", get_args(Access)),
    Word("item.service", "choice", "the kind of service", "", get_args(Service)),
    Word("item.equipment_owner", "choice", "who owns the kit", "who holds title to the machines",
         ("provider", "lessee", "reseller", "other")),
    Word("item.site.country", "country", "where the chips compute, or are delivered",
         "the country of the site"),
    Word("item.site.regions", "texts", "ISO 3166-2 region of the site", "the address of the site"),
    Word("item.site.kind", "choice", "what kind of place the site is", "",
         ("datacenter", "office", "residential", "warehouse", "forwarder", "free_zone")),
    Word("item.site.volume_ft3", "number", "volume of the site in cubic feet",
         "the volume in which the machines stand"),
    Word("item.site.fp64_pflops", "number", "FP64 PFLOPS of all items at this site",
         "the datasheet's FP64 rate"),
    Word("item.site.fp32_pflops", "number", "FP32 PFLOPS of all items at this site",
         "the datasheet's FP32 rate"),
    Word("item.site.power_ratio", "number", "contracted power over the power that the chips need",
         "the contracted power of the site"),
    Word("item.shipped_from", "country", "where the hardware is shipped from",
         "the place of export"),
    Word("item.share_of_site", "number", "part of the site that this contract takes, 0 to 1"),
    Word("item.count_gap", "number", "largest gap between ordered, delivered, installed, powered and "
         "metered, as a part of the largest", "a reconciliation of counts"),
    Word("item.count_gap_chips", "number", "the same gap in chips", "a reconciliation of counts"),
    Word("item.ordered_after_signing", "flag", "the hardware was ordered after this contract was signed"),
    Word("item.supplier_authorized", "flag", "the supplier showed its license or exception",
         "the supplier's export license, or the exception it used"),
)

_CONTRACT: Final = (
    Word("contract.as_of", "date", "the day of law"),
    Word("contract.signed_on", "date", "when it was signed", "the date of signature"),
    Word("contract.form", "choice", "the form of the contract", "",
         ("paper", "click", "api", "smart_contract")),
    Word("contract.bound_by", "choices",
         "jurisdictions (rules/data/jurisdictions.yaml) that bind the provider here",
         "where the provider is organized, led and staffed"),
    Word("contract.item_count", "number", "how many items it lists; unknown where it lists none",
         "what is rented, how many, and where it stands"),
    Word("contract.controlled_chips", "number", "chips in 3A090 over all items",
         "the exact chip models and counts"),
    Word("contract.end_users_named", "flag", "at least one end user, and each by name",
         "the names of those who will compute"),
    Word("contract.consignees_named", "flag", "at least one consignee, and each by name",
         "who receives the hardware"),
    Word("contract.named_reseller", "flag", "a named reseller stands between"),
    Word("contract.reseller_owns_equipment", "flag", "a named reseller rents out its own kit",
         "who holds title to the machines"),
    Word("contract.sublease_allowed", "flag", "the lessee may let others in",
         "the clause on subletting"),
    Word("contract.flow_down_kyc", "flag", "whoever lets others in is bound to identify them",
         "the clause that binds resellers and tenants to identify users"),
    Word("contract.duration_days", "number", "length of the term in days"),
    Word("contract.operations", "number",
         "estimated training operations of 3A090 chips over 30 days or the shorter term"),
    Word("contract.training", "flag", "training or fine-tuning of models is among the activities",
         "what will be computed"),
    Word("contract.end_use.activities", "choices", "what is computed", "what will be computed",
         get_args(Activity)),
    Word("contract.end_use.military", "flag", "military end use", "a statement of end use"),
    Word("contract.end_use.military_intelligence", "flag", "military-intelligence end use",
         "a statement of end use"),
    Word("contract.end_use.wmd", "flag", "weapons-of-mass-destruction end use",
         "a statement of end use"),
    Word("contract.end_use.supercomputer", "flag", "for a supercomputer", "a statement of end use"),
    Word("contract.end_use.communications", "flag", "only personal communication over the internet"),
    Word("contract.end_use.enterprise_software", "flag",
         "enterprise management, design or manufacturing software runs on it", "what runs on it"),
    Word("contract.end_use.technical_analysis_only", "flag", "acquired only to analyze the part"),
    Word("contract.end_use.described", "flag", "the end use is stated",
         "what will be computed and for whom"),
    Word("contract.payment.method", "choice", "how it is paid", "how the contract is paid",
         get_args(PaymentMethod)),
    Word("contract.payment.payer_country", "country", "where payment comes from"),
    Word("contract.payment.third_country", "flag",
         "payment comes from a country where neither lessee, parents nor payer are"),
    Word("contract.payment.payer_differs", "flag", "somebody other than the lessee pays"),
    Word("contract.payment.payer_relation", "choice", "how the payer relates to the lessee",
         "an agreement that explains why the payer pays",
         ("same", "group", "treasury_agreement", "financier", "unrelated")),
    Word("contract.payment.prepaid_months", "number", "months paid in advance"),
    Word("contract.payment.amount_in_words", "text", "the amount"),
    Word("contract.payment.exchange_licensed", "flag",
         "through a licensed exchange in the payer's own name",
         "the exchange's license and the account holder's name"),
    Word("contract.payment.wallet_screened", "flag", "the paying wallets were traced and screened",
         "a tracing report for the paying wallets"),
    Word("contract.payment.changed_days_before_start", "number",
         "days from the last change of payer or account to the start"),
    Word("contract.payment.funds_documented", "flag", "every source of funds is documented",
         "documents on the source of funds"),
    Word("contract.access_shares", "holdings", "part of control-plane sessions by country"),
    Word("contract.access_countries", "countries", "countries seen in sessions and logs"),
    Word("contract.access_explained", "flag",
         "declared travel or a named corporate network explains foreign sessions",
         "travel notices, the list of corporate egress addresses"),
    Word("contract.access_from_users_places", "flag",
         "sessions come only from countries where lessee and end users are stated to be"),
    Word("contract.mismatched_signals", "number",
         "how many of phone, card, billing, network and working hours point away from the lessee's "
         "places"),
    Word("contract.shell_indicators", "choices", "signs of a shell company about the lessee", "",
         ("formed_recently", "residential_address", "low_web_footprint", "free_or_disposable_email",
          "nominee_directors", "sector_mismatch", "mail_drop", "capital_too_small")),
    Word("contract.linked_accounts", "number", "accounts linked to this customer"),
    Word("contract.lists_missing", "number", "watchlists asked for and not consulted"),
    Word("contract.lists_stale", "number", "watchlists older than their limit on as_of"),
    Word("contract.authorizations", "authorizations", "licenses and exceptions on file that name no party",
         "the license or exception, with number and dates"),
)

VOCABULARY: Final[dict[str, Word]] = _words()
