"""Dossiers edited in place: additions to files whose other bytes do not change."""
