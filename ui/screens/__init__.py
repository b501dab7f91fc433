"""Screens as data: one small module per kind of record."""
