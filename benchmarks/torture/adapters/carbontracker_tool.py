"""Carbontracker on a machine of the torture table: its CPU component, whose every reading sleeps for 1 s and gives watts."""

from __future__ import annotations

from observe import answer


def prepare(_case: str):
    from carbontracker.components.cpu.intel import IntelCPU

    handler = IntelCPU([], False)
    if not handler.available():
        raise RuntimeError("it finds no counter (and would go on with half of a TDP)")
    handler.init()
    watts = {}

    def begin():
        watts.update(zip(handler.devices(), handler.power_usage()))

    def end():
        joules = {"package_j": _joules(watts, "cpu"), "dram_j": _joules(watts, "dram")}
        return {**joules, "raw": f"W: {watts!r}", "window_s": 1.0}

    return begin, end


def _joules(watts, kind):
    found = [value for name, value in watts.items() if name.startswith(kind)]
    return sum(found) * 1.0 if found else None  # W for the second that it slept


if __name__ == "__main__":
    answer("Carbontracker", "carbontracker", prepare)
