"""Meters that are down, slow, wrong or lying: each is refused, or ends the session, with one line that says why."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from local_meter import Answer, Known, QuietClock, answer_json, prometheus, send, serve

from greenlint.errors import ProviderError
from greenlint.profiler.meter import Meter
from greenlint.profiler.meters.settings import read_settings
from greenlint.profiler.meters.source import MeterSource
from greenlint.profiler.providers.meter import UserMeter
from greenlint.profiler.selection import make_context
from greenlint.testing import check_provider

HTTP = {"kind": "http", "field": "power", "period_s": 0.1}


def refusal(**keys: Any) -> str:
    """The one line with which a configured meter is refused, by the probe and by opening it alike."""
    settings = {"meter": keys}
    probe = check_provider(UserMeter(), settings=settings)
    assert probe.status == "refused"
    with pytest.raises(ProviderError) as refused:
        Meter.open(UserMeter(), settings=settings)
    assert "\n" not in str(refused.value) and "Traceback" not in str(refused.value)
    return probe.reason


def unanswered(answer: Answer, **keys: Any) -> str:
    with serve(answer) as url:
        return refusal(**{**HTTP, "url": f"{url}/x", **keys})


def body(text: bytes, status: int = 200, **headers: str) -> Answer:
    return lambda handler: send(handler, text, status, **headers)


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (body(b"sorry", 500), "answers 500 Internal Server Error"),
        (body(b"", 404), "answers 404 Not Found"),
        (body(b"", 401, WWW_Authenticate='Basic realm="x"'), "asks for a password (401): set user and password_env"),
        (body(b"<html>hello</html>"), "does not answer in JSON, but with '<html>hello</html>'"),
        (body(b""), "does not answer in JSON, but with ''"),
        (body(b"\xff\xfe\x00"), "does not answer in JSON"),
        (body(b"[" * 60_000), "does not answer in JSON"),
        (body(b'{"pow' + b"x" * 300_000 + b'":1}'), "answers with more than 64 KiB"),
        (body(b'{"Power": 3, "volt": 2}'), "has no 'power': there is no 'power' among 'Power', 'volt'"),
        (body(b"[]"), "there is no 'power' among 0 entries"),
        (body(b'{"power": null}'), "shows None, which is no number"),
        (body(b'{"power": true}'), "shows True, which is no number"),
        (body(b'{"power": {"w": 3}}'), "which is no number"),
        (body(b'{"power": "plenty"}'), "shows 'plenty', which is no number"),
        (body(b'{"power": NaN}'), "the meter shows nan W"),
        (body(b'{"power": 1e999}'), "the meter shows inf W"),
        (body(b'{"power": ' + b"9" * 400 + b"}"), "which is no number"),
        (body(b'{"power": -5}'), "the meter shows -5 W"),
        (body(b'{"power": 99999}'), "more than max_w = 10000: is quantity right?"),
        (body(b'{"power": "\x1b[31m"}'), "does not answer in JSON"),
        (body(b'{"power": "\\u001b[31m"}'), "shows '\\x1b[31m', which is no number"),
    ],
    ids=lambda value: value[:30].replace(" ", "-") if isinstance(value, str) else "",
)
def test_a_wrong_answer_is_refused_with_what_it_was(answer: Answer, reason: str) -> None:
    assert reason in unanswered(answer)


def test_an_invalid_value_is_refused_where_the_device_says_so() -> None:
    answer = answer_json(lambda: {"meters": [{"power": 12.0, "is_valid": False}]})
    with serve(answer) as url:
        reason = refusal(device="shelly-gen1", url=url)
    assert "says that its value is not valid (meters.0.is_valid)" in reason


def test_a_redirect_to_another_host_is_not_followed() -> None:
    asked: list[str] = []

    def thief(handler: Any) -> None:
        asked.append(handler.path)
        send(handler, b'{"power": 5}')

    with serve(thief) as elsewhere:
        reason = unanswered(body(b"", 302, Location=f"{elsewhere}/x?secret=1"))
    assert f"sends us to another host, {elsewhere}/x, which is not followed" in reason
    assert asked == []


def test_a_redirect_on_the_same_host_is_followed() -> None:
    def answer(handler: Any) -> None:
        send(handler, b"", 301, Location="/new") if handler.path == "/x" else send(handler, b'{"power": 5}')

    with serve(answer) as url:
        assert check_provider(UserMeter(), settings={"meter": {**HTTP, "url": f"{url}/x"}}).reason == "shows 5 W"


def test_a_redirect_in_a_circle_ends() -> None:
    assert "answers 302" in unanswered(body(b"", 302, Location="/x"))


def test_nobody_at_the_address_is_refused() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        reason = refusal(**HTTP, url=f"http://127.0.0.1:{unused.getsockname()[1]}/x")
    assert reason.endswith("cannot be asked: [Errno 111] Connection refused")


def test_a_server_that_does_not_speak_http_is_refused() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        import threading

        def rude() -> None:
            for _ in range(3):
                connection, _ = listening.accept()
                with connection:
                    connection.recv(1000)
                    connection.sendall(b"220 smtp ready\r\n")

        thread = threading.Thread(target=rude)
        thread.start()
        reason = refusal(**HTTP, url=f"http://127.0.0.1:{listening.getsockname()[1]}/x")
        thread.join()
    assert "cannot be asked" in reason


def test_a_slow_meter_is_found_but_not_waited_for_longer_than_its_time() -> None:
    """The second server sends one byte now and then, for ever: the limit is on the whole, not on each byte."""

    def silent(handler: Any) -> None:
        time.sleep(1.5)

    def dripping(handler: Any) -> None:
        handler.send_response(200)
        handler.end_headers()
        for _ in range(30):
            handler.wfile.write(b" ")
            time.sleep(0.05)

    def check(answer: Answer) -> None:
        with serve(answer) as url:
            context = make_context({"meter": {**HTTP, "url": f"{url}/x"}})
            start = time.perf_counter()
            probe = UserMeter().probe(context)
            probed_s = time.perf_counter() - start
            with pytest.raises(ProviderError, match=r"did not answer within 0.5 s"):
                UserMeter().open(context)
            assert time.perf_counter() - start - probed_s < 1.2
        assert probed_s < 0.9
        assert probe.found and "did not answer within 0.5 s" in probe.reason

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(check, (silent, dripping)))


@pytest.mark.parametrize(
    ("content", "keys", "reason"),
    [
        ("", {}, "is empty"),
        ("   \n\n", {}, "is empty"),
        ("12 W", {}, "shows '12 W', which is no number"),
        ("date,load\n1,2\n", {"column": 3}, "has 2 columns, so no column 3"),
        ("nan", {}, "the meter shows nan W"),
        ("-1", {}, "the meter shows -1 W"),
        ("9" * 70_000, {}, "more than 64 KiB"),
    ],
    ids=["empty", "blank", "unit", "column", "nan", "negative", "huge"],
)
def test_a_wrong_file_is_refused_with_what_it_held(content: str, keys: dict[str, Any], reason: str, tmp_path: Path) -> None:
    path = tmp_path / "power"
    path.write_text(content)
    assert reason in refusal(kind="file", path=str(path), **keys)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    assert refusal(kind="file", path=str(tmp_path / "none")) == f"{tmp_path / 'none'}: No such file or directory"
    assert "Is a directory" in refusal(kind="file", path=str(tmp_path))


def test_a_pipe_does_not_hang_the_probe(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert "Illegal seek" in refusal(kind="file", path=str(tmp_path / "pipe"))


def test_a_file_that_its_writer_forgot_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "power"
    path.write_text("62.0")
    os.utime(path, (time.time() - 60, time.time() - 60))
    assert "has not been written for" in refusal(kind="file", path=str(path))


def series(age_s: float, *values: float) -> Answer:
    return prometheus(lambda _: [({"instance": str(place)}, value, age_s) for place, value in enumerate(values)])


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        (series(60.0, 5.0), "is 60 s old, more than three periods of 15 s: the exporter is down"),
        (series(1.0, 5.0, 6.0), "gives 2 values, and one is needed: narrow it with labels"),
        (series(1.0), "gives 0 values, and one is needed: is the series there"),
        (series(1.0, float("nan")), "the meter shows nan W"),
        (answer_json(lambda: {"status": "success", "data": {"resultType": "matrix", "result": []}}), "gives a 'matrix'"),
        (answer_json(lambda: {"status": "success", "data": {"resultType": "scalar", "result": "5"}}), "a vector of one value"),
        (answer_json(lambda: {"status": "success"}), "has no 'data.resultType'"),
        (body(b'{"status":"error","error":"parse error"}', 400), "answers 400 Bad Request"),
    ],
    ids=["stale", "two", "none", "nan", "matrix", "odd-scalar", "no-data", "bad-query"],
)
def test_a_wrong_series_is_refused_with_what_it_was(answer: Answer, reason: str) -> None:
    with serve(answer) as url:
        assert reason in refusal(kind="prometheus", url=url, query="sum(watts)")


def session(source: MeterSource, seconds: float) -> str:
    """Read it until it fails; the reason, or ""."""
    until = time.perf_counter() + seconds
    try:
        while time.perf_counter() < until:
            source.read()
            time.sleep(0.01)
    except (OSError, ValueError) as error:
        return str(error)
    finally:
        source.close()
    return ""


def opened(url: str, **keys: Any) -> MeterSource:
    return MeterSource(read_settings({**HTTP, "period_s": 0.02, "url": f"{url}/x", **keys}))


def test_a_lost_request_now_and_then_costs_nothing() -> None:
    load, asked = Known(50), [0]

    def answer(handler: Any) -> None:
        asked[0] += 1
        body(b"", 503)(handler) if asked[0] % 3 == 0 else answer_json(lambda: {"power": load.watts})(handler)

    with serve(answer) as url:
        assert session(opened(url), 0.4) == ""
    assert asked[0] > 6


def test_a_meter_that_vanishes_ends_the_session_with_one_line() -> None:
    working = [True]

    def answer(handler: Any) -> None:
        send(handler, b'{"power": 50}') if working[0] else handler.connection.close()

    with serve(answer) as url:
        settings = {"meter": {**HTTP, "url": f"{url}/x", "period_s": 0.05}}
        with Meter.open(UserMeter(), settings=settings, clock=QuietClock()) as meter:
            working[0] = False
            until = time.perf_counter() + 3
            while meter.invalid is None and time.perf_counter() < until:
                meter.read()
                time.sleep(0.02)
            warnings = meter.close()
    assert meter.invalid is not None and "/x cannot be asked" in meter.invalid and "\n" not in meter.invalid
    assert warnings == (f"no number of this session counts: {meter.invalid}",)


def test_a_meter_that_hangs_ends_the_session_too() -> None:
    working = [True]

    def answer(handler: Any) -> None:
        send(handler, b'{"power": 50}') if working[0] else time.sleep(1.2)

    with serve(answer) as url:
        source = opened(url)
        working[0] = False
        assert "did not answer within 0.5 s" in session(source, 3.0)


def counting(load: Known, show: Callable[[float], float]) -> Answer:
    return answer_json(lambda: {"power": show(load.joules())})


@pytest.mark.parametrize(
    ("show", "keys", "reason"),
    [
        (lambda joules: joules if joules < 12 else joules - 12, {"quantity": "J"}, "went back by"),
        (lambda joules: joules if joules < 12 else joules + 9e6, {"quantity": "J"}, "jumped by"),
        (lambda joules: 100 + joules, {"quantity": "kWh"}, "is quantity = 'kWh' right?"),
        (lambda joules: joules % 30, {"quantity": "J", "range": 29.999, "max_w": 500}, "wrapped more than once"),
        (lambda joules: 50 if joules < 12 else -1, {}, "the meter shows -1 W"),
        (lambda joules: 50 if joules < 12 else float("nan"), {}, "the meter shows nan W"),
    ],
    ids=["reset", "jump", "unit", "double-wrap", "negative", "nan"],
)
def test_what_cannot_be_true_ends_the_session(show: Callable[[float], float], keys: dict[str, Any], reason: str) -> None:
    load = Known(60)
    with serve(counting(load, show)) as url:
        assert reason in session(opened(url, period_s=0.05, **keys), 2.0)


def test_a_file_that_is_no_longer_written_ends_the_session(tmp_path: Path) -> None:
    path = tmp_path / "power"
    path.write_text("62.0")
    source = MeterSource(read_settings({"kind": "file", "path": str(path), "period_s": 0.05}))
    assert "period_s (0.05) is shorter than the writer's pace" in session(source, 2.0)


def test_a_counter_that_stands_still_is_refused_by_the_self_check(tmp_path: Path) -> None:
    with serve(answer_json(lambda: {"power": 1290.396})) as url:
        settings = {"meter": {**HTTP, "url": f"{url}/x", "quantity": "kWh"}}
        with pytest.raises(ProviderError, match="does not advance"):
            Meter.open(UserMeter(), settings=settings)


def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path) -> None:
    """The address is https, the server speaks http: no plain answer is taken for it."""
    with serve(body(b'{"power": 5}')) as url:
        assert "SSL" in refusal(**HTTP, url=url.replace("http", "https") + "/x")


def test_a_proxy_of_the_environment_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    with serve(body(b'{"power": 5}')) as url:
        assert UserMeter().probe(make_context({"meter": {**HTTP, "url": f"{url}/x"}})).found


def test_a_certificate_that_the_user_vouches_for_is_accepted(tmp_path: Path) -> None:
    """Controllers sign their own certificates: verify names the file, and without it the same server is refused."""
    import ssl

    from greenlint.profiler.providers.meter import _first_look

    certificate = tmp_path / "bmc.pem"
    certificate.write_bytes(self_signed())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    with serve(body(b'{"power": 5}'), context) as url:
        keys = {**HTTP, "url": f"{url}/x"}
        assert "CERTIFICATE_VERIFY_FAILED" in refusal(**keys)
        assert _first_look(read_settings({**keys, "verify": str(certificate)})) == "shows 5 W"


def self_signed() -> bytes:
    """Key and certificate for 127.0.0.1, as PEM."""
    import datetime
    import ipaddress

    pytest.importorskip("cryptography", reason="it comes with the extra codecarbon")
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    key, now = ec.generate_private_key(ec.SECP256R1()), datetime.datetime.now(datetime.timezone.utc)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    address = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(address, critical=False)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return secret + certificate.public_bytes(serialization.Encoding.PEM)
