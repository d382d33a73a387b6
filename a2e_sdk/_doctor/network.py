"""The way to the server, step by step: name, connection, TLS, one exchange without the key.

This module owns these probes and what is said of their failures. It sends a ``GET`` of the base
URL and nothing else; the certificates and the proxy are those that the transports use.
"""

from __future__ import annotations

import base64
import errno
import os
import socket
import ssl
import time
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import SplitResult, unquote, urlsplit

import attrs

from a2e_sdk._checks.hosts import LOGIN_ESCAPES
from a2e_sdk._http.transports.network_settings import shared_tls_context
from a2e_sdk.errors import ConfigurationError

from .certificates import issuer_of
from .checks import Check, ok, problem, skipped
from .deadline import Deadline, within

STEPS = ("dns", "connection", "tls", "response")
_STEP_SECONDS = 5.0
_PORTS = {"http": 80, "https": 443}
_HEAD_BYTES = 65_536
#: What OpenSSL calls the reasons for which a certificate is refused.
_NOT_YET_VALID, _EXPIRED = 9, 10
#: Of a name, of an address.
_OTHER_HOST = (62, 64)
_NETWORK = "See that this computer is online, and that a firewall lets it out."


@attrs.define
class Way:
    """How far the way to the server was free.

    Attributes:
        checks: What was found, one for each of `STEPS`.
        server_time: The server's ``Date``; None without a response.
        seconds: How long the exchange took.
    """

    checks: list[Check]
    server_time: datetime | None = None
    seconds: float = 0.0

    @property
    def is_free(self) -> bool:
        """Whether the server has responded, or it could not be probed."""
        return len(self.checks) == len(STEPS)


@attrs.frozen
class _Hop:
    """What is connected to: the proxy, or the server itself.

    Attributes:
        what: What it is, as a part of a sentence.
        host: Its name or address.
        port: Its port.
        variable: The variable that names the proxy; empty for the server.
    """

    what: str
    host: str
    port: int
    variable: str = ""

    def advice(self, error: Exception) -> str:
        """Return what to do about a connection that failed."""
        if self.variable:
            return f"Correct {self.variable}, or unset it."
        if getattr(error, "errno", None) == errno.ECONNREFUSED:
            return (
                "See that the server runs, and that the base URL and its port are right; "
                "a firewall may refuse, too."
            )
        return _NETWORK


class _Failed(Exception):
    """A step failed."""

    def __init__(self, check: Check) -> None:
        super().__init__(check.detail)
        self.check = check


def probe_way(
    base_url: str, proxy: str | None, deadline: Deadline, variable: str = "HTTPS_PROXY"
) -> Way:
    """Go the way to a server, and return what was found on it.

    Args:
        base_url: Where the server is.
        proxy: The URL of the proxy that requests go through; None for none.
        deadline: When the examination ends.
        variable: The variable that names the proxy.
    """
    server = urlsplit(base_url)
    near, what = (server, "the server") if proxy is None else (urlsplit(proxy), "the proxy")
    if near.scheme not in _PORTS:
        return Way([skipped(name, "the proxy is none that speaks HTTP") for name in STEPS])
    port = near.port or _PORTS[near.scheme]
    hop = _Hop(what, near.hostname or "", port, "" if proxy is None else variable)
    way = Way([])
    try:
        if proxy is not None and near.scheme == "https":
            _greet(hop, deadline, way)
            because = "the proxy is reached by TLS"
            way.checks += [skipped(name, because) for name in STEPS[len(way.checks) :]]
            return way
        _go(server, None if proxy is None else near, hop, deadline, way)
    except _Failed as failed:
        way.checks.append(failed.check)
        failed_at = failed.check.name
        way.checks += [
            skipped(name, f"{failed_at} has a problem") for name in STEPS[len(way.checks) :]
        ]
        way.server_time = None
    return way


def _greet(proxy: _Hop, deadline: Deadline, way: Way) -> None:
    """See that a proxy whose address says https speaks TLS itself, which few do."""
    addresses = _resolve(proxy, deadline)
    way.checks.append(ok("dns", f"{proxy.host} is {addresses[0]}"))
    with _connect(addresses, proxy, deadline) as plain:
        context = _certificates()
        plain.settimeout(deadline.step(_STEP_SECONDS))
        try:
            with context.wrap_socket(plain, server_hostname=proxy.host):
                way.checks.append(ok("connection", f"port {proxy.port} of the proxy speaks TLS"))
        except OSError as error:
            late = isinstance(error, TimeoutError)
            said = "no end of the handshake in time" if late else _said(error)
            raise _Failed(
                problem(
                    "connection",
                    f"no TLS with the proxy at port {proxy.port}: {said}",
                    f"Begin {proxy.variable} with http:// in place of https://, which most proxies "
                    "want; the calls through it are secured all the same.",
                )
            ) from None


