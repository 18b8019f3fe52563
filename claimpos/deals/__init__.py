"""How parties respond to a whole text: assessing proposals, and searching for package deals.

Pure functions; nothing here reads a file, prints, or knows of the command line.
"""
