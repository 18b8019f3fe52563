"""Whether the files of a dossier are in order, and what to do where they are not."""
