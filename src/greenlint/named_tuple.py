"""Named tuples that are quick to make: a start of the linter or of the pytest plug-in makes over thirty.

`typing.NamedTuple` compiles every annotation, and `collections.namedtuple` a constructor for every class. Here classes with
the same number of fields share the code of one constructor, and all share the other methods. Written and checked like those of
`typing`; only `__annotations__` differs, which holds the annotations as they stand in the source.
`benchmarks/self/named_tuples.py` times the three.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import NamedTuple as NamedTuple
else:
    from functools import cache
    from types import FunctionType

    try:
        from _collections import _tuplegetter
    except ImportError:  # other than CPython; `collections` does the same
        from operator import itemgetter

        def _tuplegetter(number, doc):
            return property(itemgetter(number), doc=doc)

    make = tuple.__new__
    _IN_ITS_BODY = {"make": make}
    _CONSTRUCTORS = (  # with one field, two, ...; written out, for compiling one takes as long as making four classes
        lambda _cls, a: make(_cls, (a,)),
        lambda _cls, a, b: make(_cls, (a, b)),
        lambda _cls, a, b, c: make(_cls, (a, b, c)),
        lambda _cls, a, b, c, d: make(_cls, (a, b, c, d)),
        lambda _cls, a, b, c, d, e: make(_cls, (a, b, c, d, e)),
        lambda _cls, a, b, c, d, e, f: make(_cls, (a, b, c, d, e, f)),
        lambda _cls, a, b, c, d, e, f, g: make(_cls, (a, b, c, d, e, f, g)),
        lambda _cls, a, b, c, d, e, f, g, h: make(_cls, (a, b, c, d, e, f, g, h)),
        lambda _cls, a, b, c, d, e, f, g, h, i: make(_cls, (a, b, c, d, e, f, g, h, i)),
        lambda _cls, a, b, c, d, e, f, g, h, i, j: make(_cls, (a, b, c, d, e, f, g, h, i, j)),
        lambda _cls, a, b, c, d, e, f, g, h, i, j, k: make(_cls, (a, b, c, d, e, f, g, h, i, j, k)),
        lambda _cls, a, b, c, d, e, f, g, h, i, j, k, m: make(_cls, (a, b, c, d, e, f, g, h, i, j, k, m)),
        lambda _cls, a, b, c, d, e, f, g, h, i, j, k, m, n: make(_cls, (a, b, c, d, e, f, g, h, i, j, k, m, n)),
        lambda _cls, a, b, c, d, e, f, g, h, i, j, k, m, n, o: make(_cls, (a, b, c, d, e, f, g, h, i, j, k, m, n, o)),
    )

    @cache
    def _constructor(count):
        """The code of a constructor with `count` fields."""
        if 0 < count <= len(_CONSTRUCTORS):
            return _CONSTRUCTORS[count - 1].__code__
        fields = "".join(f", _{number}" for number in range(count))
        return eval(f"lambda _cls{fields}: make(_cls, ({fields[2:]}))").__code__

    class _Record(tuple):
        """What all of them have in common; the names are those of `collections.namedtuple`."""

        __slots__ = ()

        @classmethod
        def _make(cls, values):
            made = make(cls, values)
            if len(made) != len(cls._fields):
                raise TypeError(f"{cls.__name__} has {len(cls._fields)} fields, not {len(made)}")
            return made

        def _asdict(self):
            return dict(zip(self._fields, self, strict=True))

        def _replace(self, /, **changes):
            return type(self)(**{**self._asdict(), **changes})

        __replace__ = _replace

        def __getnewargs__(self):
            return tuple(self)

        def __repr__(self):
            return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in self._asdict().items())})"

    class _Meta(type):
        def __new__(cls, name, _bases, namespace):
            annotations = namespace.setdefault("__annotations__", {})
            fields = tuple(annotations)
            defaults = {field: namespace[field] for field in fields if field in namespace}
            if tuple(defaults) != fields[len(fields) - len(defaults) :]:
                raise TypeError(f"{name}: a field without a default follows one that has a default")
            code = _constructor(len(fields)).replace(co_varnames=("_cls", *fields), co_name="__new__")
            make = FunctionType(code, _IN_ITS_BODY, "__new__", tuple(defaults.values()))
            make.__qualname__ = f"{name}.__new__"
            namespace.update(__slots__=(), __new__=make, __match_args__=fields, _fields=fields, _field_defaults=defaults)
            for number, field in enumerate(fields):
                namespace[field] = _tuplegetter(number, "")
            return type(name, (_Record,), namespace)

    NamedTuple = type.__new__(_Meta, "NamedTuple", (), {})
