"""What is done with a parsed XML document."""

from __future__ import annotations

import ast

from greenlint.rules.data._frame_uses import loads_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module

MAKING = frozenset(
    {
        "appendChild",
        "cloneNode",
        "createElement",
        "createElementNS",
        "createTextNode",
        "importNode",
        "insertBefore",
        "removeChild",
    }
    | {"replaceChild", "setAttribute", "toprettyxml", "toxml", "writexml", "removeAttribute", "normalize"}
)
"""Methods of a minidom document that change or print it."""
_WALKS = frozenset({"findall", "iter", "iterfind", "getiterator"})


def walks_once(node: ast.Call, module: Module) -> bool:
    """Whether the elements of an ElementTree are walked by one loop, and nothing else is done with it."""
    uses = loads_of(node, module)
    if uses is None or len(uses) != 1:
        return False
    method = module.parent(uses[0])
    call = module.parent(method) if isinstance(method, ast.Attribute) else None
    if not (isinstance(method, ast.Attribute) and isinstance(call, ast.Call) and call.func is method):
        return False
    if method.attr == "getroot":
        return walks_once(call, module)
    return method.attr in _WALKS and isinstance(module.parent(call), (ast.For, ast.comprehension))
