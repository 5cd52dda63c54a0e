"""What every test shares: hypothesis without chance or clock, and where the real lists stand."""

from pathlib import Path

import pytest
from hypothesis import settings

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
