"""Which calls in a loop give in every turn what they gave before, and how much that matters."""

from __future__ import annotations

import ast

from greenlint.rules.loops._extent import data_loops
from greenlint.rules.loops._pure import only_looks
from greenlint.rules.loops._pure_function import gives_a_value
from greenlint.rules.loops._same_value import LIGHT, same, weight
from greenlint.rules.loops._steady import every_use, is_changed, may_alter, mentions_in
from greenlint.source.infer import dotted
from greenlint.source.repeat import LOOPS, leaves
from greenlint.source.words import words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module

_MAKING = words("""argsort cumsum describe findall groupby rsplit set sort sorted split splitlines unique value_counts wrap where outer
    matmul dot cov corr corrcoef histogram cross mode""")
"""Functions and methods whose result can be changed, so that each turn may need its own."""
_MOVING = words("""time now monotonic perf_counter random randint uniform choice tell qsize read recv input next get pop process_time time_ns
    utcnow today poll empty full exists isfile""")
"""What gives another answer each time, or is asked in order to see a change."""
_HARMLESS = (
    ast.BinOp,
    ast.BoolOp,
    ast.Compare,
    ast.For,
    ast.FormattedValue,
    ast.If,
    ast.IfExp,
    ast.UnaryOp,
    ast.While,
    ast.comprehension,
)


def worth(node: ast.Call, module: Module) -> int | None:
    """How sure one can be that `node` is computed in vain in each turn but the first; None where it is not, or cannot be known."""
    around = module.loop(node)
    known = weight(node, module) if around is not None else None
    if known is None or not isinstance(around, LOOPS) or isinstance(module.parent(node), ast.Expr):
        return None
    loop = next(data_loops(node, module), None)
    if loop is None and leaves(node, around, module):
        return None
    if not same(node, node, loop or around, module):
        return None
    own = node.func.id if isinstance(node.func, ast.Name) else ""
    last = node.func.attr if isinstance(node.func, ast.Attribute) else own
    made = last in _MAKING or (isinstance(node.func, ast.Name) and own and _is_made_by(node.func, module))
    if made and not every_use(node, _reads, module):
        return None
    return known if loop is not None else LIGHT


def outermost(node: ast.Call, module: Module) -> bool:
    """Whether no call around `node` in the same statement is the same in every turn as well."""
    for holder in module.ancestors(node):
        if not isinstance(holder, (ast.expr, ast.keyword, ast.comprehension)) or isinstance(holder, LOOPS):
            return True
        if isinstance(holder, ast.Call) and worth(holder, module) is not None:
            return False
    return True


def asked_in_test(loop: ast.While, module: Module) -> ast.Call | None:
    """The call that `while i < limit():` compares a counter with before every turn."""
    test = loop.test
    if not (
        isinstance(test, ast.Compare) and len(test.ops) == 1 and isinstance(test.ops[0], (ast.Lt, ast.LtE, ast.Gt, ast.GtE))
    ):
        return None
    sides = [test.left, test.comparators[0]]
    counter = next((side for side in sides if isinstance(side, ast.Name)), None)
    call = next((side for side in sides if isinstance(side, ast.Call)), None)
    if counter is None or call is None or weight(call, module) is not None:
        return None
    counted = {part.target.id for part in loop.body if isinstance(part, ast.AugAssign) and isinstance(part.target, ast.Name)}
    func = call.func
    name = func.attr if isinstance(func, ast.Attribute) else func.id if isinstance(func, ast.Name) else ""
    if counter.id not in counted or name in _MOVING or not (name and dotted(func)):
        return None
    if isinstance(func, ast.Name) and module.is_builtin(func, name):
        return None
    arguments = [*call.args, *(keyword.value for keyword in call.keywords)]
    if isinstance(func, ast.Attribute) and module.qualified_name(func) is None and not _is_left(func.value, call, loop, module):
        return None
    return call if all(same(argument, call, loop, module) for argument in arguments) else None


def _is_left(owner: ast.expr, call: ast.Call, loop: ast.While, module: Module) -> bool:
    """Whether the loop calls nothing else of the object, and stores nothing in it."""
    if not isinstance(owner, ast.Name):
        return isinstance(owner, ast.Attribute) and not is_changed(owner, loop, module, but=call)
    inside = set(ast.walk(call))
    for use in mentions_in(owner, loop, module):
        holder = module.parent(use)
        if use in inside or not isinstance(holder, ast.Attribute):
            if use not in inside and may_alter(use, module):
                return False
        elif not isinstance(holder.ctx, ast.Load) or isinstance(module.parent(holder), ast.Call):
            return False
    return True


def _is_made_by(func: ast.Name, module: Module) -> bool:
    return not module.is_builtin(func, func.id) and module.qualified_name(func) is None and not gives_a_value(func, module)


def _reads(use: ast.expr, module: Module) -> bool:
    """Whether the result is looked at here and then forgotten."""
    if isinstance(use, ast.Name):
        return not may_alter(use, module)
    holder = module.parent(use)
    if isinstance(holder, ast.Subscript):
        return holder.value is use and isinstance(holder.ctx, ast.Load)
    if isinstance(holder, ast.Call):
        return module.is_builtin(holder.func, "print") or only_looks(holder.func, module)
    if isinstance(holder, ast.Attribute):
        above = module.parent(holder)
        return not isinstance(above, ast.Call) or weight(above, module) is not None
    return isinstance(holder, _HARMLESS)
