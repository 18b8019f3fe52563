"""What parties say to a whole text: proposals assessed, packages that all could sign found.

Pure functions; nothing here reads a file, prints, or knows of the command line.
"""
