"""Which links of a server may be in HTML, and until when they work.

This module owns both decisions. It is pure: a link is read, never opened.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from urllib.parse import parse_qsl, urlsplit

#: What browsers play and show, by the end of a link's path.
_MEDIA = {
    "video": (".mp4", ".m4v", ".webm", ".mov"),
    "audio": (".mp3", ".wav", ".m4a", ".ogg"),
    "img": (".png", ".jpg", ".jpeg", ".webp", ".gif", ".avif"),
}

#: Signed links that have the moment of signing and so many seconds from there.
_DATED = (
    ("x-amz-date", "x-amz-expires"),
    ("x-goog-date", "x-goog-expires"),
    ("x-oss-date", "x-oss-expires"),
)
_NOT_IN_LINKS = re.compile(r"[\x00-\x20\x7f-\xa0<>\"'`\\\ud800-\udfff]")
_LONGEST = 4096


def safe_link(url: str | None) -> str | None:
    """Return a link that may be in HTML; None for any other text.

    That is one with ``https``, or with ``http`` to this machine, where a sandbox may be; without a
    login.
    """
    if not isinstance(url, str) or len(url) > _LONGEST or _NOT_IN_LINKS.search(url):
        return None
    try:
        parts = urlsplit(url)
        host = parts.hostname
        _ = parts.port
    except ValueError:
        return None
    if not host or "@" in parts.netloc:
        return None
    if parts.scheme == "https" or (parts.scheme == "http" and _is_this_machine(host)):
        return url
    return None


def media_of(url: str) -> str | None:
    """Return the HTML element that shows what a link leads to, by its path; None for none."""
    path = urlsplit(url).path.lower()
    for element, suffixes in _MEDIA.items():
        if path.endswith(suffixes):
            return element
    return None


def works_until(url: str) -> datetime | None:
    """Return when a signed link stops working, as far as its query tells; None where it does not.

    The queries of Amazon S3 and CloudFront, Google Cloud Storage, Azure, Alibaba Cloud and the
    sandbox are known. Where several are there, the earliest moment counts.
    """
    try:
        query = {name.lower(): value for name, value in parse_qsl(urlsplit(url).query)}
    except ValueError:
        return None
    moments = [_after(query[date], query[s]) for date, s in _DATED if date in query and s in query]
    if "expires" in query:
        moments.append(_since_1970(query["expires"]))
    if "se" in query and "sig" in query:
        moments.append(_iso(query["se"]))
    return min((moment for moment in moments if moment is not None), default=None)


def _is_this_machine(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _after(date: str, seconds: str) -> datetime | None:
    try:
        signed = datetime.strptime(date, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
        return signed + timedelta(seconds=int(seconds))
    except (ValueError, OverflowError):
        return None


def _since_1970(seconds: str) -> datetime | None:
    try:
        return datetime.fromtimestamp(int(seconds), UTC)
    except (ValueError, OverflowError, OSError):
        return None


def _iso(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
