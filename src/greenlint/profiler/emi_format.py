"""The byte layouts of the Windows Energy Meter Interface, versions 1 and 2, read from buffers that may be wrong.

Layouts and units are those of the header emi.h (learn.microsoft.com, "Power Metering and Budgeting Reference"). All
numbers are little-endian; the structures have no padding between channels. A buffer that is cut off, claims more than
it holds or uses another unit raises ValueError with the reason; nothing is guessed.
"""

from __future__ import annotations

from struct import Struct

from greenlint.named_tuple import NamedTuple

V1, V2 = 1, 2
MOST_METADATA = 1 << 20
"""No device describes itself in more bytes than this; a larger answer is not believed."""

_PICOWATT_HOURS = 0
_NAME_BYTES = 32  # EMI_NAME_MAX is 16 UTF-16 code units
_V1_HEAD = Struct(f"<i{_NAME_BYTES}s{_NAME_BYTES}sHH")  # unit, OEM, model, revision, bytes of the name that follows
_V2_HEAD = Struct(f"<{_NAME_BYTES}s{_NAME_BYTES}sHH")  # OEM, model, revision, number of channels that follow
_V2_CHANNEL = Struct("<iH")  # unit, bytes of the name that follows
_MEASUREMENT = Struct("<QQ")  # AbsoluteEnergy, AbsoluteTime in 100 ns


class Metadata(NamedTuple):
    """What an energy meter says of itself: who made it, and the names of its channels in the order of its measurements."""

    oem: str
    model: str
    revision: int
    channels: tuple[str, ...]


class Measurement(NamedTuple):
    """One channel: energy since some start in picowatt-hours, and the device's time in 100 ns."""

    energy_pwh: int
    time_100ns: int


def microjoules(energy_pwh: int) -> int:
    """Picowatt-hours in whole µJ: 1 pWh is 1e-12 W times 3600 s, 3.6e-9 J, 9/2500 µJ. Exact, for any size."""
    return energy_pwh * 9 // 2500


def parse_version(data: bytes) -> int:
    """EMI_VERSION. Raises ValueError for any version but 1 and 2."""
    if len(data) != 2:
        raise ValueError(f"a version has 2 bytes, not {len(data)}")
    version = int.from_bytes(data, "little")
    if version not in (V1, V2):
        raise ValueError(f"version {version} of the interface is unknown")
    return version


def parse_metadata_size(data: bytes) -> int:
    """EMI_METADATA_SIZE, bytes. Raises ValueError when it is no plausible size."""
    if len(data) != 4:
        raise ValueError(f"a metadata size has 4 bytes, not {len(data)}")
    size = int.from_bytes(data, "little")
    if not _V2_HEAD.size <= size <= MOST_METADATA:
        raise ValueError(f"metadata of {size} bytes are not plausible")
    return size


def parse_metadata(version: int, data: bytes) -> Metadata:
    """EMI_METADATA_V1 or EMI_METADATA_V2. Raises ValueError when it is cut off, malformed or in another unit."""
    return _parse_v1(data) if version == V1 else _parse_v2(data)


def parse_measurements(channels: int, data: bytes) -> tuple[Measurement, ...]:
    """EMI_MEASUREMENT_DATA of all channels. Raises ValueError when their number is not the stated one."""
    if len(data) != channels * _MEASUREMENT.size:
        raise ValueError(f"a measurement of {channels} channels has {channels * _MEASUREMENT.size} bytes, not {len(data)}")
    return tuple([Measurement(*values) for values in _MEASUREMENT.iter_unpack(data)])


def measurement_size(channels: int) -> int:
    """Bytes of the measurement of a device with so many channels."""
    return channels * _MEASUREMENT.size


def _parse_v1(data: bytes) -> Metadata:
    _require(data, _V1_HEAD.size, "the head of the metadata")
    unit, oem, model, revision, name_size = _V1_HEAD.unpack_from(data)
    _check_unit(unit)
    return Metadata(_text(oem), _text(model), revision, (_name(data, _V1_HEAD.size, name_size),))


def _parse_v2(data: bytes) -> Metadata:
    _require(data, _V2_HEAD.size, "the head of the metadata")
    oem, model, revision, count = _V2_HEAD.unpack_from(data)
    if not count:
        raise ValueError("the device has no channel")
    names, place = [], _V2_HEAD.size
    for number in range(count):
        _require(data, place + _V2_CHANNEL.size, f"channel {number} of {count}")
        unit, name_size = _V2_CHANNEL.unpack_from(data, place)
        _check_unit(unit)
        place += _V2_CHANNEL.size
        names.append(_name(data, place, name_size))
        place += name_size
    return Metadata(_text(oem), _text(model), revision, tuple(names))


def _require(data: bytes, size: int, what: str) -> None:
    if len(data) < size:
        raise ValueError(f"{what} ends after byte {size}, but there are only {len(data)} bytes")


def _check_unit(unit: int) -> None:
    if unit != _PICOWATT_HOURS:
        raise ValueError(f"energy is given in the unknown unit {unit}, not in picowatt-hours")


def _name(data: bytes, place: int, size: int) -> str:
    if size % 2:
        raise ValueError(f"a name of {size} bytes is no UTF-16")
    _require(data, place + size, "a channel name")
    name = _text(data[place : place + size])
    if not name:
        raise ValueError("a channel has no name")
    return name


def _text(data: bytes) -> str:
    """The text up to its terminator; drivers pad names with spaces. Unpaired surrogates become replacement marks."""
    return data.decode("utf-16-le", errors="replace").partition("\0")[0].strip()
