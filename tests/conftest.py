"""What every test shares: hypothesis without chance or clock, and where the real lists stand."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from summary import without_real_lists

settings.register_profile(
    "deterministic", derandomize=True, deadline=None, database=None, max_examples=60
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
