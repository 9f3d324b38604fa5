"""Named tuples that are quick to make: `typing.NamedTuple` compiles each annotation, which takes four fifths of its time.

greenlint has more than a hundred of them, and a start of the linter or of the pytest plug-in makes thirty. Written and checked
like those of `typing`; only `__annotations__` differs, which holds the annotations as they stand in the source.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple
else:
    from collections import namedtuple

    class _Meta(type):
        def __new__(cls, name, _bases, namespace):
            fields = namespace.pop("__annotations__", {})
            defaults = [namespace.pop(field) for field in fields if field in namespace]
            made = namedtuple(name, fields, defaults=defaults, module=namespace.pop("__module__"))
            made.__annotations__ = fields
            for key, value in namespace.items():
                setattr(made, key, value)
            return made

    NamedTuple = type.__new__(_Meta, "NamedTuple", (), {})
