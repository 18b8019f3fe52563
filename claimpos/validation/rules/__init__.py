"""The rules, a family in each module; the docstrings of modules and checks are their pages."""
