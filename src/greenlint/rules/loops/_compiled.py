"""Functions that are compiled to machine code: what costs time in the interpreter costs nothing there."""

from __future__ import annotations

from greenlint.source.infer import dotted

TYPE_CHECKING = False
if TYPE_CHECKING:
    import ast

    from greenlint.source.module import Module

_PACKAGES = frozenset({"numba", "taichi", "triton", "cython", "jax", "pythran"})


def is_compiled(node: ast.AST, module: Module) -> bool:
    """Whether a decorator hands the function around `node` to a compiler such as numba."""
    function = module.function(node)
    while function is not None:
        for decorator in function.decorator_list:
            called = decorator.func if hasattr(decorator, "func") else decorator
            name = module.qualified_name(called) or dotted(called) or ""
            last = name.rpartition(".")[2]
            if (
                name.partition(".")[0] in _PACKAGES
                or "jit" in last
                or last in ("vectorize", "guvectorize", "kernel", "stencil")
            ):
                return True
        function = module.function(function)
    return False
