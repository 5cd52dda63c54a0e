"""Compliance screening for rented GPU compute."""
