"""A series in Prometheus: any PromQL expression that gives one value, and the age of the samples behind it.

An instant query answers with the time at which it was evaluated, however old the sample is (up to five minutes), so the
age is asked for separately: `timestamp(SERIES)` gives the time of the scrape.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from greenlint.profiler.meters.answers import find, number, parse, shown
from greenlint.profiler.meters.fetch import Client

if TYPE_CHECKING:
    from greenlint.profiler.meters.settings import MeterSettings


class PrometheusMeter:
    """Two instant queries a poll: the value, and how old it is."""

    def __init__(self, settings: MeterSettings) -> None:
        """Raises ConfigError."""
        self._client, self._settings = Client(settings), settings
        base = settings.address.partition("?")[0].rstrip("/")
        self._queries = [
            f"{base}/api/v1/query?{urlencode({'query': query})}"
            for query in (settings.query, f"min(timestamp({settings.series}))")
        ]

    def __call__(self, limit_s: float) -> float:
        """The value of the query. Raises OSError or ValueError, also for samples older than three periods."""
        settings = self._settings
        at, scraped = self._ask(self._queries[1], settings.series, limit_s)
        age_s = at - scraped
        if age_s > settings.stale_s:
            raise ValueError(
                f"the newest sample of {shown(settings.series)} is {age_s:.0f} s old, more than three periods of "
                f"{settings.period_s:g} s: the exporter is down, or period_s is not the scrape interval"
            )
        return self._ask(self._queries[0], settings.query, limit_s)[1]

    def _ask(self, url: str, query: str, limit_s: float) -> tuple[float, float]:
        """Time of the evaluation, and the value."""
        where = self._client.where
        document = parse(self._client.get(url, limit_s), where)
        kind, result = find(document, "data.resultType", where), find(document, "data.result", where)
        if kind == "vector" and isinstance(result, list):
            if len(result) != 1:
                raise ValueError(f"the query {shown(query)} gives {len(result)} values, and one is needed: {_advice(result)}")
            result = find(result[0], "value", where)
        if kind not in ("vector", "scalar") or not isinstance(result, list) or len(result) != 2:
            raise ValueError(f"the query {shown(query)} gives a {shown(kind)}, and a vector of one value is needed")
        return number(result[0], "the time"), number(result[1], f"the query {shown(query)}")


def _advice(result: list[Any]) -> str:
    return "narrow it with labels, or add them up with sum()" if result else "is the series there, and its name right?"