def _go(
    server: SplitResult, proxy: SplitResult | None, hop: _Hop, deadline: Deadline, way: Way
) -> None:
    host, port = server.hostname or "", server.port or _PORTS[server.scheme]
    addresses = _resolve(hop, deadline)
    way.checks.append(ok("dns", f"{hop.host} is {addresses[0]}"))
    plain = _connect(addresses, hop, deadline)
    with plain:
        if proxy is not None:
            _ask_proxy(plain, proxy, hop, host, port, deadline)
        through = " through the proxy" if proxy is not None else ""
        way.checks.append(ok("connection", f"port {port} is open{through}"))
        if server.scheme == "https":
            try:
                secured = _secure(plain, host, deadline)
            except ssl.SSLCertVerificationError as error:
                issuer = _issuer_seen(
                    lambda: _connect_again(addresses, hop, deadline, proxy, host, port),
                    host,
                )
                raise _Failed(_certificate_problem(error, host, issuer)) from None
            way.checks.append(ok("tls", _described(secured)))
            stream: socket.socket = secured
        else:
            _certificates()
            stream = plain
            way.checks.append(ok("tls", "not used: the address is this computer's own"))
        with stream:
            began = time.monotonic()
            status, way.server_time = _exchange(stream, server, deadline)
            way.seconds = time.monotonic() - began
            detail = f"HTTP {status} after {way.seconds * 1000:.0f} ms"
            way.checks.append(ok("response", detail))


def _resolve(hop: _Hop, deadline: Deadline) -> list[str]:
    host, what = hop.host, hop.what
    advice = f"See that {host} is spelt right. {_NETWORK}"
    try:
        found = within(
            deadline.step(_STEP_SECONDS),
            lambda: socket.getaddrinfo(host, hop.port, type=socket.SOCK_STREAM),
        )
    except TimeoutError as error:
        raise _Failed(problem("dns", f"the name of {what}, {host}: {error}", advice)) from None
    except (OSError, UnicodeError) as error:
        text = f"the name of {what}, {host}, is not known ({_said(error)})"
        raise _Failed(problem("dns", text, advice)) from None
    return list(dict.fromkeys(str(one[4][0]) for one in found))


def _connect(addresses: list[str], hop: _Hop, deadline: Deadline) -> socket.socket:
    latest: Exception = OSError("no address")
    for address in addresses[:2]:
        try:
            return socket.create_connection(
                (address, hop.port), timeout=deadline.step(_STEP_SECONDS / 2)
            )
        except OSError as error:
            latest = error
    late = isinstance(latest, TimeoutError)
    said = "no connection in time" if late else _said(latest)
    detail = f"{hop.what} at port {hop.port}: {said}"
    raise _Failed(problem("connection", detail, hop.advice(latest)))


def _ask_proxy(
    stream: socket.socket,
    proxy: SplitResult,
    hop: _Hop,
    host: str,
    port: int,
    deadline: Deadline,
) -> None:
    lines = [f"CONNECT {host}:{port} HTTP/1.1", f"Host: {host}:{port}"]
    if proxy.username is not None:
        login = f"{unquote(proxy.username)}:{unquote(proxy.password or '')}".encode()
        lines.append(f"Proxy-Authorization: Basic {base64.b64encode(login).decode()}")
    try:
        stream.sendall("\r\n".join([*lines, "", ""]).encode())
        status, _ = _head(stream, deadline.step(_STEP_SECONDS))
    except (OSError, ValueError) as error:
        detail = f"the proxy did not answer CONNECT ({_said(error)})"
        raise _Failed(problem("connection", detail, hop.advice(error))) from None
    if status == 407:
        advice = f"Write http://USER:PASSWORD@HOST:PORT into {hop.variable}."
        detail = "the proxy wants a user and a password"
        if proxy.username is not None:
            detail += f", and does not accept those of {hop.variable}"
            advice = f"Correct them. {LOGIN_ESCAPES}"
        raise _Failed(problem("connection", detail, advice))
    if not 200 <= status < 300:
        detail = f"the proxy refuses the way to {host}:{port} (HTTP {status})"
        raise _Failed(
            problem("connection", detail, "Ask who runs the proxy to let it through, or unset it.")
        )


def _connect_again(
    addresses: list[str],
    hop: _Hop,
    deadline: Deadline,
    proxy: SplitResult | None,
    host: str,
    port: int,
) -> socket.socket:
    stream = _connect(addresses, hop, deadline)
    if proxy is not None:
        _ask_proxy(stream, proxy, hop, host, port, deadline)
    return stream


def _certificates() -> ssl.SSLContext:
    """Return those that are trusted; every client loads them, whatever its address."""
    try:
        return shared_tls_context()
    except ConfigurationError as error:
        advice = "Let SSL_CERT_FILE name a file of certificates in PEM, or unset it."
        raise _Failed(problem("tls", str(error).rstrip("."), advice)) from None


