"""`NamedTuple` as in typing, which takes most of its time to compile annotations.

Nothing reads them when a command runs, and a command makes a hundred such classes before it does
anything: here they stay texts. For the rest the classes are the same.
"""

from __future__ import annotations

from collections import namedtuple

from claimpos import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple
else:

    class _Maker(type):
        def __new__(cls, name, _, told):
            fields = told.setdefault("__annotations__", {})
            defaults = [told.pop(field) for field in fields if field in told]
            made = namedtuple(name, fields, defaults=defaults, module=told["__module__"])
            for key, value in told.items():
                setattr(made, key, value)
            return made

    NamedTuple = type.__new__(_Maker, "NamedTuple", (), {})
