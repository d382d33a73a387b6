"""The operations of the section `streaming_avatar`."""

from __future__ import annotations

from . import Operation

ROWS = {
    operation.id: operation
    for operation in (
        Operation(
            "list_streaming_avatars",
            "streaming_avatar",
            "GET",
            "/api/v1/streaming-avatar/all_avatars",
            "read",
            "reference",
            False,
            "",
            "ListStreamingAvatarsResponse",
            {},
            "List the avatars that can stream.",
        ),
        Operation(
            "start_streaming_session",
            "streaming_avatar",
            "POST",
            "/api/v1/streaming-avatar/agora-token",
            "start",
            "reference",
            False,
            "StartStreamingSessionRequest",
            "StartStreamingSessionResponse",
            {},
            "Start a live session and get the token of its Agora channel.",
        ),
        Operation(
            "update_streaming_context",
            "streaming_avatar",
            "POST",
            "/api/v1/streaming-avatar/set-qa-context",
            "write",
            "documented",
            False,
            "UpdateStreamingContextRequest",
            "LooseResponse",
            {},
            "Set what the avatar knows when it answers.",
        ),
        Operation(
            "add_streaming_question",
            "streaming_avatar",
            "POST",
            "/api/v1/streaming-avatar/ask",
            "write",
            "documented",
            False,
            "AddStreamingQuestionRequest",
            "LooseResponse",
            {},
            "Ask the avatar a question.",
        ),
        Operation(
            "add_streaming_speech",
            "streaming_avatar",
            "POST",
            "/api/v1/streaming-avatar/speak",
            "write",
            "reference",
            False,
            "AddStreamingSpeechRequest",
            "LooseResponse",
            {},
            "Let the avatar say a text.",
        ),
        Operation(
            "leave_streaming_session",
            "streaming_avatar",
            "POST",
            "/api/v1/streaming-avatar/leave",
            "write",
            "reference",
            False,
            "LeaveStreamingSessionRequest",
            "LooseResponse",
            {},
            "End a live session.",
        ),
    )
}
