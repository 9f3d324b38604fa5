"""The contract of an energy provider, checked: what the meter relies on, for our providers and for those of others."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING, Any

from greenlint.errors import GreenlintError
from greenlint.model.energy import Method
from greenlint.profiler.provider import FOUND, REFUSED, UNAVAILABLE, Probe, Provider
from greenlint.profiler.selection import make_context
from greenlint.profiler.source import CounterSource, CurveSource, ModelSource, ProxySource
from greenlint.profiler.unwrap import step

if TYPE_CHECKING:
    from greenlint.profiler.provider import Context

_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*$")
_PROBE_S = 1.0
_READS = 200


def check_provider(provider: Provider, *, settings: dict[str, Any] | None = None) -> Probe:
    """Check a provider on this machine; returns its probe, so that a test can also ask for more.

    Where the provider is not found, the probe must say why, and `open` must raise an error that says it too.
    Raises AssertionError with the broken clause.
    """
    context = make_context(settings or {})
    assert isinstance(provider, Provider), "a provider is a subclass of greenlint.profiler.provider.Provider"
    assert _NAME.match(provider.name), f"name {provider.name!r}: lower case words joined by hyphens"
    probe = _check_probe(provider, context)
    if probe.found:
        _check_open(provider, context)
    else:
        _check_refusal(provider, context)
    return probe


def _check_probe(provider: Provider, context: Context) -> Probe:
    start = time.perf_counter()
    try:
        probe = provider.probe(context)
    except Exception as error:
        raise AssertionError(
            f"probe() raised {type(error).__name__}: {error}; not available is a value, not an error"
        ) from error
    seconds = time.perf_counter() - start
    assert seconds < _PROBE_S, f"probe() took {seconds:.1f} s; a probe looks, it does not measure"
    assert isinstance(probe, Probe), "probe() returns a Probe"
    assert probe.name == provider.name, f"the probe is named {probe.name!r}, the provider {provider.name!r}"
    assert probe.status in (FOUND, REFUSED, UNAVAILABLE), f"status {probe.status!r} is unknown"
    assert probe.reason, "a probe says why"
    assert "\n" not in probe.reason + probe.remedy, "reason and remedy are one line each"
    assert (probe.method is not None) == probe.found, "a method belongs to what was found, and to nothing else"
    return probe


def _check_refusal(provider: Provider, context: Context) -> None:
    try:
        source = provider.open(context)
    except GreenlintError as error:
        assert error.message, "the error of open() has no text"
        return
    source.close()
    raise AssertionError("open() succeeds although probe() says that the provider cannot be used")


def _check_open(provider: Provider, context: Context) -> None:
    source = provider.open(context)
    try:
        assert source.boundary, "boundary says in words what is inside the values"
        if isinstance(source, CounterSource):
            _check_counters(source)
        elif isinstance(source, CurveSource):
            _check_curve(source)
        elif isinstance(source, ProxySource):
            _check_proxy(source)
        else:
            assert isinstance(source, ModelSource), "a source is a CounterSource, a ModelSource or a CurveSource"
            assert source.dynamic_w > 0 and source.idle_w >= 0, "a model has positive watts"
            assert not source.method.measured, "a model does not measure"
    finally:
        source.close()


def _check_counters(source: CounterSource) -> None:
    names = [domain.name for domain in source.domains]
    assert names and len(set(names)) == len(names), f"domain names {names} are not unique"
    assert source.gain > 0, "no counter is exact: state the gain's standard uncertainty"
    assert source.period_s > 0, "state the update period"
    before, then = source.read(), time.perf_counter()
    for _ in range(_READS):
        values, now = source.read(), time.perf_counter()
        assert len(values) == len(names), f"read() gives {len(values)} values for {len(names)} domains"
        for domain, last, value in zip(source.domains, before, values):
            assert type(value) is int, f"{domain.name}: {value!r} is not an integer number of microjoules"
            moved = step(last, value, range_uj=domain.range_uj, elapsed_s=now - then, max_w=domain.max_w)
            assert moved.delta_uj is not None, f"{domain.name} {moved.problem}"
        before, then = values, now


def _check_curve(source: CurveSource) -> None:
    end = time.perf_counter_ns()
    window = source.between(end - 50_000_000, end)
    assert window.energy_j >= 0 and window.u_j > 0, "a window has energy and a positive uncertainty"
    seconds = (time.perf_counter_ns() - end) / 1e9
    assert seconds < 0.05, f"between() took {seconds:.2f} s; it must not talk to the device"


def _check_proxy(source: ProxySource) -> None:
    assert source.method is Method.PROXY, "what counts work claims no joules"
    if not source.missing:
        before = source.instructions()
        assert source.instructions() >= before, "a count of instructions goes back"
