"""Compares positions: where parties overlap, where they conflict, what is unresolved, and why.

Nothing here reads a file, prints, or knows of the command line.
"""
