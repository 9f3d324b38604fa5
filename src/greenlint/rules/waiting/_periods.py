"""How often the jobs of schedulers run: APScheduler, schedule, Celery, rq-scheduler, huey, Airflow, discord, fastapi-utils."""

from __future__ import annotations

import ast
import re

from greenlint.rules.waiting._sleeps import number
from greenlint.source.calls import constant, keyword, last_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module

_UNITS = {"weeks": 604800.0, "days": 86400.0, "hours": 3600.0, "minutes": 60.0, "seconds": 1.0, "milliseconds": 0.001}
_SINGULAR = {unit[:-1]: seconds for unit, seconds in _UNITS.items()}
_SCHEDULERS = frozenset(
    {
        "apscheduler",
        "flask_apscheduler",
        "schedule",
        "celery",
        "rq_scheduler",
        "huey",
        "airflow",
        "discord",
        "fastapi_utils",
        "rocketry",
    }
    | {
        "django_celery_beat",
        "django_rq",
        "modal",
        "aiocron",
        "dramatiq",
        "periodiq",
        "fastapi_utilities",
        "nextcord",
        "disnake",
    }
)
_PERIODS_ITSELF = (
    "apscheduler.",
    "discord.ext.tasks.loop",
    "fastapi_utils.tasks.repeat_every",
    "modal.Period",
    "nextcord.ext.tasks.loop",
)
_EVERY_MINUTE = re.compile(r"(\*|\*/1) \* \* \* \*")
_SECONDS_FIELD = re.compile(r"\*(/(\d+))?")
_MINUTE = 60.0


def uses_scheduler(module: Module) -> bool:
    """Whether the file imports a library that runs jobs."""
    return not module.packages.isdisjoint(_SCHEDULERS)


def period(node: ast.Call, module: Module) -> float | None:
    """Seconds between two runs of the job that this call sets up; None when it sets up none, or does not say."""
    name = last_name(node.func)
    qualified = module.qualified_name(node.func) or ""
    if name in ("add_job", "scheduled_job", "task"):
        return _triggered(node, module)
    if name == "every":
        return _every(node, qualified, module)
    if name == "add_periodic_task" and node.args:
        return _schedule(node.args[0], module)
    if name in ("schedule", "cron") and keyword(node, "func") is not None:
        return _queued(node, module)
    if name in ("IntervalTrigger", "loop", "repeat_every", "Period") and qualified.startswith(_PERIODS_ITSELF):
        return _units(node, module)
    if name == "CronTrigger" and qualified.startswith("apscheduler."):
        return _cron_fields(node)
    if name in ("DAG", "dag", "periodic_task", "cron_schedule"):
        given = keyword(node, "schedule") or keyword(node, "schedule_interval") or keyword(node, "run_every")
        given = given or (node.args[0] if node.args and name == "periodic_task" else None)
        return _schedule(given, module) if given is not None else None
    return None


def scheduled(node: ast.Dict, module: Module) -> float | None:
    """The same for an entry of Celery's beat schedule: `{"task": ..., "schedule": ...}`."""
    entries = {key.value: value for key, value in zip(node.keys, node.values) if isinstance(key, ast.Constant)}
    if "task" not in entries or "schedule" not in entries:
        return None
    return _schedule(entries["schedule"], module)


def _triggered(node: ast.Call, module: Module) -> float | None:
    given = {constant(item) for item in [*node.args[:2], keyword(node, "trigger")]}
    if "interval" in given:
        return _units(node, module)
    return _cron_fields(node) if "cron" in given else None


def _units(node: ast.Call, module: Module) -> float | None:
    """The sum of `minutes=...`, `seconds=...`; None where one is not a number."""
    given = [(item, _UNITS[item.arg]) for item in node.keywords if item.arg in _UNITS]
    if not given or any(item.arg is None for item in node.keywords):
        return None
    values = [number(item.value, module) for item, _ in given]
    if any(value is None for value in values):
        return None
    return sum(value * unit for value, (_, unit) in zip(values, given) if value is not None)


def _cron_fields(node: ast.Call) -> float | None:
    second = constant(keyword(node, "second"))
    match = _SECONDS_FIELD.fullmatch(second) if isinstance(second, str) else None
    if match is not None:
        return float(match[2] or 1)
    given = {item.arg: constant(item.value) for item in node.keywords}
    return (
        _MINUTE if given.get("minute") in ("*", "*/1") and not given.keys() & {"hour", "day", "month", "day_of_week"} else None
    )


def _every(node: ast.Call, qualified: str, module: Module) -> float | None:
    """`schedule.every(5).seconds`."""
    if qualified != "schedule.every" and "schedule" not in module.packages:
        return None
    unit = module.parent(node)
    if not isinstance(unit, ast.Attribute) or len(node.args) > 1:
        return None
    if isinstance(module.parent(unit), ast.Attribute) and last_name(module.parent(unit) or unit) == "at":
        return (
            None
            if unit.attr not in ("minute", "minutes")
            else _MINUTE * (number(node.args[0], module) or 1 if node.args else 1)
        )
    count = number(node.args[0], module) if node.args else 1.0
    length = _UNITS.get(unit.attr) or _SINGULAR.get(unit.attr)
    return count * length if count is not None and length is not None else None


def _queued(node: ast.Call, module: Module) -> float | None:
    """`scheduler.schedule(scheduled_time=..., func=..., interval=10)` and `scheduler.cron("* * * * *", func=...)` of rq."""
    interval = keyword(node, "interval")
    if interval is not None:
        return number(interval, module)
    return _schedule(node.args[0], module) if node.args else None


def _schedule(given: ast.expr, module: Module) -> float | None:
    """Seconds, a `timedelta`, a crontab, or a line of cron."""
    text = constant(given)
    if isinstance(text, str):
        return _MINUTE if _EVERY_MINUTE.fullmatch(text.strip()) else None
    if isinstance(given, ast.Call):
        name = last_name(given.func)
        if name == "timedelta":
            return _units(given, module)
        if name == "crontab":
            return _crontab(given)
        if name in ("schedule", "maybe_schedule") and (given.args or given.keywords):
            return _schedule(given.args[0] if given.args else given.keywords[0].value, module)
        return None
    return number(given, module)


def _crontab(node: ast.Call) -> float | None:
    """Celery and huey: `crontab()` is every minute."""
    if any(item.arg is None for item in node.keywords) or len(node.args) > 1:
        return None
    minute = constant(node.args[0]) if node.args else constant(keyword(node, "minute"))
    said = node.args or keyword(node, "minute") is not None
    others = [item for item in node.keywords if item.arg != "minute" and constant(item.value) != "*"]
    return _MINUTE if (not said or minute in ("*", "*/1")) and not others else None
