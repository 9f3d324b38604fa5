"""SQLAlchemy and Alembic: mapped classes, type decorators, migration scripts."""

from __future__ import annotations

from greenlint.source.frameworks import Pack
from greenlint.source.words import words

PACK = Pack(
    hooks=words("""upgrade downgrade run_migrations_offline run_migrations_online include_object include_name
        process_revision_directives"""),
    methods=words("""process_bind_param process_result_value process_literal_param load_dialect_impl
        coerce_compared_value bind_processor result_processor compare_against_backend get_col_spec copy"""),
    folders=words("migrations versions alembic"),
    files=words("env.py"),
    live_bases=words("DeclarativeBase Base Model SQLModel TypeDecorator UserDefinedType"),
)
