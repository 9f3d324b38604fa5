"""The Python interface: `greenlint.measure` around a block, a function or a coroutine gives what the command line gives."""

from __future__ import annotations

import atexit
import os
import sys
from collections import deque
from contextvars import ContextVar
from functools import wraps
from inspect import isasyncgenfunction, iscoroutinefunction, isgeneratorfunction
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar, overload

from greenlint.model.measurement import Measurement
from greenlint.named_tuple import NamedTuple
from greenlint.window import Window

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType

    from greenlint.config.schema import Config
    from greenlint.ledger.store import Ledger
    from greenlint.model.run import Run
    from greenlint.profiler.meter import Meter, Reading

_Function = TypeVar("_Function", bound="Callable[..., Any]")

KEPT_WINDOWS = 1000
"""A measured function keeps its last windows in `function.windows`, this many at most."""


class Measure:
    """Measures blocks: `with`, `async with`, or as a decorator; each use gives a `Window` of its own."""

    def __init__(self, name: str, settings: _Settings) -> None:
        self._name, self._settings = name, settings
        self._open: list[_Running] = []

    def __enter__(self) -> Window:
        running = _begin(self._name, self._settings)
        self._open.append(running)
        return running.window

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        _end(self._open.pop(), "ok" if kind is None else "failed")

    async def __aenter__(self) -> Window:
        return self.__enter__()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.__exit__(kind, error, trace)

    def __call__(self, function: _Function) -> _Function:
        """Measure every call of a function or coroutine function; its last windows are in `function.windows`.

        Raises TypeError for generator functions: a call of one only makes the generator.
        """
        if isgeneratorfunction(function) or isasyncgenfunction(function):
            raise TypeError(f"{function.__qualname__} is a generator function: put `with greenlint.measure()` around its use")
        name = self._name or f"{function.__module__}.{function.__qualname__}"
        windows: deque[Window] = deque(maxlen=KEPT_WINDOWS)
        wrapper = _around_coroutine if iscoroutinefunction(function) else _around_function
        measured = wrapper(function, name, self._settings, windows)
        measured.windows = windows  # type: ignore[attr-defined]
        return measured  # type: ignore[return-value]


@overload
def measure(name: _Function, /) -> _Function: ...
@overload
def measure(
    name: str = ...,
    /,
    *,
    provider: str | None = ...,
    idle: str = ...,
    ledger: bool = ...,
    on_result: Callable[[Window], object] | None = ...,
) -> Measure: ...
def measure(
    name: str | Callable[..., Any] = "",
    /,
    *,
    provider: str | None = None,
    idle: str = "wall",
    ledger: bool = False,
    on_result: Callable[[Window], object] | None = None,
) -> Any:
    """Measure energy, CPU time and wall time of a block, a function (`@greenlint.measure`) or a coroutine.

    name  in reports; a function's own name by default
    provider  name of an energy provider; by default as configured in the project, else the best that works here
    idle  "wall": the idle energy of the block's time is inside; "apart": only energy above idle
    ledger  record each window in the project's ledger; on_result  called with each window when it ends

    The meter is opened at the first use and stays open until the process ends. The window counts this process with all
    its threads and descendants: blocks that run at the same time in several threads or tasks contain each other, and say so.
    Raises ProviderError when the provider named is not usable here, ConfigError for an unusable configuration.
    """
    from greenlint.profiler.accounts.base import policy

    policy("", idle)
    settings = _Settings(provider, idle, ledger, on_result)
    return Measure("", settings)(name) if callable(name) else Measure(name, settings)


class _Settings(NamedTuple):
    provider: str | None
    idle: str
    ledger: bool
    on_result: Callable[[Window], object] | None


class _Running(NamedTuple):
    """An open window: where it began, and the windows around it in the same task."""

    window: Window
    session: _Session
    settings: _Settings
    start: Reading
    parents: tuple[_Running, ...]
    beside: set[str]


