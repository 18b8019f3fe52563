"""Verdicts → documents: a briefing's data, and the templates that lay it out."""
