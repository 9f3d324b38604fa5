"""Prove that a counter counts before believing it: existing but dead counters are a normal case in virtual machines.

One burn of a few tens of milliseconds after a short rest. A counter passes when it advances at least twice, never goes
back, and implies a plausible power. Dead domains are left out with a reason; domains that mirror another one are too.
"""

from __future__ import annotations

from time import perf_counter_ns, process_time_ns, sleep
from typing import TYPE_CHECKING

from greenlint.named_tuple import NamedTuple
from greenlint.profiler.busy import BusyClock
from greenlint.profiler.idle import IdlePower, idle_from_check
from greenlint.profiler.unwrap import step

if TYPE_CHECKING:
    from collections.abc import Callable

    from greenlint.profiler.provider import Domain
    from greenlint.profiler.source import CounterSource

REST_S = 0.020
BURN_S = 0.030
LONGEST_S = 0.060  # a burn goes on this long when the counters have not moved twice
POLL_S = 0.001
SLOW_S = 0.020
"""Counters that are updated more slowly than this (meters, sensors) are watched for some updates, without a burn, s."""

_SLOW_UPDATES = 3.5
MIN_W = 0.05
MIRROR_QUANTUM_UJ = 70  # the widest energy unit in use is 61 µJ
MIRROR_STEPS = 8


class Evidence(NamedTuple):
    """What the self-check saw; `keep` are the places of the domains that may be read.

    problem   why the source is refused, or ""
    period_s  the mean time between two updates that was seen, s
    rest_w, burn_w  power of the kept domains at rest and under the burn, W
    others_cpus  CPUs that other processes kept busy meanwhile; watched_s  how long all of it took
    rest_s    how long it was watched at rest
    quiet_w, u_quiet_w  idle power measured in a longer quiet window and its standard uncertainty, W; 0 where there was none
    """

    keep: tuple[int, ...]
    problem: str
    notes: tuple[str, ...]
    period_s: float
    rest_w: float
    burn_w: float
    others_cpus: float = 0.0
    watched_s: float = 0.0
    rest_s: float = REST_S
    quiet_w: float = 0.0
    u_quiet_w: float = 0.0

    @property
    def idle(self) -> IdlePower:
        """Idle power from a quiet window, else as far as the rest and the burn tell."""
        if self.quiet_w:
            return IdlePower(self.quiet_w, self.u_quiet_w, "quiet window earlier in this boot")
        return idle_from_check(
            self.rest_w, self.burn_w, self.others_cpus, period_s=self.period_s, rest_s=self.rest_s, watched_s=self.watched_s
        )


class Watch(NamedTuple):
    """Counters read again and again: the times, and one row of raw µJ per time."""

    times_ns: list[int]
    rows: list[tuple[int, ...]]


class Trace(NamedTuple):
    """One domain of a watch: µJ gained between consecutive reads, when it moved, and what went wrong."""

    steps_uj: list[int]
    moved_ns: list[int]
    elapsed_s: float
    problem: str

    @property
    def power_w(self) -> float:
        """Mean power over the watch, W."""
        return sum(self.steps_uj) / 1e6 / self.elapsed_s if self.elapsed_s else 0.0

    @property
    def period_s(self) -> float:
        """Mean time between two moves, s."""
        moved = self.moved_ns
        return (moved[-1] - moved[0]) / 1e9 / (len(moved) - 1) if len(moved) > 1 else 0.0


def check_counters(source: CounterSource, *, virtualised: bool = False) -> Evidence:
    """Rest, burn one CPU, and judge each domain. Raises OSError or ValueError when a counter cannot be read.

    In a virtual machine the burn is done twice, because a counter that its host updates now and then looks alive once.
    Counters that are updated slowly are only watched: seconds of burning would be a waste of their own.
    """
    busy = BusyClock()
    try:
        start, busy_before, own_before = perf_counter_ns(), busy.read().busy_ns, process_time_ns()
        if source.period_s > SLOW_S:
            rest = _watch(source, REST_S, _SLOW_UPDATES * source.period_s, sleep)
            burns = [rest]
        else:
            rest = _watch(source, REST_S, REST_S, sleep)
            times = 2 if virtualised else 1
            burns = [_watch(source, BURN_S / times, LONGEST_S, _burn) for _ in range(times)]
        wall_ns, own_ns = perf_counter_ns() - start, process_time_ns() - own_before
        others_cpus = max(0, busy.read().busy_ns - busy_before - own_ns) / wall_ns
    finally:
        busy.close()
    rest_s = (rest.times_ns[-1] - rest.times_ns[0]) / 1e9
    return judge(source.domains, rest, burns)._replace(others_cpus=others_cpus, watched_s=wall_ns / 1e9, rest_s=rest_s)


