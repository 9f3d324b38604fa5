"""The calls into Apple's libIOReport and CoreFoundation that sample the group "Energy Model"; no administrator is needed.

The library is private: there is no header, and the signatures are those that open-source monitors have used unchanged
since 2021 (vladkens/macmon, dehydratedpotato/socpowerbud). Loaded on Apple silicon only, by the provider `ioreport`. What
the channels mean is decided in `energy_model`.
"""

from __future__ import annotations

import ctypes
from typing import Any

from greenlint.profiler.energy_model import Channel

_FOUNDATION = "/System/Library/Frameworks/CoreFoundation.framework/CoreFoundation"
_IOREPORT = "/usr/lib/libIOReport.dylib"  # not a file on disk: the loader finds it in its shared cache
_UTF8 = 0x08000100
_SIMPLE = 1  # a channel with one number; others are histograms and states
_LONGEST_NAME = 512


class AppleIoReport:
    """A subscription to the energy channels. Methods raise OSError when the system gives nothing."""

    def __init__(self) -> None:
        self._cf: Any = ctypes.CDLL(_FOUNDATION)
        self._report: Any = ctypes.CDLL(_IOREPORT)
        self._declare()
        self._held: list[int] = []
        try:
            self._channels_key = self._keep(self._string("IOReportChannels"), "string")
            group = self._keep(self._string("Energy Model"), "string")
            found = self._keep(self._report.IOReportCopyChannelsInGroup(group, None, 0, 0, 0), "group Energy Model")
            # The subscription wants a dictionary that it may change.
            wanted = self._keep(self._cf.CFDictionaryCreateMutableCopy(None, 0, found), "copy of its channels")
            # The dictionary that comes back is not said to be ours to release, so it is left alone.
            subscribed = ctypes.c_void_p()
            self._wanted = wanted
            self._subscription = self._keep(
                self._report.IOReportCreateSubscription(None, wanted, ctypes.byref(subscribed), 0, None), "subscription"
            )
        except OSError:
            self.close()
            raise

    def sample(self) -> int:
        """A snapshot of all channels, to be given back to `delta` and `release`."""
        snapshot = self._report.IOReportCreateSamples(self._subscription, self._wanted, None)
        if not snapshot:
            raise OSError("IOReport gave no sample")
        return int(snapshot)

    def delta(self, before: int, after: int) -> list[Channel]:
        """What every channel counted between two snapshots."""
        difference = self._report.IOReportCreateSamplesDelta(before, after, None)
        if not difference:
            raise OSError("IOReport gave no difference of two samples")
        try:
            items = self._cf.CFDictionaryGetValue(difference, self._channels_key)
            if not items:
                return []
            return [
                self._channel(item)
                for index in range(self._cf.CFArrayGetCount(items))
                if (item := self._cf.CFArrayGetValueAtIndex(items, index))
                and self._report.IOReportChannelGetFormat(item) == _SIMPLE
            ]
        finally:
            self._cf.CFRelease(difference)

    def release(self, snapshot: int) -> None:
        """Free a snapshot."""
        self._cf.CFRelease(snapshot)

    def close(self) -> None:
        """End the subscription."""
        while self._held:
            self._cf.CFRelease(self._held.pop())

    def _channel(self, item: int) -> Channel:
        return Channel(
            self._text(self._report.IOReportChannelGetChannelName(item)).strip(),
            self._text(self._report.IOReportChannelGetUnitLabel(item)).strip(),
            int(self._report.IOReportSimpleGetIntegerValue(item, 0)),
        )

    def _keep(self, reference: int | None, what: str) -> int:
        if not reference:
            raise OSError(f"IOReport gave no {what}")
        self._held.append(reference)
        return reference

    def _string(self, text: str) -> int:
        return int(self._cf.CFStringCreateWithCString(None, text.encode(), _UTF8) or 0)

    def _text(self, string: int | None) -> str:
        buffer = ctypes.create_string_buffer(_LONGEST_NAME)
        if not string or not self._cf.CFStringGetCString(string, buffer, _LONGEST_NAME, _UTF8):
            return ""
        return buffer.value.decode("utf-8", errors="replace")

    def _declare(self) -> None:
        reference, integer = ctypes.c_void_p, ctypes.c_int
        number, size = ctypes.c_uint64, ctypes.c_long
        for library, name, result, arguments in (
            (self._cf, "CFRelease", None, [reference]),
            (self._cf, "CFStringCreateWithCString", reference, [reference, ctypes.c_char_p, ctypes.c_uint32]),
            (self._cf, "CFStringGetCString", ctypes.c_ubyte, [reference, ctypes.c_char_p, size, ctypes.c_uint32]),
            (self._cf, "CFDictionaryCreateMutableCopy", reference, [reference, size, reference]),
            (self._cf, "CFDictionaryGetValue", reference, [reference, reference]),
            (self._cf, "CFArrayGetCount", size, [reference]),
            (self._cf, "CFArrayGetValueAtIndex", reference, [reference, size]),
            (self._report, "IOReportCopyChannelsInGroup", reference, [reference, reference, number, number, number]),
            (self._report, "IOReportCreateSubscription", reference, [reference, reference, reference, number, reference]),
            (self._report, "IOReportCreateSamples", reference, [reference, reference, reference]),
            (self._report, "IOReportCreateSamplesDelta", reference, [reference, reference, reference]),
            (self._report, "IOReportChannelGetChannelName", reference, [reference]),
            (self._report, "IOReportChannelGetUnitLabel", reference, [reference]),
            (self._report, "IOReportChannelGetFormat", integer, [reference]),
            (self._report, "IOReportSimpleGetIntegerValue", ctypes.c_int64, [reference, integer]),
        ):
            function = getattr(library, name)
            function.restype, function.argtypes = result, arguments
