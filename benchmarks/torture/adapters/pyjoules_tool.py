"""pyJoules on a machine of the torture table: `EnergyMeter` over all devices that it finds."""

from __future__ import annotations

from observe import answer


def prepare(_case: str):
    from pyJoules.device import DeviceFactory
    from pyJoules.energy_meter import EnergyMeter

    meter = EnergyMeter(DeviceFactory.create_devices())

    def end():
        meter.stop()
        energy = meter.get_trace()[0].energy
        return {"package_j": _joules(energy, "package"), "dram_j": _joules(energy, "dram"), "raw": repr(energy)}

    return meter.start, end


def _joules(energy, kind):
    found = [value for name, value in energy.items() if name.startswith(kind)]
    return sum(found) / 1e6 if found else None


if __name__ == "__main__":
    answer("pyJoules", "pyJoules", prepare)
