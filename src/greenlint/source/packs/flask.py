"""Flask: application factories, views, extensions."""

from __future__ import annotations

from greenlint.source.frameworks import Pack
from greenlint.source.words import words

PACK = Pack(
    hooks=words("create_app make_app app application init_app"),
    methods=words("""dispatch_request get post put patch delete head options as_view get_send_file_max_age open
        open_session save_session to_python to_url get_url_for"""),
    plain_decorators=words("""login_required jwt_required stream_with_context copy_current_request_context
        with_appcontext"""),
    live_bases=words("MethodView Resource ModelView AdminIndexView"),
)
