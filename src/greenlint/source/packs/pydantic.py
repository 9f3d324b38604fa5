"""pydantic: models are plain classes; hooks and inner configuration are looked up by name."""

from __future__ import annotations

from greenlint.source.frameworks import Pack
from greenlint.source.words import words

PACK = Pack(
    hooks=words("Config model_config"),
    methods=words("""model_post_init dict json copy model_dump model_dump_json settings_customise_sources
        customise_sources parse_env_var schema_extra json_schema_extra alias_generator prepare_field"""),
    plain_decorators=words("validate_call validate_arguments"),
    inert_bases=words("BaseModel RootModel GenericModel BaseSettings"),
)
