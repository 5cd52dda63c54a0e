"""Readers of ownership files, one module a format; each gives `Statements`."""
