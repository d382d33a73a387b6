"""What the environment and the options say: the key, the address, proxies, certificates.

This module owns the judgement of these. No text that it returns has the key or a part of it. It is
pure: it is told the environment.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from a2e_sdk._checks.redaction import redact
from a2e_sdk._config.credentials import API_KEY_VARIABLES, clean_api_key
from a2e_sdk._config.regions import (
    BASE_URL_VARIABLE,
    REGION_VARIABLE,
    Address,
    Region,
    resolve_address,
)
from a2e_sdk.errors import ConfigurationError

from .checks import Check, ok, problem, warning

_GET_KEY = "Keys are made on A2E's web site under Account > API Token."
_QUOTES = "'\"`\u2018\u2019\u201c\u201d"
_PLACEHOLDERS = ("your", "xxx", "...", "<", "changeme", "example")
#: What a shell, or a file that no shell reads, leaves of a variable that it was to fill in.
_UNFILLED = re.compile(r"\$\{?\w+\}?|\$?\{\{.*\}\}|%\w+%")
PROXY_VARIABLES = ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY")
#: Read by other programs, not by this SDK.
_OTHER_BUNDLES = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE")


def check_key(environment: Mapping[str, str], address: Address | None) -> Check:
    """Check where the key comes from and whether it looks like one.

    Args:
        environment: The environment's variables.
        address: Where it would be sent; None where that is not known.
    """
    if address is not None and address.region is Region.SANDBOX:
        return ok("key", "the sandbox needs none")
    given = [name for name in API_KEY_VARIABLES if environment.get(name)]
    if not given:
        empty = [name for name in API_KEY_VARIABLES if name in environment]
        detail = f"{empty[0]} is set to nothing" if empty else "there is no API key"
        return problem("key", detail, f"Set {API_KEY_VARIABLES[0]} in the environment. {_GET_KEY}")
    name = given[0]
    found = _problem_of_key(name, environment[name])
    if found is not None:
        return found
    if len(given) > 1 and environment[given[0]] != environment[given[1]]:
        return warning(
            "key",
            f"{given[0]} and {given[1]} are both set, and differ; {given[0]} is used",
            f"Unset {given[1]}.",
        )
    return ok("key", f"from {name}")


def _problem_of_key(name: str, text: str) -> Check | None:
    again = f"Set {name} again, to the key alone."
    stripped = text.strip()
    try:
        key = clean_api_key(text, name)
    except ConfigurationError as error:
        return problem("key", str(error).rstrip("."), again)
    if key[0] in _QUOTES or key[-1] in _QUOTES:
        return problem("key", f"{name} has quotation marks around the key", again)
    # The variable is not named where its name may be a part of the key, which is never shown.
    if any(key.startswith(f"{one}=") for one in API_KEY_VARIABLES):
        detail = "what was set begins with the name of the variable and an equals sign"
        return problem("key", detail, "Set the variable again, to the key alone.")
    if _UNFILLED.fullmatch(key):
        detail = "what was set is the name of a variable, which nothing has filled in"
        return problem("key", detail, "Set the variable again, to the key alone.")
    if any(word in key.lower() for word in _PLACEHOLDERS):
        return problem("key", f"{name} has a placeholder in it, not a key", f"{again} {_GET_KEY}")
    if stripped.lower().startswith("bearer"):
        return warning("key", f"{name} begins with Bearer, which is taken off", again)
    if text != key:
        return warning(
            "key", f"{name} has white space or control characters, which are taken off", again
        )
    if not key.startswith("sk_"):
        return warning(
            "key",
            f"{name} does not begin with sk_, as keys of A2E do",
            f"See that it is a key, not a password or a token of another service. {_GET_KEY}",
        )
    return None


def find_address(
    region: str | None, base_url: str | None, environment: Mapping[str, str]
) -> tuple[Address | None, Check]:
    """Return where calls go, and the check of it; None where the settings are refused.

    Args:
        region: ``--region``.
        base_url: ``--base-url``.
        environment: The environment's variables.
    """
    try:
        address = resolve_address(region, base_url, environment)
    except ConfigurationError as error:
        where = _source(region, base_url, environment)
        return None, problem(
            "address", f"{where} is refused: {_sentence(error)}", "Correct it, or unset it."
        )
    where = _source(region, base_url, environment)
    name = "another server" if address.region is None else f"the {address.region.value} region"
    detail = f"{name}, {address.base_url} ({where})"
    given = [one for one in (REGION_VARIABLE, BASE_URL_VARIABLE) if environment.get(one)]
    if base_url is None and region is None and len(given) > 1:
        return address, warning(
            "address",
            f"{detail}; {BASE_URL_VARIABLE} and {REGION_VARIABLE} are both set",
            f"Unset one of them; {BASE_URL_VARIABLE} is used.",
        )
    if address.region is None and not address.is_private:
        return address, warning(
            "address",
            f"{detail} is none of A2E's own",
            "See that it is meant; the key is sent there. "
            f"Else unset {BASE_URL_VARIABLE} and leave --base-url out.",
        )
    return address, ok("address", detail)


def _source(region: str | None, base_url: str | None, environment: Mapping[str, str]) -> str:
    if base_url is not None:
        return "--base-url"
    if region is not None:
        return "--region"
    for name in (BASE_URL_VARIABLE, REGION_VARIABLE):
        if environment.get(name):
            return name
    return "the default"


def _sentence(error: ConfigurationError) -> str:
    return str(error).rstrip(".")


def proxy_variable(scheme: str, environment: Mapping[str, str]) -> str:
    """Return which variable says what proxy requests of a scheme go through.

    That in small letters wins, as it does in Python and curl.

    Args:
        scheme: That of the server's address.
        environment: The environment's variables.
    """
    for lower in (f"{scheme}_proxy", "all_proxy"):
        name = lower if lower in environment else lower.upper()
        if environment.get(name):
            return name
    return f"{scheme}_proxy".upper()


def unreadable_proxy(error: ConfigurationError, variable: str) -> Check:
    """Return the check of a proxy whose address can't be read; nothing of it is shown."""
    return problem("proxy", _sentence(error), f"Correct {variable}, or unset it.")