def _secure(plain: socket.socket, host: str, deadline: Deadline) -> ssl.SSLSocket:
    context = _certificates()
    try:
        plain.settimeout(deadline.step(_STEP_SECONDS))
        return context.wrap_socket(plain, server_hostname=host)
    except ssl.SSLCertVerificationError:
        raise
    except OSError as error:  # ssl.SSLError is one too.
        late = isinstance(error, TimeoutError)
        said = "no end of the handshake in time" if late else _said(error)
        advice = (
            "See whether a proxy or a firewall stands in between, and that the address speaks "
            "https."
        )
        raise _Failed(problem("tls", said, advice)) from None


def _issuer_seen(connect: Callable[[], socket.socket], host: str) -> str:
    """Return who issued the certificate that was refused; nothing but the handshake is sent."""
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    try:
        with connect() as plain, context.wrap_socket(plain, server_hostname=host) as stream:
            return issuer_of(stream.getpeercert(binary_form=True) or b"")
    except (OSError, _Failed):
        return ""


def _certificate_problem(error: ssl.SSLCertVerificationError, host: str, issuer: str) -> Check:
    by = f", issued by {issuer}" if issuer else ""
    today = f"{datetime.now(UTC):%Y-%m-%d}"
    if error.verify_code in (_EXPIRED, _NOT_YET_VALID):
        state = "expired" if error.verify_code == _EXPIRED else "not valid yet"
        return problem(
            "tls",
            f"the certificate of {host}{by} is {state}, if it is {today} as this computer says",
            "Set this computer's clock if that is not the day; else tell who runs the server.",
        )
    if error.verify_code in _OTHER_HOST:
        return problem(
            "tls",
            f"the certificate{by and by + ','} is for another host than {host}",
            "Check the base URL; else a proxy or a login page of the network stands in between.",
        )
    detail = f"the certificate of {host}{by} is not trusted here"
    named = next((one for one in ("SSL_CERT_FILE", "SSL_CERT_DIR") if os.environ.get(one)), None)
    if named is not None:
        return problem(
            "tls",
            f"{detail}; only those of {named} are",
            f"Unset {named}; if a proxy of your network intercepts TLS, add its certificate in PEM "
            "to that. Never switch the check off.",
        )
    return problem(
        "tls",
        detail,
        "If a proxy of your network intercepts TLS, let SSL_CERT_FILE name a file with its "
        "certificate in PEM; never switch the check off.",
    )


def _described(stream: ssl.SSLSocket) -> str:
    issuer = issuer_of(stream.getpeercert(binary_form=True) or b"")
    return f"{stream.version()}, certificate issued by {issuer or 'somebody without a name'}"


def _exchange(
    stream: socket.socket, server: SplitResult, deadline: Deadline
) -> tuple[int, datetime | None]:
    request = (
        f"GET {server.path or ''}/ HTTP/1.1\r\nHost: {server.netloc}\r\n"
        "User-Agent: a2e-sdk doctor\r\nAccept: */*\r\nConnection: close\r\n\r\n"
    )
    advice = "Try again in a minute; if it stays, see whether a proxy or a firewall is in between."
    try:
        stream.settimeout(deadline.step(_STEP_SECONDS))
        stream.sendall(request.encode("ascii"))
        status, headers = _head(stream, deadline.step(_STEP_SECONDS))
    except TimeoutError:
        text = f"no response within {_STEP_SECONDS:g} seconds"
        raise _Failed(problem("response", text, advice)) from None
    except OSError as error:
        if server.scheme == "http":
            advice = f"See whether the server wants https: the address begins with http:. {advice}"
        raise _Failed(problem("response", f"none came: {_said(error)}", advice)) from None
    except ValueError as error:
        raise _Failed(problem("response", f"what came is no HTTP: {error}", advice)) from None
    return status, _date_of(headers.get("date"))


def _head(stream: socket.socket, seconds: float) -> tuple[int, dict[str, str]]:
    """Read the head of a response.

    Raises:
        TimeoutError: It did not come in time, in whatever pieces.
        OSError: The connection ended before it.
        ValueError: It is none.
    """
    end = time.monotonic() + seconds
    received = b""
    while b"\r\n\r\n" not in received and len(received) < _HEAD_BYTES:
        left = end - time.monotonic()
        if left <= 0:
            raise TimeoutError("no whole head in time")
        stream.settimeout(left)
        # Byte by byte behind the status line: what a proxy lets through after it is TLS.
        piece = stream.recv(1 if received.startswith(b"HTTP/1.1 200 C") else 512)
        if not piece:
            raise ConnectionError("the connection was closed before a response")
        received += piece
    lines = received.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    words = lines[0].split(" ", 2)
    if not words[0].startswith("HTTP/") or len(words) < 2 or not words[1].isdigit():
        raise ValueError("it does not begin with a status line")
    pairs = (line.partition(":") for line in lines[1:])
    return int(words[1]), {name.strip().lower(): value.strip() for name, _, value in pairs}


def _date_of(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        date = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    return date if date.tzinfo is not None else date.replace(tzinfo=UTC)


def _said(error: BaseException) -> str:
    """Return what the system says of a failure, without its number."""
    text = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return text[:200]
