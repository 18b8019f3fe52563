"""The command line, commands of a kind in a module: options → core → rendering → exit code."""
