"""CodeCarbon on a machine of the torture table: tasks of an offline tracker, after a first one that sets it up."""

from __future__ import annotations

from observe import answer

JOULES_PER_KWH = 3.6e6


def prepare(case: str):
    from codecarbon import OfflineEmissionsTracker

    tracker = OfflineEmissionsTracker(
        country_iso_code="DEU",
        output_methods=[],
        log_level="warning",
        allow_multiple_runs=True,
        rapl_include_dram=case == "dram-asked",
    )
    tracker.start_task("first")
    tracker.stop_task("first")

    def end():
        data = tracker.stop_task("window")
        modes = [getattr(part, "_mode", "") for part in tracker._hardware if type(part).__name__ == "CPU"]
        raw = {"cpu_j": data.cpu_energy * JOULES_PER_KWH, "ram_j": data.ram_energy * JOULES_PER_KWH, "modes": modes}
        return {
            "package_j": raw["cpu_j"],
            "dram_j": None,
            "raw": repr(raw),
            "note": "" if modes == ["intel_rapl"] else f"mode {modes}",
        }

    return lambda: tracker.start_task("window"), end


if __name__ == "__main__":
    answer("CodeCarbon", "codecarbon", prepare)
