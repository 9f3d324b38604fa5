"""The hooks that a plug-in can implement: each returns a list of what it adds."""

from __future__ import annotations

from pluggy import HookimplMarker, HookspecMarker

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


hookspec = HookspecMarker("greenlint")
hookimpl = HookimplMarker("greenlint")


@hookspec
def greenlint_rules() -> list[type[Any]]:  # type: ignore[empty-body]
    """Rules: subclasses of FileRule, ProjectRule or AssetRule of `greenlint.rules.base`.

    Their codes are GL, a letter other than A, C, D, I or W, and three digits. `greenlint.testing.check_rule` checks one.
    """


@hookspec
def greenlint_providers() -> list[type[Any]]:  # type: ignore[empty-body]
    """Energy providers: subclasses of `greenlint.profiler.provider.Provider` that are made without an argument.

    `greenlint.testing.check_provider` checks one.
    """


@hookspec
def greenlint_reporters() -> list[Any]:  # type: ignore[empty-body]
    """Findings formats: modules or objects with a `NAME` and `render(result, options) -> str`.

    The result is a `greenlint.model.check.CheckResult`, the options are `greenlint.reporters.base.RenderOptions`.
    """


@hookspec
def greenlint_carbon_factors() -> list[Any]:  # type: ignore[empty-body]
    """Carbon intensities of zones that greenlint does not ship.

    `greenlint.carbon.factors.CarbonFactor` where the figure is known; `greenlint.carbon.live.LiveFactor` where it is fetched,
    when exactly its zone is configured.
    """


@hookspec
def greenlint_framework_packs() -> list[Any]:  # type: ignore[empty-body]
    """What frameworks reach by convention, so that it is not called unused: `greenlint.source.frameworks.Pack` objects.

    A pack names the packages whose import switches it on, and the functions, methods, bases, decorators, files and fixtures
    that its framework calls, registers or loads.
    """
