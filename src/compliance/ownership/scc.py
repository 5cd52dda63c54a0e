"""Strongly connected components, sources first, without recursion (Tarjan 1972).

    A holds B, B holds C, C holds A and T: the sources of T are {C}, of A {C}, of B {A}, of C {B}
    A, B and C reach each other: one component; T reaches them and is reached by none
    the order is (A, B, C), (T): each after the components that its sources lie in

Cost: linear in nodes and edges.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator


def strongly_connected_components(
    nodes: Iterable[str], sources: Callable[[str], Iterable[str]]
) -> list[tuple[str, ...]]:
    """The components of a graph, each after all components that its members' `sources` lie in.

    `sources(node)` gives the nodes that `node` depends on. Members are in order of id.
    """
    components: list[tuple[str, ...]] = []
    index: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    on_stack: set[str] = set()

    def visit(node: str) -> tuple[str, Iterator[str]]:
        index[node] = low[node] = len(index)
        stack.append(node)
        on_stack.add(node)
        return node, iter(sources(node))

    for root in nodes:
        if root in index:
            continue
        work = [visit(root)]
        while work:
            node, rest = work[-1]
            for source in rest:
                if source not in index:
                    work.append(visit(source))
                    break
                if source in on_stack:
                    low[node] = min(low[node], index[source])
            else:
                work.pop()
                if work:
                    parent = work[-1][0]
                    low[parent] = min(low[parent], low[node])
                if low[node] == index[node]:
                    at = stack.index(node) if stack[-1] != node else len(stack) - 1
                    members = stack[at:]
                    del stack[at:]
                    on_stack.difference_update(members)
                    components.append(tuple(sorted(members)))
    return components