def judge(domains: tuple[Domain, ...], rest: Watch, burns: list[Watch]) -> Evidence:
    """The verdict on what was watched; pure."""
    traces = [[_trace(domain, place, burn) for burn in burns] for place, domain in enumerate(domains)]
    faults = [_fault(domain, place, burns, traces[place]) for place, domain in enumerate(domains)]
    alive = [place for place, fault in enumerate(faults) if not fault]
    watches = burns if rest is burns[0] else [rest, *burns]
    mirrors = _mirrors(domains, watches, alive)
    keep = tuple(place for place in alive if place not in mirrors)
    notes = [f"{domains[place].name} {fault}" for place, fault in enumerate(faults) if fault]
    notes += [f"{domains[place].name} mirrors {domains[of].name}, counted once" for place, of in mirrors.items()]
    # DRAM alone is not worth a session: without its package a source is refused.
    usable = any(not domains[place].name.startswith("dram") for place in keep)
    rest_w = sum(_trace(domains[place], place, rest).power_w for place in keep)
    burn_w = sum(traces[place][-1].power_w for place in keep)
    if usable and burns[-1] is not rest and burn_w <= rest_w:
        notes.append(f"power did not rise under load ({rest_w:.3g} W at rest, {burn_w:.3g} W)")
    period_s = max((traces[place][-1].period_s for place in keep), default=0.0)
    return Evidence(keep, "" if usable else "; ".join(notes), tuple(notes), period_s, rest_w, burn_w)


def _watch(source: CounterSource, seconds: float, longest_s: float, pause: Callable[[float], None]) -> Watch:
    """Poll every millisecond for `seconds`, and on until every counter has moved twice, up to `longest_s`."""
    watch = Watch([], [])
    start = perf_counter_ns()
    while True:
        watch.rows.append(source.read())
        watch.times_ns.append(perf_counter_ns())
        elapsed_s = (watch.times_ns[-1] - start) / 1e9
        if elapsed_s >= longest_s or (elapsed_s >= seconds and _all_moved_twice(watch)):
            return watch
        pause(POLL_S)


def _burn(seconds: float) -> None:
    until = perf_counter_ns() + int(seconds * 1e9)
    while perf_counter_ns() < until:  # greenlint: ignore[GL701] keeping a core busy is the purpose here
        pass


def _all_moved_twice(watch: Watch) -> bool:
    return all(len(set(column)) >= 3 for column in zip(*watch.rows))


def _trace(domain: Domain, place: int, watch: Watch) -> Trace:
    steps, moved, problem, before = [], [], "", watch.rows[0][place]
    for index in range(1, len(watch.rows)):
        after = watch.rows[index][place]
        elapsed_s = (watch.times_ns[index] - watch.times_ns[index - 1]) / 1e9
        delta, fault = step(before, after, range_uj=domain.range_uj, elapsed_s=elapsed_s, max_w=domain.max_w)
        steps.append(delta or 0)
        problem = problem or fault
        if delta:
            moved.append(watch.times_ns[index])
        before = before if delta == 0 else after
    return Trace(steps, moved, (watch.times_ns[-1] - watch.times_ns[0]) / 1e9, problem)


def _fault(domain: Domain, place: int, burns: list[Watch], traces: list[Trace]) -> str:
    """Why a domain must not be believed, or ""."""
    last = burns[-1].rows[-1][place]
    if domain.range_uj and last > domain.range_uj:
        return f"shows {last} µJ, above its range of {domain.range_uj}"
    for trace in traces:
        if trace.problem:
            return trace.problem
        if len(trace.moved_ns) < 2:
            how_often = "does not advance" if not trace.moved_ns else "advances only once"
            return f"{how_often} in {trace.elapsed_s * 1e3:.0f} ms under load"
        if not MIN_W <= trace.power_w <= domain.max_w:
            return f"implies {trace.power_w:.3g} W, which is not plausible"
    return ""


def _mirrors(domains: tuple[Domain, ...], watches: list[Watch], alive: list[int]) -> dict[int, int]:
    """Dies that show the counter of another die of their package: {place: place of the one it mirrors}.

    Equal energy proves nothing, for two sockets may well draw the same power: the names must say that the dies share
    a package, the values must be equal, and so must nearly every single step (a read may fall between two updates).
    """
    found: dict[int, int] = {}
    for place in alive:
        owner, _, die = domains[place].name.partition("-die-")
        for other in alive:
            same_package = bool(die) and other < place and domains[other].name.startswith(f"{owner}-die-")
            if same_package and other not in found and _same(watches, (domains[other], other), (domains[place], place)):
                found[place] = other
                break
    return found


def _same(watches: list[Watch], a: tuple[Domain, int], b: tuple[Domain, int]) -> bool:
    """Whether two domains show one counter; the rest and all burns count, for on a busy machine a burn sees few updates."""
    steps = [(_trace(*a, watch).steps_uj, _trace(*b, watch).steps_uj) for watch in watches]
    pairs = [pair for ours, theirs in steps for pair in zip(ours, theirs) if any(pair)]
    equal = sum(abs(x - y) <= MIRROR_QUANTUM_UJ for x, y in pairs)
    largest = max((x for x, _ in pairs), default=0)
    close = all(abs(row[a[1]] - row[b[1]]) <= largest + MIRROR_QUANTUM_UJ for watch in watches for row in watch.rows)
    return close and len(pairs) >= MIRROR_STEPS and equal >= 0.8 * len(pairs)
