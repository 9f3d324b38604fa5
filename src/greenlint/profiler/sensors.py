"""The energy and power sensors of the Linux hardware monitoring class: what is there, and how its files are read.

Units and names of the files: Documentation/hwmon/sysfs-interface in the Linux sources (energy in µJ, power in µW, voltage
in mV, current in mA). What a sensor covers is not decided here, for the class does not tell; that is `sensor_scopes`.
"""

from __future__ import annotations

import errno
import os
import re

from greenlint.named_tuple import NamedTuple
from greenlint.profiler.descriptor import hold_file, let_go

BUFFER = 64
_FILE = re.compile(r"(energy|power)(\d+)_(input|average)$")
_PAIRED = "ina3221"  # shows volts and amperes of each rail, but not their product
_PAIR = re.compile(r"curr([1-9])_input$")


class Sensor(NamedTuple):
    """One sensor.

    chip, device  name of its driver, and of the device ("1-0040"); label  as the driver or the board's maker names it
    kind   "energy": a counter in µJ; "power": a gauge in µW; "pair": a gauge whose two files, mV and mA, make µW
    files  one path, or two for a pair; interval_s  the time that a gauge averages over, 0 when it does not say
    """

    chip: str
    device: str
    label: str
    kind: str
    files: tuple[str, ...]
    interval_s: float = 0.0

    @property
    def name(self) -> str:
        """As the user writes it: chip/label."""
        return f"{self.chip}/{self.label}"

    @property
    def full_name(self) -> str:
        """As the user writes it where several chips have this name: chip@device/label."""
        return f"{self.chip}@{self.device}/{self.label}"


def find_sensors(root: str) -> list[Sensor]:
    """All energy and power sensors below `root`, each device once, in the order of chip and device names."""
    found: dict[str, list[Sensor]] = {}
    for entry in sorted(_list(root)):
        path = os.path.join(root, entry)
        real = os.path.realpath(path)
        # Older drivers, ACPI's power meter among them, keep the files in the device's directory.
        sensors = _sensors(path, path) or _sensors(path, os.path.join(path, "device"))
        if sensors and real not in found:
            found[real] = sensors
    return sorted((sensor for sensors in found.values() for sensor in sensors), key=_order)


class SensorFile:
    """A held descriptor of a sensor's file; sysfs answers ENODEV once the device has gone, other trees lose the name."""

    def __init__(self, path: str) -> None:
        """Raises OSError with the path as its file name."""
        self.path = path
        self._descriptor = hold_file(path)

    def read(self) -> int:
        """The number in the file. Raises OSError when it cannot be read, ValueError when it is no number."""
        try:
            text = self._read()
        except OSError as error:
            if error.errno != errno.EBADF:
                raise OSError(error.errno, error.strerror, self.path) from error
            self._descriptor = hold_file(self.path)  # the program closed all descriptors that it found
            text = self._read()
        try:
            return int(text)
        except ValueError:
            raise ValueError(f"{self.path} holds {text[:20]!r}, not a number") from None

    def close(self) -> None:
        """Close the descriptor."""
        if self._descriptor >= 0:
            let_go(self._descriptor)
            self._descriptor = -1

    def _read(self) -> bytes:
        if not os.fstat(self._descriptor).st_nlink:
            raise OSError(errno.ENODEV, os.strerror(errno.ENODEV))
        return os.pread(self._descriptor, BUFFER, 0)


class OpenSensor:
    """A sensor whose files are held."""

    def __init__(self, sensor: Sensor) -> None:
        """Raises OSError."""
        self.sensor = sensor
        self._files: list[SensorFile] = []
        try:
            for path in sensor.files:
                self._files.append(SensorFile(path))
        except OSError:
            self.close()
            raise

    def read(self) -> int:
        """µJ of a counter, µW of a gauge. Raises OSError or ValueError."""
        values = [file.read() for file in self._files]
        # mV times mA are µW
        value = values[0] * values[1] if self.sensor.kind == "pair" else values[0]
        if value < 0:
            raise ValueError(f"{self.sensor.files[-1]} shows {value}, less than nothing")
        return value

    def close(self) -> None:
        """Close the files."""
        for file in self._files:
            file.close()
        self._files = []


def read_text(*parts: str) -> str:
    """First line of a small file, "" when there is none; control characters become question marks."""
    try:
        with open(os.path.join(*parts), encoding="utf-8", errors="replace") as file:
            line = file.readline(128).strip()
    except OSError:
        return ""
    return "".join(char if char.isprintable() else "?" for char in line)


def _sensors(hwmon: str, folder: str) -> list[Sensor]:
    chip = read_text(hwmon, "name") or read_text(folder, "name") or "unnamed"
    link = os.path.join(hwmon, "device")
    device = os.path.basename(os.path.realpath(link) if os.path.exists(link) else hwmon)
    entries = set(_list(folder))
    numbers: dict[tuple[str, str], None] = {}
    for entry in sorted(entries):
        match = _FILE.match(entry)
        if match:
            numbers[match[1], match[2]] = None
    sensors = [_sensor(chip, device, folder, entries, kind, number) for kind, number in numbers]
    if chip == _PAIRED:
        sensors += [_pair(chip, device, folder, match[1]) for match in map(_PAIR.match, sorted(entries)) if match]
    return sensors


def _sensor(chip: str, device: str, folder: str, entries: set[str], kind: str, number: str) -> Sensor:
    stem = f"{kind}{number}"
    label = read_text(folder, f"{stem}_label") or read_text(folder, f"{stem}_oem_info") or stem
    interval = read_text(folder, f"{stem}_average_interval")
    averaged = f"{stem}_average" in entries and (interval.isdigit() or f"{stem}_input" not in entries)
    path = os.path.join(folder, f"{stem}_{'average' if averaged else 'input'}")
    interval_s = int(interval) / 1e3 if averaged and interval.isdigit() else 0.0
    return Sensor(chip, device, label, kind, (path,), interval_s)


def _pair(chip: str, device: str, folder: str, number: str) -> Sensor:
    files = os.path.join(folder, f"in{number}_input"), os.path.join(folder, f"curr{number}_input")
    return Sensor(chip, device, read_text(folder, f"in{number}_label") or f"rail{number}", "pair", files)


def _order(sensor: Sensor) -> tuple[object, ...]:
    """Numbers in names in their own order, so that socket 10 comes after socket 9."""
    parts = re.split(r"(\d+)", f"{sensor.chip} {sensor.device} {sensor.label}")
    return tuple(part.zfill(12) if part.isdigit() else part for part in parts)


def _list(folder: str) -> list[str]:
    try:
        return os.listdir(folder)
    except OSError:
        return []
