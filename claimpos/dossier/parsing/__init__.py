"""Parses YAML into data that knows its places.

The C parser composes a text quickly, and refuses whatever a position file may not hold. Only then,
and if the text might hold an alias, a tag or an escape, are the parser's events checked one by one,
to report each error at its place.
"""
