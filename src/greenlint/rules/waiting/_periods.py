"""How often the jobs of schedulers run: APScheduler, schedule, Celery, rq-scheduler, huey, Airflow, discord, fastapi-utils.

Those that take one argument of a known name are in `_schedulers`.
"""

from __future__ import annotations

import ast

from greenlint.rules.waiting._cron import cron_text, seconds_field
from greenlint.rules.waiting._schedulers import MAKERS, PACKAGES, Given, is_maker, made
from greenlint.rules.waiting._sleeps import number
from greenlint.source.calls import argument, constant, keyword, last_name

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module

_UNITS = {"weeks": 604800.0, "days": 86400.0, "hours": 3600.0, "minutes": 60.0, "seconds": 1.0, "milliseconds": 0.001}
_SINGULAR = {unit[:-1]: seconds for unit, seconds in _UNITS.items()}
_SCHEDULERS = PACKAGES | {
    "apscheduler",
    "flask_apscheduler",
    "nonebot_plugin_apscheduler",
    "schedule",
    "celery",
    "rq_scheduler",
    "huey",
    "airflow",
    "discord",
    "nextcord",
    "disnake",
    "fastapi_utils",
    "rocketry",
    "django_rq",
    "dramatiq",
    "taskiq",
}
CALLEES = (
    frozenset(
        {
            "add_job",
            "reschedule_job",
            "dict",
            "scheduled_job",
            "task",
            "every",
            "add_periodic_task",
            "schedule",
            "cron",
            "IntervalTrigger",
            "loop",
        }
    )
    | {"CronTrigger", "from_crontab", "DAG", "dag", "periodic_task", "register", "RedBeatSchedulerEntry"}
    | frozenset(MAKERS)
)
"""Last names of what sets up a job."""
_PERIODS_ITSELF = (
    "apscheduler.",
    "discord.ext.tasks.loop",
    "disnake.ext.tasks.loop",
    "nextcord.ext.tasks.loop",
)
_WRAPPED = frozenset(
    {"schedule", "maybe_schedule", "CronTriggerTimetable", "CronDataIntervalTimetable", "DeltaDataIntervalTimetable"}
    | {"DeltaTriggerTimetable"}
)
"""What wraps a line of cron or a `timedelta`, as its first argument."""
_MINUTE = 60.0


def uses_scheduler(module: Module) -> bool:
    """Whether the file imports a library that runs jobs."""
    return not module.packages.isdisjoint(_SCHEDULERS)


def period(node: ast.Call, module: Module) -> float | None:
    """Seconds between two runs of the job that this call sets up; None when it sets up none, or does not say."""
    name = last_name(node.func)
    qualified = module.qualified_name(node.func) or ""
    if name in ("add_job", "reschedule_job", "scheduled_job", "task"):
        return _triggered(node, module)
    if name == "every":
        return _every(node, qualified, module)
    if name == "add_periodic_task" or (name == "dict" and keyword(node, "task") is not None):
        given = keyword(node, "schedule") if name == "dict" else argument(node, 0, "schedule")
        return _schedule(given, module) if given is not None else None
    if name in ("schedule", "cron", "register") and keyword(node, "func") is not None:
        return _queued(node, module)
    if name in ("IntervalTrigger", "loop") and qualified.startswith(_PERIODS_ITSELF):
        return _units(node, module)
    if name == "CronTrigger" and qualified.startswith("apscheduler."):
        return _cron_fields(node)
    if name == "from_crontab" and node.args and "apscheduler" in module.packages:
        return _schedule(node.args[0], module)
    if name in ("DAG", "dag", "periodic_task", "RedBeatSchedulerEntry"):
        given = said_by(node)
        return _schedule(given, module) if given is not None else None
    if is_maker(node, qualified, module):
        return _made(made(node, qualified), module)
    return None


