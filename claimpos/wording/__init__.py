"""The sentences of reports: names, numbers and dates in words, and why a verdict is so."""
