"""Where the rules that ship with this package are.

A wheel carries them inside the package; a source checkout keeps them at its top level.
"""

from __future__ import annotations

from pathlib import Path


def rules_path() -> Path:
    """The folder of the embedded rule set (`us/`, `eu/`, `house/`, `data/`, `sets/` ...)."""
    package = Path(__file__).resolve().parents[1]
    shipped = package / "rules"
    return shipped if shipped.is_dir() else package.parents[1] / "rules"
