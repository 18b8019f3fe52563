"""A language server for the files of a dossier: what an editor asks while one types."""