def said_by(node: ast.Call | ast.Dict) -> ast.expr | None:
    """The value that says when a graph of tasks, or an entry of a schedule, runs: it may stand lines below the name of the job."""
    if isinstance(node, ast.Dict):
        return next((v for k, v in zip(node.keys, node.values) if isinstance(k, ast.Constant) and k.value == "schedule"), None)
    given = keyword(node, "schedule") or keyword(node, "schedule_interval") or keyword(node, "run_every")
    place = {"periodic_task": 0, "RedBeatSchedulerEntry": 2}.get(last_name(node.func))
    return argument(node, place, "schedule") if given is None and place is not None else given


def _made(given: Given | None, module: Module) -> float | None:
    if given is None:
        return None
    if given.value is None:
        return given.unit
    if isinstance(given.value, ast.Constant) and isinstance(given.value.value, str):
        return cron_text(given.value.value, seconds_first=given.seconds_first)
    length = _schedule(given.value, module)
    return length * given.unit if length is not None else None


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
    if "cron" in given:
        return _cron_fields(node)
    if last_name(node.func) != "task":
        return None
    for item in _listed(keyword(node, "schedule")):  # taskiq
        entries = {constant(key): value for key, value in zip(item.keys, item.values) if key is not None}
        length = _schedule(entries.get("cron") or entries.get("interval") or ast.Constant(None), module)
        if length is not None:
            return length
    first = constant(node.args[0]) if node.args else None
    return cron_text(first) if isinstance(first, str) and first.startswith("every ") else None  # rocketry


def _listed(given: ast.expr | None) -> list[ast.Dict]:
    return [item for item in given.elts if isinstance(item, ast.Dict)] if isinstance(given, ast.List) else []


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
    length = seconds_field(second) if isinstance(second, str) and not second.isdigit() else None
    if length is not None:
        return length
    given = {item.arg: constant(item.value) for item in node.keywords}
    return (
        _MINUTE if given.get("minute") in ("*", "*/1") and not given.keys() & {"hour", "day", "month", "day_of_week"} else None
    )


def _every(node: ast.Call, qualified: str, module: Module) -> float | None:
    """`schedule.every(5).seconds`."""
    if qualified == "rocketry.conds.every" and node.args:
        return cron_text(f"every {constant(node.args[0])}")
    if qualified != "schedule.every" and "schedule" not in module.packages:
        return None
    unit = module.parent(node)
    most = number(node.args[0], module) if len(node.args) == 1 else 1.0
    if isinstance(unit, ast.Attribute) and unit.attr == "to":  # `every(5).to(10).seconds`
        upper = module.parent(unit)
        if not isinstance(upper, ast.Call) or len(upper.args) != 1:
            return None
        most, unit = number(upper.args[0], module), module.parent(upper)
    if not isinstance(unit, ast.Attribute) or len(node.args) > 1:
        return None
    if isinstance(module.parent(unit), ast.Attribute) and last_name(module.parent(unit) or unit) == "at":
        return (
            None
            if unit.attr not in ("minute", "minutes")
            else _MINUTE * (number(node.args[0], module) or 1 if node.args else 1)
        )
    length = _UNITS.get(unit.attr) or _SINGULAR.get(unit.attr)
    return most * length if most is not None and length is not None else None


def _queued(node: ast.Call, module: Module) -> float | None:
    """`scheduler.schedule(scheduled_time=..., func=..., interval=10)` and `scheduler.cron("* * * * *", func=...)` of rq."""
    interval = keyword(node, "interval")
    if interval is not None:
        return number(interval, module)
    given = keyword(node, "cron") or keyword(node, "cron_string") or (node.args[0] if node.args else None)
    return _schedule(given, module) if given is not None else None


def _schedule(given: ast.expr, module: Module) -> float | None:
    """Seconds, a `timedelta`, a crontab, or a line of cron."""
    text = constant(given)
    if isinstance(text, str):
        return cron_text(text)
    if isinstance(given, ast.Call):
        name = last_name(given.func)
        if name == "timedelta":
            return _units(given, module)
        if name == "crontab":
            return _crontab(given)
        if name in _WRAPPED and (given.args or given.keywords):
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
