"""Tornado: request handlers."""

from __future__ import annotations

from greenlint.source.frameworks import Pack
from greenlint.source.words import words

PACK = Pack(
    methods=words("""get post put patch delete head options prepare on_finish initialize write_error set_default_headers
        get_current_user get_login_url get_template_path get_user_locale check_origin open on_message on_close on_ping
        on_pong data_received compute_etag log_exception select_subprotocol"""),
    live_bases=words("RequestHandler WebSocketHandler StaticFileHandler"),
)
