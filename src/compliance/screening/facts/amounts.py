"""Facts about how much: chips and operations of this contract, and of all that are linked to it.

Accounts and contracts of one holder count together, over time, against every threshold: those whose
term meets this one's, or comes near to it. Of a linked account whose chips nobody gave the sum is
not known, only what it is at least.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta

from compliance.model.conduct import LinkedContract
from compliance.policies.fact import Fact
from compliance.screening.facts.base import once
from compliance.screening.facts.explanations import answer_to, named, observed
from compliance.screening.facts.subjects import ContractFacts, ItemFacts, contract_field

_ZERO = Fact.of(0, "items")
Count = Callable[[ItemFacts], Fact]


def _chips(item: ItemFacts) -> Fact:
    """The controlled chips of an item; where it may be controlled or not, from none to all."""
    paragraph, count = item["paragraph"], item["chip_count"]
    if paragraph.value == "none":
        return _ZERO
    if paragraph.known or "none" not in (paragraph.possible or {"none"}):
        return count
    most = count.value if count.known else max(count.possible, default=None)
    if most is None:
        return paragraph.unsettled()
    return paragraph._replace(possible=frozenset({0, most}))


def _ends(part: Fact) -> tuple[int, int | None]:
    """What a number is at least and at most; None: nobody knows how much."""
    if part.known:
        return part.value, part.value
    if part.possible:
        return min(part.possible), max(part.possible)
    return part.value or 0, None


def _sum(facts: Iterable[Fact], source: str, note: str = "") -> Fact:
    """The sum; the ends between which it is, or what it is at least, where a part is open."""
    parts = tuple(facts)
    ends = [_ends(part) for part in parts]
    least = sum(low for low, _ in ends)
    told = "; ".join(filter(None, (note, *dict.fromkeys(part.note for part in parts))))
    unknown = [part for part in parts if not part.known]
    if not unknown:
        return Fact.of(least, source, note=told)
    missing = tuple(dict.fromkeys(path for part in unknown for path in part.missing))
    highest = [high for _, high in ends if high is not None]
    if len(highest) == len(ends):
        possible = frozenset({least, sum(highest)})
        return unknown[0]._replace(value=None, missing=missing, possible=possible, note=told)
    if not least:
        return Fact.unknown(*missing, status=unknown[0].status, note=told, source=source)
    return Fact.at_least(least, source, *missing, note=told)


@once
def _linked(c: ContractFacts) -> tuple[tuple[LinkedContract, str], ...]:
    """The linked accounts and contracts that count, with their paths."""
    return tuple(
        (account, f"linked.{index}")
        for index, account in enumerate(c.contract.linked)
        if _in_time(c, account) and not _of_another(c, account)
    )


def _in_time(c: ContractFacts, account: LinkedContract) -> bool:
    """Whether its term meets this one's, or no more than the set days lie between; else unknown."""
    near = timedelta(days=c.know.settings.linked_within_days)
    first, last = c.contract.starts_on or c.contract.signed_on, c.contract.ends_on
    begun = first or c.as_of
    if account.until is not None and account.until < _before(begun, near):
        return False
    return account.since is None or last is None or account.since <= last + near


def _before(day: date, days: timedelta) -> date:
    return day - days if day - date.min > days else date.min


def _of_another(c: ContractFacts, account: LinkedContract) -> bool:
    """Whether evidence shows that another holder stands behind it."""
    return answer_to(c, "linked", account.explained_by).certain


@once
def _items_of_linked(c: ContractFacts) -> dict[str, tuple[ItemFacts, ...]]:
    """The items of each linked account by its path."""
    return {
        path: tuple(
            ItemFacts(c.subjects, -2 - index, item, f"{path}.items.{index}")
            for index, item in enumerate(account.items)
        )
        for account, path in _linked(c)
    }


