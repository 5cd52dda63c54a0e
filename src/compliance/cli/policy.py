"""The commands of `compliance policy`. Each parses, calls and renders; what is heavy loads inside.

`list`, `show`, `sets` and `index` tell what stands there, `lint` and `test` check it, `fmt` writes
it in one form.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from compliance.cli.options import AsOf, Rules, folder_of, knowledge_of, policies_of, today_or
from compliance.cli.terminal import guarded

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
    from compliance.cli.policies import show_list  # noqa: PLC0415 - loaded where it is used

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
    from compliance.cli.explanation import check_policy  # noqa: PLC0415 - loaded where it is used
    from compliance.cli.policies import show_policy  # noqa: PLC0415 - as above

    folder = folder_of(rules)
    found = {policy.id: policy for policy in policies_of(folder, knowledge_of(folder))}
    check_policy(policy_id, sorted(found))
    show_policy(found[policy_id], today_or(as_of))
    return 0


@policy.command("sets")
@guarded
def policy_sets(rules: Rules = None) -> int:
    """The rule sets, with how many policies each has and what it does not see."""
    from compliance.cli.policies import show_sets  # noqa: PLC0415 - loaded where it is used

    folder = folder_of(rules)
    show_sets(folder, policies_of(folder, knowledge_of(folder)))
    return 0


@policy.command("lint")
@guarded
def policy_lint(rules: Rules = None) -> int:
    """Every defect of the rule folder, as file:line:column. Status 2 when one is an error."""
    from compliance.cli.policies import show_findings  # noqa: PLC0415 - loaded where it is used
    from compliance.screening.lint import lint  # noqa: PLC0415 - as above

    return show_findings(lint(folder_of(rules)))


@policy.command("test")
@guarded
def policy_test(
    ids: Annotated[
        Optional[list[str]],  # noqa: UP045 - typer 0.15 reads this spelling
        typer.Argument(metavar="[ID]...", help="Only these policies."),
    ] = None,
    rules: Rules = None,
) -> int:
    """Run the tests beside the policies. Status 1 when one fails."""
    from compliance.cli.policies import show_tests  # noqa: PLC0415 - loaded where it is used

    folder = folder_of(rules)
    know = knowledge_of(folder)
    return show_tests(folder, know, policies_of(folder, know), ids or [])


@policy.command("index")
@guarded
def policy_index(
    write: Annotated[
        Optional[Path],  # noqa: UP045 - typer 0.15 reads this spelling
        typer.Option(metavar="FILE", help="Write it to this file."),
    ] = None,
    check: Annotated[
        Optional[Path],  # noqa: UP045 - as above
        typer.Option(metavar="FILE", help="Status 1 when this file is not current."),
    ] = None,
    rules: Rules = None,
) -> int:
    """Every policy by subject, by citation and by definition, as a page in Markdown."""
    from compliance.cli.policies import show_index  # noqa: PLC0415 - loaded where it is used

    if write is not None and check is not None:
        raise typer.BadParameter("--write or --check, not both")
    folder = folder_of(rules)
    return show_index(folder, policies_of(folder, knowledge_of(folder)), write, check)


@policy.command("fmt")
@guarded
def policy_fmt(
    paths: Annotated[
        Optional[list[Path]],  # noqa: UP045 - typer 0.15 reads this spelling
        typer.Argument(metavar="[PATH]...", help="Files or folders; the rule folder if none."),
    ] = None,
    *,
    check: Annotated[
        bool, typer.Option("--check", help="Change nothing; status 1 when a file would change.")
    ] = False,
    rules: Rules = None,
) -> int:
    """Write policies, definitions and their tests in their one form."""
    from compliance.cli.policies import format_files  # noqa: PLC0415 - loaded where it is used

    return format_files(paths or [folder_of(rules)], check=check)
