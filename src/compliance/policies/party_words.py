"""The fields of a party, `party.*`; `lessee.*` and `provider.*` read the same."""

from __future__ import annotations

from typing import Final, get_args

from compliance.model.party import PartyKind, Standing
from compliance.policies.contact_words import CONTACT
from compliance.policies.ownership_words import OWNERSHIP
from compliance.policies.state_words import STATE_OWNERS
from compliance.policies.word import HOW, ROLES, Word

PARTY: Final = (
    Word("party.name", "text", "the party's name", "the party's full legal name"),
    Word(
        "party.kind",
        "choice",
        "what kind of party it is",
        "what kind of party it is",
        get_args(PartyKind),
    ),
    Word(
        "party.is_organization",
        "flag",
        "an organization or a public body, not a natural person",
        "whether the party is a company or a person",
    ),
    Word(
        "party.is_person", "flag", "a natural person", "whether the party is a company or a person"
    ),
    Word(
        "party.incorporation", "country", "where it is incorporated", "an extract from its register"
    ),
    Word(
        "party.standing",
        "choice",
        "what its register says of it on the day: active, or how it ended",
        "an extract from its register",
        get_args(Standing),
    ),
    Word(
        "party.signatories_out_of_office",
        "texts",
        "who signs for it by what is stated, and was not in office when the contract was signed",
        "an extract from its register with the days of its officers",
    ),
    Word(
        "party.headquarters",
        "country",
        "where it is headquartered; unknown while signs point to different countries",
        "evidence of where it is led from: board minutes, tax residence, audited report",
    ),
    Word(
        "party.headquarters_evidence",
        "countries",
        "countries, other than the stated one, to which signs of management point",
        "evidence of where it is led from: board minutes, tax residence, audited report",
    ),
    Word(
        "party.headquarters_evidence_kinds",
        "number",
        "the most kinds of sign that point to one such country",
    ),
    Word("party.residence", "country", "where a natural person lives", "proof of residence"),
    Word(
        "party.nationalities",
        "countries",
        "nationalities of a person; only for law that turns on them",
    ),
    Word(
        "party.places",
        "countries",
        "every country where it is: incorporation, headquarters, residence, addresses",
        "its registered, operating and residential addresses",
    ),
    Word("party.regions", "texts", "ISO 3166-2 regions in its addresses", "its full addresses"),
    Word(
        "party.occupied_regions",
        "texts",
        "those of its regions in which it lies where their government has no control; where the "
        "address does not tell (an oblast alone, a town near the line), possibly",
        "the full address with town and postcode, and who controls the town on the day",
    ),
    Word("party.occupied_regions.told", "texts", "each such address, and what is known of it"),
    Word("party.government", "country", "the state whose government it is"),
    *STATE_OWNERS,
    Word("party.incorporated_on", "date", "when it was formed", "an extract from its register"),
    Word("party.age_days", "number", "days from its formation to the signing, or to as_of"),
    *CONTACT,
    *OWNERSHIP,
    Word(
        "party.listed_under",
        "choices",
        "measures that it is listed under, on whatever list: a hit by its name that nothing known "
        "of it contradicts, or by its number",
        "its full legal name",
    ),
    Word(
        "party.possibly_listed_under",
        "choices",
        "measures of the hits that a person should look at",
        "its register number, birth date and addresses",
    ),
    Word(
        "party.listed_under_other",
        "choices",
        "of the measures that it is listed under, those for which no policy in force speaks in its "
        'roles; "review" is a list whose meaning is not told',
        "its register number, birth date and addresses",
    ),
    # Of the hits that are taken as the listed party; where none is, of all hits; in a policy that
    # asks for measures, of the hits under these alone.
    Word("party.listing.names", "texts", "the listed names that were hit"),
    Word("party.listing.lists", "texts", "the lists that hold the entries that were hit"),
    Word("party.listing.citations", "texts", "the publisher's citations of the hits"),
    Word("party.listing.programmes", "texts", "programmes and footnotes of the hits"),
    Word("party.listing.license_policies", "texts", "the license review policies of the hits"),
    Word(
        "party.listing.possible",
        "texts",
        "each hit that a person should look at: list, name, how it was found, how strong",
    ),
    Word(
        "party.addresses_listed",
        "choices",
        "measures that somebody else at one of its addresses is listed under: same room, or no "
        "other one named",
        "its full addresses, with floor and room",
    ),
    Word(
        "party.addresses_shared",
        "choices",
        "measures that somebody at its house is listed under, where that says little: another "
        "room, a campus, a house of many listed parties",
    ),
    Word(
        "party.addresses_listed_under",
        "choices",
        "measures of entries that are addresses (whoever is there is meant), where it has such an "
        "address; another room of the house is not the address",
        "its full addresses, with room and floor",
    ),
    Word(
        "party.addresses_listed_under.who",
        "texts",
        "the entry that is the address, and how the addresses agree",
    ),
    Word("party.addresses_listed.who", "texts", "who is listed there, and how the addresses agree"),
    Word("party.addresses_shared.who", "texts", "who is listed there, and why it says little"),
    Word(
        "party.name_in_latin",
        "flag",
        "one of its names is in Latin letters, in which most lists are written, or in no other",
        "its name in Latin letters, as its register, its export papers or its bank have it",
    ),
    Word(
        "party.lists_missing",
        "number",
        "watchlists asked for and not consulted for its names",
        "the missing watchlists",
    ),
    Word("party.lists_missing.names", "texts", "which ones"),
    Word("party.lists_stale", "number", "consulted watchlists older than their limit on as_of"),
    Word("party.lists_stale.names", "texts", "which ones"),
    Word("party.public_body", "flag", "a state, its agency or a statutory body"),
    Word("party.exchange_listed", "flag", "its shares are listed on an exchange"),
    Word("party.cloud_provider", "flag", "it sells cloud or data-center services"),
    *(
        word
        for name, meaning, asks in (
            ("military", "armed forces, or a body supporting their operations", "military"),
            ("military_intelligence", "a military intelligence body", "intelligence"),
        )
        for word in (
            Word(f"party.{name}", "flag", meaning, f"a statement on {asks} links"),
            Word(
                f"party.{name}.knowledge",
                "choice",
                f"{meaning}: known, suspected or denied",
                f"a statement on {asks} links",
                HOW,
            ),
        )
    ),
    Word("party.independent_entrepreneur", "flag", "an independent private entrepreneur"),
    Word(
        "party.us_persons_involved",
        "flag",
        "US persons act in this contract",
        "whether US citizens, residents or offices take part",
    ),
    Word(
        "party.us_parent",
        "flag",
        "owned or controlled by a US person, as stated or as its owners show",
        "who owns it, and by how much",
    ),
    Word("party.group_documented", "flag", "a documented group or funding stands behind it"),
    Word(
        "party.receives_hardware",
        "flag",
        "receives the hardware by its role or as stated; false: only computes on it",
        "whether it receives the hardware or only computes on it",
    ),
    Word(
        "party.parents_incorporated",
        "countries",
        "where its ultimate parents, and whoever holds half of it, are incorporated or led from",
        "a group chart up to the ultimate parent",
    ),
    Word(
        "party.unresolved",
        "flag",
        "only a wallet or a key: no person or company is named",
        "who stands behind the wallet or key",
    ),
    Word("party.residential_address", "flag", "its address is residential"),
    Word(
        "party.named_in_licenses",
        "flag",
        "every license that limits remote users names it (no such license: yes)",
    ),
    Word(
        "party.authorizations",
        "authorizations",
        "licenses and exceptions on file that name this party, or no party",
        "the license or exception, with number and dates",
    ),
    Word("party.roles", "choices", "its roles in the contract", "", ROLES),
)
