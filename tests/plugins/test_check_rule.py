"""`check_rule` accepts a rule that keeps the contract, and names every clause that one breaks."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from greenlint.rules.base import Applicability, AssetRule, Bad, Effect, EffectClass, FileRule, Finding, Good, Rule
from greenlint.rules.registry import own_rules
from greenlint.source.module import Module
from greenlint.testing import check_rule


class Sound(FileRule):
    """A call of eval.

    ## Why it wastes

    It compiles.

    ## When to leave it alone

    Rarely.

    ## Evidence

    None.
    """

    code = "GLX301"
    name = "sound"
    effect = Effect(EffectClass.CONSTANT, "compiles each time", "none")
    examples: tuple[Bad | Good, ...] = (Bad("eval(x)\n", fixed="int(x)\n", lines=(1,)), Good("f(x)\n", why="not eval"))

    def check(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        if module.is_builtin(node.func, "eval"):
            fix = self.replace(node.func, "int", module, "Use int", Applicability.UNSAFE)
            yield self.finding(node, module, "eval compiles", fix=fix)


class Undocumented(Sound):
    "Says little."


class Unproven(Sound):
    __doc__ = Sound.__doc__
    examples = (Good("f(x)\n"),)


class Missed(Sound):
    __doc__ = Sound.__doc__
    examples = (Bad("f(x)\n"), Good("f(x)\n", why="not eval"))


class FalseAlarm(Sound):
    __doc__ = Sound.__doc__
    examples = (*Sound.examples, Good("eval(y)\n", why="it only looks like it"))


class OtherFix(Sound):
    __doc__ = Sound.__doc__
    examples = (Bad("eval(x)\n", fixed="float(x)\n"), Sound.examples[1])


class OtherLine(Sound):
    __doc__ = Sound.__doc__
    examples = (Bad("\neval(x)\n", fixed="\nint(x)\n", lines=(1,)), Sound.examples[1])


class Raises(Sound):
    __doc__ = Sound.__doc__

    def check(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        raise KeyError("k")


class OddOption(Sound):
    __doc__ = Sound.__doc__
    options = {"most": None}


class NoSuffix(AssetRule):
    __doc__ = Sound.__doc__
    code, name, effect = "GLX302", "no-suffix", Sound.effect
    suffixes = ()

    def check(self, asset: object) -> Iterator[Finding]:
        yield from ()


CLAUSES: dict[type[Rule], list[str]] = {
    Undocumented: ["lacks the section '## Why it wastes'", "begins with one line"],
    Unproven: ["examples hold no Bad", "1 Good do not say why"],
    Missed: ["must be reported"],
    FalseAlarm: ["must stay silent (it only looks like it)"],
    OtherFix: ["is fixed to 'int(x)\\n', not 'float(x)\\n'"],
    OtherLine: ["is reported on lines (2,), not (1,)"],
    Raises: ["must stay silent", "KeyError"],
    OddOption: ["option 'most' cannot be written in TOML"],
    NoSuffix: ["suffixes is not a tuple"],
}


def test_a_sound_rule_passes_without_being_installed() -> None:
    check_rule(Sound)


@pytest.mark.parametrize("rule", CLAUSES, ids=lambda rule: rule.__name__)
def test_a_broken_clause_is_named(rule: type[Rule]) -> None:
    with pytest.raises(AssertionError) as failure:
        check_rule(rule)
    for clause in CLAUSES[rule]:
        assert clause in str(failure.value)
    assert str(failure.value).startswith(f"{rule.code}: ")


def test_what_is_no_rule_is_said_to_be_none() -> None:
    with pytest.raises(AssertionError, match="int: is no subclass"):
        check_rule(int)  # type: ignore[arg-type]
    with pytest.raises(AssertionError, match="FileRule: is no subclass"):
        check_rule(FileRule)


def test_our_own_rules_keep_the_same_contract() -> None:
    for rule in list(own_rules().values())[::5]:
        check_rule(rule)
