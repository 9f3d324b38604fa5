"""Zeus on a machine of the torture table: a window of `ZeusMonitor` over all CPUs and no GPU."""

from __future__ import annotations

from observe import answer


def prepare(_case: str):
    from zeus.monitor import ZeusMonitor

    monitor = ZeusMonitor(gpu_indices=[])

    def end():
        window = monitor.end_window("window", sync_execution=False)
        return {"package_j": _joules(window.cpu_energy), "dram_j": _joules(window.dram_energy), "raw": repr(window)}

    return lambda: monitor.begin_window("window", sync_execution=False), end


def _joules(energy):
    return sum(energy.values()) if energy else None


if __name__ == "__main__":
    answer("Zeus", "zeus", prepare)
