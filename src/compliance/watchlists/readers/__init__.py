"""Readers: one module a publisher's own format, and the mappings that read any rows.

A reader turns a file into a `Watchlist`, or refuses it with its place (watchlists.formats).
"""