class _Session:
    """The meter that all windows of this process with one provider share, and its place in the ledger."""

    def __init__(self, provider: str | None, config: Config) -> None:
        from greenlint.profiler.meter import Meter

        self.meter = Meter.open(provider or config.energy.provider, settings=config.machine)
        self.config, self.pid, self.lock = config, os.getpid(), Lock()
        self.running: list[_Running] = []
        self._recorded: tuple[Ledger, Run] | None = None

    def record(self, measurement: Measurement) -> None:
        """Append to the run of this process in the ledger, begun with the first window. Raises LedgerError."""
        with self.lock:
            if self._recorded is None:
                self._recorded = _begin_run(self.meter, self.config)
            ledger, run = self._recorded
            ledger.append(run.run_id, [measurement])

    def close(self) -> None:
        """End the run and release the meter; not in a forked child, whose parent still uses both."""
        if self.pid != os.getpid():
            return
        self.meter.close()
        if self._recorded is not None:
            (ledger, run), self._recorded = self._recorded, None
            ledger.finish(run.run_id, f"invalid: {self.meter.invalid}" if self.meter.invalid else "complete")
            ledger.close()


_sessions: dict[str | None, _Session] = {}
_opening = Lock()
_around: ContextVar[tuple[_Running, ...]] = ContextVar("greenlint-windows", default=())


def _session(provider: str | None) -> _Session:
    with _opening:
        session = _sessions.get(provider)
        if session is None or session.pid != os.getpid():
            from greenlint.config.loader import load_config

            session = _sessions[provider] = _Session(provider, load_config("."))
            atexit.register(session.close)
        return session


def _begin(name: str, settings: _Settings) -> _Running:
    session, parents = _session(settings.provider), _around.get()
    running = _Running(
        Window(name or "block", session.meter, session.config), session, settings, session.meter.read(), parents, set()
    )
    with session.lock:
        for other in session.running:
            if other not in parents:
                running.beside.add(other.window.name)
                other.beside.add(running.window.name)
        session.running.append(running)
    _around.set((*parents, running))
    return running


def _end(running: _Running, outcome: str) -> None:
    window, session, settings = running.window, running.session, running.settings
    meter = session.meter
    end = meter.read()
    with session.lock:
        session.running.remove(running)
    _around.set(running.parents)
    energy = meter.energy(running.start, end, idle=settings.idle)
    window.devices = meter.devices(running.start, end, idle=settings.idle)
    window.invalid = meter.invalid
    overlap = f"ran at the same time as {', '.join(sorted(running.beside))}: each contains the other's energy"
    window.warnings = tuple(dict.fromkeys((*(energy.warnings if energy else ()), *((overlap,) if running.beside else ()))))
    measurement = window.measurement = Measurement(
        name=window.name,
        phase="call",
        energy=None if meter.invalid else energy,
        wall_ns=end.t_ns - running.start.t_ns,
        cpu_ns=end.cpu_ns - running.start.cpu_ns,
        outcome=outcome,
        excluded=overlap if running.beside else "",
        t0_ns=running.start.t_ns,
        extra=meter.counted(running.start, end),
    )
    if settings.ledger:
        session.record(measurement)
    if settings.on_result is not None:
        settings.on_result(window)


def _begin_run(meter: Meter, config: Config) -> tuple[Ledger, Run]:
    from greenlint.ledger.store import Ledger
    from greenlint.profiler.measure_run import measure_run

    run = measure_run(meter, config.root, sys.argv[:1])
    ledger = Ledger.open(os.path.join(config.root, config.energy.ledger))
    ledger.begin(run)
    return ledger, run


def _around_function(
    function: Callable[..., Any], name: str, settings: _Settings, windows: deque[Window]
) -> Callable[..., Any]:
    @wraps(function)
    def measured(*args: Any, **kwargs: Any) -> Any:
        with Measure(name, settings) as window:
            windows.append(window)
            return function(*args, **kwargs)

    return measured


def _around_coroutine(
    function: Callable[..., Any], name: str, settings: _Settings, windows: deque[Window]
) -> Callable[..., Any]:
    @wraps(function)
    async def measured(*args: Any, **kwargs: Any) -> Any:
        with Measure(name, settings) as window:
            windows.append(window)
            return await function(*args, **kwargs)

    return measured
