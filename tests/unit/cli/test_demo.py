"""`demo`: the examples on their days, from a checkout or a wheel, and exit status 0."""

from __future__ import annotations

from pathlib import Path

import pytest

import compliance.cli.demo
from compliance.cli.demo import Example, examples, examples_path, show_demo
from compliance.errors import ContractError, InputError
from compliance.screening import Screener
from unit.cli.conftest import Command

EXAMPLES = Path(__file__).parent / "examples"


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch, rules: Path) -> None:
    """The demonstration with the small rules and examples."""
    screener = Screener.load(rules)
    monkeypatch.setattr(Screener, "load", classmethod(lambda *_: screener))
    monkeypatch.setattr(compliance.cli.demo, "examples_path", lambda: EXAMPLES)


@pytest.mark.usefixtures("small")
def test_every_example_is_shown_on_its_days_and_the_status_is_0(command: Command) -> None:
    result = command("demo")
    lines = [line.rstrip() for line in result.out.splitlines()]
    assert (result.status, result.err) == (0, "")
    assert lines[0] == "rental.yaml: a rental whose rule began in between"
    assert lines[1].split() == ["day", "of", "law", "outcome", "score", "deciding", "why"]
    assert [line.split()[:2] for line in lines if line.startswith("20")] == [
        ["2023-06-01", "incomplete"], ["2024-06-15", "license_required"], ["2024-06-15", "clear"],
        ["2023-06-01", "is"],  # before the first day of law: the remark on it
    ]  # fmt: skip
    assert lines[-2:] == [
        "prohibited: stop",
        "The proof of each: compliance explain FILE --as-of DATE. This is not legal advice.",
    ]


def test_the_list_of_examples_is_strict(tmp_path: Path) -> None:
    assert [type(example) for example in examples(EXAMPLES)] == [Example, Example]
    (tmp_path / "demo.yaml").write_text("- {file: a.yaml, as_of: [2024-06-15], storey: x}\n")
    with pytest.raises(InputError) as caught:
        examples(tmp_path)
    places = [(problem.line, problem.path) for problem in caught.value.problems]
    assert places == [(1, "0"), (1, "0.storey")]


@pytest.mark.usefixtures("small")
def test_an_example_that_does_not_validate_is_located(tmp_path: Path) -> None:
    (tmp_path / "demo.yaml").write_text("- {file: a.yaml, as_of: [2024-06-15], story: x}\n")
    (tmp_path / "a.yaml").write_text("id: a\nlesee: {}\n")
    with pytest.raises(ContractError) as caught:
        show_demo(tmp_path)
    path = tmp_path / "a.yaml"
    assert str(caught.value) == (f"{path}:2:1: lesee: unknown key 'lesee' (did you mean 'lessee'?)")


def test_missing_examples_are_status_2(
    command: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(compliance.cli.demo, "examples_path", lambda: tmp_path / "gone")
    result = command("demo")
    path = tmp_path / "gone" / "demo.yaml"
    assert (result.status, result.err) == (2, f"compliance: {path}: No such file or directory\n")


def test_the_examples_of_a_wheel_come_before_those_of_a_checkout(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    module = tmp_path / "src" / "compliance" / "cli" / "demo.py"
    module.parent.mkdir(parents=True)
    monkeypatch.setattr(compliance.cli.demo, "__file__", str(module))
    assert examples_path() == tmp_path / "examples"
    (tmp_path / "src" / "compliance" / "examples").mkdir()
    assert examples_path() == tmp_path / "src" / "compliance" / "examples"
