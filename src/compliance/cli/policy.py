"""`compliance policy`: look at, check, test and write the policies of a rule folder.

`list`, `show`, `sets` and `index` tell what stands there, `lint` and `test` check it, `fmt` writes
it in one form.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from compliance.cli.explain import check_policy
from compliance.cli.options import AsOf, Rules, folder_of, knowledge_of, policies_of, today_or
from compliance.cli.terminal import guarded, table, width, write
from compliance.errors import ComplianceError, InputError, Problem, RuleError
from compliance.explain.escape_control import visible, wrapped
from compliance.policies.conditions import Condition, Leaf, Use
from compliance.policies.definitions import load_definitions
from compliance.policies.fact import spell
from compliance.policies.loading import hash_of
from compliance.policies.policy import Clause, Policy
from compliance.policies.ruleset import RuleSet, admits, read_set, set_names
from compliance.policy_tools.formatting import files_in, formatted_file
from compliance.policy_tools.rules_index import index_of
from compliance.screening import Screener
from compliance.screening.definition_tests import definition_cases_in, run_definition
from compliance.screening.field_schema import FIELDS
from compliance.screening.findings import Finding
from compliance.screening.knowledge import Knowledge
from compliance.screening.lint import lint
from compliance.screening.policy_tests import cases_in, run

policy = typer.Typer(
    help="Look at, check, test and write the policies.",
    rich_markup_mode=None,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@policy.command("list")
@guarded
def policy_list(as_of: AsOf = None, rules: Rules = None) -> int:
    """Every policy with its status and its state on a day."""
    folder = folder_of(rules)
    show_list(policies_of(folder, knowledge_of(folder)), today_or(as_of))
    return 0


@policy.command("show")
@guarded
def policy_show(
    policy_id: Annotated[str, typer.Argument(metavar="ID")],
    as_of: AsOf = None,
    rules: Rules = None,
) -> int:
    """One policy, readable: timeline, citations, parameters on a day, conditions, effect."""
    folder = folder_of(rules)
    found = {policy.id: policy for policy in policies_of(folder, knowledge_of(folder))}
    check_policy(policy_id, sorted(found))
    show_policy(found[policy_id], today_or(as_of))
    return 0


@policy.command("sets")
@guarded
def policy_sets(rules: Rules = None) -> int:
    """The rule sets, with how many policies each has and what it does not see."""
    folder = folder_of(rules)
    show_sets(folder, policies_of(folder, knowledge_of(folder)))
    return 0


@policy.command("lint")
@guarded
def policy_lint(rules: Rules = None) -> int:
    """Every defect of the rule folder, as file:line:column. Status 2 when one is an error."""
    return show_findings(lint(folder_of(rules)))


@policy.command("test")
@guarded
def policy_test(
    ids: Annotated[
        list[str] | None,
        typer.Argument(metavar="[ID]...", help="Only these policies."),
    ] = None,
    rules: Rules = None,
) -> int:
    """Run the tests beside the policies. Status 1 when one fails."""
    folder = folder_of(rules)
    know = knowledge_of(folder)
    return show_tests(folder, know, policies_of(folder, know), ids or [])


@policy.command("index")
@guarded
def policy_index(
    write: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Write it to this file."),
    ] = None,
    check: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Status 1 when this file is not current."),
    ] = None,
    rules: Rules = None,
) -> int:
    """Every policy by subject, by citation and by definition, as a page in Markdown."""
    if write is not None and check is not None:
        raise typer.BadParameter("--write or --check, not both")
    folder = folder_of(rules)
    return show_index(folder, policies_of(folder, knowledge_of(folder)), write, check)


@policy.command("fmt")
@guarded
def policy_fmt(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[PATH]...", help="Files or folders; the rule folder if none."),
    ] = None,
    *,
    check: Annotated[
        bool, typer.Option("--check", help="Change nothing; status 1 when a file would change.")
    ] = False,
    rules: Rules = None,
) -> int:
    """Write policies, definitions and their tests in their one form."""
    return format_files(paths or [folder_of(rules)], check=check)


def show_list(policies: Sequence[Policy], as_of: date) -> None:
    """A table of id, status, state on the day and title."""
    rows = [(p.id, p.status, _state(p, as_of), p.title) for p in policies]
    write(table(("id", "status", f"on {as_of}", "title"), rows))
    write(f"{len(rows)} policies\n")


def show_sets(folder: Path, policies: Sequence[Policy]) -> None:
    """Each rule set: how many policies it admits, and what it does not see."""
    for name in set_names(folder):
        chosen = read_set(folder, name)
        count = sum(admits(chosen, policy) for policy in policies)
        lines = wrapped(f"{name}: {chosen.title} ({_number(count, 'policy')})", width(), "", "  ")
        lines += [f"  does not see:{'' if chosen.does_not_see else ' not stated'}"]
        for text in chosen.does_not_see:
            lines += wrapped(f"- {text}", width(), "  ", "  ")
        write("".join(f"{line}\n" for line in lines))


def _state(policy: Policy, as_of: date) -> str:
    period = policy.period(as_of)
    return period.state.value if period else "not yet"


def show_policy(policy: Policy, as_of: date) -> None:
    """One policy in the order in which a lawyer reads it."""
    lines: list[str] = []
    for indent, text in _told(policy, as_of):
        lines += wrapped(text, width(), "  " * indent, "    ")
    write("".join(f"{line}\n" for line in lines))


def _told(policy: Policy, as_of: date) -> Iterator[tuple[int, str]]:
    yield 0, f"{policy.id}: {policy.title}"
    yield 1, f"{policy.jurisdiction}, {policy.authority}; {policy.basis}; status {policy.status}"
    yield 1, f"on {as_of}: {_state(policy, as_of)}; text verified on {policy.verified_on}"
    if policy.doubt:
        yield 1, f"doubt: {policy.doubt}"
    yield 0, "Timeline"
    for period in policy.timeline:
        rest = "; ".join(part for part in (period.cite, period.note) if part)
        yield 1, f"{period.since} {period.state.value}" + (f" ({rest})" if rest else "")
    yield 0, "Citations"
    for citation in policy.citations.values():
        yield 1, f"{citation.id}: {citation.cite}" + (f" <{citation.url}>" if citation.url else "")
    if policy.parameters:
        yield 0, f"Parameters on {as_of}"
        values = policy.values(as_of)
        for name in policy.parameters:
            yield 1, f"${name}: {spell(values[name]) if name in values else 'not yet'}"
    judged = ", ".join(policy.roles) or "the contract"
    yield 0, f"For {judged}" + (", for each item" if policy.each_item else "")
    yield from _tree(policy.when, 1)
    yield from _clauses("Not where", policy.exceptions)
    yield from _clauses("Answered where", policy.clears)
    effect = policy.effect
    yield 0, "Effect"
    yield 1, f"{effect.outcome}, severity {effect.severity}, factor {effect.factor}"
    if effect.license_policy:
        yield 1, f"license policy: {effect.license_policy}"
    yield 1, f"where a fact is unknown: {policy.on_unknown}"
    yield 1, f"message: {policy.message}"
    yield 1, f"customer message: {policy.customer_message}"
    for title, texts in (("Asks", policy.asks), ("False positives", policy.false_positives)):
        if texts:
            yield 0, title
            yield from ((1, f"- {text}") for text in texts)
    yield 0, f"File: {policy.source}"


def _clauses(title: str, clauses: Sequence[Clause]) -> Iterator[tuple[int, str]]:
    for clause in clauses:
        rest = "; ".join(part for part in (clause.cite, clause.note) if part)
        yield 0, f"{title}: {clause.id}" + (f" ({rest})" if rest else "")
        yield from _tree(clause.when, 1)


def _tree(condition: Condition, depth: int) -> Iterator[tuple[int, str]]:
    if isinstance(condition, Leaf):
        value = "" if condition.value is None else spell(condition.value)
        cite = f" [{condition.cite}]" if condition.cite else ""
        yield depth, f"{condition.field} {condition.op} {value}".rstrip() + cite
        return
    if isinstance(condition, Use):
        cite = f" [{condition.cite}]" if condition.cite else ""
        yield depth, f"by definition {condition.definition}{cite}"
    else:
        yield depth, condition.kind
    for child in condition.children:
        yield from _tree(child, depth + 1)


def show_findings(findings: Iterable[Finding]) -> int:
    """One finding a line and a summary; 2 when one is an error."""
    counts: Counter[str] = Counter()
    for finding in findings:
        counts[finding.severity] += 1
        write(visible(str(finding)) + "\n")
    errors, warnings = counts["error"], counts["warning"]
    write(f"{_number(errors, 'error')}, {_number(warnings, 'warning')}\n")
    return 2 if errors else 0


def show_tests(
    folder: Path, know: Knowledge, policies: Sequence[Policy], ids: Sequence[str]
) -> int:
    """The failing cases and a summary; 1 when one fails.

    Raises:
        RuleError: a test file that does not read, or no cases at all.
        UnknownNameError: a policy that was asked for and does not exist.
    """
    known = sorted(policy.id for policy in policies)
    for policy_id in ids:
        check_policy(policy_id, known)
    screener = Screener(policies, know, RuleSet("every policy", hash_of(folder)))
    cases = list(cases_in(folder, ids))
    if not cases:
        raise RuleError(Problem.at("no policy tests", source=str(folder), code="rule"))
    strange = sorted({case.where for case in cases if case.policy not in known})
    if strange:
        raise RuleError(Problem.at("tests a policy that does not exist", source=strange[0]))
    failed = 0
    for case in cases:
        result = run(screener, case)
        if not result.passed:
            failed += 1
            write(visible(str(result)) + "\n")
    defined = 0
    if not ids:
        definitions = load_definitions(folder, FIELDS, [])
        for asked in definition_cases_in(folder):
            defined += 1
            answered = run_definition(asked, definitions, know)
            if not answered.passed:
                failed += 1
                write(visible(str(answered)) + "\n")
    tested = len({case.policy for case in cases})
    policies_tested = "1 policy" if tested == 1 else f"{tested} policies"
    of_definitions = f", {_number(defined, 'case')} of definitions" if defined else ""
    told = f"{_number(len(cases), 'case')} of {policies_tested}{of_definitions}"
    write(f"{told}: {failed or 'none'} failed\n")
    return 1 if failed else 0


def show_index(
    folder: Path, policies: Sequence[Policy], write_to: Path | None, check: Path | None
) -> int:
    """Print the index of the rules, or write it, or hold a file against it: 1 where it differs."""
    cases = Counter(case.policy for case in cases_in(folder))
    index = index_of(folder, policies, cases, FIELDS)
    if check is not None:
        if _text_of(check) == index.page(_from(folder, check)):
            return 0
        write(f"{visible(str(check))} is not current: compliance policy index --write {check}\n")
        return 1
    if write_to is None:
        write(index.page(folder.as_posix()))
    else:
        write_to.write_text(index.page(_from(folder, write_to)), "utf-8", newline="\n")
    return 0


def _from(folder: Path, page: Path) -> str:
    """A folder as links of a page reach it."""
    return Path(os.path.relpath(folder.resolve(), page.resolve().parent)).as_posix()


def _text_of(page: Path) -> str:
    try:
        return page.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(Problem.at(str(error), source=str(page))) from error


def format_files(paths: Sequence[Path], *, check: bool) -> int:
    """Write files in their one form and name those that change; with `check`, 1 when one would.

    A file that does not read is left as it is, and told when the others are done.

    Raises:
        ComplianceError: files that do not read.
    """
    problems: list[Problem] = []
    total = changed = 0
    for file, is_named in _to_format(paths):
        try:
            found = formatted_file(file)
        except ComplianceError as error:
            problems += error.problems
            continue
        if found.kind == "other" and not is_named:
            continue
        total += 1
        if found.before != found.after:
            changed += 1
            write(visible(str(file)) + "\n")
            if not check:
                file.write_bytes(found.after)
    if problems:
        raise RuleError(problems)
    told = "would change" if check else "changed"
    write(f"{_number(total, 'file')}: {changed or 'none'} {told}\n")
    return 1 if check and changed else 0


def _to_format(paths: Sequence[Path]) -> Iterator[tuple[Path, bool]]:
    """Each file once, and whether it was named itself."""
    seen: set[Path] = set()
    for path in paths:
        for file in files_in(path) if path.is_dir() else (path,):
            if file not in seen:
                seen.add(file)
                yield file, file == path


def _number(count: int, noun: str) -> str:
    if count == 1:
        return f"{count} {noun}"
    return f"{count} {noun.removesuffix('y')}ies" if noun.endswith("y") else f"{count} {noun}s"
