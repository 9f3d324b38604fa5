"""A meter that answers an HTTP GET with JSON: smart plugs, and management controllers that speak Redfish."""

from __future__ import annotations

from typing import TYPE_CHECKING

from greenlint.profiler.meters.answers import find, number, parse
from greenlint.profiler.meters.fetch import Client

if TYPE_CHECKING:
    from greenlint.profiler.meters.settings import MeterSettings


class HttpMeter:
    """Reads the number at a JSON path."""

    def __init__(self, settings: MeterSettings) -> None:
        """Raises ConfigError."""
        self._client, self._settings = Client(settings), settings

    def __call__(self, limit_s: float) -> float:
        """The number as the meter shows it. Raises OSError or ValueError."""
        settings, where = self._settings, self._client.where
        document = parse(self._client.get(settings.address, limit_s), where)
        if settings.valid and find(document, settings.valid, where) is not True:
            raise ValueError(f"{where} says that its value is not valid ({settings.valid})")
        return number(find(document, settings.field, where), f"{settings.field!r} of {where}")