@once
def _unsized(c: ContractFacts) -> int:
    """How many linked accounts were seen of which nothing is listed and nothing explains them."""
    seen = observed(c).linked_accounts
    if seen is None or seen.value is None or c["observations.linked_accounts.open"].value is False:
        return 0
    return max(0, seen.value - len(c.contract.linked))


def _of_linked(c: ContractFacts, count: Count) -> Iterator[Fact]:
    for account, path in _linked(c):
        items = _items_of_linked(c)[path]
        if items:
            yield from map(count, items)
        elif account.controlled_chips is not None:
            yield Fact.of(account.controlled_chips, f"{path}.controlled_chips", status="stated")
        else:
            yield Fact.unknown(f"{path}.items", note=f"what {account.id} rents is not given")
    unsized = _unsized(c)
    if unsized:
        yield Fact.unknown("linked", note=f"what {unsized} linked accounts rent is not given")


@contract_field("controlled_chips_here", "number", asks="the exact chip models and counts")
def _controlled_chips_here(c: ContractFacts) -> Fact:
    """Chips in 3A090 over all items of this contract alone."""
    return _sum(map(_chips, c.subjects.items), "items")


@contract_field(
    "controlled_chips",
    "number",
    asks="the exact chip models and counts, of linked accounts as well",
)
def _controlled_chips(c: ContractFacts) -> Fact:
    """Chips in 3A090 over all items, with those of linked accounts and contracts."""
    here = c["controlled_chips_here"]
    if here.known and not here.value:
        return here  # what others rent does not make this contract one of controlled chips
    linked = tuple(_of_linked(c, _chips))
    if not linked:
        return here
    return _sum((here, *linked), "items, linked", note=f"{here.text} here")


@contract_field("controlled_chips_if_alike", "number", asks="what linked accounts rent")
def _controlled_chips_if_alike(c: ContractFacts) -> Fact:
    """The sum, were each linked account whose chips nobody gave as large as this contract."""
    here = c["controlled_chips_here"]
    linked = [part for part in _of_linked(c, _chips) if _ends(part)[1] is not None]
    silent = sum(1 for part in _of_linked(c, _chips) if _ends(part)[1] is None)
    unsized = _unsized(c)
    # All accounts of which nothing is listed are one of the silent ones.
    alike = [here] * (silent - bool(unsized) + unsized)
    return _sum((here, *linked, *alike), "items, linked")


@contract_field("operations", "number", cost="computed")
def _operations(c: ContractFacts) -> Fact:
    """Estimated training operations of 3A090 chips over 30 days or the shorter term.

    Dense FP16-class operations at the set utilization; linked accounts are included.
    """
    settings = c.know.settings
    term = c["duration_days"]
    days = min(term.value, settings.operations_days) if term.known else settings.operations_days
    here = _sum((_operations_of(item, days) for item in c.subjects.items), "items")
    note = f"{days} days at {settings.utilization} of the peak 16-bit rate"
    if not here.known or not here.value:
        return here._replace(note=note) if here.known else here
    linked = tuple(_of_linked(c, lambda item: _operations_of(item, days)))
    stated = [f for f in linked if f.source.endswith(".controlled_chips")]
    # Of chips that are only counted nobody knows the rate.
    open_ = (Fact.unknown(f.source, note="their chip is not given") for f in stated if f.value)
    return _sum((here, *(f for f in linked if f not in stated), *open_), "items, linked", note=note)


def _operations_of(item: ItemFacts, days: int) -> Fact:
    paragraph, count = item["paragraph"], item["chip_count"]
    if paragraph.value == "none":
        return _ZERO
    for needed in (paragraph, count):
        if not needed.known:
            return needed.unsettled()
    rates = [
        each.fp16_tflops_dense if each.bf16_tflops_dense is None else each.bf16_tflops_dense
        for each in item.product.specifications
    ]
    published = [rate for rate in rates if rate is not None]
    rate = max(published) if published and len(published) == len(rates) else None
    if rate is None:
        path = f"{item.at('specification')}.bf16_tflops_dense"
        return Fact.unknown(path, status="unknown", note="no 16-bit rate published")
    utilization = item.know.settings.utilization
    return Fact.of(int(rate * (10**12 * count.value * days * 86400) * utilization), item.path)


