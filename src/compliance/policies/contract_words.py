"""The fields of the contract as a whole, `contract.*`."""

from __future__ import annotations

from typing import Final, get_args

from compliance.model.conduct import Activity
from compliance.model.payment import PaymentMethod
from compliance.policies.word import Word

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
        "chips in 3A090 over all items",
        "the exact chip models and counts",
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
        "estimated training operations of 3A090 chips over 30 days or the shorter term",
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
    Word("contract.end_use.military", "flag", "military end use", "a statement of end use"),
    Word(
        "contract.end_use.military_intelligence",
        "flag",
        "military-intelligence end use",
        "a statement of end use",
    ),
    Word(
        "contract.end_use.wmd",
        "flag",
        "weapons-of-mass-destruction end use",
        "a statement of end use",
    ),
    Word("contract.end_use.supercomputer", "flag", "for a supercomputer", "a statement of end use"),
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
        "contract.payment.funds_documented",
        "flag",
        "every source of funds is documented",
        "documents on the source of funds",
    ),
    Word("contract.access_shares", "holdings", "part of control-plane sessions by country"),
    Word("contract.access_countries", "countries", "countries seen in sessions and logs"),
    Word(
        "contract.access_by_travel",
        "flag",
        "sessions come only from stated places and from where travel is declared",
        "travel notices",
    ),
    Word(
        "contract.access_explained",
        "flag",
        "declared travel or a named corporate network explains foreign sessions",
        "travel notices, the list of corporate egress addresses",
    ),
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
        ),
    ),
    Word("contract.linked_accounts", "number", "accounts linked to this customer"),
    Word(
        "contract.authorizations",
        "authorizations",
        "licenses and exceptions on file that name no party",
        "the license or exception, with number and dates",
    ),
)
