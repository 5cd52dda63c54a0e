"""The commands of `compliance`. Each parses, calls and renders; what is heavy loads inside it."""

from __future__ import annotations

from typing import Annotated, Optional

import typer

from compliance.cli.lists import lists as lists_app
from compliance.cli.options import (
    Accepted,
    AnyDay,
    AsOf,
    Files,
    FormatIn,
    Lists,
    NameKind,
    OutputFile,
    OutputFormat,
    OwnerFormat,
    PageFormat,
    Required,
    Rules,
    RuleSetName,
    StoreFolder,
    folder_of,
    knowledge_of,
    policies_of,
    screener_of,
    today_or,
    watchlists_of,
)
from compliance.cli.policy import policy as policy_app
from compliance.cli.terminal import guarded, write
from compliance.distribution import ENGINE

Format = Annotated[OutputFormat, typer.Option("--format", help="Output format.")]
Page = Annotated[PageFormat, typer.Option("--format", help="Output format.")]
_SETTINGS = {"help_option_names": ["-h", "--help"]}

app = typer.Typer(
    help="Screen contracts for rented GPU compute against export controls and sanctions.",
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    no_args_is_help=True,
    context_settings=_SETTINGS,
)
app.add_typer(policy_app, name="policy")
app.add_typer(lists_app, name="lists")


def _version(asked: bool) -> None:  # noqa: FBT001 - typer calls it so
    if asked:
        write(f"{ENGINE}\n")
        raise typer.Exit


@app.callback()
def _root(
    *,
    _: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


@app.command()
@guarded
def demo() -> int:
    """Screen the example contracts on the days of law that they illustrate."""
    from compliance.cli.demo import show_demo  # noqa: PLC0415 - loaded where it is used

    return show_demo()


@app.command()
@guarded
def screen(  # noqa: PLR0913 - options
    files: Files,
    *,
    as_of: AsOf = None,
    form: Format = OutputFormat.TEXT,
    rules: Rules = None,
    rule_set: RuleSetName = "default",
    lists: Lists = [],  # noqa: B006 - typer copies it
    accepted: Accepted = [],  # noqa: B006 - as above
    required: Required = [],  # noqa: B006 - as above
    store: StoreFolder = None,
    format_in: FormatIn = None,
    any_day: AnyDay = False,
) -> int:
    """Screen contracts. Status: 0 clear, 1 review, worse or a hit, 2 error, 3 incomplete, stale."""
    from compliance.cli.decisions import Run, show  # noqa: PLC0415 - loaded where it is used

    screener = screener_of(rules, rule_set, lists, required, accepted, store)
    run = Run.on(screener, as_of, files, format_in, any_day=any_day)
    show(run.decisions(), form, "contracts", files)
    return run.tally.status


@app.command()
@guarded
def party(  # noqa: PLR0913 - options
    files: Annotated[
        Optional[list[str]],  # noqa: UP045 - typer 0.15 reads this spelling
        typer.Argument(metavar="[FILE]...", help="Parties; - is standard input."),
    ] = None,
    *,
    name: Annotated[
        Optional[str],  # noqa: UP045 - as above
        typer.Option("--name", help="One party by name, instead of files."),
    ] = None,
    kind: Annotated[str, typer.Option("--kind", help="organization, person, ...")] = "organization",
    country: Annotated[
        Optional[str],  # noqa: UP045 - as above
        typer.Option("--country", help="Incorporation and headquarters, or a person's residence."),
    ] = None,
    as_of: AsOf = None,
    form: Format = OutputFormat.TEXT,
    rules: Rules = None,
    rule_set: RuleSetName = "default",
    lists: Lists = [],  # noqa: B006 - typer copies it
    accepted: Accepted = [],  # noqa: B006 - as above
    required: Required = [],  # noqa: B006 - as above
    store: StoreFolder = None,
    format_in: FormatIn = None,
    any_day: AnyDay = False,
) -> int:
    """Screen parties without a contract: a customer list, or one name."""
    from compliance.cli.decisions import Run, named, show  # noqa: PLC0415 - loaded where it is used

    if bool(files) == (name is not None):
        raise typer.BadParameter("give FILE or --name, one of them")
    screener = screener_of(rules, rule_set, lists, required, accepted, store)
    run = Run.on(screener, as_of, files or (), format_in, any_day=any_day, parties=True)
    found = run.decisions() if name is None else named(run, name, kind, country)
    show(found, form, "parties", files or ())
    return run.tally.status


@app.command()
@guarded
def explain(  # noqa: PLR0913 - options
    file: Annotated[str, typer.Argument(metavar="FILE", help="Contracts; - is standard input.")],
    *,
    as_of: AsOf = None,
    customer_safe: Annotated[
        bool, typer.Option("--customer-safe", help="Only what the customer may be told.")
    ] = False,
    policy_id: Annotated[
        Optional[str],  # noqa: UP045 - as above
        typer.Option("--policy", metavar="ID", help="Only what one policy made of it."),
    ] = None,
    form: Page = PageFormat.TEXT,
    rules: Rules = None,
    rule_set: RuleSetName = "default",
    lists: Lists = [],  # noqa: B006 - typer copies it
    accepted: Accepted = [],  # noqa: B006 - as above
    required: Required = [],  # noqa: B006 - as above
    store: StoreFolder = None,
    format_in: FormatIn = None,
    any_day: AnyDay = False,
) -> int:
    """Explain the decision on each contract: every figure, proof, citation and open question."""
    from compliance.cli import explanation  # noqa: PLC0415 - loaded where it is used
    from compliance.cli.decisions import Run  # noqa: PLC0415 - as above
    from compliance.explain import CustomerMessages  # noqa: PLC0415 - as above

    if customer_safe and policy_id is not None:
        raise typer.BadParameter("--customer-safe never tells of a policy")
    screener = screener_of(rules, rule_set, lists, required, accepted, store)
    explanation.check_policy(policy_id, [policy.id for policy in screener.policies])
    run = Run.on(screener, as_of, (file,), format_in, any_day=any_day)
    if customer_safe:
        messages = CustomerMessages.load(folder_of(rules))
        explanation.show_customer(run.decisions(), messages, as_json=form is PageFormat.JSON)
    elif form is PageFormat.JSON:
        explanation.show_json(run.decisions(), policy_id)
    else:
        explanation.show_text(run.decisions(), policy_id)
    return run.tally.status


@app.command()
@guarded
def chip(
    name: Annotated[str, typer.Argument(help="A chip, or PROVIDER:TYPE such as aws:p5.48xlarge.")],
    as_of: AsOf = None,
    form: Page = PageFormat.TEXT,
    rules: Rules = None,
) -> int:
    """Classify a chip under ECCN 3A090 on a day, with the numbers and the reasons."""
    from compliance.cli.chip import show_chip  # noqa: PLC0415 - loaded where it is used

    show_chip(name, today_or(as_of), folder_of(rules), as_json=form is PageFormat.JSON)
    return 0


@app.command()
@guarded
def names(  # noqa: PLR0913 - options
    name: Annotated[
        Optional[str],  # noqa: UP045 - typer 0.15 reads this spelling
        typer.Argument(metavar="NAME", help="The name to look for."),
    ] = None,
    *,
    pair: Annotated[
        Optional[tuple[str, str]],  # noqa: UP045 - as above
        typer.Option("--explain", metavar="A B", help="Align two names, instead of a search."),
    ] = None,
    kind: Annotated[NameKind, typer.Option("--kind", help="What NAME names.")] = NameKind.UNKNOWN,
    threshold: Annotated[
        Optional[float],  # noqa: UP045 - as above
        typer.Option("--threshold", help="Least score, above 0 up to 1; the shipped one else."),
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="At most so many hits.")] = 20,
    form: Page = PageFormat.TEXT,
    rules: Rules = None,
    lists: Lists = [],  # noqa: B006 - typer copies it
    accepted: Accepted = [],  # noqa: B006 - as above
    store: StoreFolder = None,
) -> int:
    """Who on the lists a name may mean, and why. Status: 0 nobody, 1 a hit, 2 error."""
    from compliance.cli.names import KINDS, Search, show_alignment  # noqa: PLC0415 - as above

    as_json, what = form is PageFormat.JSON, KINDS[kind]
    if (name is None) == (pair is None):
        raise typer.BadParameter("give NAME or --explain A B, one of them")
    if pair is not None:
        show_alignment(*pair, what, as_json=as_json)
        return 0
    watchlists = watchlists_of(folder_of(rules), lists, accepted, store)
    search = Search(str(name), what, threshold, limit)
    return search.show(watchlists, as_json=as_json)


