"""Checks whether the files of a dossier are valid, and says how to correct them."""
