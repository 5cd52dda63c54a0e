"""Matching by more than the name: numbers, wallets, addresses, and what qualifies a hit by name."""
