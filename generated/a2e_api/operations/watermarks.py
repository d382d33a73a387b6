"""The operations of the section `watermarks`."""

from __future__ import annotations

from . import Operation

ROWS = {
    operation.id: operation
    for operation in (
        Operation(
            "start_watermark",
            "watermarks",
            "POST",
            "/api/v1/watermark/start",
            "start",
            "observed",
            False,
            "StartWatermarkRequest",
            "StartWatermarkResponse",
            {},
            {},
            ("object",),
            (),
            "Put a watermark on an image or a video.",
            (401,),
            (200,),
        ),
    )
}
