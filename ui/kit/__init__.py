"""Widgets that know the theme, the words and the desk, and no particular record."""
