"""The fields of the contract as a whole, `contract.*`."""

from __future__ import annotations

from typing import Final, get_args

from compliance.model.conduct import Activity
from compliance.model.payment import PaymentMethod
from compliance.policies.word import HOW, Word

ANOMALIES: Final = ("serials", "power", "counts", "location", "visits")


def _known(name: str, meaning: str) -> tuple[Word, Word]:
    """A use as a yes or no, unknown where it is only suspected; and how it is known."""
    asks = "a statement of end use"
    how = f"{meaning}: known, suspected or denied"
    return Word(name, "flag", meaning, asks), Word(f"{name}.knowledge", "choice", how, asks, HOW)


CONTRACT: Final = (
    Word("contract.as_of", "date", "the day of law"),
    Word("contract.signed_on", "date", "when it was signed", "the date of signature"),
    Word(
        "contract.form",
        "choice",
        "the form of the contract",
        "",
        ("paper", "click", "api", "smart_contract"),
    ),
    Word(
        "contract.bound_by",
        "choices",
        "jurisdictions (rules/data/jurisdictions.yaml) that bind the provider here",
        "where the provider is organized, led and staffed",
    ),
    Word(
        "contract.item_count",
        "number",
        "how many items it lists; unknown where it lists none",
        "what is rented, how many, and where it stands",
    ),
    Word(
        "contract.controlled_chips",
        "number",
        "chips in 3A090 over all items, with those of linked accounts and contracts",
        "the exact chip models and counts, of linked accounts as well",
    ),
    Word(
        "contract.controlled_chips_here",
        "number",
        "chips in 3A090 over all items of this contract alone",
        "the exact chip models and counts",
    ),
    Word(
        "contract.controlled_chips_if_alike",
        "number",
        "the sum, were each linked account whose chips nobody gave as large as this contract",
        "what linked accounts rent",
    ),
    Word("contract.gpus_in_one_job", "number", "the most chips that one job ran on"),
    Word(
        "contract.job_exceeds_chips",
        "flag",
        "one job ran on more chips than the contract has",
        "the record of the job, and what was provided for it",
    ),
    Word(
        "contract.job_exceeds_linked",
        "flag",
        "one job ran on more chips than the contract and those linked to it have",
        "the accounts that the job ran on",
    ),
    Word(
        "contract.end_users_named",
        "flag",
        "at least one end user, and each by name, and each tenant",
        "the names of those who will compute",
    ),
    Word(
        "contract.consignees_named",
        "flag",
        "at least one consignee, and each by name",
        "who receives the hardware",
    ),
    Word("contract.named_reseller", "flag", "a named reseller stands between"),
    Word(
        "contract.reseller_owns_equipment",
        "flag",
        "a named reseller rents out its own kit",
        "who holds title to the machines",
    ),
    Word(
        "contract.sublease_allowed",
        "flag",
        "the lessee may let others in",
        "the clause on subletting",
    ),
    Word(
        "contract.flow_down_kyc",
        "flag",
        "whoever lets others in is bound to identify them",
        "the clause that binds resellers and tenants to identify users",
    ),
    Word("contract.duration_days", "number", "length of the term in days"),
    Word(
        "contract.operations",
        "number",
        "estimated training operations of 3A090 chips over 30 days or the shorter term, linked "
        "accounts included",
    ),
    Word(
        "contract.training",
        "flag",
        "training or fine-tuning of models is among the activities",
        "what will be computed",
    ),
    Word(
        "contract.end_use.activities",
        "choices",
        "what is computed",
        "what will be computed",
        get_args(Activity),
    ),
    *_known("contract.end_use.military", "military end use"),
    *_known("contract.end_use.military_intelligence", "military-intelligence end use"),
    *_known("contract.end_use.wmd", "weapons-of-mass-destruction end use"),
    *_known("contract.end_use.supercomputer", "for a supercomputer"),
    Word(
        "contract.end_use.communications", "flag", "only personal communication over the internet"
    ),
    Word(
        "contract.end_use.enterprise_software",
        "flag",
        "enterprise management, design or manufacturing software runs on it",
        "what runs on it",
    ),
    Word("contract.end_use.technical_analysis_only", "flag", "acquired only to analyze the part"),
    Word(
        "contract.end_use.described",
        "flag",
        "the end use is stated",
        "what will be computed and for whom",
    ),
    Word(
        "contract.payment.method",
        "choice",
        "how it is paid",
        "how the contract is paid",
        get_args(PaymentMethod),
    ),
    Word(
        "contract.payment.asset",
        "text",
        "the coin or token that is paid, in capital letters",
        "in which coin or token it is paid",
    ),
    Word("contract.payment.payer_country", "country", "where payment comes from"),
    Word(
        "contract.payment.third_country",
        "flag",
        "payment comes from a country where neither lessee, parents nor payer are",
    ),
    Word("contract.payment.payer_differs", "flag", "somebody other than the lessee pays"),
    Word(
        "contract.payment.payer_relation",
        "choice",
        "how the payer relates to the lessee",
        "an agreement that explains why the payer pays",
        ("same", "group", "treasury_agreement", "financier", "unrelated"),
    ),
    Word("contract.payment.prepaid_months", "number", "months paid in advance"),
    Word("contract.payment.amount_in_words", "text", "the amount"),
    Word(
        "contract.payment.exchange_licensed",
        "flag",
        "through a licensed exchange in the payer's own name",
        "the exchange's license and the account holder's name",
    ),
    Word(
        "contract.payment.bank_licensed",
        "flag",
        "the bank is licensed and supervised",
        "the license of the bank",
    ),
    Word(
        "contract.payment.bank_in_payers_name",
        "flag",
        "the bank account is in the payer's own name",
        "the name of the account holder",
    ),
    Word(
        "contract.payment.wallet_screened",
        "flag",
        "the paying wallets were traced and screened",
        "a tracing report for the paying wallets",
    ),
    Word(
        "contract.payment.changed_days_before_start",
        "number",
        "days from the last change of payer or account to the start",
    ),
    Word(
        "contract.payment.changed_days_before_start.open",
        "flag",
        "no document on file answers the change of payer or account",
        "the document behind the change, by its number",
    ),
    Word(
        "contract.payment.funds_documented",
        "flag",
        "every source of funds is documented",
        "documents on the source of funds",
    ),
    Word("contract.access_shares", "holdings", "part of control-plane sessions by country"),
    Word("contract.access_countries", "countries", "countries seen in sessions and logs"),
    Word(
        "contract.access_explained",
        "flag",
        "declared travel and the corporate network cover every foreign session",
        "travel notices, the list of corporate egress addresses",
    ),
    Word(
        "contract.access_unexplained",
        "holdings",
        "part of control-plane sessions by country that no stated place, journey or network covers",
        "travel notices with who and when, the list of corporate egress addresses",
    ),
    Word("contract.access_evidence", "text", "what was given to explain sessions, in words"),
    Word(
        "contract.corporate_network",
        "flag",
        "a corporate network is on file",
        "the name of the corporate network",
    ),
    Word("contract.offices", "countries", "where the customer has offices, as staff found"),
    Word(
        "contract.refused",
        "texts",
        "the places of the contract about which the customer refused to say anything",
        "the answers that were refused, or why they cannot be given",
    ),
    Word(
        "contract.recipients_of_nothing",
        "texts",
        "consignees, and parties said to receive hardware, of a contract in which none moves",
        "whether hardware moves, and to whom",
    ),
    Word("contract.office_regions", "texts", "ISO 3166-2 regions of the same, where it names them"),
    Word(
        "contract.access_from_office_regions",
        "texts",
        "of these regions, those that sessions come from",
    ),
    Word(
        "contract.contact_points_to",
        "countries",
        "countries of phone and working hours as observed, where no evidence answers them",
        "a list of offices and staff by country",
    ),
    Word("contract.contact_points_to_regions", "texts", "ISO 3166-2 regions of the same"),
    Word(
        "contract.payment.points_to",
        "countries",
        "countries of payer, bank and exchange, and of card and billing address as observed, where "
        "no evidence answers them",
        "from which account, card and address it is paid",
    ),
    Word("contract.payment.points_to_regions", "texts", "ISO 3166-2 regions of the same"),
    Word("contract.access_from_offices", "countries", "of these, those that sessions come from"),
    Word(
        "contract.access_from_users_places",
        "flag",
        "sessions come only from countries where lessee and end users are stated to be",
    ),
    Word(
        "contract.mismatched_signals",
        "number",
        "how many of phone, card, billing, network and working hours point away from the lessee's "
        "places",
    ),
    Word(
        "contract.mismatched_signals.open",
        "flag",
        "no list on file answers where the customer has offices and staff",
        "the list of offices and staff, by its number",
    ),
    Word(
        "contract.shell_indicators",
        "choices",
        "signs of a shell company about the lessee",
        "",
        (
            "formed_recently",
            "residential_address",
            "low_web_footprint",
            "free_or_disposable_email",
            "nominee_directors",
            "sector_mismatch",
            "mail_drop",
            "capital_too_small",
            "website_new",
        ),
    ),
    Word("contract.linked_accounts", "number", "accounts linked to this customer"),
    Word(
        "contract.linked_accounts.open",
        "flag",
        "of a linked account no evidence shows that another holder stands behind it",
        "an organizer's or agency's list of account holders",
    ),
    Word("contract.linked_accounts.told", "text", "the linked accounts, in words"),
    Word(
        "contract.order_exceeds_capital",
        "flag",
        "the contract is worth many times the customer's paid-up capital",
        "paid-up capital and price in one currency",
    ),
    Word(
        "contract.order_exceeds_capital.open",
        "flag",
        "no financing agreement on file answers what is ordered beyond the capital",
        "the financing agreement, with lender and number",
    ),
    Word(
        "contract.financed",
        "flag",
        "a lender, a documented group or documented funds stand behind the payment",
        "the lender or guarantor, with the agreement",
    ),
    Word("contract.nominee_directors", "flag", "directors of the customer act for somebody else"),
    Word(
        "contract.nominee_directors.open",
        "flag",
        "no agreement on file names whom the directors act for",
        "the service agreement of the directors, by its number",
    ),
    Word(
        "contract.hardware_anomalies",
        "choices",
        "kinds of sign that hardware is not what, where or how many it should be",
        "",
        ANOMALIES,
    ),
    Word(
        "contract.hardware_anomalies.open",
        "choices",
        "of these kinds, those that no evidence answers",
        "evidence that answers each of them",
        ANOMALIES,
    ),
    Word(
        "contract.authorizations",
        "authorizations",
        "licenses and exceptions on file that name no party",
        "the license or exception, with number and dates",
    ),
)
