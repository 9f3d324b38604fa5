"""The thread that records the energy counters of device boards, whatever library reads them.

A call into a board's driver takes milliseconds (4 ms on an H200), so nothing here is called when a test begins or ends:
the thread reads every counter at up to 10 Hz and the power gauge now and then, and windows are read from the record.
"""

from __future__ import annotations

from threading import Event, Thread
from time import perf_counter_ns
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from greenlint.model.energy import Method
from greenlint.named_tuple import NamedTuple
from greenlint.profiler.curve import LATE_NS, Curve
from greenlint.profiler.gauge import Gauge
from greenlint.profiler.provider import CurveWindow, Domain
from greenlint.profiler.source import CurveSource

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

STEP_S = 0.1
_DUTY = 0.25  # at most this part of the thread's time is spent in the library
_SETTLE_S = 0.35
_GAUGE_EVERY = 5
_ABOVE_LIMIT = 1.5  # boards exceed their power limit for some milliseconds


class Board(NamedTuple):
    """One board: its domain name, its model, its power limit in W, and how its counter (µJ) and its gauge (W) are read.

    Both raise OSError or ValueError when they cannot be read.
    """

    name: str
    model: str
    limit_w: float
    energy_uj: Callable[[], int]
    power_w: Callable[[], float]


@runtime_checkable
class BoardSource(CurveSource, Protocol):
    """A CurveSource of several boards.

    invalid  why no number of the session counts, or None; idle_each_w  the idle power of each board, W
    """

    @property
    def invalid(self) -> str | None: ...
    @property
    def idle_each_w(self) -> tuple[float, ...]: ...
    @property
    def facts(self) -> Mapping[str, str]: ...

    def each(self, start_ns: int, end_ns: int) -> tuple[CurveWindow, ...]:
        """Energy of every board, in the order of `domains`."""


class BoardRecorder:
    """Records boards until it is closed; a `BoardSource`."""

    method = Method.COUNTER

    def __init__(
        self,
        boards: Sequence[Board],
        *,
        name: str,
        boundary: str,
        gain: float,
        release: Callable[[], object],
        clock: Callable[[], int] | None = None,
    ) -> None:
        """`release` is called once at the end. With a `clock` of a test no thread runs: the test calls `sample`."""
        self.name, self.boundary, self.gain = name, boundary, gain
        self.domains = tuple(Domain(board.name, 0, board.limit_w) for board in boards)
        self._boards, self._release, self._now = boards, release, clock or perf_counter_ns
        self._curves = [Curve(STEP_S, board.limit_w * _ABOVE_LIMIT) for board in boards]
        self._gauges = [Gauge() for _ in boards]
        self._samples = 0
        self._ended, self._stepped = Event(), Event()
        self.sample()
        self._thread = Thread(target=self._run, name=f"greenlint-{name}", daemon=True)
        if clock is None:
            self._thread.start()

    @property
    def idle_w(self) -> float:
        """The lowest power seen so far, all boards together, W."""
        return sum(self.idle_each_w)

    @property
    def idle_each_w(self) -> tuple[float, ...]:
        """The same for each board."""
        return tuple(curve.idle_w for curve in self._curves)

    @property
    def invalid(self) -> str | None:
        """Why the session's numbers do not count: the counter of a board died, stood still or went back."""
        return next(iter(self._doubts()), None)

    @property
    def facts(self) -> dict[str, str]:
        """Counter beside power gauge of every board, in words, once two seconds are known."""
        words = [gauge.compare(curve) for gauge, curve in zip(self._gauges, self._curves)]
        return {board.name: text for board, text in zip(self._boards, words) if text}

    def each(self, start_ns: int, end_ns: int) -> tuple[CurveWindow, ...]:
        """Energy of every board, in the order of `domains`."""
        windows = [curve.between(start_ns, end_ns) for curve in self._curves]
        return tuple(
            window._replace(
                warnings=tuple(f"{board.name}: {text}" for text in (*window.warnings, gauge.disagreement(curve)) if text)
            )
            for board, window, gauge, curve in zip(self._boards, windows, self._gauges, self._curves)
        )

    def between(self, start_ns: int, end_ns: int) -> CurveWindow:
        """Energy of all boards. Boards that work in step err in the same direction at a window's ends: errors add up."""
        windows = self.each(start_ns, end_ns)
        return CurveWindow(
            sum(window.energy_j for window in windows),
            sum(window.u_j for window in windows),
            sum(window.limit_j for window in windows),
            tuple(text for window in windows for text in window.warnings),
        )

    def settle(self, end_ns: int) -> None:
        """Wait until every counter that counts has stepped after `end_ns`, at most 0.35 s."""
        limit_ns = perf_counter_ns() + int(_SETTLE_S * 1e9)
        while self._thread.is_alive() and any(c.last_ns < end_ns + LATE_NS and not c.doubt for c in self._curves):
            left_s = (limit_ns - perf_counter_ns()) / 1e9
            if left_s <= 0:
                return
            self._stepped.clear()
            self._stepped.wait(left_s)

    def close(self) -> tuple[str, ...]:
        """Stop the thread and release the library; the record stays readable. Returns what was wrong with it."""
        if not self._ended.is_set():
            self._ended.set()
            if self._thread.is_alive():
                self._thread.join(timeout=5)
            self.sample()
            for curve in self._curves:
                curve.problem = curve.problem or curve.failing
            try:
                self._release()
            except Exception:  # noqa: BLE001  the driver has gone, and there is nothing left to release
                pass
        notes = [
            (board.name, gauge.disagreement(curve)) for board, gauge, curve in zip(self._boards, self._gauges, self._curves)
        ]
        return (*self._doubts(), *(f"{name}: {text}" for name, text in notes if text))

    def sample(self) -> None:
        """Read every counter once, and now and then the gauges."""
        with_gauge = self._samples % _GAUGE_EVERY == 0
        self._samples += 1
        for board, curve, gauge in zip(self._boards, self._curves, self._gauges):
            self._read(board, curve)
            if with_gauge:
                self._read_gauge(board, curve, gauge)
        self._stepped.set()

    def _run(self) -> None:
        pause_s = STEP_S
        while not self._ended.wait(pause_s):
            start = perf_counter_ns()
            self.sample()
            cost_s = (perf_counter_ns() - start) / 1e9
            pause_s = max(STEP_S - cost_s, cost_s * (1 / _DUTY - 1))

    def _read(self, board: Board, curve: Curve) -> None:
        before = self._now()
        try:
            energy_uj = board.energy_uj()
        except Exception as error:  # noqa: BLE001  a driver's library may raise anything, and a thread must not print it
            curve.fail(f"it cannot be read any more: {one_line(error)}")
        else:
            curve.add((before + self._now()) // 2, energy_uj)

    def _read_gauge(self, board: Board, curve: Curve, gauge: Gauge) -> None:
        try:
            gauge.add(self._now(), board.power_w())
        except Exception:  # noqa: BLE001  a board without a gauge is measured all the same
            curve.gauge_w = None
        else:
            curve.gauge_w = gauge.last_w

    def _doubts(self) -> list[str]:
        return [f"{board.name}: {curve.doubt}" for board, curve in zip(self._boards, self._curves) if curve.doubt]


def one_line(error: Exception) -> str:
    """The text of a library's error without its line breaks."""
    return " ".join(str(error).split()) or type(error).__name__