@contract_field("linked_accounts", "number")
def _linked_accounts(c: ContractFacts) -> Fact:
    """Accounts and contracts linked to this customer, as seen or as listed."""
    seen, listed = observed(c).linked_accounts, len(c.contract.linked)
    if seen is not None and seen.value is not None:
        return Fact.of(max(seen.value, listed), "observations.linked_accounts, linked")
    if listed:
        return Fact.of(listed, "linked", status="stated")
    return c.value(seen, "observations.linked_accounts")


@contract_field(
    "linked_accounts.open", "flag", asks="an organizer's or agency's list of account holders"
)
def _linked_open(c: ContractFacts) -> Fact:
    """Of a linked account no evidence shows that another holder stands behind it."""
    answers = [answer_to(c, "linked", account.explained_by) for account in c.contract.linked]
    open_ones = sum(not answer.certain for answer in answers) + _unsized(c)
    note = "; ".join(answer.words for answer in answers if answer.words)
    return Fact.of(
        bool(open_ones), "linked", note=note or c["observations.linked_accounts.open"].note
    )


@contract_field("linked_accounts.told", "text", cost="computed")
def _linked_told(c: ContractFacts) -> Fact:
    """The linked accounts in words: holder, tie, length, what shows another holder."""
    counted = {path for _, path in _linked(c)}
    words = []
    for index, account in enumerate(c.contract.linked):
        parts = [account.id]
        if account.holder:
            parts.append(f"held by {account.holder}")
        if account.by:
            parts.append(f"tied by {', '.join(account.by)}")
        if account.since or account.until:
            parts.append(f"{account.since or 'open'} to {account.until or 'open'}")
        parts += map(named, account.explained_by)
        parts.append("added" if f"linked.{index}" in counted else "not added")
        words.append(" ".join(parts[:1]) + f" ({'; '.join(parts[1:])})")
    unsized = _unsized(c)
    if unsized:
        words.append(f"{unsized} of which nothing is listed")
    return Fact.of("; ".join(words) or "none listed", "linked")


def _all_chips(items: Iterable[ItemFacts]) -> Fact:
    return _sum((item["chip_count"] for item in items), "items")


@contract_field("gpus_in_one_job", "number")
def _gpus_in_one_job(c: ContractFacts) -> Fact:
    """The most chips that one job ran on."""
    usage = c.contract.usage
    return c.given(usage.gpus_in_one_job if usage else None, "usage.gpus_in_one_job")


@contract_field(
    "job_exceeds_chips",
    "flag",
    asks="the record of the job, and what was provided for it",
    cost="computed",
)
def _job_exceeds_chips(c: ContractFacts) -> Fact:
    """One job ran on more chips than the contract has: one of the two is wrong."""
    return _exceeds(c["gpus_in_one_job"], _all_chips(c.subjects.items))


@contract_field(
    "job_exceeds_linked", "flag", asks="the accounts that the job ran on", cost="computed"
)
def _job_exceeds_linked(c: ContractFacts) -> Fact:
    """One job ran on more chips than the contract and those linked to it have."""
    linked = [item for items in _items_of_linked(c).values() for item in items]
    return _exceeds(c["gpus_in_one_job"], _all_chips((*c.subjects.items, *linked)))


def _exceeds(job: Fact, chips: Fact) -> Fact:
    if not job.known:
        return job
    note = f"{job.value} in one job, {chips.text} in the contract"
    least, most = _ends(chips)
    if job.value <= least or (most is not None and job.value > most):
        return Fact.of(job.value > least, "usage.gpus_in_one_job, items", note=note)
    return Fact.unknown(*chips.missing, status="unknown", note=note, source="items")
