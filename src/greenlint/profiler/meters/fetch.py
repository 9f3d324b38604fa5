"""One bounded HTTP request: a time limit on the whole, a size limit, no other host, verified TLS, no proxy.

A meter sits in the user's network and is asked every second for hours; nothing that it answers may hang or fill the process.
"""

from __future__ import annotations

import hashlib
import os
from http.client import HTTPException
from time import monotonic
from typing import IO, TYPE_CHECKING, Any
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit
from urllib.request import (
    HTTPBasicAuthHandler,
    HTTPDigestAuthHandler,
    HTTPPasswordMgrWithDefaultRealm,
    HTTPRedirectHandler,
    HTTPSHandler,
    ProxyHandler,
    Request,
    build_opener,
)

from greenlint.errors import ConfigError
from greenlint.profiler.meters.settings import SECTION

if TYPE_CHECKING:
    from collections.abc import Callable
    from http.client import HTTPMessage

    from greenlint.profiler.meters.settings import MeterSettings

LARGEST = 64 * 1024
"""No meter has more to say, bytes."""

_BLOCK = 8192


class Client:
    """Asks one host; the password comes from the environment variable that the settings name, and is never shown."""

    def __init__(self, settings: MeterSettings) -> None:
        """Raises ConfigError when the variable is not set, OSError when the CA file cannot be loaded."""
        self.where = _where(settings.address)
        self._suffix, self._has_password = "", bool(settings.password_env)
        passwords = HTTPPasswordMgrWithDefaultRealm()
        if settings.password_env:
            password = _password(settings.password_env)
            if settings.auth == "query":
                self._suffix = f"&user={quote(settings.user, safe='')}&password={quote(password, safe='')}"
            else:
                passwords.add_password(None, settings.address, settings.user, password)
        handlers: list[Any] = [ProxyHandler({}), _SameHost(), _Basic(passwords), _Digest(passwords)]
        if settings.address.startswith("https:"):
            handlers.append(HTTPSHandler(context=_tls(settings.verify)))
        self._open = build_opener(*handlers).open

    def get(self, url: str, limit_s: float) -> bytes:
        """The body. Raises OSError for what may pass (time limit, connection, 5xx), ValueError for what will not."""
        end = monotonic() + limit_s
        try:
            with self._open(Request(url + self._suffix, headers={"Accept": "application/json"}), timeout=limit_s) as answer:
                return self._read(answer, end, limit_s)
        except HTTPError as error:
            if error.fp is not None:
                error.close()
            raise self._refusal(error) from None
        except (HTTPException, OSError) as error:
            reason = error.reason if isinstance(error, URLError) else error
            if isinstance(reason, TimeoutError):
                raise TimeoutError(f"{self.where} did not answer within {limit_s:g} s") from None
            raise OSError(f"{self.where} cannot be asked: {reason or type(reason).__name__}") from None

    def _read(self, answer: Any, end: float, limit_s: float) -> bytes:
        body = b""
        while block := answer.read1(_BLOCK):
            body += block
            if len(body) > LARGEST:
                raise ValueError(f"{self.where} answers with more than {LARGEST // 1024} KiB, which no meter does")
            if monotonic() > end:
                raise TimeoutError(limit_s)
        return body

    def _refusal(self, error: HTTPError) -> OSError | ValueError:
        if error.code in (401, 403):
            verb = "refuses the user name or the password" if self._has_password else "asks for a password"
            return ValueError(f"{self.where} {verb} ({error.code}): set user and password_env")
        text = f"{self.where} answers {error.code} {error.reason}"
        return OSError(text) if error.code >= 500 else ValueError(text)


class _SameHost(HTTPRedirectHandler):
    """Follows a redirect only to the host, port and scheme that the user named."""

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        old, new = urlsplit(req.full_url), urlsplit(newurl)
        if (old.scheme, old.netloc) != (new.scheme, new.netloc):
            fp.close()
            raise ValueError(f"{_where(req.full_url)} sends us to another host, {_where(newurl)}, which is not followed")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


class _Basic(HTTPBasicAuthHandler):
    """Basic authentication that closes the answer in which the password was asked for."""

    def http_error_401(self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage) -> Any:
        return _closing(fp, lambda: super(_Basic, self).http_error_401(req, fp, code, msg, headers))


class _Digest(HTTPDigestAuthHandler):
    """The same for Digest, with SHA-256 (RFC 7616) too, which Shelly's second generation asks for."""

    def http_error_401(self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage) -> Any:
        return _closing(fp, lambda: super(_Digest, self).http_error_401(req, fp, code, msg, headers))

    def get_algorithm_impls(self, algorithm: str) -> tuple[Callable[[str], str], Callable[[str, str], str]]:
        if algorithm != "SHA-256":
            return super().get_algorithm_impls(algorithm)

        def digest(text: str) -> str:
            return hashlib.sha256(text.encode()).hexdigest()

        return digest, lambda secret, data: digest(f"{secret}:{data}")


def _closing(fp: IO[bytes], retry: Callable[[], Any]) -> Any:
    """The answer of a retry; the one before it is closed, unless there was no retry and it goes on as the error."""
    answer = fp
    try:
        answer = retry()
    finally:
        if answer is not None:
            fp.close()
    return answer


def _tls(verify: str) -> Any:
    import ssl

    try:
        return ssl.create_default_context(cafile=verify or None)
    except OSError as error:
        raise ConfigError(f"{SECTION} verify: {verify}: {error.strerror or 'is no file of CA certificates'}") from error


def _password(variable: str) -> str:
    password = os.environ.get(variable)
    if not password:
        raise ConfigError(f"{SECTION} password_env: the environment variable {variable} is not set", "put the password there")
    return password


def _where(url: str) -> str:
    """Scheme, host and path: what may be printed, for a query can hold a password."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"
