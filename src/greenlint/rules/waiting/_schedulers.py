"""Schedulers that take the period, or the line of cron, of a job as one argument: which argument of which callable."""

from __future__ import annotations

import ast

from greenlint.named_tuple import NamedTuple
from greenlint.source.calls import argument, constant, is_open_ended, keyword, last_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module

_UNITS = {"SECONDS": 1.0, "seconds": 1.0, "MINUTES": 60.0, "minutes": 60.0, "MINUTE": 60.0, "I": 60.0, "MICROSECONDS": 1e-6}
_MINUTE = 60.0
_MADE = frozenset({"create", "get_or_create", "update_or_create", "acreate", "aget_or_create"})
"""How Django makes the rows of a table."""


class Maker(NamedTuple):
    """One callable of a library: its packages, its place for the period (None: by name alone), the names that hold it, and the unit."""

    packages: frozenset[str]
    place: int | None
    names: tuple[str, ...]
    unit: float = 1.0
    seconds_first: bool = False


class Given(NamedTuple):
    """The expression that says how often (None: `unit` says it), and how many seconds one of it is."""

    value: ast.expr | None
    unit: float = 1.0
    seconds_first: bool = False


def _of(*packages: str) -> frozenset[str]:
    return frozenset(packages)


MAKERS: dict[str, Maker] = {
    "periodic": Maker(_of("procrastinate"), None, ("cron",)),
    "repeat_at": Maker(_of("fastapi_utilities"), None, ("cron",)),
    "repeat_every": Maker(_of("fastapi_utils", "fastapi_utilities", "fastapi_restful"), None, ("seconds",)),
    "crontab": Maker(_of("aiocron"), 0, ("spec",)),
    "Cron": Maker(_of("modal", "prefect"), 0, ("cron_string", "cron")),
    "Period": Maker(_of("modal"), None, ("seconds",)),
    "Interval": Maker(_of("prefect"), 0, ("interval",)),
    "CronSchedule": Maker(_of("prefect"), 0, ("cron",)),
    "IntervalSchedule": Maker(_of("prefect", "django_celery_beat"), None, ("interval", "every")),
    "serve": Maker(_of("prefect"), None, ("interval", "cron")),
    "deploy": Maker(_of("prefect"), None, ("interval", "cron")),
    "ScheduleDefinition": Maker(_of("dagster"), None, ("cron_schedule",)),
    "schedule": Maker(
        _of("dagster", "azure", "chalice", "ischedule", "django_q"), 0, ("cron_schedule", "schedule", "interval")
    ),
    "timer_trigger": Maker(_of("azure"), None, ("schedule",), seconds_first=True),
    "on_schedule": Maker(_of("firebase_functions"), None, ("schedule",)),
    "put_rule": Maker(_of("boto3", "aioboto3"), None, ("ScheduleExpression",)),
    "create_schedule": Maker(_of("boto3", "aioboto3"), None, ("ScheduleExpression",)),
    "run_repeating": Maker(_of("telegram"), 1, ("interval",)),
    "PeriodicCallback": Maker(_of("tornado"), 1, ("callback_time",), unit=0.001),
    "job": Maker(_of("timeloop"), None, ("interval",)),
    "ScheduleIntervalSpec": Maker(_of("temporalio"), 0, ("every",)),
    "setall": Maker(_of("crontab"), 0, ()),
    "cron": Maker(_of("periodiq"), 0, ()),
    "register": Maker(_of("kronos"), 0, ()),
} | {name: Maker(_of("django_celery_beat", "django_q"), None, ("every", "minutes", "cron")) for name in _MADE}
PACKAGES = frozenset().union(*(maker.packages for maker in MAKERS.values())) | {"arq"}


def is_maker(node: ast.Call, qualified: str, module: Module) -> bool:
    """Whether the call belongs to one of these libraries, as far as the imports of the file tell."""
    if qualified.startswith("arq."):
        return qualified in ("arq.cron", "arq.cron.cron")
    maker = MAKERS.get(last_name(node.func))
    if maker is None:
        return False
    return qualified.partition(".")[0] in maker.packages if qualified else not module.packages.isdisjoint(maker.packages)


def made(node: ast.Call, qualified: str) -> Given | None:
    """What the call says about how often the job runs."""
    if qualified.startswith("arq."):
        return _arq(node)
    maker = MAKERS[last_name(node.func)]
    value = next((found for name in maker.names if (found := keyword(node, name)) is not None), None)
    if value is None and maker.place is not None:
        value = argument(node, maker.place, "")
    if keyword(node, "period") is not None or keyword(node, "schedule_type") is not None:
        return _row(node, value)
    if isinstance(value, ast.Call) and last_name(value.func) == "Rate" and value.args:  # chalice
        return Given(value.args[0], _unit(argument(value, 1, "unit")) or 0.0)
    first = maker.seconds_first or qualified.startswith("azure.") or keyword(node, "arg_name") is not None
    return Given(value, maker.unit, first) if value is not None and last_name(node.func) not in _MADE else None


def _row(node: ast.Call, value: ast.expr | None) -> Given | None:
    """A row of a table of jobs: `every=10, period=IntervalSchedule.SECONDS`, `schedule_type=Schedule.MINUTES, minutes=1`."""
    unit = _unit(keyword(node, "period") or keyword(node, "schedule_type"))
    cron = keyword(node, "cron")
    if cron is not None:
        return Given(cron)
    if keyword(node, "schedule_type") is not None:
        return Given(keyword(node, "minutes"), unit) if unit is not None else None
    return Given(value, unit) if unit is not None and value is not None else None


def _unit(node: ast.expr | None) -> float | None:
    return _UNITS.get(last_name(node) if node is not None and last_name(node) else str(constant(node)))


def _arq(node: ast.Call) -> Given | None:
    """`cron(job, second={0, 30})`: where no minute and no hour is said, each minute has so many runs."""
    if is_open_ended(node) or len(node.args) > 1:
        return None
    said = {item.arg for item in node.keywords}
    if said & {"month", "day", "weekday", "hour", "minute"}:
        return None
    second = keyword(node, "second")
    runs = len(second.elts) if isinstance(second, (ast.Set, ast.List, ast.Tuple)) else 1
    return Given(None, _MINUTE / max(runs, 1))
