"""Which expressions make a NumPy array that nobody else knows."""

from __future__ import annotations

import ast

from greenlint.rules.loops._arrays import rank_of
from greenlint.source.calls import keyword
from greenlint.source.words import words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module

_MAKERS = words(
    """abs add arange arccos arcsin arctan arctan2 argsort argwhere array bincount ceil clip column_stack concatenate convolve cos cosh
    cross cumprod cumsum diff digitize divide dot dstack einsum empty empty_like exp expm1 eye flatnonzero floor fromiter full full_like
    genfromtxt geomspace hstack hypot identity interp isfinite isin isnan kron linspace load loadtxt log log10 log1p log2 logspace
    matmul maximum minimum multiply nan_to_num ones ones_like outer pad power prod repeat rint roll searchsorted sin sinh sort sqrt
    square stack subtract take tan tanh tensordot tile tri tril triu union1d vstack where zeros zeros_like"""
)
"""Functions of NumPy that give a new array. `unique`, `load` and `where` do so in the forms that are looked for here."""
_OF_NUMBERS_TOO = words(
    """abs add arccos arcsin arctan arctan2 ceil clip cos cosh divide dot exp expm1 floor hypot interp isfinite isin isnan log log10 log1p
    log2 matmul maximum minimum multiply nan_to_num power prod rint searchsorted sin sinh sqrt square subtract take tan tanh"""
)
"""Those of them that give a number for numbers."""
_RANDOM = words(
    """beta binomial choice exponential gamma integers laplace lognormal multivariate_normal normal permutation poisson rand randint
    randn random random_sample standard_normal uniform"""
)
TENSORS = words(
    "arange cat empty eye full full_like linspace ones ones_like rand randint randn randperm stack tensor zeros zeros_like"
)
"""Functions of torch that give a new tensor."""
_METHODS = frozenset({"astype", "cumsum", "cumprod", "repeat", "round", "clip", "dot"})
_DEPTH = 5


def is_fresh(node: ast.expr, module: Module, depth: int = 0) -> bool:
    """Whether this expression itself makes a new array, so that a copy of it is one too many."""
    if depth > _DEPTH:
        return False
    if isinstance(node, ast.BinOp):
        return any(is_fresh(side, module, depth + 1) or rank_of(side, module) is not None for side in (node.left, node.right))
    if not isinstance(node, ast.Call):
        return False
    name = module.qualified_name(node.func) or ""
    if name.removeprefix("numpy.") in _OF_NUMBERS_TOO:
        given = node.args[:1]
        return bool(given) and (is_fresh(given[0], module, depth + 1) or rank_of(given[0], module) is not None)
    if name.startswith("numpy."):
        return _is_made(name.removeprefix("numpy."), node)
    if isinstance(node.func, ast.Attribute) and node.func.attr in _METHODS:
        receiver = node.func.value
        return keyword(node, "copy") is None and (
            is_fresh(receiver, module, depth + 1) or rank_of(receiver, module) is not None
        )
    return False


def _is_made(name: str, node: ast.Call) -> bool:
    if name.startswith("random."):
        return name.removeprefix("random.") in _RANDOM and bool(node.args or node.keywords)
    if name not in _MAKERS or keyword(node, "copy") is not None or keyword(node, "out") is not None:
        return False
    if name == "load":
        return keyword(node, "mmap_mode") is None and len(node.args) == 1
    if name == "where":
        return len(node.args) == 3
    return keyword(node, "retstep") is None and keyword(node, "return_index") is None
