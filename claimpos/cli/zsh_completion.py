"""zsh's completion, from the first TAB on."""

from __future__ import annotations

# zsh loads the file, which it calls as a function, at the first TAB: then it must complete, too.
_AT_FIRST = """
if [[ "${funcstack[1]}" = "_%(prog_name)s" ]]; then
  %(complete_func)s "$@"
fi
"""


def complete_at_first_tab() -> None:
    """Have the script that typer prints and installs for zsh complete as soon as it is loaded."""
    from typer import _completion_classes, _completion_shared

    scripts = _completion_shared._completion_scripts
    if not scripts["zsh"].endswith(_AT_FIRST):
        scripts["zsh"] += _AT_FIRST
    _completion_classes.ZshComplete.source_template = scripts["zsh"]
