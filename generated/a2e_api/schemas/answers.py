"""The JSON Schemas of answers by their model, to tell what in one is not in the document."""

from __future__ import annotations

from typing import Any

SCHEMAS: dict[str, dict[str, Any]] = {
    "Envelope": {
        "type": "object",
        "required": ["code"],
        "properties": {
            "code": {"type": "integer", "minimum": 0, "maximum": 0},
            "trace_id": {"type": "string"},
            "msg": {"type": "string"},
            "message": {"type": "string"},
        },
    },
    "ErrorResponse": {
        "type": "object",
        "required": ["code"],
        "properties": {
            "code": {"type": "integer"},
            "trace_id": {"type": "string"},
            "msg": {"type": "string"},
            "message": {"type": "string"},
            "data": {},
            "errors": {},
        },
    },
    "DeleteResponse": {
        "allOf": [{"$ref": "Envelope"}, {"type": "object", "properties": {"data": {}}}]
    },
    "LooseResponse": {
        "allOf": [{"$ref": "Envelope"}, {"type": "object", "properties": {"data": {}}}]
    },
    "TaskStatus": {
        "type": "string",
        "enum": ["initialized", "sent", "pending", "processing", "completed", "failed"],
    },
    "TaskRecord": {
        "type": "object",
        "properties": {
            "_id": {"type": "string", "pattern": "^[0-9a-fA-F]{24}$"},
            "name": {"type": ["string", "null"]},
            "current_status": {"$ref": "TaskStatus"},
            "status": {"type": ["string", "null"]},
            "result_url": {"type": ["string", "null"]},
            "result_urls": {"type": ["array", "null"], "items": {"type": "string"}},
            "result_image_url": {"type": ["string", "null"]},
            "result_video_url": {"type": ["string", "null"]},
            "image_urls": {"type": ["array", "null"], "items": {"type": "string"}},
            "image_url": {"type": ["string", "null"]},
            "video_url": {"type": ["string", "null"]},
            "audio_url": {"type": ["string", "null"]},
            "source_url": {"type": ["string", "null"]},
            "cover_url": {"type": ["string", "null"]},
            "prompt": {"type": ["string", "null"]},
            "negative_prompt": {"type": ["string", "null"]},
            "duration": {"type": ["number", "null"]},
            "coins": {"type": ["number", "null"]},
            "failed_message": {"type": ["string", "null"]},
            "faild_message": {"type": ["string", "null"]},
            "failed_code": {"type": ["string", "integer", "null"]},
            "error_code": {"type": ["string", "integer", "null"]},
            "createdAt": {"type": ["string", "null"], "format": "date-time"},
            "updatedAt": {"type": ["string", "null"], "format": "date-time"},
            "initialized_time": {"type": ["string", "null"], "format": "date-time"},
            "processing_time": {"type": ["string", "null"], "format": "date-time"},
            "completed_time": {"type": ["string", "null"], "format": "date-time"},
        },
    },
    "TaskRecordPage": {
        "type": "object",
        "properties": {
            "rows": {"type": ["array", "null"], "items": {"$ref": "TaskRecord"}},
            "list": {"type": ["array", "null"], "items": {"$ref": "TaskRecord"}},
            "data": {"type": ["array", "null"], "items": {"$ref": "TaskRecord"}},
            "count": {"type": ["integer", "null"]},
            "total": {"type": ["integer", "null"]},
        },
    },
    "TaskRecordResponse": {
        "allOf": [
            {"$ref": "Envelope"},
            {
                "type": "object",
                "required": ["data"],
                "properties": {
                    "data": {
                        "anyOf": [
                            {"$ref": "TaskRecord"},
                            {"type": "array", "items": {"$ref": "TaskRecord"}},
                            {"type": "null"},
                        ]
                    }
                },
            },
        ]
    },
    "TaskRecordListResponse": {
        "allOf": [
            {"$ref": "Envelope"},
            {
                "type": "object",
                "required": ["data"],
                "properties": {
                    "data": {
                        "anyOf": [
                            {"type": "array", "items": {"$ref": "TaskRecord"}},
                            {"$ref": "TaskRecordPage"},
                            {"type": "null"},
                        ]
                    }
                },
            },
        ]
    },
    "TaskRecordPageResponse": {
        "allOf": [
            {"$ref": "Envelope"},
            {
                "type": "object",
                "required": ["data"],
                "properties": {
                    "data": {
                        "anyOf": [
                            {"$ref": "TaskRecordPage"},
                            {"type": "array", "items": {"$ref": "TaskRecord"}},
                            {"type": "null"},
                        ]
                    }
                },
            },
        ]
    },
    "FaceSwapTaskStatus": {
        "type": "string",
        "enum": ["initialized", "sent", "pending", "processing", "completed", "failed"],
    },
    "FaceSwapImage": {
        "type": "object",
        "required": ["face_url", "_id", "createdAt", "updatedAt"],
        "properties": {
            "_id": {"type": "string", "pattern": "^[0-9a-fA-F]{24}$"},
            "face_url": {"type": "string"},
            "user_id": {"type": "string"},
            "createdAt": {"type": "string", "format": "date-time"},
            "updatedAt": {"type": "string", "format": "date-time"},
        },
    },
    "FaceSwapImageRows": {
        "type": "object",
        "required": ["rows"],
        "properties": {
            "rows": {"type": "array", "items": {"$ref": "FaceSwapImage"}},
            "count": {"type": "integer"},
        },
    },
    "FaceSwapPreview": {
        "type": "object",
        "required": ["_id", "user_id", "video_url", "face_url", "current_status", "result_url"],
        "properties": {
            "_id": {"type": "string", "pattern": "^[0-9a-fA-F]{24}$"},
            "user_id": {"type": "string"},
            "video_url": {"type": "string"},
            "face_url": {"type": "string"},
            "current_status": {"$ref": "FaceSwapTaskStatus"},
            "result_url": {"type": "string"},
            "error_code": {"type": ["string", "integer", "null"]},
            "faild_message": {"type": ["string", "null"]},
            "failed_message": {"type": ["string", "null"]},
        },
    },
    "FaceSwapProgress": {
        "type": "object",
        "required": ["current_status", "result_url"],
        "properties": {
            "_id": {"type": "string"},
            "current_status": {"$ref": "FaceSwapTaskStatus"},
            "result_url": {"type": "string"},
            "error_code": {"type": ["string", "integer", "null"]},
            "faild_message": {"type": ["string", "null"]},
            "failed_message": {"type": ["string", "null"]},
        },
    },
    "FaceSwapTask": {
        "type": "object",
        "required": [
            "name",
            "video_url",
            "duration",
            "face_url",
            "current_status",
            "result_url",
            "_id",
            "createdAt",
            "updatedAt",
        ],
        "properties": {
            "name": {"type": "string"},
            "video_url": {"type": "string"},
            "duration": {"type": "number"},
            "face_url": {"type": "string"},
            "current_status": {"$ref": "FaceSwapTaskStatus"},
            "result_url": {"type": "string"},
            "error_code": {"type": ["string", "integer", "null"]},
            "faild_message": {"type": ["string", "null"]},
            "failed_message": {"type": ["string", "null"]},
            "_id": {"type": "string", "pattern": "^[0-9a-fA-F]{24}$"},
            "createdAt": {"type": "string", "format": "date-time"},
            "updatedAt": {"type": "string", "format": "date-time"},
            "initialized_time": {"type": ["string", "null"], "format": "date-time"},
            "processing_time": {"type": ["string", "null"], "format": "date-time"},
            "completed_time": {"type": ["string", "null"], "format": "date-time"},
        },
    },
    "FaceSwapTaskPage": {
        "type": "object",
        "required": ["rows", "count"],
        "properties": {
            "rows": {"type": "array", "items": {"$ref": "FaceSwapTask"}},
            "count": {"type": "integer"},
        },
    },
    "UploadUrl": {
        "type": "object",
        "required": ["uploadUrl", "key"],
        "properties": {
            "uploadUrl": {"type": "string", "format": "uri"},
            "key": {"type": "string"},
            "expiresIn": {"type": "integer"},
            "bucket": {"type": "string"},
            "cdnUrl": {"type": ["string", "null"]},
        },
    },
    "FaceSwapModelVersion": {"type": "string", "enum": ["v1", "v2"]},
    "ObjectKey": {
        "type": "string",
        "maxLength": 1024,
        "pattern": "^(?!\\s*$|\\.{1,2}(/|$))[^/\\uD800-\\uDFFF]+(/(?!\\.{1,2}(/|$))[^/\\uD800-\\uDFFF]+)*$",
    },
    "AddFaceSwapImageResponse": {
        "allOf": [
            {"$ref": "Envelope"},
            {
                "type": "object",
                "required": ["data"],
                "properties": {
                    "data": {
                        "anyOf": [
                            {"$ref": "FaceSwapImage"},
                            {"type": "array", "items": {"$ref": "FaceSwapImage"}},
                        ]
                    }
                },
            },
        ]
    },
    "ListFaceSwapImagesResponse": {
        "allOf": [
            {"$ref": "Envelope"},
            {
                "type": "object",
                "required": ["data"],
                "properties": {
                    "data": {
                        "anyOf": [
                            {"type": "array", "items": {"$ref": "FaceSwapImage"}},
                            {"$ref": "FaceSwapImageRows"},
                        ]
                    }
                },
            },
        ]
    },
    "AddFaceSwapPreviewResponse": {
        "allOf": [
            {"$ref": "Envelope"},
            {
                "type": "object",
                "required": ["data"],
                "properties": {"data": {"$ref": "FaceSwapPreview"}},
            },
        ]
    },
    "GetFaceSwapPreviewStatusResponse": {
        "allOf": [
            {"$ref": "Envelope"},
            {
                "type": "object",
                "required": ["data"],
                "properties": {
                    "data": {
                        "anyOf": [
                            {"$ref": "FaceSwapProgress"},
                            {"type": "array", "items": {"$ref": "FaceSwapProgress"}},
                            {"type": "null"},
                        ]
                    }
                },
            },
        ]
    },
    "AddFaceSwapTaskResponse": {
        "allOf": [
            {"$ref": "Envelope"},
            {
                "type": "object",
                "required": ["data"],
                "properties": {"data": {"$ref": "FaceSwapTask"}},
            },
        ]
    },
    "ListRunningFaceSwapTasksResponse": {
        "allOf": [
            {"$ref": "Envelope"},
            {
                "type": "object",
                "required": ["data"],
                "properties": {
                    "data": {
                        "anyOf": [
                            {"type": "array", "items": {"$ref": "FaceSwapProgress"}},
                            {"$ref": "FaceSwapProgress"},
                        ]
                    }
                },
            },
        ]
    },
    "ListFaceSwapTasksResponse": {
        "allOf": [
            {"$ref": "Envelope"},
            {
                "type": "object",
                "required": ["data"],
                "properties": {"data": {"$ref": "FaceSwapTaskPage"}},
            },
        ]
    },
    "GetFaceSwapTaskResponse": {
        "allOf": [
            {"$ref": "Envelope"},
            {
                "type": "object",
                "required": ["data"],
                "properties": {"data": {"anyOf": [{"$ref": "FaceSwapTask"}, {"type": "null"}]}},
            },
        ]
    },
    "GetManyFaceSwapTasksResponse": {
        "allOf": [
            {"$ref": "Envelope"},
            {
                "type": "object",
                "required": ["data"],
                "properties": {"data": {"type": "array", "items": {"$ref": "FaceSwapTask"}}},
            },
        ]
    },
    "AddUploadUrlResponse": {
        "allOf": [
            {"$ref": "Envelope"},
            {"type": "object", "required": ["data"], "properties": {"data": {"$ref": "UploadUrl"}}},
        ]
    },
    "ApiToken": {
        "type": "object",
        "required": ["_id", "token"],
        "properties": {
            "_id": {"type": "string", "pattern": "^[0-9a-fA-F]{24}$"},
            "token": {"type": "string"},
        },
    },
    "AddApiTokenResponse": {
        "allOf": [
            {"$ref": "Envelope"},
            {"type": "object", "required": ["data"], "properties": {"data": {"$ref": "ApiToken"}}},
        ]
    },
    "PublicVoice": {
        "type": "object",
        "properties": {
            "label": {"type": ["string", "null"]},
            "value": {"type": ["string", "null"]},
            "ttsRate": {"type": ["number", "string", "null"]},
            "language": {"type": ["string", "null"]},
        },
    },
    "VoiceGroup": {
        "type": "object",
        "properties": {
            "label": {"type": ["string", "null"]},
            "value": {"type": ["string", "null"]},
            "children": {"type": ["array", "null"], "items": {"$ref": "PublicVoice"}},
        },
    },
    "ListPublicVoicesResponse": {
        "allOf": [
            {"$ref": "Envelope"},
            {
                "type": "object",
                "required": ["data"],
                "properties": {"data": {"type": "array", "items": {"$ref": "VoiceGroup"}}},
            },
        ]
    },
    "VoiceRegion": {
        "type": "object",
        "properties": {
            "label": {"type": ["string", "null"]},
            "value": {"type": ["string", "null"]},
        },
    },
    "VoiceLanguage": {
        "type": "object",
        "properties": {
            "label": {"type": ["string", "null"]},
            "value": {"type": ["string", "null"]},
            "children": {"type": ["array", "null"], "items": {"$ref": "VoiceRegion"}},
        },
    },
    "ListVoiceLanguagesResponse": {
        "allOf": [
            {"$ref": "Envelope"},
            {
                "type": "object",
                "required": ["data"],
                "properties": {"data": {"type": "array", "items": {"$ref": "VoiceLanguage"}}},
            },
        ]
    },
    "Language": {
        "type": "object",
        "properties": {
            "value": {"type": ["string", "null"]},
            "label": {"type": ["string", "null"]},
        },
    },
    "ListLanguagesResponse": {
        "allOf": [
            {"$ref": "Envelope"},
            {
                "type": "object",
                "required": ["data"],
                "properties": {"data": {"type": "array", "items": {"$ref": "Language"}}},
            },
        ]
    },
    "VoiceCloneStatus": {
        "type": "string",
        "enum": ["sent", "pendding", "processing", "completed", "failed"],
    },
    "VoiceClone": {
        "type": "object",
        "required": ["_id", "name", "voice_urls", "current_status"],
        "additionalProperties": True,
        "properties": {
            "_id": {"type": "string", "pattern": "^[0-9a-fA-F]{24}$"},
            "name": {"type": "string"},
            "voice_urls": {"type": "array", "items": {"type": "string"}},
            "current_status": {"$ref": "VoiceCloneStatus"},
            "train_mode": {"type": ["string", "null"]},
            "speaker_id": {"type": ["string", "null"]},
            "model": {"type": ["string", "null"]},
            "gender": {"type": ["string", "null"]},
            "description": {"type": ["string", "null"]},
            "status": {"type": ["string", "null"]},
            "createdAt": {"type": ["string", "null"], "format": "date-time"},
            "updatedAt": {"type": ["string", "null"], "format": "date-time"},
        },
    },
    "ListVoiceClonesResponse": {
        "allOf": [
            {"$ref": "Envelope"},
            {
                "type": "object",
                "required": ["data"],
                "properties": {"data": {"type": "array", "items": {"$ref": "VoiceClone"}}},
            },
        ]
    },
    "StartVoiceCloneResponse": {
        "allOf": [
            {"$ref": "Envelope"},
            {
                "type": "object",
                "required": ["data"],
                "properties": {"data": {"$ref": "VoiceClone"}},
            },
        ]
    },
    "GetVoiceCloneResponse": {
        "allOf": [
            {"$ref": "Envelope"},
            {
                "type": "object",
                "required": ["data"],
                "properties": {"data": {"anyOf": [{"$ref": "VoiceClone"}, {"type": "null"}]}},
            },
        ]
    },
    "AddSpeechResponse": {
        "allOf": [
            {"$ref": "Envelope"},
            {
                "type": "object",
                "required": ["data"],
                "properties": {"data": {"type": "string", "format": "uri"}},
            },
        ]
    },
    "SpeechPreview": {"type": "object"},
    "SpeechPreviewPage": {
        "type": "object",
        "properties": {
            "data": {"type": ["array", "null"], "items": {"$ref": "SpeechPreview"}},
            "total": {"type": ["integer", "null"]},
            "current": {"type": ["integer", "null"]},
            "success": {"type": ["boolean", "null"]},
        },
    },
    "ListSpeechPreviewsResponse": {
        "allOf": [
            {"$ref": "Envelope"},
            {
                "type": "object",
                "required": ["data"],
                "properties": {
                    "data": {
                        "anyOf": [
                            {"$ref": "SpeechPreviewPage"},
                            {"type": "array", "items": {"$ref": "SpeechPreview"}},
                        ]
                    }
                },
            },
        ]
    },
    "CaptionAlign": {
        "type": "object",
        "properties": {
            "language": {"type": "string"},
            "PrimaryColour": {"type": "string"},
            "OutlineColour": {"type": "string"},
            "BorderStyle": {"type": "integer"},
            "BackColour": {"type": "string"},
            "FontName": {"type": "string"},
            "Fontsize": {"type": "integer"},
            "subtitle_position": {"type": ["string", "number"]},
        },
    },
    "GpModel": {"type": "object"},
    "StartedAvatarVideo": {
        "type": "object",
        "properties": {"_id": {"type": "string", "pattern": "^[0-9a-fA-F]{24}$"}},
    },
    "StartAvatarVideoResponse": {
        "allOf": [
            {"$ref": "Envelope"},
            {
                "type": "object",
                "required": ["data"],
                "properties": {"data": {"$ref": "StartedAvatarVideo"}},
            },
        ]
    },
    "AvatarVideoStatus": {
        "type": "string",
        "enum": ["init", "start", "pending", "process", "copy", "success", "fail"],
    },
    "AvatarVideo": {
        "type": "object",
        "required": ["_id", "status", "result"],
        "properties": {
            "_id": {"type": "string", "pattern": "^[0-9a-fA-F]{24}$"},
            "status": {"$ref": "AvatarVideoStatus"},
            "result": {"type": "string"},
            "process": {"type": ["number", "null"]},
            "msg": {"type": ["string", "null"]},
            "error": {},
            "fail_reason": {},
            "anchor_id": {"type": ["string", "null"]},
            "anchor_type": {"type": ["string", "integer", "null"]},
            "web_bg_width": {"type": ["number", "null"]},
            "web_bg_height": {"type": ["number", "null"]},
            "color": {"type": ["string", "null"]},
            "result_people_url": {"type": ["string", "null"]},
            "result_bg_url": {"type": ["string", "null"]},
            "replace_bg_id": {"type": ["string", "null"]},
            "custom_backs_id": {},
            "createdAt": {"type": ["string", "null"]},
            "end_success_date": {"type": ["string", "null"]},
            "diff_s": {"type": ["number", "null"]},
            "current_date": {"type": ["string", "null"]},
        },
    },
    "GetAvatarVideoResponse": {
        "allOf": [
            {"$ref": "Envelope"},
            {
                "type": "object",
                "required": ["data"],
                "properties": {"data": {"type": "array", "items": {"$ref": "AvatarVideo"}}},
            },
        ]
    },
    "AvatarVideoPage": {
        "type": "object",
        "properties": {
            "data": {"type": ["array", "null"], "items": {"$ref": "AvatarVideo"}},
            "current": {"type": ["integer", "null"]},
            "total": {"type": ["integer", "null"]},
            "success": {"type": ["boolean", "null"]},
        },
    },
    "ListAvatarVideosResponse": {
        "allOf": [
            {"$ref": "Envelope"},
            {
                "type": "object",
                "required": ["data"],
                "properties": {"data": {"$ref": "AvatarVideoPage"}},
            },
        ]
    },
    "GetTextLanguageResponse": {
        "allOf": [
            {"$ref": "Envelope"},
            {"type": "object", "required": ["data"], "properties": {"data": {"type": "string"}}},
        ]
    },
    "PublicPool": {"type": "object", "properties": {"isAutoToPublicPool": {"type": "boolean"}}},
    "UpdatePublicPoolResponse": {
        "allOf": [
            {"$ref": "Envelope"},
            {
                "type": "object",
                "required": ["data"],
                "properties": {"data": {"$ref": "PublicPool"}},
            },
        ]
    },
    "Avatar": {
        "type": "object",
        "properties": {
            "_id": {"type": "string"},
            "type": {"type": ["string", "null"]},
            "name": {"type": ["string", "null"]},
            "gender": {"type": ["string", "null"]},
            "lang": {"type": ["array", "null"], "items": {"type": "string"}},
            "video_cover": {"type": ["string", "null"]},
            "people_img": {"type": ["string", "null"]},
            "base_video": {"type": ["string", "null"]},
            "image_url": {"type": ["string", "null"]},
            "user_video_twin_id": {"type": ["string", "null"]},
            "createdAt": {"type": ["string", "null"], "format": "date-time"},
        },
    },
    "ListAvatarsResponse": {
        "allOf": [
            {"$ref": "Envelope"},
            {
                "type": "object",
                "required": ["data"],
                "properties": {"data": {"type": "array", "items": {"$ref": "Avatar"}}},
            },
        ]
    },
    "AvatarTrainingStatus": {
        "type": "string",
        "enum": [
            "initialized",
            "pending",
            "processing",
            "training",
            "generating",
            "completed",
            "failed",
        ],
    },
    "AvatarTraining": {
        "type": "object",
        "additionalProperties": True,
        "properties": {
            "_id": {"type": "string", "pattern": "^[0-9a-fA-F]{24}$"},
            "name": {"type": ["string", "null"]},
            "gender": {"type": ["string", "null"]},
            "image_url": {"type": ["string", "null"]},
            "current_status": {"$ref": "AvatarTrainingStatus"},
            "anchor_id": {"type": ["string", "null"]},
            "preview_result_url": {"type": ["string", "null"]},
            "user_video_twin_id": {"type": ["string", "null"]},
            "video_twin_id": {"type": ["string", "null"]},
            "failed_message": {"type": ["string", "null"]},
            "faild_message": {"type": ["string", "null"]},
            "createdAt": {"type": ["string", "null"], "format": "date-time"},
        },
    },
    "AvatarTrainingPage": {
        "type": "object",
        "properties": {
            "rows": {"type": ["array", "null"], "items": {"$ref": "AvatarTraining"}},
            "list": {"type": ["array", "null"], "items": {"$ref": "AvatarTraining"}},
            "count": {"type": ["integer", "null"]},
        },
    },
    "StartAvatarTrainingResponse": {
        "allOf": [
            {"$ref": "Envelope"},
            {
                "type": "object",
                "required": ["data"],
                "properties": {
                    "data": {
                        "anyOf": [
                            {"$ref": "AvatarTraining"},
                            {"type": "array", "items": {"$ref": "AvatarTraining"}},
                        ]
                    }
                },
            },
        ]
    },
    "AvatarTrainingListResponse": {
        "allOf": [
            {"$ref": "Envelope"},
            {
                "type": "object",
                "required": ["data"],
                "properties": {
                    "data": {
                        "anyOf": [
                            {"type": "array", "items": {"$ref": "AvatarTraining"}},
                            {"$ref": "AvatarTrainingPage"},
                            {"type": "null"},
                        ]
                    }
                },
            },
        ]
    },
    "GetAvatarTrainingResponse": {
        "allOf": [
            {"$ref": "Envelope"},
            {
                "type": "object",
                "required": ["data"],
                "properties": {"data": {"anyOf": [{"$ref": "AvatarTraining"}, {"type": "null"}]}},
            },
        ]
    },
    "Background": {
        "type": "object",
        "properties": {
            "_id": {"type": "string"},
            "type": {"type": ["string", "null"]},
            "img_url": {"type": ["string", "null"]},
            "name": {"type": ["string", "null"]},
        },
    },
    "ListBackgroundsResponse": {
        "allOf": [
            {"$ref": "Envelope"},
            {
                "type": "object",
                "required": ["data"],
                "properties": {"data": {"type": "array", "items": {"$ref": "Background"}}},
            },
        ]
    },
    "AddBackgroundResponse": {
        "allOf": [
            {"$ref": "Envelope"},
            {
                "type": "object",
                "required": ["data"],
                "properties": {"data": {"$ref": "Background"}},
            },
        ]
    },
    "StreamingAvatar": {
        "type": "object",
        "properties": {
            "_id": {"type": ["string", "null"]},
            "name": {"type": ["string", "null"]},
            "type": {"type": ["string", "null"]},
            "preview_url": {"type": ["string", "null"]},
        },
    },
    "ListStreamingAvatarsResponse": {
        "allOf": [
            {"$ref": "Envelope"},
            {
                "type": "object",
                "required": ["data"],
                "properties": {"data": {"type": "array", "items": {"$ref": "StreamingAvatar"}}},
            },
        ]
    },
    "StreamingSession": {
        "type": "object",
        "properties": {
            "appId": {"type": ["string", "null"]},
            "channel": {"type": ["string", "null"]},
            "token": {"type": ["string", "null"]},
            "uid": {"type": ["integer", "null"]},
            "expire_epoch_timestamp": {"type": ["number", "string", "null"]},
            "expire_date_UTC": {"type": ["string", "null"]},
        },
    },
    "StartStreamingSessionResponse": {
        "allOf": [
            {"$ref": "Envelope"},
            {
                "type": "object",
                "required": ["data"],
                "properties": {"data": {"$ref": "StreamingSession"}},
            },
        ]
    },
    "Coins": {
        "type": "object",
        "properties": {"coins": {"type": "number"}, "diamonds": {"type": ["number", "null"]}},
    },
    "GetCoinsResponse": {
        "allOf": [
            {"$ref": "Envelope"},
            {"type": "object", "required": ["data"], "properties": {"data": {"$ref": "Coins"}}},
        ]
    },
    "CreditEntry": {
        "type": "object",
        "additionalProperties": True,
        "properties": {
            "_id": {"type": ["string", "null"]},
            "createdAt": {"type": ["string", "null"], "format": "date-time"},
        },
    },
    "CreditPage": {
        "type": "object",
        "properties": {
            "rows": {"type": ["array", "null"], "items": {"$ref": "CreditEntry"}},
            "list": {"type": ["array", "null"], "items": {"$ref": "CreditEntry"}},
            "count": {"type": ["integer", "null"]},
            "total": {"type": ["integer", "null"]},
        },
    },
    "ListCreditsResponse": {
        "allOf": [
            {"$ref": "Envelope"},
            {
                "type": "object",
                "required": ["data"],
                "properties": {
                    "data": {
                        "anyOf": [
                            {"$ref": "CreditPage"},
                            {"type": "array", "items": {"$ref": "CreditEntry"}},
                            {"type": "null"},
                        ]
                    }
                },
            },
        ]
    },
    "QuotedBody": {"type": "object"},
    "Quote": {
        "type": "object",
        "additionalProperties": True,
        "properties": {"generationRequestValidated": {"type": "boolean"}},
    },
    "GetQuoteResponse": {
        "allOf": [
            {"$ref": "Envelope"},
            {"type": "object", "required": ["data"], "properties": {"data": {"$ref": "Quote"}}},
        ]
    },
    "CurrentUser": {
        "type": "object",
        "properties": {
            "_id": {"type": ["string", "null"]},
            "name": {"type": ["string", "null"]},
            "nick_name": {"type": ["string", "null"]},
            "checkInTime": {"type": ["string", "number", "null"]},
            "nextCheckInTime": {"type": ["string", "number", "null"]},
            "checkInCoins": {"type": ["number", "null"]},
        },
    },
    "GetCurrentUserResponse": {
        "allOf": [
            {"$ref": "Envelope"},
            {
                "type": "object",
                "required": ["data"],
                "properties": {"data": {"$ref": "CurrentUser"}},
            },
        ]
    },
    "TransferredFile": {
        "type": "object",
        "properties": {"url": {"type": "string", "format": "uri"}},
    },
    "AddTransferredFileResponse": {
        "allOf": [
            {"$ref": "Envelope"},
            {
                "type": "object",
                "required": ["data"],
                "properties": {"data": {"$ref": "TransferredFile"}},
            },
        ]
    },
    "LegacyUploadUrl": {
        "type": "object",
        "properties": {
            "uploadUrl": {"type": "string"},
            "key": {"type": ["string", "null"]},
            "expiresIn": {"type": ["integer", "null"]},
            "bucket": {"type": ["string", "null"]},
            "cdnUrl": {"type": ["string", "null"]},
        },
    },
    "AddLegacyUploadUrlResponse": {
        "allOf": [
            {"$ref": "Envelope"},
            {
                "type": "object",
                "required": ["data"],
                "properties": {"data": {"$ref": "LegacyUploadUrl"}},
            },
        ]
    },
    "WatermarkResult": {
        "type": "object",
        "properties": {"result_url": {"type": "string", "format": "uri"}},
    },
    "StartWatermarkResponse": {
        "allOf": [
            {"$ref": "Envelope"},
            {
                "type": "object",
                "required": ["data"],
                "properties": {"data": {"$ref": "WatermarkResult"}},
            },
        ]
    },
    "Wan25ReferenceMedia": {"type": "object"},
    "Wan30Media": {
        "type": "object",
        "properties": {
            "type": {"type": "string"},
            "url": {"type": "string", "x-media": ["image", "video"]},
            "duration": {"type": "number"},
        },
    },
    "Wan30Input": {
        "type": "object",
        "properties": {
            "prompt": {"type": "string"},
            "media": {"type": "array", "items": {"$ref": "Wan30Media"}},
        },
    },
    "Wan30Parameters": {
        "type": "object",
        "properties": {
            "resolution": {"type": "string"},
            "ratio": {"type": "string"},
            "duration": {"type": "number"},
            "audio": {"type": "boolean"},
            "prompt_extend": {"type": "boolean", "default": False},
            "seed": {"type": "integer"},
            "watermark": {"type": "boolean"},
        },
    },
    "KlingOmniShot": {
        "type": "object",
        "properties": {"prompt": {"type": "string"}, "duration": {"type": ["string", "number"]}},
    },
    "ProductAvatarRect": {
        "type": "object",
        "properties": {
            "x": {"type": "number"},
            "y": {"type": "number"},
            "width": {"type": "number"},
            "height": {"type": "number"},
            "rotation": {"type": "number"},
            "scale": {"type": "number"},
        },
    },
}
