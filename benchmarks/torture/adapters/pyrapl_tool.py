"""pyRAPL on a machine of the torture table: `Measurement.begin/end`; without DRAM its decorator too, which fails there."""

from __future__ import annotations

from observe import answer


def prepare(case: str):
    import pyRAPL

    pyRAPL.setup()
    measurement = pyRAPL.Measurement("window")

    def end():
        measurement.end()
        result = measurement.result
        said = {"package_j": _joules(result.pkg), "dram_j": _joules(result.dram), "raw": repr((result.pkg, result.dram))}
        return {**said, "note": _decorator()} if case == "no-dram" else said

    return measurement.begin, end


def _joules(values):
    return sum(values) / 1e6 if values else None


def _decorator():
    import pyRAPL

    try:
        pyRAPL.measureit(lambda: None)()
    except TypeError as error:
        return f"the decorator raises TypeError: {error}"
    return "the decorator works"


if __name__ == "__main__":
    answer("pyRAPL", "pyRAPL", prepare)
