"""The response `StreamingSession`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Self

from attrs import define, field

from ..types import ResponseModel, as_integer, as_number, as_string


@define
class StreamingSession(ResponseModel):
    """A live session.

    Attributes:
        app_id: Id of the Agora application.
        channel: Name of the Agora channel, by which the other operations know the session.
        token: Token of the Agora channel, a secret.
        uid: Id of the user in the channel.
        expire_epoch_timestamp: When the session ends, as a Unix time. Read by one client.
        expire_date_utc: When the session ends, as UTC text. Read by one client.
    """

    app_id: str | None = None
    channel: str | None = None
    token: str | None = field(default=None, repr=False)
    uid: int | None = None
    expire_epoch_timestamp: float | str | None = None
    expire_date_utc: str | None = None
    _source: dict[str, Any] | None = field(default=None, repr=False, eq=False, alias="_source")

    _wire_names: ClassVar[Mapping[str, str]] = {
        "app_id": "appId",
        "channel": "channel",
        "token": "token",
        "uid": "uid",
        "expire_epoch_timestamp": "expire_epoch_timestamp",
        "expire_date_utc": "expire_date_UTC",
    }

    @classmethod
    def from_dict(cls, source: dict[str, Any]) -> Self:
        """Decode a JSON object leniently. It is kept, not copied.

        Args:
            source: The JSON object.

        Returns:
            The model. What is missing, null or cannot be decoded is None.
        """
        _get = source.get
        app_id = _get("appId")
        if type(app_id) is not str and app_id is not None:
            app_id = as_string(app_id)
        channel = _get("channel")
        if type(channel) is not str and channel is not None:
            channel = as_string(channel)
        token = _get("token")
        if type(token) is not str and token is not None:
            token = as_string(token)
        uid = _get("uid")
        if type(uid) is not int and uid is not None:
            uid = as_integer(uid)
        expire_epoch_timestamp = _get("expire_epoch_timestamp")
        if (
            type(expire_epoch_timestamp) is not int
            and type(expire_epoch_timestamp) is not float
            and type(expire_epoch_timestamp) is not str
            and expire_epoch_timestamp is not None
        ):
            expire_epoch_timestamp = (
                decoded
                if (decoded := as_number(expire_epoch_timestamp)) is not None
                else as_string(expire_epoch_timestamp)
            )
        expire_date_utc = _get("expire_date_UTC")
        if type(expire_date_utc) is not str and expire_date_utc is not None:
            expire_date_utc = as_string(expire_date_utc)
        return cls(app_id, channel, token, uid, expire_epoch_timestamp, expire_date_utc, source)