@app.command()
@guarded
def owner(  # noqa: PLR0913 - options
    files: Files,
    *,
    party: Annotated[
        str, typer.Option("--party", metavar="ID|NAME", help="The party asked about.")
    ],
    listed: Annotated[
        list[str],
        typer.Option("--listed", metavar="ID|NAME", help="A party that counts as listed."),
    ] = [],  # noqa: B006 - typer copies it
    as_of: AsOf = None,
    form: Annotated[
        OwnerFormat, typer.Option("--format", help="Output format.")
    ] = OwnerFormat.TEXT,
    limit: Annotated[int, typer.Option("--limit", min=1, help="At most so many owners.")] = 30,
    output: OutputFile = None,
    rules: Rules = None,
    lists: Lists = [],  # noqa: B006 - as above
    accepted: Accepted = [],  # noqa: B006 - as above
    store: StoreFolder = None,
    format_in: Annotated[
        Optional[str],  # noqa: UP045 - typer 0.15 reads this spelling
        typer.Option(
            "--format-in", metavar="FORMAT", help="Of all files; else each shows its own."
        ),
    ] = None,
) -> int:
    """Who owns and controls a party. Status: 0 not affected, 1 affected, 2 error, 3 in doubt."""
    from compliance.cli.owner import Question, show_owner  # noqa: PLC0415 - loaded where it is used
    from compliance.screening.applied import check_regimes  # noqa: PLC0415 - as above

    folder = folder_of(rules)
    know = knowledge_of(folder, watchlists_of(folder, lists, accepted, store))
    question = Question(files, format_in, party, listed, today_or(as_of))
    policies = policies_of(folder, know)
    check_regimes(folder, policies)
    return show_owner(question.answers(know, policies), form, limit, output)


@app.command()
@guarded
def schema(
    what: Annotated[str, typer.Argument(metavar="contract|decision|policy")],
) -> int:
    """Print a JSON Schema: of a contract, a decision or a policy file."""
    from compliance.cli.decisions import pretty  # noqa: PLC0415 - loaded where it is used
    from compliance.cli.schemas import SCHEMAS  # noqa: PLC0415 - as above
    from compliance.cli.terminal import write_bytes  # noqa: PLC0415 - as above

    if what not in SCHEMAS:
        raise typer.BadParameter(f"no schema {what!r}; known: {', '.join(SCHEMAS)}")
    write_bytes(pretty(SCHEMAS[what]()))
    return 0
