"""FastAPI and Starlette."""

from __future__ import annotations

from greenlint.source.frameworks import Pack
from greenlint.source.words import words

PACK = Pack(
    hooks=words("app application create_app get_app lifespan startup shutdown"),
    methods=words("dispatch on_connect on_receive on_disconnect get post put patch delete head options"),
    live_bases=words("BaseHTTPMiddleware HTTPEndpoint WebSocketEndpoint"),
)
