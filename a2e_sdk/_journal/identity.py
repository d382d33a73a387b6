"""What makes two starts the same, and what makes a journal one account's.

This module owns the digest of a start's inputs, and the fingerprint of an account. It is pure.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from typing import Any

from a2e_sdk.models.journal import JournalFile


def start_digest(family: str, inputs: Mapping[str, Any], files: Sequence[JournalFile]) -> str:
    """Return what two starts of the same inputs have in common.

    Args:
        family: The family of the task.
        inputs: What is sent, by the server's keys, without files, webhooks and a made-up name.
        files: The local files, which count by their content alone, in their order.
    """
    contents = [(file.argument, file.size, file.sha256) for file in files]
    text = json.dumps([family, inputs, contents], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def account_fingerprint(salt: str, server: str, authorization: str) -> str:
    """Return what a journal knows its account by, from which the key can't be found again.

    Args:
        salt: The journal's own.
        server: The base URL.
        authorization: The value of the ``Authorization`` header.
    """
    text = f"{server}\n{authorization}".encode()
    return hmac.digest(bytes.fromhex(salt), text, "sha256").hex()[:32]