def check_proxy(
    address: str | None,
    environment: Mapping[str, str],
    variable: str = "HTTPS_PROXY",
    *,
    has_socks: bool = True,
) -> Check:
    """Check which proxy requests go through.

    Args:
        address: The URL of the proxy that is used; None for none.
        environment: The environment's variables.
        variable: The variable that names the proxy.
        has_socks: Whether what httpx needs for a SOCKS proxy is installed.
    """
    names = [
        name
        for upper in PROXY_VARIABLES
        for name in (upper, upper.lower())
        if environment.get(name)
    ]
    if address is None:
        unused = f"; {', '.join(names)} say nothing for this address" if names else ""
        return ok("proxy", f"none is used{unused}")
    shown = redact(address)
    scheme = address.partition("://")[0].lower()
    if scheme not in ("http", "https", "socks5", "socks5h"):
        return problem(
            "proxy",
            f"the environment names {shown}, which is no proxy that can be used",
            f"Write http://HOST:PORT into {variable}, or unset it.",
        )
    if scheme.startswith("socks") and not has_socks:
        return problem(
            "proxy",
            f"{shown} ({variable}) is a SOCKS proxy, and the package socksio is not installed",
            'Run: pip install "httpx[socks]"',
        )
    return ok("proxy", f"{shown} ({variable if names else 'the settings of the system'})")


def unread_bundles(environment: Mapping[str, str]) -> tuple[str, ...]:
    """Return variables that name certificates for other programs, where ours is not set."""
    if environment.get("SSL_CERT_FILE") or environment.get("SSL_CERT_DIR"):
        return ()
    return tuple(name for name in _OTHER_BUNDLES if environment.get(name))
