"""What `explain` shows: the whole proof, the words safe for the customer, or one policy's part."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, Any

import typer

from compliance.cli.decisions import Run, pretty
from compliance.cli.options import (
    Accepted,
    AnyDay,
    AsOf,
    FormatIn,
    Lists,
    Page,
    PageFormat,
    Required,
    Rules,
    RuleSetName,
    StoreFolder,
    folder_of,
    screener_of,
)
from compliance.cli.terminal import guarded, width, write, write_bytes
from compliance.errors import Problem, UnknownNameError, did_you_mean
from compliance.explain import CustomerMessages, plain, prose, text_of_trace
from compliance.explain.escape_control import visible, wrapped
from compliance.explain.phrases import effect_of, state_of, subject_of
from compliance.model import canonical
from compliance.model.decision import Decision, RiskFlag
from compliance.model.outcome import Outcome


def check_policy(policy_id: str | None, known: Sequence[str]) -> None:
    """Accept no policy, or one that the rule set has.

    Raises:
        UnknownNameError: no such policy, with a near spelling.
    """
    if policy_id is not None and policy_id not in known:
        hint = did_you_mean(policy_id, known)
        raise UnknownNameError(
            Problem.at(f"no policy {policy_id!r}", hint=hint, code="unknown_name")
        )


def show_text(found: Iterable[tuple[Decision, bool]], policy_id: str | None) -> None:
    """Each decision, or one policy's part of it, as prose, with an empty line between two."""
    for number, (decision, _) in enumerate(found):
        if number:
            write("\n")
        if policy_id is None:
            write(prose(decision, width=width()) + "\n")
        else:
            write("\n".join(_part(decision, policy_id)) + "\n")


def show_json(found: Iterable[tuple[Decision, bool]], policy_id: str | None) -> None:
    """The decisions, or one policy's part of each, as indented JSON."""
    _dump([(_plain(decision, policy_id), alone) for decision, alone in found])


def show_customer(
    found: Iterable[tuple[Decision, bool]], messages: CustomerMessages, *, as_json: bool
) -> None:
    """What the customer of each contract may be told; as text, under its id where several."""
    replies = [(decision.contract_id, messages.reply(decision), one) for decision, one in found]
    if as_json:
        _dump(
            [
                ({"contract_id": name, **canonical.plain(reply)}, alone)
                for name, reply, alone in replies
            ]
        )
        return
    for name, reply, _ in replies:
        write(f"{reply.text}\n" if len(replies) == 1 else f"{visible(name)}:\n{reply.text}\n\n")


def _dump(parts: Sequence[tuple[dict[str, Any], bool]]) -> None:
    """One object where the input is one contract, else a list."""
    if parts:
        alone = len(parts) == 1 and parts[0][1]
        write_bytes(pretty(parts[0][0] if alone else [part for part, _ in parts]))


def _flags(decision: Decision, policy_id: str) -> list[RiskFlag]:
    return [flag for flag in decision.flags if flag.policy_id == policy_id]


def _plain(decision: Decision, policy_id: str | None) -> dict[str, Any]:
    whole = plain(decision)
    if policy_id is None:
        return whole
    lines = whole["coverage"]["policies"]
    return {
        "contract_id": decision.contract_id,
        "as_of": whole["as_of"],
        "coverage": next((line for line in lines if line["id"] == policy_id), None),
        "flags": [flag for flag in whole["flags"] if flag["policy_id"] == policy_id],
    }


def _part(decision: Decision, policy_id: str) -> list[str]:
    """One policy: its line of coverage, then each of its flags with its proof."""
    lines = wrapped(f"{decision.contract_id} on {decision.as_of}, policy {policy_id}", width())
    if decision.error is not None:
        return [*lines, *(f"  not screened: {problem}" for problem in decision.error.problems)]
    line = decision.coverage.policy(policy_id)
    if not line.applies:
        state = line.state.value.replace("_", " ") if line.state else "before its first day"
        because = f", {line.because}" if line.because else ""
        return [*lines, f"  does not apply: {state}{because}"]
    flags = _flags(decision, policy_id)
    if not flags:
        lines += wrapped(f"evaluated, no flag: {line.because or line.truth}", width(), "  ", "  ")
    for flag in flags:
        lines += wrapped(f"{subject_of(flag.subject)}: {flag.message}", width(), "  ", "  ")
        lines += wrapped(effect_of(flag), width(), "    ", "  ")
        lines += wrapped(state_of(flag), width(), "    ", "  ")
        for citation in flag.citations:
            lines += wrapped(citation.cite, width(), "    ", "  ")
        lines += [f"    {text}" for text in text_of_trace(flag.trace)]
        if flag.outcome is not Outcome.CLEAR:
            for ask in flag.asks:
                lines += wrapped(f"would settle it: {ask}", width(), "    ", "  ")
    return lines


@guarded
def explain(
    file: Annotated[str, typer.Argument(metavar="FILE", help="Contracts; - is standard input.")],
    *,
    as_of: AsOf = None,
    customer_safe: Annotated[
        bool, typer.Option("--customer-safe", help="Only what the customer may be told.")
    ] = False,
    policy_id: Annotated[
        str | None,
        typer.Option("--policy", metavar="ID", help="Only what one policy made of it."),
    ] = None,
    form: Page = PageFormat.TEXT,
    rules: Rules = None,
    rule_set: RuleSetName = "default",
    lists: Lists,
    accepted: Accepted,
    required: Required,
    store: StoreFolder = None,
    format_in: FormatIn = None,
    any_day: AnyDay = False,
) -> int:
    """Explain the decision on each contract: every figure, proof, citation and open question."""
    if customer_safe and policy_id is not None:
        raise typer.BadParameter("--customer-safe never tells of a policy")
    screener = screener_of(rules, rule_set, lists, required, accepted, store)
    check_policy(policy_id, [policy.id for policy in screener.policies])
    run = Run.on(screener, as_of, (file,), format_in, any_day=any_day)
    if customer_safe:
        messages = CustomerMessages.load(folder_of(rules))
        show_customer(run.decisions(), messages, as_json=form is PageFormat.JSON)
    elif form is PageFormat.JSON:
        show_json(run.decisions(), policy_id)
    else:
        show_text(run.decisions(), policy_id)
    return run.tally.status
