"""The three records of the reference page "Get Face Swap Task Records", word for word.

This module owns data only. They are what a fresh sandbox lists, newest first, as the page does.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

__all__ = ["RECORDS_PAGE"]

RECORDS_PAGE: tuple[Mapping[str, Any], ...] = (
    {
        "name": "xxxx",
        "video_url": (
            "https://dh24as48lv9ce.cloudfront.net/pbs_lite/stable/customer/"
            "645888fc89897e30c57e31f0/clipVideo/665d718eb8f6a5ee678aa392/1717400057881.mp4"
        ),
        "duration": 6,
        "face_url": (
            "https://dh24as48lv9ce.cloudfront.net/adam2eve/beta/face_swap/"
            "ab2fca41-90e5-41a6-aa66-08a960b035e4.jpg"
        ),
        "current_status": "completed",
        "result_url": (
            "https://dh24as48lv9ce.cloudfront.net/adam2eve/stable/user/"
            "637498294abbb165572d5dbe/userFaceSwapTask/6674f1765699df7e9d25311a/"
            "1717400057881_ab2fca41-90e5-41a6-aa66-08a960b035e4_1718940028723.mp4"
        ),
        "error_code": "0",
        "faild_message": None,
        "_id": "6674f1765699df7e9d25311a",
        "createdAt": "2024-06-21T03:20:22.436Z",
        "updatedAt": "2024-06-21T03:21:00.795Z",
        "initialized_time": "2024-06-21T03:20:22.940Z",
        "processing_time": "2024-06-21T03:20:23.358Z",
        "completed_time": "2024-06-21T03:20:58.625Z",
    },
    {
        "name": "2024-06-07 19:06:26",
        "video_url": (
            "https://dh24as48lv9ce.cloudfront.net/adam2eve/stable/faceSwap/2024067/"
            "1717758398720.mp4"
        ),
        "duration": 0,
        "face_url": (
            "https://dh24as48lv9ce.cloudfront.net/adam2eve/stable/faceSwap/2024067/"
            "1717730089329.png"
        ),
        "current_status": "completed",
        "result_url": (
            "https://dh24as48lv9ce.cloudfront.net/adam2eve/stable/user/"
            "637498294abbb165572d5dbe/userFaceSwapTask/6662e9c62246edced67000f7/"
            "1717758398720_1717730089329_1717758409522.mp4"
        ),
        "error_code": "0",
        "faild_message": None,
        "_id": "6662e9c62246edced67000f7",
        "createdAt": "2024-06-07T11:06:46.273Z",
        "updatedAt": "2024-06-07T11:07:35.812Z",
        "initialized_time": "2024-06-07T11:06:46.785Z",
        "processing_time": "2024-06-07T11:06:47.162Z",
        "completed_time": "2024-06-07T11:07:34.667Z",
    },
    {
        "name": "2024-06-07 11:14:35",
        "video_url": (
            "https://dh24as48lv9ce.cloudfront.net/adam2eve/stable/faceSwap/2024067/"
            "1717730378328.mp4"
        ),
        "duration": 0,
        "face_url": (
            "https://dh24as48lv9ce.cloudfront.net/adam2eve/stable/faceSwap/2024067/"
            "1717730089329.png"
        ),
        "current_status": "completed",
        "result_url": (
            "https://dh24as48lv9ce.cloudfront.net/adam2eve/stable/user/"
            "637498294abbb165572d5dbe/userFaceSwapTask/66627c58577166cec1929f84/"
            "1717730378328_1717730089329_1717758893515.mp4"
        ),
        "error_code": "0",
        "faild_message": None,
        "_id": "66627c58577166cec1929f84",
        "createdAt": "2024-06-07T03:19:52.183Z",
        "updatedAt": "2024-06-07T11:15:56.687Z",
        "initialized_time": "2024-06-07T11:14:51.208Z",
        "processing_time": "2024-06-07T11:14:51.554Z",
        "completed_time": "2024-06-07T11:15:55.554Z",
    },
)
"""Wire rows as the page prints them."""
