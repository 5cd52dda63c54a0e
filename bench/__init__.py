"""Benchmarks: ratios measured in pairs in one run, with sizes; never a bare number."""
