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
from compliance.screening.facts.base import SUSPECTED, Facts, fact
from compliance.screening.facts.subjects import NOT_ASKED, ContractFacts, ItemFacts
from compliance.screening.knowledge import Knowledge

_YES, _NO = True, False
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


def _observation(key: str) -> None:
    """The fact of a yes-or-no sign."""
    name = f"observations.{key}"
    unobserved = NOT_ASKED[name] = Fact.unknown(name, note="not given")

    @fact(ContractFacts.registry, name)
    def _seen(c: ContractFacts) -> Fact:
        seen = getattr(observed(c), key)
        return unobserved if seen is None else c.knowledge(seen, name)


def _open(key: str) -> None:
    """Whether an observation is open: never where nobody looked, or where nothing was seen."""
    sign, path = f"observations.{key}", f"observations.{key}.explained_by"
    unobserved = NOT_ASKED[f"{sign}.open"] = Fact.of(_NO, sign, note="not seen")

    @fact(ContractFacts.registry, f"{sign}.open")
    def _is_open(c: ContractFacts) -> Fact:
        seen: Observed[object] | None = getattr(observed(c), key)
        if seen is None or seen.value is False:
            return unobserved
        found = is_open(c, sign, path, seen.explained_by, seen.count, seen.as_of)
        doubtful = seen.value is None or seen.value == SUSPECTED
        if doubtful and found.value is True:
            return Fact.unknown(sign, status="unknown", note="may have been seen", source=sign)
        return found


for _key in Observations.model_fields:
    if _key in SIGNS:
        _observation(_key)
    _open(_key)


@fact(ContractFacts.registry, "payment.changed_days_before_start.open")
def _change_of_payment(c: ContractFacts) -> Fact:
    payment = c.contract.payment
    path = "payment.explained_by"
    return is_open(c, "payment.changed_on", path, payment.explained_by if payment else ())


def _of_lessee(name: str, sign: str) -> None:
    @fact(ContractFacts.registry, name)
    def _is_open(c: ContractFacts) -> Fact:
        lessee = c.subjects.lessee
        return is_open(c, sign, lessee.at("explained_by"), lessee.party.explained_by)


_of_lessee("order_exceeds_capital.open", "lessee.paid_up_capital")
_of_lessee("mismatched_signals.open", "lessee.places")


def _of_item(name: str, sign: str) -> None:
    @fact(ItemFacts.registry, name)
    def _is_open(i: ItemFacts) -> Fact:
        return is_open(i, sign, i.at("explained_by"), i.item.explained_by)


_of_item("site.power_ratio.open", "items.power_ratio")
_of_item("site.kind.open", "items.site_kind")
_of_item("ordered_after_signing.open", "items.ordered_on")
