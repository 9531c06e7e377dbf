"""Exports: the compiled handbook in formats that other programs read."""
