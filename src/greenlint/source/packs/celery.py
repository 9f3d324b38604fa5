"""Celery: tasks, task classes, configuration by module."""

from __future__ import annotations

from greenlint.source.frameworks import Pack
from greenlint.source.words import words

PACK = Pack(
    hooks=words("app celery celery_app make_celery setup_periodic_tasks"),
    methods=words("""run on_success on_failure on_retry after_return before_start on_bound apply_async route_for_task
        from_config start stop terminate"""),
    files=words("tasks.py celery.py celeryconfig.py"),
    live_bases=words("Task ConsumerStep StartStopStep"),
)
