"""The rules, one family in each module. The docstrings of modules and checks are their pages."""
