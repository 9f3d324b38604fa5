"""Locust: users and their tasks."""

from __future__ import annotations

from greenlint.source.frameworks import Pack
from greenlint.source.words import words

PACK = Pack(
    methods=words("on_start on_stop tick wait_time"),
    files=words("locustfile.py"),
    live_bases=words("User HttpUser FastHttpUser TaskSet SequentialTaskSet LoadTestShape"),
)
