"""Positions → verdicts: where parties overlap, where they conflict, what is unresolved, and why.

Pure functions; nothing here reads a file, prints, or knows of the command line.
"""
