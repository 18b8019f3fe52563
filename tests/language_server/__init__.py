"""The language server: what it answers, and a client that speaks to it."""
