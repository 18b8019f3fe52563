"""The command line, one module a command: options → core → rendering → exit code."""
