"""The operations of the section `speech`."""

from __future__ import annotations

from . import Operation

ROWS = {
    operation.id: operation
    for operation in (
        Operation(
            "add_speech",
            "speech",
            "POST",
            "/api/v1/video/send_tts",
            "start",
            "reference",
            False,
            "AddSpeechRequest",
            "AddSpeechResponse",
            {},
            {"speech_rate": "speechRate"},
            ("string",),
            (),
            "Speak a text and get the URL of the audio.",
            (400, 401),
            (200,),
        ),
        Operation(
            "list_speech_previews",
            "speech",
            "GET",
            "/api/v1/tts/preview/list",
            "read",
            "reference",
            False,
            "",
            "ListSpeechPreviewsResponse",
            {"current": "current", "pageSize": "page_size"},
            {},
            ("object", "array"),
            ("data",),
            "List the speech of the last 24 hours, page by page.",
            (401,),
            (200,),
        ),
        Operation(
            "delete_speech_preview",
            "speech",
            "DELETE",
            "/api/v1/tts/preview/{id}",
            "delete",
            "reference",
            False,
            "",
            "DeleteResponse",
            {"id": "id"},
            {},
            (),
            (),
            "Delete a speech of the last 24 hours.",
            (401, 404),
            (200,),
        ),
    )
}
