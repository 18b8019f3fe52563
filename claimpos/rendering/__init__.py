"""Verdicts → tables, JSON and CSV, as text; nothing here prints."""
