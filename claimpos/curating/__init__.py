"""Dossiers edited in place: additions to files, of which every other byte stays as it is."""
