"""The name under which this package is installed, the version that runs, and how to get an extra.

The distribution is `compute-compliance`; what is called `compliance` on PyPI is somebody else's.
"""

from __future__ import annotations

from importlib.metadata import version
from typing import Final

NAME: Final = "compute-compliance"
VERSION: Final = version(NAME)
ENGINE: Final = f"compliance {VERSION}"
"""How decisions and snapshots name the program that made them."""


def installation(extra: str) -> str:
    """The command that installs an extra."""
    return f"pip install '{NAME}[{extra}]'"
