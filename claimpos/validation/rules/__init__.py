"""The rules, one family a module. The docstring of a module or of a check holds the pages."""
