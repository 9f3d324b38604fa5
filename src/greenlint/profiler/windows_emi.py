"""The calls into Windows that find energy meters and ask them: SetupAPI lists them, DeviceIoControl asks.

Nothing here judges what comes back; that is `emi_format`. Loaded on Windows only, by the provider `emi`. Signatures
from the Windows SDK (setupapi.h, fileapi.h, ioapiset.h).
"""

from __future__ import annotations

import ctypes
from typing import Any, ClassVar

_PRESENT, _DEVICE_INTERFACE = 0x02, 0x10
_GENERIC_READ, _SHARE_READ_WRITE, _OPEN_EXISTING = 0x80000000, 0x3, 3
_INVALID_HANDLE = ctypes.c_void_p(-1).value
_NO_MORE_ITEMS = 259
_MOST_DEVICES = 4096
_MOST_PATH = 1 << 16


class _Guid(ctypes.Structure):
    _fields_: ClassVar = [
        ("data1", ctypes.c_uint32),
        ("data2", ctypes.c_uint16),
        ("data3", ctypes.c_uint16),
        ("data4", ctypes.c_ubyte * 8),
    ]


class _InterfaceData(ctypes.Structure):
    """SP_DEVICE_INTERFACE_DATA."""

    _fields_: ClassVar = [
        ("size", ctypes.c_uint32),
        ("interface_class", _Guid),
        ("flags", ctypes.c_uint32),
        ("reserved", ctypes.c_size_t),
    ]


# GUID_DEVICE_ENERGY_METER, {45BD8344-7ED6-49CF-A440-C276C933B053}
_ENERGY_METER = _Guid(0x45BD8344, 0x7ED6, 0x49CF, (ctypes.c_ubyte * 8)(0xA4, 0x40, 0xC2, 0x76, 0xC9, 0x33, 0xB0, 0x53))


class WindowsEmi:
    """Energy meters of this machine. Every method raises OSError with the text that Windows gives."""

    def __init__(self) -> None:
        library: Any = getattr(ctypes, "WinDLL", None)
        if library is None:
            raise OSError("the Energy Meter Interface is a part of Windows")
        self._setup = library("setupapi", use_last_error=True)
        self._kernel = library("kernel32", use_last_error=True)
        handle, pointer, dword = ctypes.c_void_p, ctypes.c_void_p, ctypes.c_uint32
        for function, result, arguments in (
            (self._setup.SetupDiGetClassDevsW, handle, [pointer, ctypes.c_wchar_p, pointer, dword]),
            (self._setup.SetupDiEnumDeviceInterfaces, ctypes.c_int, [handle, pointer, pointer, dword, pointer]),
            (self._setup.SetupDiGetDeviceInterfaceDetailW, ctypes.c_int, [handle, pointer, pointer, dword, pointer, pointer]),
            (self._setup.SetupDiDestroyDeviceInfoList, ctypes.c_int, [handle]),
            (self._kernel.CreateFileW, handle, [ctypes.c_wchar_p, dword, dword, pointer, dword, dword, handle]),
            (
                self._kernel.DeviceIoControl,
                ctypes.c_int,
                [handle, dword, pointer, dword, pointer, dword, pointer, pointer],
            ),
            (self._kernel.CloseHandle, ctypes.c_int, [handle]),
        ):
            function.restype, function.argtypes = result, arguments

    def devices(self) -> list[str]:
        """The paths of all energy meters that are present."""
        found = self._setup.SetupDiGetClassDevsW(ctypes.byref(_ENERGY_METER), None, None, _PRESENT | _DEVICE_INTERFACE)
        if found in (None, _INVALID_HANDLE):
            raise _last_error("the energy meters cannot be listed")
        try:
            return [self._path(found, data) for data in self._interfaces(found)]
        finally:
            self._setup.SetupDiDestroyDeviceInfoList(found)

    def open(self, path: str) -> int:
        """A handle of the meter at `path`."""
        handle = self._kernel.CreateFileW(path, _GENERIC_READ, _SHARE_READ_WRITE, None, _OPEN_EXISTING, 0, None)
        if handle in (None, _INVALID_HANDLE):
            raise _last_error(path)
        return int(handle)

    def ask(self, handle: int, code: int, size: int) -> bytes:
        """The answer, of at most `size` bytes, to the control code."""
        buffer, returned = ctypes.create_string_buffer(size), ctypes.c_uint32()
        if not self._kernel.DeviceIoControl(handle, code, None, 0, buffer, size, ctypes.byref(returned), None):
            raise _last_error(f"control code {code:#x}")
        return buffer.raw[: returned.value]

    def close(self, handle: int) -> None:
        """Release the handle."""
        self._kernel.CloseHandle(handle)

    def _interfaces(self, found: int) -> list[_InterfaceData]:
        interfaces: list[_InterfaceData] = []
        for index in range(_MOST_DEVICES):
            data = _InterfaceData(size=ctypes.sizeof(_InterfaceData))
            if not self._setup.SetupDiEnumDeviceInterfaces(found, None, ctypes.byref(_ENERGY_METER), index, ctypes.byref(data)):
                if _error_code() != _NO_MORE_ITEMS:
                    raise _last_error("the energy meters cannot be listed")
                break
            interfaces.append(data)
        return interfaces

    def _path(self, found: int, data: _InterfaceData) -> str:
        detail, needed = self._setup.SetupDiGetDeviceInterfaceDetailW, ctypes.c_uint32()
        detail(found, ctypes.byref(data), None, 0, ctypes.byref(needed), None)  # fails, and says how much room it needs
        if not 6 < needed.value <= _MOST_PATH:
            raise _last_error("the path of an energy meter cannot be read")
        buffer = ctypes.create_string_buffer(needed.value + 2)  # ends in a zero, whatever is written
        # cbSize is that of the fixed part: 4 + 2 bytes, which 64-bit compilers pad to 8.
        size = 8 if ctypes.sizeof(ctypes.c_void_p) == 8 else 6
        ctypes.c_uint32.from_buffer(buffer).value = size
        if not detail(found, ctypes.byref(data), buffer, needed, None, None):
            raise _last_error("the path of an energy meter cannot be read")
        return buffer.raw[4:].decode("utf-16-le", errors="replace").partition("\0")[0]


def _error_code() -> int:
    return int(getattr(ctypes, "get_last_error")())  # noqa: B009  exists on Windows only


def _last_error(what: str) -> OSError:
    code = _error_code()
    text = str(getattr(ctypes, "FormatError")(code)).strip()  # noqa: B009  exists on Windows only
    error: type[OSError] = PermissionError if code == 5 else OSError
    return error(f"{what}: {text} (Windows error {code})")
