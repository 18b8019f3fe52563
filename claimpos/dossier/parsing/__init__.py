"""Files and texts → data with places. The one room that imports yaml.

A text is composed by the C parser, which is quick; composing declines whatever a position file
may not hold. Only then, and where a text might hold an alias, a tag or an escape, are the parser's
events followed one by one, to tell every fault at its place.
"""
