"""A table → a dossier, and a dossier → a table."""
