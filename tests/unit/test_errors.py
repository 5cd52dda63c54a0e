"""Errors: the tree is the tree that is drawn, problems are sorted, and errors travel whole."""

import copy
import inspect
import pickle
import re

import pytest

from compliance import errors
from compliance.errors import (
    ComplianceError,
    Problem,
    UnknownNameError,
    YamlError,
    did_you_mean,
    nearest,
)

TREE = {
    found.__name__: found
    for _, found in inspect.getmembers(errors, inspect.isclass)
    if issubclass(found, ComplianceError)
}
EVERY = pytest.mark.parametrize("kind", TREE.values(), ids=list(TREE))


def drawn() -> dict[str, tuple[str, str]]:
    """The tree as the module docstring draws it: a class, its parent and its meaning."""
    found: dict[str, tuple[str, str]] = {}
    above: list[str] = []
    for line in (errors.__doc__ or "").splitlines():
        match = re.fullmatch(r"    ((?:│   |    )*(?:[├└]── )?)(\w+Error)\s{2,}(\S.*)", line)
        if match:
            level = len(match[1]) // 4
            above = [*above[:level], match[2]]
            found[match[2]] = (above[-2] if level else "Exception", match[3])
    return found


def test_the_tree_that_is_drawn_is_the_tree_of_classes() -> None:
    actual = {name: kind.__bases__[0].__name__ for name, kind in TREE.items()}
    assert {name: parent for name, (parent, _) in drawn().items()} == actual


def test_every_error_has_a_code_of_its_own() -> None:
    codes = {name: kind.code for name, kind in TREE.items()}
    assert codes == {
        "ComplianceError": "compliance",
        "ContractError": "contract",
        "InputError": "input",
        "OwnershipError": "ownership",
        "ReferenceDataError": "reference_data",
        "RuleError": "rule",
        "UnknownNameError": "unknown_name",
        "WatchlistError": "watchlist",
        "YamlError": "yaml",
    }


def test_an_unknown_name_is_a_lookup_error_and_still_prints_plainly() -> None:
    with pytest.raises(LookupError) as caught:
        raise UnknownNameError("no chip 'H900'")
    assert str(caught.value) == "no chip 'H900'"


@EVERY
def test_a_sentence_becomes_a_problem_with_the_code_of_its_error(
    kind: type[ComplianceError],
) -> None:
    assert kind("it is wrong").problems == (Problem.at("it is wrong", code=kind.code),)


def test_one_problem_keeps_its_own_code() -> None:
    problem = Problem.at("odd", code="invalid")
    assert YamlError(problem).problems == (problem,)


UNSORTED = (
    Problem.at("late", source="b.yaml", line=1, column=1),
    Problem.at("column", source="a.yaml", line=2, column=10),
    Problem.at("ten", source="a.yaml", line=10, column=1),
    Problem.at("first", source="a.yaml", line=2, column=9),
    Problem.at("nowhere"),
    Problem.at("a path", path="lessee.name"),
)
SORTED = tuple(UNSORTED[i] for i in (4, 5, 3, 1, 2, 0))


def test_problems_are_sorted_by_file_then_line_then_column_as_numbers() -> None:
    assert YamlError(UNSORTED).problems == SORTED
    assert YamlError(iter(UNSORTED[::-1])).problems == SORTED


def test_an_error_prints_its_problems_one_a_line() -> None:
    assert str(YamlError(UNSORTED)) == (
        "nowhere\n"
        "lessee.name: a path\n"
        "a.yaml:2:9: first\n"
        "a.yaml:2:10: column\n"
        "a.yaml:10:1: ten\n"
        "b.yaml:1:1: late"
    )


def test_an_error_without_a_problem_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one problem"):
        YamlError([])


@pytest.mark.parametrize(
    ("problem", "text"),
    [
        (Problem.at("m"), "m"),
        (Problem.at("m", hint="h"), "m (h)"),
        (Problem.at("m", source="f"), "f: m"),
        (Problem.at("m", source="f", line=3, column=4), "f:3:4: m"),
        (Problem.at("m", source="f", line=3), "f:3:0: m"),
        (Problem.at("m", source="f", column=4), "f: m"),
        (Problem.at("m", path="a.0.b"), "a.0.b: m"),
        (
            Problem.at("m", source="f", line=3, column=4, path="a.b", hint="h", code="c"),
            "f:3:4: a.b: m (h)",
        ),
    ],
)
def test_a_problem_prints_only_what_is_known(problem: Problem, text: str) -> None:
    assert str(problem) == text


def test_a_problem_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        Problem.at("m").line = 7  # type: ignore[misc]


@EVERY
def test_an_error_survives_pickling_and_copying(kind: type[ComplianceError]) -> None:
    error = kind(UNSORTED)
    for twin in (pickle.loads(pickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):  # noqa: S301 - our own bytes
        assert type(twin) is kind
        assert twin.problems == SORTED
        assert str(twin) == str(error)


@pytest.mark.parametrize(
    ("word", "known", "expected"),
    [
        ("lesee", ["lessee", "items"], ("lessee",)),
        ("D:7", ["D:5", "E:1", "D:1", "D:4"], ("D:1", "D:4", "D:5")),
        ("x", ["lessee"], ()),
        ("x", [], ()),
    ],
)
def test_the_nearest_known_words_come_first_then_by_name(
    word: str, known: list[str], expected: tuple[str, ...]
) -> None:
    assert nearest(word, known, most=3) == expected


def test_a_hint_offers_what_is_near_and_nothing_else() -> None:
    assert did_you_mean("lesee", ["lessee", "items"]) == "did you mean 'lessee'?"
    assert did_you_mean("D:7", ["D:5", "D:1"], most=2) == "did you mean 'D:1' or 'D:5'?"
    assert did_you_mean("zzz", ["lessee"]) == ""
