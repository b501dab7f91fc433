"""Registers that come in from spreadsheets."""
