"""A trace as a tree that can be followed to the rule's line."""

import decisions
from compliance.explain import text_of_trace
from compliance.model.decision import Trace
from compliance.model.truth import Truth


def test_a_tree_shows_each_condition_with_truth_value_source_and_line() -> None:
    assert text_of_trace(decisions.TREE) == [
        "[true] all of these; rule: us/ear/headquarters.yaml:24",
        (
            "  [true] item.access in possession, delivery; seen: delivery; source: items.0.access; "
            "rule: us/ear/headquarters.yaml:25"
        ),
        "  [true] not; rule: us/ear/headquarters.yaml:26",
        (
            "    [false] item.site.country in_group US; seen: SG; source: items.0.site.country; "
            "rule: us/ear/headquarters.yaml:26"
        ),
        "  [true] any of these; rule: us/ear/headquarters.yaml:27",
        (
            "    [true] party.headquarters in_group D:5, MO ($groups); seen: CN; source: "
            "lessee.headquarters, verified: register extract (2024-05-02); "
            "rule: us/ear/headquarters.yaml:28"
        ),
    ]


def test_an_unknown_leaf_names_what_is_missing() -> None:
    assert text_of_trace(decisions.UNKNOWN_LEAF) == [
        (
            "[unknown] party.ultimate_parents.headquarters any_in_group D:5, MO; seen: nothing; "
            "missing: lessee.ultimate_parent, ownership; rule: us/ear/headquarters.yaml:29"
        )
    ]


def test_a_leaf_without_an_expected_value_or_a_place_leaves_them_out() -> None:
    leaf = Trace("leaf", Truth.FALSE, "lessee.name", "known", seen="unknown (not given)")
    assert text_of_trace(leaf) == ["[false] lessee.name known; seen: unknown (not given)"]


def test_a_branch_without_a_place_is_only_its_kind() -> None:
    branch = Trace("any", Truth.UNKNOWN, children=(Trace("not", Truth.TRUE),))
    assert text_of_trace(branch) == ["[unknown] any of these", "  [true] not"]


def test_each_line_is_one_line_whatever_was_seen() -> None:
    leaf = Trace("leaf", Truth.TRUE, "party.name", "eq", "x", "a\nb\u202ec\x9b2J", "s\u2028t")
    assert text_of_trace(leaf) == [
        "[true] party.name eq x; seen: a<U+000A>b<U+202E>c<U+009B>2J; source: s<U+2028>t"
    ]
