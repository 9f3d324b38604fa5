"""GL701 busy-wait."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.rules.waiting._idle import idle_round
from greenlint.rules.waiting._polls import REMEDIES, Answer
from greenlint.source.names import names_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module


class BusyWait(FileRule):
    """DOC"""

    code = "GL701"
    name = "busy-wait"
    effect = Effect(EffectClass.WAKE_UP, "EFFECT", "bench GL701")
    confidence = 95
    examples = ()

    def check(self, node: ast.While, module: Module) -> Iterator[Finding]:
        """Yield a finding when the loop can go round without doing anything but ask."""
        idle = idle_round(node, module)
        if idle is None:
            return
        if idle.asked is Answer.POLL:
            confidence = self.confidence if idle.complete else 90
        elif idle.complete and (idle.asked is Answer.STATE or _set_elsewhere(node, module)):
            confidence = 80
        else:
            return
        remedy = _remedy(node)
        message = f"busy wait: asks again and again without a pause; {remedy}"
        yield self.finding(node.test, module, message, confidence=confidence)


def _remedy(loop: ast.While) -> str:
    for node in ast.walk(loop):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in REMEDIES:
                return f"use {REMEDIES[name]}"
    return "wait for an event, or sleep between two looks"


def _set_elsewhere(loop: ast.While, module: Module) -> bool:
    """True when another function assigns a variable that the condition reads."""
    names, here = names_of(module), module.function(loop)
    for node in ast.walk(loop):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            scope = names.scope(node)
            bound = names.bindings(node.id, scope) if scope is not None else []
            if any(isinstance(b.node, ast.stmt) and module.function(b.node) is not here for b in bound if b.node is not here):
                return True
    return False
