"""What every test shares: hypothesis without chance or clock, and where the real lists stand."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from sampling import Effort, examples
from summary import without_real_lists


def pytest_addoption(parser: pytest.Parser) -> None:
    """One option: how much is tried."""
    parser.addoption("--exhaustive", action="store_true", help="try everything, not a sample")


def pytest_configure(config: pytest.Config) -> None:
    """Set how much is tried, before tests are collected."""
    Effort.exhaustive = config.getoption("--exhaustive")
    settings.register_profile(
        "deterministic",
        derandomize=True,
        deadline=None,
        database=None,
        max_examples=examples(60),
    )
    settings.load_profile("deterministic")


REPOSITORY = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real lists beside the repository; a test that asks for it skips without it."""
    folder = (REPOSITORY / ".." / "shared" / "data").resolve()
    if not folder.is_dir():
        pytest.skip("the real lists (../shared/data beside the repository) are not here")
    return folder


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What is tried with --exhaustive only skips otherwise, and says so."""
    if not Effort.exhaustive:
        skip = pytest.mark.skip(reason="tried with --exhaustive only")
        for item in items:
            if item.get_closest_marker("exhaustive") is not None:
                item.add_marker(skip)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> Iterator[None]:
    """Say in the last line, below the summary, that nothing was held against the real lists."""
    result = yield
    terminal = session.config.pluginmanager.get_plugin("terminalreporter")
    if terminal is not None and not hasattr(session.config, "workerinput"):
        warning = without_real_lists(terminal.stats)
        if warning:
            terminal.write_line(warning, yellow=True)
    return result
