"""Snapshots of lists: a catalogue of what is published, a store, guards, deltas, fetching.

The only clock here is the one that keeps the limits of fetching; the day and time of a retrieval
come in as arguments.
"""

from __future__ import annotations

from compliance.distribution import ENGINE
from compliance.watchlists.snapshots.catalogue import (
    Guards,
    Publication,
    PublishedFile,
    Sentinel,
    catalogue,
    publication,
)
from compliance.watchlists.snapshots.delta import Delta, apply, delta
from compliance.watchlists.snapshots.fetching import fetch
from compliance.watchlists.snapshots.guards import GUARDS
from compliance.watchlists.snapshots.importing import Imported, Received, accept, import_path
from compliance.watchlists.snapshots.manifest import Check, GuardResult, Manifest, StoredFile
from compliance.watchlists.snapshots.network import Limits, Network, Proxies
from compliance.watchlists.snapshots.status import ListStatus, status
from compliance.watchlists.snapshots.store import Store
from compliance.watchlists.snapshots.verification import Verified, verify

__all__ = [
    "ENGINE",
    "GUARDS",
    "Check",
    "Delta",
    "GuardResult",
    "Guards",
    "Imported",
    "Limits",
    "ListStatus",
    "Manifest",
    "Network",
    "Proxies",
    "Publication",
    "PublishedFile",
    "Received",
    "Sentinel",
    "Store",
    "StoredFile",
    "Verified",
    "accept",
    "apply",
    "catalogue",
    "delta",
    "fetch",
    "import_path",
    "publication",
    "status",
    "verify",
]
