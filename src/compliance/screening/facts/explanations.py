"""Facts about signs and the evidence that answers them.

A sign is open while it was seen, or may have been, and nothing answers it. Evidence counts when it
was given (not refused, not only promised), is of a kind that answers the sign, names what its kind
must name (rules/data/explanations.yaml), is not younger than the day of law, and covers as much as
was seen. What falls short leaves the sign undecided: the flag stays, and goes on asking.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from compliance.model.conduct import SIGNS, Observations
from compliance.model.explanation import Explanation, Observed
from compliance.policies.fact import Fact
from compliance.screening.facts.base import SUSPECTED, Facts
from compliance.screening.facts.subjects import (
    NOT_SEEN,
    ContractFacts,
    ItemFacts,
    contract_field,
    item_field,
)
from compliance.screening.knowledge import Knowledge

_NO_OBSERVATIONS = Observations.model_construct()


def observed(c: ContractFacts) -> Observations:
    """What was seen; all absent where nobody looked."""
    return c.contract.observations or _NO_OBSERVATIONS


@dataclass(frozen=True, slots=True)
class Answer:
    """What evidence says to a sign: whether it answers it, whether it may, and what it is."""

    certain: bool
    possible: bool
    words: str


def answer_to(
    subject: Facts,
    sign: str,
    given: Iterable[Explanation],
    seen: int | None = None,
    seen_on: date | None = None,
) -> Answer:
    """What is on file answers a sign; `seen`: on how many machines, boards or accounts."""
    kinds = subject.know.answers[sign]
    counted: list[Explanation] = []
    words: list[str] = []
    any_given = False
    for explanation in given:
        any_given = True
        lacks = "answers something else" if explanation.kind not in kinds else ""
        lacks = lacks or shortfall(explanation, subject.know, subject.as_of, seen_on)
        words.append(f"{named(explanation)} ({lacks})" if lacks else named(explanation))
        if not lacks:
            counted.append(explanation)
    covers = bool(counted) and _covers(counted, seen)
    if counted and not covers:
        words.append(f"for fewer than the {seen} seen")
    return Answer(covers, any_given and not covers, "; ".join(words))


def _covers(given: list[Explanation], seen: int | None) -> bool:
    if seen is None or any(e.count is None for e in given):
        return True
    return sum(e.count or 0 for e in given) >= seen


def shortfall(given: Explanation, know: Knowledge, as_of: date, seen_on: date | None = None) -> str:
    """Why an explanation does not count, or nothing; `seen_on`: when the sign was seen."""
    if given.status not in {"asserted", "verified"}:
        return "refused" if given.status == "refused" else "not given"
    lacking = [need for need in know.explanations[given.kind].needs if not getattr(given, need)]
    if lacking:
        return f"names no {' and no '.join(lacking)}".replace("as_of", "day")
    if given.as_of is None:
        return ""
    if seen_on is not None and given.as_of < seen_on and know.explanations[given.kind].follows:
        return f"of a day before {seen_on}, when it was seen"
    return "of a later day" if given.as_of > as_of else ""


def named(given: Explanation) -> str:
    """An explanation as messages name it."""
    parts = (given.kind.replace("_", " "), given.reference, given.source, given.as_of)
    return ", ".join(str(part) for part in parts if part)


def is_open(
    subject: Facts,
    sign: str,
    path: str,
    given: Iterable[Explanation],
    seen: int | None = None,
    seen_on: date | None = None,
) -> Fact:
    """Whether a sign that was seen is open."""
    answer = answer_to(subject, sign, given, seen, seen_on)
    if answer.possible:
        return Fact.unknown(path, status="unknown", note=answer.words, source=path)
    return Fact.of(not answer.certain, path, status="stated", note=answer.words)


def _declare_sign(key: str) -> None:
    """Declare the flag of a yes-or-no sign."""
    name = f"observations.{key}"

    @contract_field(name, "flag", meaning=f"Observed: {_words(key)}.")
    def _seen(c: ContractFacts) -> Fact:
        seen = getattr(observed(c), key)
        return NOT_SEEN[name] if seen is None else c.knowledge(seen, name)


def _declare_open(key: str) -> None:
    """Declare whether an observation is open: never where nothing was seen, or nobody looked."""
    sign, path = f"observations.{key}", f"observations.{key}.explained_by"

    @contract_field(
        f"{sign}.open",
        "flag",
        meaning=f"Observed, and no evidence on file answers it: {_words(key)}.",
        asks="the number, issuer and day of the evidence",
    )
    def _is_open(c: ContractFacts) -> Fact:
        seen: Observed[object] | None = getattr(observed(c), key)
        if seen is None or seen.value is False:
            return NOT_SEEN[f"{sign}.open"]
        found = is_open(c, sign, path, seen.explained_by, seen.count, seen.as_of)
        doubtful = seen.value is None or seen.value == SUSPECTED
        if doubtful and found.value is True:
            return Fact.unknown(sign, status="unknown", note="may have been seen", source=sign)
        return found


def _words(key: str) -> str:
    return key.replace("_", " ")


for _key in Observations.model_fields:
    if _key in SIGNS:
        _declare_sign(_key)
    _declare_open(_key)


@contract_field(
    "payment.changed_days_before_start.open",
    "flag",
    asks="the document behind the change, by its number",
)
def _change_of_payment(c: ContractFacts) -> Fact:
    """No document on file answers the change of payer or account."""
    payment = c.contract.payment
    path = "payment.explained_by"
    return is_open(c, "payment.changed_on", path, payment.explained_by if payment else ())


@contract_field(
    "order_exceeds_capital.open",
    "flag",
    asks="the financing agreement, with lender and number",
)
def _order_exceeds_capital_open(c: ContractFacts) -> Fact:
    """No financing agreement on file answers what is ordered beyond the capital."""
    return _open_of_lessee(c, "lessee.paid_up_capital")


@contract_field(
    "mismatched_signals.open",
    "flag",
    asks="the list of offices and staff, by its number",
    cost="computed",
)
def _mismatched_signals_open(c: ContractFacts) -> Fact:
    """No list on file answers where the customer has offices and staff."""
    return _open_of_lessee(c, "lessee.places")


def _open_of_lessee(c: ContractFacts, sign: str) -> Fact:
    lessee = c.subjects.lessee
    return is_open(c, sign, lessee.at("explained_by"), lessee.party.explained_by)


@item_field(
    "site.power_ratio.open",
    "flag",
    asks="a letter from the utility, by its number",
    cost="computed",
)
def _power_ratio_open(i: ItemFacts) -> Fact:
    """No evidence on file answers the power of the site."""
    return _open_of_item(i, "items.power_ratio")


@item_field("site.kind.open", "flag", asks="proof of where the machines stand, by its number")
def _site_kind_open(i: ItemFacts) -> Fact:
    """No evidence on file answers the kind of place."""
    return _open_of_item(i, "items.site_kind")


@item_field(
    "ordered_after_signing.open",
    "flag",
    asks="the record of who chose and paid for the hardware, by its number",
)
def _ordered_after_signing_open(i: ItemFacts) -> Fact:
    """No evidence on file answers the order after the signing."""
    return _open_of_item(i, "items.ordered_on")


def _open_of_item(i: ItemFacts, sign: str) -> Fact:
    return is_open(i, sign, i.at("explained_by"), i.item.explained_by)
