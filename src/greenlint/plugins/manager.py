"""Loads the installed plug-ins and calls their hooks; one that fails is a warning, and the others still work."""

from __future__ import annotations

import sys
from contextlib import redirect_stdout
from functools import lru_cache
from importlib.metadata import PathDistribution
from pathlib import Path

from pluggy import PluginManager

from greenlint.named_tuple import NamedTuple
from greenlint.plugins import hookspecs
from greenlint.plugins.discovery import SWITCH, declared

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.metadata import EntryPoint
    from typing import Any

GROUP = "greenlint"
_TEXT = 200  # characters of an error that are shown
_warned: set[str] = set()


class Plugin(NamedTuple):
    """An installed plug-in: its distribution, the hooks that it implements, and why it cannot be used, or ""."""

    package: str
    version: str
    hooks: tuple[str, ...] = ()
    problem: str = ""

    def __str__(self) -> str:
        return f"{self.package} {self.version}"


class Contribution(NamedTuple):
    """What one plug-in returned for a hook."""

    plugin: Plugin
    items: tuple[Any, ...]


class _Loaded(NamedTuple):
    manager: PluginManager
    plugins: tuple[Plugin, ...]


def load_plugins() -> tuple[Plugin, ...]:
    """Every installed plug-in by package name; imports them on the first call."""
    return _load().plugins


def warn(plugin: Plugin, problems: Sequence[str]) -> None:
    """Say in one line on stderr what of a plug-in is left out, why, and what to do; nothing without problems."""
    if problems:
        _warned.add(plugin.package)
        sys.stderr.write(
            f"greenlint: warning: plug-in {plugin}: {'; '.join(problems)} "
            f"(left out; update or uninstall {plugin.package}, or set {SWITCH}=1)\n"
        )


def call(hook: str) -> list[Contribution]:
    """The answers of all plug-ins to `hook`, in the order of package names; each is asked once per process."""
    return list(_called(hook))


def anything_left_out() -> bool:
    """Whether a warning was given so far."""
    return bool(_warned)


def one_line(error: BaseException) -> str:
    """An error in one short line."""
    return " ".join(f"{type(error).__name__}: {error}".split())[:_TEXT].removesuffix(":")


@lru_cache(maxsize=8)
def _called(hook: str) -> tuple[Contribution, ...]:
    manager, plugins = _load()
    found: list[Contribution] = []
    for plugin in plugins:
        if hook not in plugin.hooks:
            continue
        others = [module for name, module in manager.list_name_plugin() if not _is_of(name, plugin)]
        try:
            with redirect_stdout(sys.stderr):  # stdout is for results
                answers = manager.subset_hook_caller(hook, others)()
        except (Exception, SystemExit) as error:  # noqa: BLE001  a plug-in may raise anything; it must not end the run
            warn(plugin, [f"{hook} failed: {one_line(error)}"])
            continue
        lists = [answer for answer in answers if isinstance(answer, (list, tuple))]
        if len(lists) < len(answers):
            warn(plugin, [f"{hook} does not return a list"])
        found.append(Contribution(plugin, tuple(item for answer in lists for item in answer)))
    return tuple(found)


@lru_cache(maxsize=1)
def _load() -> _Loaded:
    manager = PluginManager(GROUP)
    manager.add_hookspecs(hookspecs)
    plugins: dict[str, Plugin] = {}
    for path in declared():
        distribution = PathDistribution(Path(path))
        plugin = _identify(path, distribution)
        key = plugin.package.lower().replace("_", "-").replace(".", "-")
        if key not in plugins:  # the first on sys.path is the one that gets imported
            plugins[key] = _load_one(manager, plugin, distribution)
    return _Loaded(manager, tuple(plugin for _, plugin in sorted(plugins.items())))


def _identify(path: str, distribution: PathDistribution) -> Plugin:
    """Name and version from the metadata, else from the name of its directory."""
    name, _, version = Path(path).stem.partition("-")
    try:
        metadata = dict(distribution.metadata.items())  # type: ignore[attr-defined]
    except (OSError, ValueError, TypeError):
        metadata = {}
    return Plugin(str(metadata.get("Name", name)), str(metadata.get("Version", version or "of unknown version")))


def _load_one(manager: PluginManager, plugin: Plugin, distribution: PathDistribution) -> Plugin:
    hooks: list[str] = []
    try:
        with redirect_stdout(sys.stderr):  # stdout is for results
            for entry_point in distribution.entry_points.select(group=GROUP):
                hooks += _register(manager, plugin, entry_point)
    except (Exception, SystemExit) as error:  # noqa: BLE001  importing a plug-in may raise anything; it must not end the run
        for name, _ in manager.list_name_plugin():
            if _is_of(name, plugin):
                manager.unregister(name=name)
        failed = plugin._replace(problem=one_line(error))
        warn(failed, [failed.problem])
        return failed
    return plugin._replace(hooks=tuple(dict.fromkeys(hooks)))


def _register(manager: PluginManager, plugin: Plugin, entry_point: EntryPoint) -> list[str]:
    """Import and register one entry point; returns the hooks that it implements."""
    module = entry_point.load()
    manager.register(module, name=f"{plugin.package}:{entry_point.name}")
    manager.check_pending()
    hooks = [caller.name for caller in manager.get_hookcallers(module) or ()]
    if not hooks:
        raise LookupError(f"{entry_point.value} implements no hook of greenlint; mark them with greenlint.plugins.hookimpl")
    return hooks


def _is_of(name: str, plugin: Plugin) -> bool:
    return name.partition(":")[0] == plugin.package
