"""Set-ups that are broken in one way: the doctor names that one first, and shows no key."""

from __future__ import annotations

import json
import os
import socket
import sqlite3
import ssl
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import trustme
from broken_servers import Act, answering, babbling, closing, serving, silent

from a2e_sdk._doctor import network
from a2e_sdk._doctor.examination import examine
from a2e_sdk._http.transports import network_settings
from a2e_sdk.cli.app import run
from a2e_sdk.sandbox import INVALID_TOKEN, Sandbox
from a2e_sdk.sandbox.http_server import serve

KEY = "sk_Zq8w7rTk2mVx5nLp9bHd3cJf6gSa4yQe"
HTML = b"<html><head><title>Login</title></head><body>Welcome to the hotel</body></html>"


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A key, a folder of its own, certificates that are loaded anew, and less patience."""
    monkeypatch.setattr(network, "_STEP_SECONDS", 2.0)
    monkeypatch.setattr(network_settings, "_tls", network_settings.SharedTls())
    for name in ("SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("A2E_API_KEY", KEY)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def doctor(capsys: pytest.CaptureFixture[str]) -> Callable[..., dict[str, Any]]:
    """Run the command; give its report, by the names of the checks."""

    def examined(*arguments: str) -> dict[str, Any]:
        capsys.readouterr()
        began = time.monotonic()
        code = run(["doctor", "--json", *arguments])
        assert time.monotonic() - began < 31
        printed = capsys.readouterr()
        assert printed.err == ""
        shown = printed.out
        for part in (KEY, KEY[:12], KEY[-8:], "hunter2"):
            assert part not in shown
        report: dict[str, Any] = json.loads(shown)
        assert report["format"] == "a2e-doctor/1"
        assert report["ok"] == (code == 0) == (report["first_problem"] is None)
        assert code in (0, 1)
        checks = {one["name"]: one for one in report["checks"]}
        assert len(checks) == len(report["checks"])
        assert list(checks) == NAMES
        for one in report["checks"]:
            assert bool(one["remedy"]) == (one["status"] in ("warning", "problem")), one
        return checks | {"first": report["first_problem"]}

    return examined


NAMES = [
    *("sdk", "packages", "address", "key", "proxy", "dns", "connection", "tls", "response"),
    *("clock", "account", "journal", "drift", "disk", "terminal"),
]
Doctor = Callable[..., dict[str, Any]]


def statuses(checks: dict[str, Any]) -> dict[str, str]:
    return {name: one["status"] for name, one in checks.items() if name != "first"}


def test_nothing_is_wrong(doctor: Doctor) -> None:
    with serve(Sandbox()) as server:
        checks = doctor("--base-url", server.url)
    assert checks["first"] is None
    assert set(statuses(checks).values()) <= {"ok", "warning"}
    assert "1000000 coins are left" in checks["account"]["detail"]
    assert checks["address"]["detail"].endswith("(--base-url)")


def test_the_sandbox_needs_neither_key_nor_network(
    doctor: Doctor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("A2E_API_KEY")
    checks = doctor("--region", "sandbox")
    assert checks["first"] is None
    assert checks["account"]["status"] == "ok"
    assert checks["dns"]["status"] == "skipped"


# The network.


def test_a_name_that_nobody_knows(doctor: Doctor) -> None:
    checks = doctor("--base-url", "https://api.a2e.invalid")
    assert checks["first"] == "dns"
    assert "api.a2e.invalid" in checks["dns"]["detail"]
    for name in ("connection", "tls", "response", "account"):
        assert checks[name]["status"] == "skipped"
        assert checks[name]["detail"] == "not checked: dns has a problem"


def test_a_name_server_that_hangs(doctor: Doctor, monkeypatch: pytest.MonkeyPatch) -> None:
    real = socket.getaddrinfo

    def hang(host: str, *arguments: Any, **options: Any) -> Any:
        if host == "slow.a2e.invalid":
            time.sleep(3)
        return real(host, *arguments, **options)

    monkeypatch.setattr(socket, "getaddrinfo", hang)
    checks = doctor("--base-url", "https://slow.a2e.invalid")
    assert checks["first"] == "dns"
    assert "longer than 2 seconds" in checks["dns"]["detail"]


def test_a_port_where_nobody_listens(doctor: Doctor) -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    checks = doctor("--base-url", f"http://127.0.0.1:{port}")
    assert checks["first"] == "connection"
    assert "refused" in checks["connection"]["detail"].lower()
    assert "the server runs" in checks["connection"]["remedy"]


@pytest.mark.parametrize(
    ("act", "text"),
    [
        (silent, "no response within 2 seconds"),
        (closing, "closed before a response"),
        (babbling, "no HTTP"),
    ],
)
def test_a_server_that_gives_no_response(doctor: Doctor, act: Act, text: str) -> None:
    with serving(act) as port:
        checks = doctor("--base-url", f"http://127.0.0.1:{port}")
    assert checks["first"] == "response"
    assert text in checks["response"]["detail"]
    assert checks["clock"]["status"] == checks["account"]["status"] == "skipped"


@pytest.mark.parametrize("status", [200, 401, 403, 404, 511])
def test_a_proxy_or_login_page_that_answers_html(doctor: Doctor, status: int) -> None:
    with serving(answering(status, HTML, "text/html")) as port:
        checks = doctor("--base-url", f"http://127.0.0.1:{port}")
    assert checks["first"] == "account"
    assert "not A2E's API responded" in checks["account"]["detail"]
    assert "login page" in checks["account"]["remedy"]


@pytest.mark.parametrize(
    ("clock", "text"),
    [(timedelta(days=1), "24.0 hours behind"), (timedelta(days=-3), "3.0 days ahead of")],
)
def test_a_clock_that_is_wrong(doctor: Doctor, clock: timedelta, text: str) -> None:
    with serving(answering(clock=clock)) as port:
        checks = doctor("--base-url", f"http://127.0.0.1:{port}")
    assert checks["first"] == "clock"
    assert text in checks["clock"]["detail"]
    assert checks["account"]["status"] == "ok"


def test_a_clock_that_is_a_minute_wrong_is_a_warning(doctor: Doctor) -> None:
    with serving(answering(clock=timedelta(seconds=-60))) as port:
        checks = doctor("--base-url", f"http://127.0.0.1:{port}")
    assert (checks["first"], checks["clock"]["status"]) == (None, "warning")


# TLS.


def context_of(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context


@pytest.fixture
def authority(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> trustme.CA:
    """An authority that this process trusts."""
    authority = trustme.CA(organization_name="Test Trust")
    authority.cert_pem.write_to_path(str(tmp_path / "trusted.pem"))
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "trusted.pem"))
    return authority


def over_tls(doctor: Doctor, certificate: trustme.LeafCert) -> dict[str, Any]:
    with serving(answering(), context_of(certificate)) as port:
        return doctor("--base-url", f"https://127.0.0.1:{port}")


def test_tls_that_works(doctor: Doctor, authority: trustme.CA) -> None:
    checks = over_tls(doctor, authority.issue_cert("127.0.0.1"))
    assert checks["first"] is None
    assert "issued by Test Trust" in checks["tls"]["detail"]


def test_a_certificate_that_expired(doctor: Doctor, authority: trustme.CA) -> None:
    then = datetime.now(UTC) - timedelta(days=10)
    old = authority.issue_cert("127.0.0.1", not_before=then, not_after=then + timedelta(days=1))
    checks = over_tls(doctor, old)
    assert checks["first"] == "tls"
    assert "is expired, if it is" in checks["tls"]["detail"]
    assert "clock" in checks["tls"]["remedy"]


def test_a_certificate_of_tomorrow(doctor: Doctor, authority: trustme.CA) -> None:
    then = datetime.now(UTC) + timedelta(days=1)
    new = authority.issue_cert("127.0.0.1", not_before=then, not_after=then + timedelta(days=9))
    checks = over_tls(doctor, new)
    assert checks["first"] == "tls"
    assert "not valid yet" in checks["tls"]["detail"]


def test_a_certificate_for_another_host(doctor: Doctor, authority: trustme.CA) -> None:
    checks = over_tls(doctor, authority.issue_cert("other.example"))
    assert checks["first"] == "tls"
    assert "for another host than 127.0.0.1" in checks["tls"]["detail"]


def test_a_proxy_that_intercepts_tls_is_named(doctor: Doctor) -> None:
    proxy = trustme.CA(organization_name="Corporate Inspection GmbH")
    checks = over_tls(doctor, proxy.issue_cert("127.0.0.1"))
    assert checks["first"] == "tls"
    assert "issued by Corporate Inspection GmbH" in checks["tls"]["detail"]
    assert "SSL_CERT_FILE" in checks["tls"]["remedy"]


def test_certificates_for_other_programs_are_pointed_out(
    doctor: Doctor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/etc/corporate.pem")
    checks = over_tls(doctor, trustme.CA().issue_cert("127.0.0.1"))
    assert checks["first"] == "tls"
    assert "reads SSL_CERT_FILE, not REQUESTS_CA_BUNDLE" in checks["tls"]["remedy"]


def test_a_file_of_certificates_that_is_not_there(
    doctor: Doctor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere/ca.pem")
    checks = over_tls(doctor, trustme.CA().issue_cert("127.0.0.1"))
    assert checks["first"] == "tls"
    assert "SSL_CERT_FILE" in checks["tls"]["detail"]


def test_certificates_that_no_client_can_load_are_named_without_tls_too(
    doctor: Doctor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", "/nowhere/ca.pem")
    with serve(Sandbox()) as server:
        checks = doctor("--base-url", server.url)
    assert checks["first"] == "tls"
    assert "SSL_CERT_FILE" in checks["tls"]["remedy"]


def test_a_folder_of_certificates_that_is_empty_is_named(
    doctor: Doctor, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SSL_CERT_DIR", str(tmp_path))
    checks = over_tls(doctor, trustme.CA().issue_cert("127.0.0.1"))
    assert checks["first"] == "tls"
    assert "SSL_CERT_DIR" in checks["tls"]["detail"]
    assert checks["tls"]["remedy"].startswith("Unset SSL_CERT_DIR")


def test_a_server_that_speaks_no_tls(doctor: Doctor) -> None:
    with serving(babbling) as port:
        checks = doctor("--base-url", f"https://127.0.0.1:{port}")
    assert checks["first"] == "tls"


# Proxies; the server's own name is one that can't be reached from here.


@pytest.mark.parametrize(
    ("act", "first", "text"),
    [
        (answering(403, b""), "connection", "the proxy refuses the way to video.a2e.ai:443"),
        (answering(407, b""), "connection", "wants a user and a password"),
        (closing, "connection", "did not answer CONNECT"),
        (babbling, "connection", "did not answer CONNECT"),
    ],
)
def test_a_proxy_that_refuses(
    doctor: Doctor, monkeypatch: pytest.MonkeyPatch, act: Act, first: str, text: str
) -> None:
    with serving(act) as port:
        monkeypatch.setenv("HTTPS_PROXY", f"http://me:hunter2@127.0.0.1:{port}")
        checks = doctor()
    assert checks["first"] == first
    assert text in checks[first]["detail"]
    assert checks["proxy"]["status"] == "ok"
    assert "HTTPS_PROXY" in checks["proxy"]["detail"]


def test_a_proxy_that_is_not_there(doctor: Doctor, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as gone:
        port = gone.getsockname()[1]
    monkeypatch.setenv("HTTPS_PROXY", f"127.0.0.1:{port}")
    checks = doctor()
    assert checks["first"] == "connection"
    assert checks["connection"]["detail"].startswith("the proxy at port")
    assert "HTTPS_PROXY" in checks["connection"]["remedy"]


def test_the_way_through_a_proxy_goes_on_with_tls(
    doctor: Doctor, monkeypatch: pytest.MonkeyPatch, authority: trustme.CA
) -> None:
    context = context_of(authority.issue_cert("other.example"))

    def tunnel(connection: socket.socket, head: str) -> None:
        assert head.startswith("CONNECT video.a2e.ai:443 HTTP/1.1")
        connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        with context.wrap_socket(connection, server_side=True):
            pass

    with serving(tunnel) as port:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{port}")
        checks = doctor()
    assert checks["first"] == "tls"
    assert "issued by Test Trust, is for another host" in checks["tls"]["detail"]


@pytest.mark.parametrize(
    "login", ["me:hunter2/3", "me:hun@ter#hunter2", "me:hunter2?x", "me:hunter2@x"]
)
def test_a_password_of_a_proxy_that_makes_its_address_unreadable(
    doctor: Doctor, monkeypatch: pytest.MonkeyPatch, login: str
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", f"http://{login}@127.0.0.1:1")
    checks = doctor()
    assert checks["first"] == "proxy"
    assert "write @ as %40, / as %2F" in checks["proxy"]["detail"]
    assert "HTTPS_PROXY" in checks["proxy"]["remedy"]
    assert checks["dns"]["status"] == "skipped"


def test_the_remedy_shows_how_a_login_is_written(
    doctor: Doctor, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(answering(407, b"")) as port:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{port}")
        without = doctor()["connection"]
        monkeypatch.setenv("HTTPS_PROXY", f"http://me:hunter2@127.0.0.1:{port}")
        wrong = doctor()["connection"]
    assert "http://USER:PASSWORD@HOST:PORT into HTTPS_PROXY" in without["remedy"]
    assert wrong["detail"].endswith("does not accept those of HTTPS_PROXY")


def test_the_variable_that_wins_is_the_one_to_correct(
    doctor: Doctor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:2")
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:1")
    checks = doctor()
    assert checks["proxy"]["detail"].endswith("(https_proxy)")
    assert checks["connection"]["remedy"] == "Correct https_proxy, or unset it."
    monkeypatch.delenv("https_proxy")
    monkeypatch.delenv("HTTPS_PROXY")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    assert doctor()["connection"]["remedy"] == "Correct ALL_PROXY, or unset it."


def test_a_proxy_that_speaks_no_tls_itself(doctor: Doctor, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(babbling) as port:
        monkeypatch.setenv("HTTPS_PROXY", f"https://127.0.0.1:{port}")
        checks = doctor()
    assert checks["first"] == "connection"
    assert "http:// in place of https://" in checks["connection"]["remedy"]
    assert checks["account"]["status"] == "skipped"


def test_a_socks_proxy_without_its_package(doctor: Doctor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("a2e_sdk._doctor.examination.find_spec", lambda name: None)
    monkeypatch.setenv("ALL_PROXY", "socks5://127.0.0.1:1")
    checks = doctor()
    assert checks["first"] == "proxy"
    assert "httpx[socks]" in checks["proxy"]["remedy"]


def test_an_address_that_is_no_proxy(doctor: Doctor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "ftp://127.0.0.1:1")
    assert doctor()["first"] == "proxy"


def test_a_proxy_that_says_nothing(doctor: Doctor, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(silent) as port:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{port}")
        checks = doctor()
    assert checks["first"] == "connection"
    assert "did not answer CONNECT" in checks["connection"]["detail"]


def test_the_deadline_holds_whatever_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    def hang(*_: Any, **__: Any) -> Any:
        time.sleep(3)

    for place in ("socket.getaddrinfo", "shutil.disk_usage"):
        monkeypatch.setattr(place, hang)
    began = time.monotonic()
    checks = list(examine(None, "https://a2e.invalid", encoding="utf-8", seconds=0.5))
    assert time.monotonic() - began < 2
    assert [one.name for one in checks] == NAMES
    found = {one.name: one for one in checks}
    assert found["dns"].status == "problem"
    assert found["disk"].detail == "not checked: the time of the examination is over"


# The key and the address.


@pytest.mark.parametrize(
    ("value", "status", "text"),
    [
        (None, "problem", "there is no API key"),
        ("", "problem", "set to nothing"),
        ("   ", "problem", "is empty"),
        (f'"{KEY}"', "problem", "quotation marks"),
        (f"\u201c{KEY}\u201d", "problem", "outside ASCII"),
        (f"{KEY[:9]} {KEY[9:]}", "problem", "a space"),
        ("sk_\u00e4bcdefghijklmn", "problem", "outside ASCII"),
        ("<your key>", "problem", "space"),
        ("YOUR_API_KEY", "problem", "placeholder"),
        (f"{KEY}\n", "warning", "white space or control characters"),
        (f"Bearer {KEY}", "warning", "begins with Bearer"),
        ("password-of-mine", "warning", "does not begin with sk_"),
        (f"A2E_API_KEY={KEY}", "problem", "begins with the name of the variable"),
        ("$MY_A2E_KEY", "problem", "nothing has filled in"),
        ("${MY_A2E_KEY}", "problem", "nothing has filled in"),
        ("%MY_A2E_KEY%", "problem", "nothing has filled in"),
    ],
)
def test_a_key_of_an_odd_shape(
    doctor: Doctor,
    monkeypatch: pytest.MonkeyPatch,
    value: str | None,
    status: str,
    text: str,
) -> None:
    if value is None:
        monkeypatch.delenv("A2E_API_KEY")
    else:
        monkeypatch.setenv("A2E_API_KEY", value)
    with serve(Sandbox()) as server:
        checks = doctor("--base-url", server.url)
    assert checks["key"]["status"] == status
    assert text in checks["key"]["detail"]
    assert checks["first"] == ("key" if status == "problem" else None)
    if status == "problem":
        assert checks["response"]["status"] == "ok"
        assert checks["account"]["detail"] == "not checked: key has a problem"
    if value and len(value.strip()) > 8:
        assert value not in json.dumps(checks)


def test_two_keys_that_differ(doctor: Doctor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A2E_API_TOKEN", KEY[::-1])
    with serve(Sandbox()) as server:
        checks = doctor("--base-url", server.url)
    assert checks["key"]["status"] == "warning"
    assert "A2E_API_KEY is used" in checks["key"]["detail"]
    assert KEY[::-1] not in json.dumps(checks)


def test_a_key_that_is_not_accepted(doctor: Doctor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A2E_API_KEY", INVALID_TOKEN)
    with serve(Sandbox()) as server:
        checks = doctor("--base-url", server.url)
    assert checks["first"] == "account"
    assert "not accepted" in checks["account"]["detail"]
    assert "--region china" in checks["account"]["remedy"]


@pytest.mark.parametrize(
    ("status", "body", "kind", "text"),
    [
        (403, b'{"code": 403, "msg": "account banned"}', "problem", "may not use the API"),
        (200, b'{"code": 0, "data": {"coins": 0}}', "warning", "no coins"),
        (503, b'{"code": 503, "msg": "busy"}', "warning", "busy"),
        (500, b'{"code": 500, "msg": "oops"}', "problem", "failed"),
    ],
)
def test_what_the_server_says_of_the_account(
    doctor: Doctor, status: int, body: bytes, kind: str, text: str
) -> None:
    with serving(answering(status, body)) as port:
        checks = doctor("--base-url", f"http://127.0.0.1:{port}")
    assert checks["account"]["status"] == kind
    assert text in checks["account"]["detail"]


@pytest.mark.parametrize(
    ("variables", "arguments", "text"),
    [
        ({"A2E_BASE_URL": "http://video.a2e.ai"}, (), "A2E_BASE_URL is refused"),
        ({"A2E_BASE_URL": "https://api.a2e.ai"}, (), "documentation"),
        ({"A2E_REGION": "mars"}, (), "A2E_REGION is refused"),
        ({}, ("--region", "china", "--base-url", "https://video.a2e.ai"), "contradict"),
    ],
)
def test_an_address_that_is_refused(
    doctor: Doctor,
    monkeypatch: pytest.MonkeyPatch,
    variables: dict[str, str],
    arguments: tuple[str, ...],
    text: str,
) -> None:
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    checks = doctor(*arguments)
    assert checks["first"] == "address"
    assert text in checks["address"]["detail"]
    assert checks["dns"]["detail"] == "not checked: the address is refused"


def test_a_server_that_is_none_of_a2e_s_is_a_warning(doctor: Doctor) -> None:
    checks = doctor("--base-url", "https://a2e.invalid/api/v1")
    assert checks["address"]["status"] == "warning"
    assert "is none of A2E's own" in checks["address"]["detail"]


# This computer.


def test_a_package_that_is_too_old(
    doctor: Doctor, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name, more in (
        ("a2e_sdk-9.9.dist-info", "Requires-Dist: rich>=13.6; extra == 'cli'\n"),
        ("rich-12.0.dist-info", ""),
    ):
        project, _, version = name.removesuffix(".dist-info").partition("-")
        (tmp_path / name).mkdir()
        (tmp_path / name / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: {project}\nVersion: {version}\n{more}"
        )
    monkeypatch.syspath_prepend(str(tmp_path))
    checks = doctor("--region", "sandbox")
    assert checks["first"] == "packages"
    assert "rich 12.0 is installed, and at least 13.6" in checks["packages"]["detail"]
    assert checks["packages"]["remedy"] == 'Run: pip install --upgrade "a2e-sdk[cli]"'


def test_a_folder_that_can_t_be_written(doctor: Doctor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir("/proc")
    checks = doctor("--region", "sandbox")
    assert checks["first"] == "disk"
    assert "/proc" in checks["disk"]["detail"]


def test_a_file_of_drift_that_can_t_be_written(
    doctor: Doctor, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("A2E_DRIFT_FILE", "/proc/drift.json")
    with serving(silent) as port:
        checks = doctor("--base-url", f"http://127.0.0.1:{port}")
    assert checks["drift"]["status"] == "problem"
    (tmp_path / "drift.json").write_text("nonsense")
    monkeypatch.setenv("A2E_DRIFT_FILE", str(tmp_path / "drift.json"))
    monkeypatch.delenv("A2E_API_KEY")
    checks = doctor("--base-url", "http://127.0.0.1:1")
    assert "no file of drift counts" in checks["drift"]["detail"]


def journal_at(path: Path) -> Path:
    from a2e_sdk import A2E

    with A2E(region="sandbox", journal=path) as a2e:
        a2e.wan_25.create(key="one", prompt="a calm sea")
    return path


def test_a_journal_that_is_fine_is_left_as_it_is(
    doctor: Doctor, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = journal_at(tmp_path / "j.db")
    before = path.read_bytes()
    monkeypatch.setenv("A2E_JOURNAL", str(path))
    assert doctor("--region", "sandbox")["journal"]["status"] == "ok"
    assert path.read_bytes() == before
    monkeypatch.setenv("A2E_JOURNAL", str(tmp_path / "none.db"))
    assert "will be made" in doctor("--region", "sandbox")["journal"]["detail"]
    assert not (tmp_path / "none.db").exists()


def test_a_journal_that_another_program_holds(
    doctor: Doctor, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = journal_at(tmp_path / "j.db")
    monkeypatch.setenv("A2E_JOURNAL", str(path))
    holder = sqlite3.connect(path, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    checks = doctor("--region", "sandbox")
    holder.close()
    assert checks["first"] == "journal"
    assert "another program holds" in checks["journal"]["detail"]


def test_a_journal_of_a_newer_version(
    doctor: Doctor, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = journal_at(tmp_path / "j.db")
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version = 9999")
    connection.close()
    monkeypatch.setenv("A2E_JOURNAL", str(path))
    checks = doctor("--region", "sandbox")
    assert checks["first"] == "journal"
    assert "newer version" in checks["journal"]["detail"]


@pytest.mark.parametrize("place", ["/proc/j.db", "/nowhere/j.db", "damaged.db", "ftp://x/j"])
def test_a_journal_that_can_t_be_used(
    doctor: Doctor, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, place: str
) -> None:
    (tmp_path / "damaged.db").write_bytes(b"nonsense" * 1000)
    monkeypatch.setenv("A2E_JOURNAL", place)
    assert doctor("--region", "sandbox")["first"] == "journal"


def test_a_database_of_another_program(
    doctor: Doctor, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    connection = sqlite3.connect(tmp_path / "other.db")
    connection.execute("CREATE TABLE notes (text)")
    connection.close()
    monkeypatch.setenv("A2E_JOURNAL", "other.db")
    checks = doctor("--region", "sandbox")
    assert checks["first"] == "journal"
    assert "no journal of this SDK" in checks["journal"]["detail"]


def test_a_journal_that_is_read_only(
    doctor: Doctor, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = journal_at(tmp_path / "j.db")
    access = os.access
    monkeypatch.setattr(os, "access", lambda place, mode: place != path and access(place, mode))
    monkeypatch.setenv("A2E_JOURNAL", str(path))
    checks = doctor("--region", "sandbox")
    assert checks["first"] == "journal"
    assert "read-only" in checks["journal"]["detail"]


def test_a_damaged_journal_is_to_be_kept(
    doctor: Doctor, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = journal_at(tmp_path / "j.db")
    path.write_bytes(path.read_bytes()[:20_000])
    monkeypatch.setenv("A2E_JOURNAL", str(path))
    checks = doctor("--region", "sandbox")
    assert checks["first"] == "journal"
    assert checks["journal"]["remedy"].startswith("Keep it")


def test_a_journal_of_another_key(
    doctor: Doctor, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from a2e_sdk import A2E

    path = tmp_path / "j.db"
    with serve(Sandbox()) as server:
        with A2E(api_key=KEY, base_url=server.url, journal=path) as a2e:
            a2e.wan_25.create(key="one", prompt="a calm sea")
        monkeypatch.setenv("A2E_JOURNAL", str(path))
        assert doctor("--base-url", server.url)["first"] is None
        monkeypatch.setenv("A2E_API_KEY", f"sk_{KEY[:2:-1]}")
        checks = doctor("--base-url", server.url)
    assert checks["first"] == "journal"
    assert "another account" in checks["journal"]["detail"]
    assert "a2e journal adopt" in checks["journal"]["remedy"]


def test_a_postgresql_without_its_package(doctor: Doctor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    monkeypatch.setenv("A2E_JOURNAL", "postgresql://me:hunter2@127.0.0.1:1/jobs")
    checks = doctor("--region", "sandbox")
    assert checks["first"] == "journal"
    assert "a2e-sdk[postgres]" in checks["journal"]["detail"]


def test_a_file_of_drift_that_is_a_folder(
    doctor: Doctor, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "counts").mkdir()
    monkeypatch.setenv("A2E_DRIFT_FILE", "counts")
    assert doctor("--region", "sandbox")["drift"]["detail"].endswith("counts: it is a folder")


def test_a_current_folder_that_was_deleted(
    doctor: Doctor, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    checks = doctor("--region", "sandbox")
    assert checks["first"] == "disk"
    assert "no longer there" in checks["disk"]["detail"]


def test_the_last_line_names_the_warnings(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("A2E_API_KEY", f"Bearer {KEY}")
    with serve(Sandbox()) as server:
        assert run(["doctor", "--base-url", server.url]) == 0
    out = capsys.readouterr().out
    assert out.endswith("No problem was found; see what is said of key.\n")
    assert run(["doctor", "--base-url", "video.a2e.ai"]) == 1
    assert ".." not in capsys.readouterr().out.splitlines()[-1]


def test_a_postgresql_that_is_not_there(doctor: Doctor, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("psycopg")
    monkeypatch.setenv("A2E_JOURNAL", "postgresql://me:hunter2@127.0.0.1:1/jobs")
    checks = doctor("--region", "sandbox")
    assert checks["first"] == "journal"
    assert "can't be reached" in checks["journal"]["detail"]


def test_it_reads_well_in_a_pipe_and_in_a_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("A2E_API_KEY")
    assert run(["doctor", "--base-url", "http://127.0.0.1:1"]) == 1
    out = capsys.readouterr().out
    assert "problem  key         there is no API key\n         -> Set A2E_API_KEY" in out
    assert out.endswith("The first problem is key: there is no API key.\n")
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "60")
    assert run(["doctor", "--base-url", "http://127.0.0.1:1"]) == 1
    assert "there is no API key" in capsys.readouterr().out
