"""behave: hooks of environment.py; steps are registered by their decorators."""

from __future__ import annotations

from greenlint.source.frameworks import Pack
from greenlint.source.words import words

PACK = Pack(
    hooks=words("""before_all after_all before_feature after_feature before_rule after_rule before_scenario after_scenario
        before_step after_step before_tag after_tag"""),
    folders=words("steps"),
)
