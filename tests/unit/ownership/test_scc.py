"""Strongly connected components: sources first, cycles whole, no recursion."""

from __future__ import annotations

import networkx as nx

from compliance.ownership.scc import strongly_connected_components


def found(sources: dict[str, list[str]]) -> list[tuple[str, ...]]:
    return strongly_connected_components(sorted(sources), lambda node: sources[node])


def test_a_chain_comes_sources_first() -> None:
    assert found({"a": ["b"], "b": ["c"], "c": []}) == [("c",), ("b",), ("a",)]


def test_a_cycle_is_one_component_in_order_of_id() -> None:
    sources = {"d": ["b"], "b": ["c"], "c": ["a"], "a": ["b"]}
    assert found(sources) == [("a", "b", "c"), ("d",)]


def test_a_loop_on_itself_is_a_component_of_one() -> None:
    assert found({"a": ["a"]}) == [("a",)]


def test_nothing_has_no_components() -> None:
    assert found({}) == []


def test_the_components_are_those_of_another_implementation() -> None:
    for seed in range(40):
        other = nx.gnp_random_graph(12, 0.12, seed=seed, directed=True)
        sources = {str(n): [str(s) for s in sorted(other.successors(n))] for n in other}
        answer = found(sources)
        expected = {tuple(sorted(map(str, c))) for c in nx.strongly_connected_components(other)}
        assert set(answer) == expected
        place = {node: at for at, members in enumerate(answer) for node in members}
        assert all(place[s] <= place[node] for node in sources for s in sources[node])


def test_a_long_cycle_is_no_recursion() -> None:
    size = 20_000
    sources = {str(i): [str((i + 1) % size)] for i in range(size)}
    assert [len(members) for members in found(sources)] == [size]
