"""All models. Each is loaded when it is first used."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .add_api_token_request import AddApiTokenRequest
    from .add_api_token_response import AddApiTokenResponse
    from .add_avatar_from_text_to_image_request import AddAvatarFromTextToImageRequest
    from .add_avatar_from_text_to_image_request_gender import AddAvatarFromTextToImageRequestGender
    from .add_avatar_upload_request import AddAvatarUploadRequest
    from .add_background_request import AddBackgroundRequest
    from .add_background_response import AddBackgroundResponse
    from .add_custom_avatar_request import AddCustomAvatarRequest
    from .add_face_swap_image_request import AddFaceSwapImageRequest
    from .add_face_swap_image_response import AddFaceSwapImageResponse
    from .add_face_swap_preview_request import AddFaceSwapPreviewRequest
    from .add_face_swap_preview_response import AddFaceSwapPreviewResponse
    from .add_face_swap_task_request import AddFaceSwapTaskRequest
    from .add_face_swap_task_response import AddFaceSwapTaskResponse
    from .add_first_last_frame_prompt_request import AddFirstLastFramePromptRequest
    from .add_first_last_frame_prompt_request_template import AddFirstLastFramePromptRequestTemplate
    from .add_image_to_video_prompt_request import AddImageToVideoPromptRequest
    from .add_image_to_video_prompt_request_template import AddImageToVideoPromptRequestTemplate
    from .add_legacy_upload_url_request import AddLegacyUploadUrlRequest
    from .add_legacy_upload_url_response import AddLegacyUploadUrlResponse
    from .add_speech_request import AddSpeechRequest
    from .add_speech_response import AddSpeechResponse
    from .add_streaming_question_request import AddStreamingQuestionRequest
    from .add_streaming_speech_request import AddStreamingSpeechRequest
    from .add_transferred_file_request import AddTransferredFileRequest
    from .add_transferred_file_response import AddTransferredFileResponse
    from .add_upload_url_request import AddUploadUrlRequest
    from .add_upload_url_response import AddUploadUrlResponse
    from .add_user_request import AddUserRequest
    from .api_token import ApiToken
    from .avatar import Avatar
    from .avatar_training import AvatarTraining
    from .avatar_training_list_response import AvatarTrainingListResponse
    from .avatar_training_page import AvatarTrainingPage
    from .avatar_training_status import AvatarTrainingStatus
    from .avatar_video import AvatarVideo
    from .avatar_video_page import AvatarVideoPage
    from .avatar_video_status import AvatarVideoStatus
    from .background import Background
    from .caption_align import CaptionAlign
    from .coins import Coins
    from .credit_entry import CreditEntry
    from .credit_page import CreditPage
    from .current_user import CurrentUser
    from .delete_avatar_training_request import DeleteAvatarTrainingRequest
    from .delete_background_request import DeleteBackgroundRequest
    from .delete_custom_avatar_request import DeleteCustomAvatarRequest
    from .delete_response import DeleteResponse
    from .envelope import Envelope
    from .error_response import ErrorResponse
    from .face_swap_image import FaceSwapImage
    from .face_swap_image_rows import FaceSwapImageRows
    from .face_swap_model_version import FaceSwapModelVersion
    from .face_swap_preview import FaceSwapPreview
    from .face_swap_progress import FaceSwapProgress
    from .face_swap_task import FaceSwapTask
    from .face_swap_task_page import FaceSwapTaskPage
    from .face_swap_task_status import FaceSwapTaskStatus
    from .get_avatar_training_response import GetAvatarTrainingResponse
    from .get_avatar_video_request import GetAvatarVideoRequest
    from .get_avatar_video_response import GetAvatarVideoResponse
    from .get_coins_response import GetCoinsResponse
    from .get_current_user_response import GetCurrentUserResponse
    from .get_face_swap_preview_status_response import GetFaceSwapPreviewStatusResponse
    from .get_face_swap_task_response import GetFaceSwapTaskResponse
    from .get_many_face_swap_tasks_response import GetManyFaceSwapTasksResponse
    from .get_many_tasks_request import GetManyTasksRequest
    from .get_quote_request import GetQuoteRequest
    from .get_quote_response import GetQuoteResponse
    from .get_random_background_request import GetRandomBackgroundRequest
    from .get_text_language_request import GetTextLanguageRequest
    from .get_text_language_response import GetTextLanguageResponse
    from .get_voice_clone_response import GetVoiceCloneResponse
    from .gp_model import GpModel
    from .kling_omni_shot import KlingOmniShot
    from .language import Language
    from .leave_streaming_session_request import LeaveStreamingSessionRequest
    from .legacy_upload_url import LegacyUploadUrl
    from .list_anchors_request import ListAnchorsRequest
    from .list_anchors_request_web_type import ListAnchorsRequestWebType
    from .list_avatar_trainings_status import ListAvatarTrainingsStatus
    from .list_avatar_videos_2025_request import ListAvatarVideos2025Request
    from .list_avatar_videos_response import ListAvatarVideosResponse
    from .list_avatars_2025_request import ListAvatars2025Request
    from .list_avatars_response import ListAvatarsResponse
    from .list_backgrounds_response import ListBackgroundsResponse
    from .list_credits_response import ListCreditsResponse
    from .list_custom_avatars_request import ListCustomAvatarsRequest
    from .list_custom_backgrounds_request import ListCustomBackgroundsRequest
    from .list_face_swap_images_response import ListFaceSwapImagesResponse
    from .list_face_swap_tasks_response import ListFaceSwapTasksResponse
    from .list_flux_2_tasks_status import ListFlux2TasksStatus
    from .list_languages_response import ListLanguagesResponse
    from .list_nano_banana_tasks_status import ListNanoBananaTasksStatus
    from .list_public_voices_by_post_request import ListPublicVoicesByPostRequest
    from .list_public_voices_response import ListPublicVoicesResponse
    from .list_running_face_swap_tasks_response import ListRunningFaceSwapTasksResponse
    from .list_speech_previews_response import ListSpeechPreviewsResponse
    from .list_streaming_avatars_response import ListStreamingAvatarsResponse
    from .list_voice_clones_response import ListVoiceClonesResponse
    from .list_voice_languages_request import ListVoiceLanguagesRequest
    from .list_voice_languages_response import ListVoiceLanguagesResponse
    from .loose_response import LooseResponse
    from .product_avatar_rect import ProductAvatarRect
    from .public_pool import PublicPool
    from .public_voice import PublicVoice
    from .quote import Quote
    from .quoted_body import QuotedBody
    from .rename_task_request import RenameTaskRequest
    from .retry_caption_removal_task_request import RetryCaptionRemovalTaskRequest
    from .speech_preview import SpeechPreview
    from .speech_preview_page import SpeechPreviewPage
    from .start_actor_swap_task_request import StartActorSwapTaskRequest
    from .start_avatar_training_job_request import StartAvatarTrainingJobRequest
    from .start_avatar_training_request import StartAvatarTrainingRequest
    from .start_avatar_training_request_gender import StartAvatarTrainingRequestGender
    from .start_avatar_training_response import StartAvatarTrainingResponse
    from .start_avatar_training_retry_request import StartAvatarTrainingRetryRequest
    from .start_avatar_video_request import StartAvatarVideoRequest
    from .start_avatar_video_response import StartAvatarVideoResponse
    from .start_caption_removal_task_request import StartCaptionRemovalTaskRequest
    from .start_continued_training_2025_request import StartContinuedTraining2025Request
    from .start_continued_training_request import StartContinuedTrainingRequest
    from .start_dubbing_task_request import StartDubbingTaskRequest
    from .start_eye_contact_request import StartEyeContactRequest
    from .start_flux_2_task_request import StartFlux2TaskRequest
    from .start_flux_2_task_request_aspect_ratio import StartFlux2TaskRequestAspectRatio
    from .start_flux_2_task_request_resolution import StartFlux2TaskRequestResolution
    from .start_gpt_image_task_request import StartGptImageTaskRequest
    from .start_gpt_image_task_request_aspect_ratio import StartGptImageTaskRequestAspectRatio
    from .start_gpt_image_task_request_model import StartGptImageTaskRequestModel
    from .start_gpt_image_task_request_quality import StartGptImageTaskRequestQuality
    from .start_gpt_image_task_request_resolution import StartGptImageTaskRequestResolution
    from .start_grok_task_request import StartGrokTaskRequest
    from .start_grok_task_request_aspect_ratio import StartGrokTaskRequestAspectRatio
    from .start_grok_task_request_duration import StartGrokTaskRequestDuration
    from .start_grok_task_request_mode import StartGrokTaskRequestMode
    from .start_grok_task_request_model_type import StartGrokTaskRequestModelType
    from .start_grok_task_request_model_version import StartGrokTaskRequestModelVersion
    from .start_hailuo_task_request import StartHailuoTaskRequest
    from .start_happy_horse_task_request import StartHappyHorseTaskRequest
    from .start_happy_horse_task_request_audio_setting import StartHappyHorseTaskRequestAudioSetting
    from .start_happy_horse_task_request_duration import StartHappyHorseTaskRequestDuration
    from .start_happy_horse_task_request_mode import StartHappyHorseTaskRequestMode
    from .start_happy_horse_task_request_model_version import StartHappyHorseTaskRequestModelVersion
    from .start_happy_horse_task_request_ratio import StartHappyHorseTaskRequestRatio
    from .start_happy_horse_task_request_resolution import StartHappyHorseTaskRequestResolution
    from .start_head_swap_task_request import StartHeadSwapTaskRequest
    from .start_image_edit_task_request import StartImageEditTaskRequest
    from .start_image_edit_task_request_edit_type import StartImageEditTaskRequestEditType
    from .start_image_to_video_task_request import StartImageToVideoTaskRequest
    from .start_image_to_video_task_request_model_type import StartImageToVideoTaskRequestModelType
    from .start_image_to_video_task_request_model_version import (
        StartImageToVideoTaskRequestModelVersion,
    )
    from .start_image_to_video_task_request_video_time import StartImageToVideoTaskRequestVideoTime
    from .start_kling_image_task_request import StartKlingImageTaskRequest
    from .start_kling_image_task_request_aspect_ratio import StartKlingImageTaskRequestAspectRatio
    from .start_kling_image_task_request_resolution import StartKlingImageTaskRequestResolution
    from .start_kling_omni_task_request import StartKlingOmniTaskRequest
    from .start_kling_omni_task_request_aspect_ratio import StartKlingOmniTaskRequestAspectRatio
    from .start_kling_omni_task_request_mode import StartKlingOmniTaskRequestMode
    from .start_kling_omni_task_request_shot_type import StartKlingOmniTaskRequestShotType
    from .start_kling_video_task_request import StartKlingVideoTaskRequest
    from .start_kling_video_task_request_aspect_ratio import StartKlingVideoTaskRequestAspectRatio
    from .start_kling_video_task_request_character_orientation import (
        StartKlingVideoTaskRequestCharacterOrientation,
    )
    from .start_kling_video_task_request_duration import StartKlingVideoTaskRequestDuration
    from .start_kling_video_task_request_mode import StartKlingVideoTaskRequestMode
    from .start_kling_video_task_request_model_version import StartKlingVideoTaskRequestModelVersion
    from .start_kling_video_task_request_quality_mode import StartKlingVideoTaskRequestQualityMode
    from .start_kling_video_task_request_resolution import StartKlingVideoTaskRequestResolution
    from .start_kling_video_task_request_version import StartKlingVideoTaskRequestVersion
    from .start_minimax_task_request import StartMinimaxTaskRequest
    from .start_motion_transfer_task_request import StartMotionTransferTaskRequest
    from .start_nano_banana_task_request import StartNanoBananaTaskRequest
    from .start_nano_banana_task_request_aspect_ratio import StartNanoBananaTaskRequestAspectRatio
    from .start_nano_banana_task_request_image_size import StartNanoBananaTaskRequestImageSize
    from .start_nano_banana_task_request_model import StartNanoBananaTaskRequestModel
    from .start_photobook_task_request import StartPhotobookTaskRequest
    from .start_photobook_task_request_total_count import StartPhotobookTaskRequestTotalCount
    from .start_product_avatar_task_request import StartProductAvatarTaskRequest
    from .start_qwen_image_task_request import StartQwenImageTaskRequest
    from .start_qwen_image_task_request_model import StartQwenImageTaskRequestModel
    from .start_qwen_image_task_request_size import StartQwenImageTaskRequestSize
    from .start_seedance_2_task_request import StartSeedance2TaskRequest
    from .start_seedance_2_task_request_aspect_ratio import StartSeedance2TaskRequestAspectRatio
    from .start_seedance_2_task_request_mode import StartSeedance2TaskRequestMode
    from .start_seedance_2_task_request_model_version import StartSeedance2TaskRequestModelVersion
    from .start_seedance_2_task_request_omni_reference_task_type import (
        StartSeedance2TaskRequestOmniReferenceTaskType,
    )
    from .start_seedance_2_task_request_resolution import StartSeedance2TaskRequestResolution
    from .start_seedance_task_request import StartSeedanceTaskRequest
    from .start_seedance_task_request_aspect_ratio import StartSeedanceTaskRequestAspectRatio
    from .start_seedance_task_request_duration import StartSeedanceTaskRequestDuration
    from .start_seedance_task_request_mode import StartSeedanceTaskRequestMode
    from .start_seedance_task_request_resolution import StartSeedanceTaskRequestResolution
    from .start_sora_task_request import StartSoraTaskRequest
    from .start_sora_task_request_aspect_ratio import StartSoraTaskRequestAspectRatio
    from .start_sora_task_request_duration_seconds import StartSoraTaskRequestDurationSeconds
    from .start_sora_task_request_model_type import StartSoraTaskRequestModelType
    from .start_sora_task_request_quality import StartSoraTaskRequestQuality
    from .start_sound_task_request import StartSoundTaskRequest
    from .start_streaming_session_request import StartStreamingSessionRequest
    from .start_streaming_session_response import StartStreamingSessionResponse
    from .start_talking_photo_task_request import StartTalkingPhotoTaskRequest
    from .start_talking_video_task_request import StartTalkingVideoTaskRequest
    from .start_text_to_image_task_2025_request import StartTextToImageTask2025Request
    from .start_text_to_image_task_2025_request_req_key import StartTextToImageTask2025RequestReqKey
    from .start_text_to_image_task_request import StartTextToImageTaskRequest
    from .start_text_to_image_task_request_aspect_ratio import (
        StartTextToImageTaskRequestAspectRatio,
    )
    from .start_text_to_image_task_request_model_type import StartTextToImageTaskRequestModelType
    from .start_text_to_image_task_request_req_key import StartTextToImageTaskRequestReqKey
    from .start_upscale_task_request import StartUpscaleTaskRequest
    from .start_veo_task_request import StartVeoTaskRequest
    from .start_veo_task_request_aspect_ratio import StartVeoTaskRequestAspectRatio
    from .start_veo_task_request_generation_type import StartVeoTaskRequestGenerationType
    from .start_veo_task_request_model import StartVeoTaskRequestModel
    from .start_virtual_try_on_task_request import StartVirtualTryOnTaskRequest
    from .start_voice_clone_from_video_request import StartVoiceCloneFromVideoRequest
    from .start_voice_clone_request import StartVoiceCloneRequest
    from .start_voice_clone_request_gender import StartVoiceCloneRequestGender
    from .start_voice_clone_request_model import StartVoiceCloneRequestModel
    from .start_voice_clone_response import StartVoiceCloneResponse
    from .start_wan_25_task_request import StartWan25TaskRequest
    from .start_wan_25_task_request_duration import StartWan25TaskRequestDuration
    from .start_wan_25_task_request_model import StartWan25TaskRequestModel
    from .start_wan_25_task_request_ratio import StartWan25TaskRequestRatio
    from .start_wan_25_task_request_resolution import StartWan25TaskRequestResolution
    from .start_wan_25_task_request_task_type import StartWan25TaskRequestTaskType
    from .start_wan_26_image_task_request import StartWan26ImageTaskRequest
    from .start_wan_26_reference_task_request import StartWan26ReferenceTaskRequest
    from .start_wan_27_image_task_request import StartWan27ImageTaskRequest
    from .start_wan_30_task_request import StartWan30TaskRequest
    from .start_wan_30_task_request_mode import StartWan30TaskRequestMode
    from .start_wan_30_task_request_model import StartWan30TaskRequestModel
    from .start_wan_spicy_task_request import StartWanSpicyTaskRequest
    from .start_wan_spicy_task_request_model import StartWanSpicyTaskRequestModel
    from .start_wan_spicy_task_request_resolution import StartWanSpicyTaskRequestResolution
    from .start_watermark_request import StartWatermarkRequest
    from .start_watermark_request_watermark_type import StartWatermarkRequestWatermarkType
    from .start_watermark_response import StartWatermarkResponse
    from .started_avatar_video import StartedAvatarVideo
    from .streaming_avatar import StreamingAvatar
    from .streaming_session import StreamingSession
    from .task_record import TaskRecord
    from .task_record_list_response import TaskRecordListResponse
    from .task_record_page import TaskRecordPage
    from .task_record_page_response import TaskRecordPageResponse
    from .task_record_response import TaskRecordResponse
    from .task_status import TaskStatus
    from .transferred_file import TransferredFile
    from .update_custom_avatar_request import UpdateCustomAvatarRequest
    from .update_public_pool_request import UpdatePublicPoolRequest
    from .update_public_pool_response import UpdatePublicPoolResponse
    from .update_streaming_context_request import UpdateStreamingContextRequest
    from .upload_url import UploadUrl
    from .voice_clone import VoiceClone
    from .voice_clone_status import VoiceCloneStatus
    from .voice_group import VoiceGroup
    from .voice_language import VoiceLanguage
    from .voice_region import VoiceRegion
    from .wan_25_reference_media import Wan25ReferenceMedia
    from .wan_30_input import Wan30Input
    from .wan_30_media import Wan30Media
    from .wan_30_parameters import Wan30Parameters
    from .watermark_result import WatermarkResult

_MODULES = {
    "AddApiTokenRequest": ".add_api_token_request",
    "AddApiTokenResponse": ".add_api_token_response",
    "AddAvatarFromTextToImageRequest": ".add_avatar_from_text_to_image_request",
    "AddAvatarFromTextToImageRequestGender": ".add_avatar_from_text_to_image_request_gender",
    "AddAvatarUploadRequest": ".add_avatar_upload_request",
    "AddBackgroundRequest": ".add_background_request",
    "AddBackgroundResponse": ".add_background_response",
    "AddCustomAvatarRequest": ".add_custom_avatar_request",
    "AddFaceSwapImageRequest": ".add_face_swap_image_request",
    "AddFaceSwapImageResponse": ".add_face_swap_image_response",
    "AddFaceSwapPreviewRequest": ".add_face_swap_preview_request",
    "AddFaceSwapPreviewResponse": ".add_face_swap_preview_response",
    "AddFaceSwapTaskRequest": ".add_face_swap_task_request",
    "AddFaceSwapTaskResponse": ".add_face_swap_task_response",
    "AddFirstLastFramePromptRequest": ".add_first_last_frame_prompt_request",
    "AddFirstLastFramePromptRequestTemplate": ".add_first_last_frame_prompt_request_template",
    "AddImageToVideoPromptRequest": ".add_image_to_video_prompt_request",
    "AddImageToVideoPromptRequestTemplate": ".add_image_to_video_prompt_request_template",
    "AddLegacyUploadUrlRequest": ".add_legacy_upload_url_request",
    "AddLegacyUploadUrlResponse": ".add_legacy_upload_url_response",
    "AddSpeechRequest": ".add_speech_request",
    "AddSpeechResponse": ".add_speech_response",
    "AddStreamingQuestionRequest": ".add_streaming_question_request",
    "AddStreamingSpeechRequest": ".add_streaming_speech_request",
    "AddTransferredFileRequest": ".add_transferred_file_request",
    "AddTransferredFileResponse": ".add_transferred_file_response",
    "AddUploadUrlRequest": ".add_upload_url_request",
    "AddUploadUrlResponse": ".add_upload_url_response",
    "AddUserRequest": ".add_user_request",
    "ApiToken": ".api_token",
    "Avatar": ".avatar",
    "AvatarTraining": ".avatar_training",
    "AvatarTrainingListResponse": ".avatar_training_list_response",
    "AvatarTrainingPage": ".avatar_training_page",
    "AvatarTrainingStatus": ".avatar_training_status",
    "AvatarVideo": ".avatar_video",
    "AvatarVideoPage": ".avatar_video_page",
    "AvatarVideoStatus": ".avatar_video_status",
    "Background": ".background",
    "CaptionAlign": ".caption_align",
    "Coins": ".coins",
    "CreditEntry": ".credit_entry",
    "CreditPage": ".credit_page",
    "CurrentUser": ".current_user",
    "DeleteAvatarTrainingRequest": ".delete_avatar_training_request",
    "DeleteBackgroundRequest": ".delete_background_request",
    "DeleteCustomAvatarRequest": ".delete_custom_avatar_request",
    "DeleteResponse": ".delete_response",
    "Envelope": ".envelope",
    "ErrorResponse": ".error_response",
    "FaceSwapImage": ".face_swap_image",
    "FaceSwapImageRows": ".face_swap_image_rows",
    "FaceSwapModelVersion": ".face_swap_model_version",
    "FaceSwapPreview": ".face_swap_preview",
    "FaceSwapProgress": ".face_swap_progress",
    "FaceSwapTask": ".face_swap_task",
    "FaceSwapTaskPage": ".face_swap_task_page",
    "FaceSwapTaskStatus": ".face_swap_task_status",
    "GetAvatarTrainingResponse": ".get_avatar_training_response",
    "GetAvatarVideoRequest": ".get_avatar_video_request",
    "GetAvatarVideoResponse": ".get_avatar_video_response",
    "GetCoinsResponse": ".get_coins_response",
    "GetCurrentUserResponse": ".get_current_user_response",
    "GetFaceSwapPreviewStatusResponse": ".get_face_swap_preview_status_response",
    "GetFaceSwapTaskResponse": ".get_face_swap_task_response",
    "GetManyFaceSwapTasksResponse": ".get_many_face_swap_tasks_response",
    "GetManyTasksRequest": ".get_many_tasks_request",
    "GetQuoteRequest": ".get_quote_request",
    "GetQuoteResponse": ".get_quote_response",
    "GetRandomBackgroundRequest": ".get_random_background_request",
    "GetTextLanguageRequest": ".get_text_language_request",
    "GetTextLanguageResponse": ".get_text_language_response",
    "GetVoiceCloneResponse": ".get_voice_clone_response",
    "GpModel": ".gp_model",
    "KlingOmniShot": ".kling_omni_shot",
    "Language": ".language",
    "LeaveStreamingSessionRequest": ".leave_streaming_session_request",
    "LegacyUploadUrl": ".legacy_upload_url",
    "ListAnchorsRequest": ".list_anchors_request",
    "ListAnchorsRequestWebType": ".list_anchors_request_web_type",
    "ListAvatarTrainingsStatus": ".list_avatar_trainings_status",
    "ListAvatarVideos2025Request": ".list_avatar_videos_2025_request",
    "ListAvatarVideosResponse": ".list_avatar_videos_response",
    "ListAvatars2025Request": ".list_avatars_2025_request",
    "ListAvatarsResponse": ".list_avatars_response",
    "ListBackgroundsResponse": ".list_backgrounds_response",
    "ListCreditsResponse": ".list_credits_response",
    "ListCustomAvatarsRequest": ".list_custom_avatars_request",
    "ListCustomBackgroundsRequest": ".list_custom_backgrounds_request",
    "ListFaceSwapImagesResponse": ".list_face_swap_images_response",
    "ListFaceSwapTasksResponse": ".list_face_swap_tasks_response",
    "ListFlux2TasksStatus": ".list_flux_2_tasks_status",
    "ListLanguagesResponse": ".list_languages_response",
    "ListNanoBananaTasksStatus": ".list_nano_banana_tasks_status",
    "ListPublicVoicesByPostRequest": ".list_public_voices_by_post_request",
    "ListPublicVoicesResponse": ".list_public_voices_response",
    "ListRunningFaceSwapTasksResponse": ".list_running_face_swap_tasks_response",
    "ListSpeechPreviewsResponse": ".list_speech_previews_response",
    "ListStreamingAvatarsResponse": ".list_streaming_avatars_response",
    "ListVoiceClonesResponse": ".list_voice_clones_response",
    "ListVoiceLanguagesRequest": ".list_voice_languages_request",
    "ListVoiceLanguagesResponse": ".list_voice_languages_response",
    "LooseResponse": ".loose_response",
    "ProductAvatarRect": ".product_avatar_rect",
    "PublicPool": ".public_pool",
    "PublicVoice": ".public_voice",
    "Quote": ".quote",
    "QuotedBody": ".quoted_body",
    "RenameTaskRequest": ".rename_task_request",
    "RetryCaptionRemovalTaskRequest": ".retry_caption_removal_task_request",
    "SpeechPreview": ".speech_preview",
    "SpeechPreviewPage": ".speech_preview_page",
    "StartActorSwapTaskRequest": ".start_actor_swap_task_request",
    "StartAvatarTrainingJobRequest": ".start_avatar_training_job_request",
    "StartAvatarTrainingRequest": ".start_avatar_training_request",
    "StartAvatarTrainingRequestGender": ".start_avatar_training_request_gender",
    "StartAvatarTrainingResponse": ".start_avatar_training_response",
    "StartAvatarTrainingRetryRequest": ".start_avatar_training_retry_request",
    "StartAvatarVideoRequest": ".start_avatar_video_request",
    "StartAvatarVideoResponse": ".start_avatar_video_response",
    "StartCaptionRemovalTaskRequest": ".start_caption_removal_task_request",
    "StartContinuedTraining2025Request": ".start_continued_training_2025_request",
    "StartContinuedTrainingRequest": ".start_continued_training_request",
    "StartDubbingTaskRequest": ".start_dubbing_task_request",
    "StartEyeContactRequest": ".start_eye_contact_request",
    "StartFlux2TaskRequest": ".start_flux_2_task_request",
    "StartFlux2TaskRequestAspectRatio": ".start_flux_2_task_request_aspect_ratio",
    "StartFlux2TaskRequestResolution": ".start_flux_2_task_request_resolution",
    "StartGptImageTaskRequest": ".start_gpt_image_task_request",
    "StartGptImageTaskRequestAspectRatio": ".start_gpt_image_task_request_aspect_ratio",
    "StartGptImageTaskRequestModel": ".start_gpt_image_task_request_model",
    "StartGptImageTaskRequestQuality": ".start_gpt_image_task_request_quality",
    "StartGptImageTaskRequestResolution": ".start_gpt_image_task_request_resolution",
    "StartGrokTaskRequest": ".start_grok_task_request",
    "StartGrokTaskRequestAspectRatio": ".start_grok_task_request_aspect_ratio",
    "StartGrokTaskRequestDuration": ".start_grok_task_request_duration",
    "StartGrokTaskRequestMode": ".start_grok_task_request_mode",
    "StartGrokTaskRequestModelType": ".start_grok_task_request_model_type",
    "StartGrokTaskRequestModelVersion": ".start_grok_task_request_model_version",
    "StartHailuoTaskRequest": ".start_hailuo_task_request",
    "StartHappyHorseTaskRequest": ".start_happy_horse_task_request",
    "StartHappyHorseTaskRequestAudioSetting": ".start_happy_horse_task_request_audio_setting",
    "StartHappyHorseTaskRequestDuration": ".start_happy_horse_task_request_duration",
    "StartHappyHorseTaskRequestMode": ".start_happy_horse_task_request_mode",
    "StartHappyHorseTaskRequestModelVersion": ".start_happy_horse_task_request_model_version",
    "StartHappyHorseTaskRequestRatio": ".start_happy_horse_task_request_ratio",
    "StartHappyHorseTaskRequestResolution": ".start_happy_horse_task_request_resolution",
    "StartHeadSwapTaskRequest": ".start_head_swap_task_request",
    "StartImageEditTaskRequest": ".start_image_edit_task_request",
    "StartImageEditTaskRequestEditType": ".start_image_edit_task_request_edit_type",
    "StartImageToVideoTaskRequest": ".start_image_to_video_task_request",
    "StartImageToVideoTaskRequestModelType": ".start_image_to_video_task_request_model_type",
    "StartImageToVideoTaskRequestModelVersion": ".start_image_to_video_task_request_model_version",
    "StartImageToVideoTaskRequestVideoTime": ".start_image_to_video_task_request_video_time",
    "StartKlingImageTaskRequest": ".start_kling_image_task_request",
    "StartKlingImageTaskRequestAspectRatio": ".start_kling_image_task_request_aspect_ratio",
    "StartKlingImageTaskRequestResolution": ".start_kling_image_task_request_resolution",
    "StartKlingOmniTaskRequest": ".start_kling_omni_task_request",
    "StartKlingOmniTaskRequestAspectRatio": ".start_kling_omni_task_request_aspect_ratio",
    "StartKlingOmniTaskRequestMode": ".start_kling_omni_task_request_mode",
    "StartKlingOmniTaskRequestShotType": ".start_kling_omni_task_request_shot_type",
    "StartKlingVideoTaskRequest": ".start_kling_video_task_request",
    "StartKlingVideoTaskRequestAspectRatio": ".start_kling_video_task_request_aspect_ratio",
    "StartKlingVideoTaskRequestCharacterOrientation": ".start_kling_video_task_request_character_orientation",
    "StartKlingVideoTaskRequestDuration": ".start_kling_video_task_request_duration",
    "StartKlingVideoTaskRequestMode": ".start_kling_video_task_request_mode",
    "StartKlingVideoTaskRequestModelVersion": ".start_kling_video_task_request_model_version",
    "StartKlingVideoTaskRequestQualityMode": ".start_kling_video_task_request_quality_mode",
    "StartKlingVideoTaskRequestResolution": ".start_kling_video_task_request_resolution",
    "StartKlingVideoTaskRequestVersion": ".start_kling_video_task_request_version",
    "StartMinimaxTaskRequest": ".start_minimax_task_request",
    "StartMotionTransferTaskRequest": ".start_motion_transfer_task_request",
    "StartNanoBananaTaskRequest": ".start_nano_banana_task_request",
    "StartNanoBananaTaskRequestAspectRatio": ".start_nano_banana_task_request_aspect_ratio",
    "StartNanoBananaTaskRequestImageSize": ".start_nano_banana_task_request_image_size",
    "StartNanoBananaTaskRequestModel": ".start_nano_banana_task_request_model",
    "StartPhotobookTaskRequest": ".start_photobook_task_request",
    "StartPhotobookTaskRequestTotalCount": ".start_photobook_task_request_total_count",
    "StartProductAvatarTaskRequest": ".start_product_avatar_task_request",
    "StartQwenImageTaskRequest": ".start_qwen_image_task_request",
    "StartQwenImageTaskRequestModel": ".start_qwen_image_task_request_model",
    "StartQwenImageTaskRequestSize": ".start_qwen_image_task_request_size",
    "StartSeedance2TaskRequest": ".start_seedance_2_task_request",
    "StartSeedance2TaskRequestAspectRatio": ".start_seedance_2_task_request_aspect_ratio",
    "StartSeedance2TaskRequestMode": ".start_seedance_2_task_request_mode",
    "StartSeedance2TaskRequestModelVersion": ".start_seedance_2_task_request_model_version",
    "StartSeedance2TaskRequestOmniReferenceTaskType": ".start_seedance_2_task_request_omni_reference_task_type",
    "StartSeedance2TaskRequestResolution": ".start_seedance_2_task_request_resolution",
    "StartSeedanceTaskRequest": ".start_seedance_task_request",
    "StartSeedanceTaskRequestAspectRatio": ".start_seedance_task_request_aspect_ratio",
    "StartSeedanceTaskRequestDuration": ".start_seedance_task_request_duration",
    "StartSeedanceTaskRequestMode": ".start_seedance_task_request_mode",
    "StartSeedanceTaskRequestResolution": ".start_seedance_task_request_resolution",
    "StartSoraTaskRequest": ".start_sora_task_request",
    "StartSoraTaskRequestAspectRatio": ".start_sora_task_request_aspect_ratio",
    "StartSoraTaskRequestDurationSeconds": ".start_sora_task_request_duration_seconds",
    "StartSoraTaskRequestModelType": ".start_sora_task_request_model_type",
    "StartSoraTaskRequestQuality": ".start_sora_task_request_quality",
    "StartSoundTaskRequest": ".start_sound_task_request",
    "StartStreamingSessionRequest": ".start_streaming_session_request",
    "StartStreamingSessionResponse": ".start_streaming_session_response",
    "StartTalkingPhotoTaskRequest": ".start_talking_photo_task_request",
    "StartTalkingVideoTaskRequest": ".start_talking_video_task_request",
    "StartTextToImageTask2025Request": ".start_text_to_image_task_2025_request",
    "StartTextToImageTask2025RequestReqKey": ".start_text_to_image_task_2025_request_req_key",
    "StartTextToImageTaskRequest": ".start_text_to_image_task_request",
    "StartTextToImageTaskRequestAspectRatio": ".start_text_to_image_task_request_aspect_ratio",
    "StartTextToImageTaskRequestModelType": ".start_text_to_image_task_request_model_type",
    "StartTextToImageTaskRequestReqKey": ".start_text_to_image_task_request_req_key",
    "StartUpscaleTaskRequest": ".start_upscale_task_request",
    "StartVeoTaskRequest": ".start_veo_task_request",
    "StartVeoTaskRequestAspectRatio": ".start_veo_task_request_aspect_ratio",
    "StartVeoTaskRequestGenerationType": ".start_veo_task_request_generation_type",
    "StartVeoTaskRequestModel": ".start_veo_task_request_model",
    "StartVirtualTryOnTaskRequest": ".start_virtual_try_on_task_request",
    "StartVoiceCloneFromVideoRequest": ".start_voice_clone_from_video_request",
    "StartVoiceCloneRequest": ".start_voice_clone_request",
    "StartVoiceCloneRequestGender": ".start_voice_clone_request_gender",
    "StartVoiceCloneRequestModel": ".start_voice_clone_request_model",
    "StartVoiceCloneResponse": ".start_voice_clone_response",
    "StartWan25TaskRequest": ".start_wan_25_task_request",
    "StartWan25TaskRequestDuration": ".start_wan_25_task_request_duration",
    "StartWan25TaskRequestModel": ".start_wan_25_task_request_model",
    "StartWan25TaskRequestRatio": ".start_wan_25_task_request_ratio",
    "StartWan25TaskRequestResolution": ".start_wan_25_task_request_resolution",
    "StartWan25TaskRequestTaskType": ".start_wan_25_task_request_task_type",
    "StartWan26ImageTaskRequest": ".start_wan_26_image_task_request",
    "StartWan26ReferenceTaskRequest": ".start_wan_26_reference_task_request",
    "StartWan27ImageTaskRequest": ".start_wan_27_image_task_request",
    "StartWan30TaskRequest": ".start_wan_30_task_request",
    "StartWan30TaskRequestMode": ".start_wan_30_task_request_mode",
    "StartWan30TaskRequestModel": ".start_wan_30_task_request_model",
    "StartWanSpicyTaskRequest": ".start_wan_spicy_task_request",
    "StartWanSpicyTaskRequestModel": ".start_wan_spicy_task_request_model",
    "StartWanSpicyTaskRequestResolution": ".start_wan_spicy_task_request_resolution",
    "StartWatermarkRequest": ".start_watermark_request",
    "StartWatermarkRequestWatermarkType": ".start_watermark_request_watermark_type",
    "StartWatermarkResponse": ".start_watermark_response",
    "StartedAvatarVideo": ".started_avatar_video",
    "StreamingAvatar": ".streaming_avatar",
    "StreamingSession": ".streaming_session",
    "TaskRecord": ".task_record",
    "TaskRecordListResponse": ".task_record_list_response",
    "TaskRecordPage": ".task_record_page",
    "TaskRecordPageResponse": ".task_record_page_response",
    "TaskRecordResponse": ".task_record_response",
    "TaskStatus": ".task_status",
    "TransferredFile": ".transferred_file",
    "UpdateCustomAvatarRequest": ".update_custom_avatar_request",
    "UpdatePublicPoolRequest": ".update_public_pool_request",
    "UpdatePublicPoolResponse": ".update_public_pool_response",
    "UpdateStreamingContextRequest": ".update_streaming_context_request",
    "UploadUrl": ".upload_url",
    "VoiceClone": ".voice_clone",
    "VoiceCloneStatus": ".voice_clone_status",
    "VoiceGroup": ".voice_group",
    "VoiceLanguage": ".voice_language",
    "VoiceRegion": ".voice_region",
    "Wan25ReferenceMedia": ".wan_25_reference_media",
    "Wan30Input": ".wan_30_input",
    "Wan30Media": ".wan_30_media",
    "Wan30Parameters": ".wan_30_parameters",
    "WatermarkResult": ".watermark_result",
}

__all__ = (
    "AddApiTokenRequest",
    "AddApiTokenResponse",
    "AddAvatarFromTextToImageRequest",
    "AddAvatarFromTextToImageRequestGender",
    "AddAvatarUploadRequest",
    "AddBackgroundRequest",
    "AddBackgroundResponse",
    "AddCustomAvatarRequest",
    "AddFaceSwapImageRequest",
    "AddFaceSwapImageResponse",
    "AddFaceSwapPreviewRequest",
    "AddFaceSwapPreviewResponse",
    "AddFaceSwapTaskRequest",
    "AddFaceSwapTaskResponse",
    "AddFirstLastFramePromptRequest",
    "AddFirstLastFramePromptRequestTemplate",
    "AddImageToVideoPromptRequest",
    "AddImageToVideoPromptRequestTemplate",
    "AddLegacyUploadUrlRequest",
    "AddLegacyUploadUrlResponse",
    "AddSpeechRequest",
    "AddSpeechResponse",
    "AddStreamingQuestionRequest",
    "AddStreamingSpeechRequest",
    "AddTransferredFileRequest",
    "AddTransferredFileResponse",
    "AddUploadUrlRequest",
    "AddUploadUrlResponse",
    "AddUserRequest",
    "ApiToken",
    "Avatar",
    "AvatarTraining",
    "AvatarTrainingListResponse",
    "AvatarTrainingPage",
    "AvatarTrainingStatus",
    "AvatarVideo",
    "AvatarVideoPage",
    "AvatarVideoStatus",
    "Background",
    "CaptionAlign",
    "Coins",
    "CreditEntry",
    "CreditPage",
    "CurrentUser",
    "DeleteAvatarTrainingRequest",
    "DeleteBackgroundRequest",
    "DeleteCustomAvatarRequest",
    "DeleteResponse",
    "Envelope",
    "ErrorResponse",
    "FaceSwapImage",
    "FaceSwapImageRows",
    "FaceSwapModelVersion",
    "FaceSwapPreview",
    "FaceSwapProgress",
    "FaceSwapTask",
    "FaceSwapTaskPage",
    "FaceSwapTaskStatus",
    "GetAvatarTrainingResponse",
    "GetAvatarVideoRequest",
    "GetAvatarVideoResponse",
    "GetCoinsResponse",
    "GetCurrentUserResponse",
    "GetFaceSwapPreviewStatusResponse",
    "GetFaceSwapTaskResponse",
    "GetManyFaceSwapTasksResponse",
    "GetManyTasksRequest",
    "GetQuoteRequest",
    "GetQuoteResponse",
    "GetRandomBackgroundRequest",
    "GetTextLanguageRequest",
    "GetTextLanguageResponse",
    "GetVoiceCloneResponse",
    "GpModel",
    "KlingOmniShot",
    "Language",
    "LeaveStreamingSessionRequest",
    "LegacyUploadUrl",
    "ListAnchorsRequest",
    "ListAnchorsRequestWebType",
    "ListAvatars2025Request",
    "ListAvatarsResponse",
    "ListAvatarTrainingsStatus",
    "ListAvatarVideos2025Request",
    "ListAvatarVideosResponse",
    "ListBackgroundsResponse",
    "ListCreditsResponse",
    "ListCustomAvatarsRequest",
    "ListCustomBackgroundsRequest",
    "ListFaceSwapImagesResponse",
    "ListFaceSwapTasksResponse",
    "ListFlux2TasksStatus",
    "ListLanguagesResponse",
    "ListNanoBananaTasksStatus",
    "ListPublicVoicesByPostRequest",
    "ListPublicVoicesResponse",
    "ListRunningFaceSwapTasksResponse",
    "ListSpeechPreviewsResponse",
    "ListStreamingAvatarsResponse",
    "ListVoiceClonesResponse",
    "ListVoiceLanguagesRequest",
    "ListVoiceLanguagesResponse",
    "LooseResponse",
    "ProductAvatarRect",
    "PublicPool",
    "PublicVoice",
    "Quote",
    "QuotedBody",
    "RenameTaskRequest",
    "RetryCaptionRemovalTaskRequest",
    "SpeechPreview",
    "SpeechPreviewPage",
    "StartActorSwapTaskRequest",
    "StartAvatarTrainingJobRequest",
    "StartAvatarTrainingRequest",
    "StartAvatarTrainingRequestGender",
    "StartAvatarTrainingResponse",
    "StartAvatarTrainingRetryRequest",
    "StartAvatarVideoRequest",
    "StartAvatarVideoResponse",
    "StartCaptionRemovalTaskRequest",
    "StartContinuedTraining2025Request",
    "StartContinuedTrainingRequest",
    "StartDubbingTaskRequest",
    "StartedAvatarVideo",
    "StartEyeContactRequest",
    "StartFlux2TaskRequest",
    "StartFlux2TaskRequestAspectRatio",
    "StartFlux2TaskRequestResolution",
    "StartGptImageTaskRequest",
    "StartGptImageTaskRequestAspectRatio",
    "StartGptImageTaskRequestModel",
    "StartGptImageTaskRequestQuality",
    "StartGptImageTaskRequestResolution",
    "StartGrokTaskRequest",
    "StartGrokTaskRequestAspectRatio",
    "StartGrokTaskRequestDuration",
    "StartGrokTaskRequestMode",
    "StartGrokTaskRequestModelType",
    "StartGrokTaskRequestModelVersion",
    "StartHailuoTaskRequest",
    "StartHappyHorseTaskRequest",
    "StartHappyHorseTaskRequestAudioSetting",
    "StartHappyHorseTaskRequestDuration",
    "StartHappyHorseTaskRequestMode",
    "StartHappyHorseTaskRequestModelVersion",
    "StartHappyHorseTaskRequestRatio",
    "StartHappyHorseTaskRequestResolution",
    "StartHeadSwapTaskRequest",
    "StartImageEditTaskRequest",
    "StartImageEditTaskRequestEditType",
    "StartImageToVideoTaskRequest",
    "StartImageToVideoTaskRequestModelType",
    "StartImageToVideoTaskRequestModelVersion",
    "StartImageToVideoTaskRequestVideoTime",
    "StartKlingImageTaskRequest",
    "StartKlingImageTaskRequestAspectRatio",
    "StartKlingImageTaskRequestResolution",
    "StartKlingOmniTaskRequest",
    "StartKlingOmniTaskRequestAspectRatio",
    "StartKlingOmniTaskRequestMode",
    "StartKlingOmniTaskRequestShotType",
    "StartKlingVideoTaskRequest",
    "StartKlingVideoTaskRequestAspectRatio",
    "StartKlingVideoTaskRequestCharacterOrientation",
    "StartKlingVideoTaskRequestDuration",
    "StartKlingVideoTaskRequestMode",
    "StartKlingVideoTaskRequestModelVersion",
    "StartKlingVideoTaskRequestQualityMode",
    "StartKlingVideoTaskRequestResolution",
    "StartKlingVideoTaskRequestVersion",
    "StartMinimaxTaskRequest",
    "StartMotionTransferTaskRequest",
    "StartNanoBananaTaskRequest",
    "StartNanoBananaTaskRequestAspectRatio",
    "StartNanoBananaTaskRequestImageSize",
    "StartNanoBananaTaskRequestModel",
    "StartPhotobookTaskRequest",
    "StartPhotobookTaskRequestTotalCount",
    "StartProductAvatarTaskRequest",
    "StartQwenImageTaskRequest",
    "StartQwenImageTaskRequestModel",
    "StartQwenImageTaskRequestSize",
    "StartSeedance2TaskRequest",
    "StartSeedance2TaskRequestAspectRatio",
    "StartSeedance2TaskRequestMode",
    "StartSeedance2TaskRequestModelVersion",
    "StartSeedance2TaskRequestOmniReferenceTaskType",
    "StartSeedance2TaskRequestResolution",
    "StartSeedanceTaskRequest",
    "StartSeedanceTaskRequestAspectRatio",
    "StartSeedanceTaskRequestDuration",
    "StartSeedanceTaskRequestMode",
    "StartSeedanceTaskRequestResolution",
    "StartSoraTaskRequest",
    "StartSoraTaskRequestAspectRatio",
    "StartSoraTaskRequestDurationSeconds",
    "StartSoraTaskRequestModelType",
    "StartSoraTaskRequestQuality",
    "StartSoundTaskRequest",
    "StartStreamingSessionRequest",
    "StartStreamingSessionResponse",
    "StartTalkingPhotoTaskRequest",
    "StartTalkingVideoTaskRequest",
    "StartTextToImageTask2025Request",
    "StartTextToImageTask2025RequestReqKey",
    "StartTextToImageTaskRequest",
    "StartTextToImageTaskRequestAspectRatio",
    "StartTextToImageTaskRequestModelType",
    "StartTextToImageTaskRequestReqKey",
    "StartUpscaleTaskRequest",
    "StartVeoTaskRequest",
    "StartVeoTaskRequestAspectRatio",
    "StartVeoTaskRequestGenerationType",
    "StartVeoTaskRequestModel",
    "StartVirtualTryOnTaskRequest",
    "StartVoiceCloneFromVideoRequest",
    "StartVoiceCloneRequest",
    "StartVoiceCloneRequestGender",
    "StartVoiceCloneRequestModel",
    "StartVoiceCloneResponse",
    "StartWan25TaskRequest",
    "StartWan25TaskRequestDuration",
    "StartWan25TaskRequestModel",
    "StartWan25TaskRequestRatio",
    "StartWan25TaskRequestResolution",
    "StartWan25TaskRequestTaskType",
    "StartWan26ImageTaskRequest",
    "StartWan26ReferenceTaskRequest",
    "StartWan27ImageTaskRequest",
    "StartWan30TaskRequest",
    "StartWan30TaskRequestMode",
    "StartWan30TaskRequestModel",
    "StartWanSpicyTaskRequest",
    "StartWanSpicyTaskRequestModel",
    "StartWanSpicyTaskRequestResolution",
    "StartWatermarkRequest",
    "StartWatermarkRequestWatermarkType",
    "StartWatermarkResponse",
    "StreamingAvatar",
    "StreamingSession",
    "TaskRecord",
    "TaskRecordListResponse",
    "TaskRecordPage",
    "TaskRecordPageResponse",
    "TaskRecordResponse",
    "TaskStatus",
    "TransferredFile",
    "UpdateCustomAvatarRequest",
    "UpdatePublicPoolRequest",
    "UpdatePublicPoolResponse",
    "UpdateStreamingContextRequest",
    "UploadUrl",
    "VoiceClone",
    "VoiceCloneStatus",
    "VoiceGroup",
    "VoiceLanguage",
    "VoiceRegion",
    "Wan25ReferenceMedia",
    "Wan30Input",
    "Wan30Media",
    "Wan30Parameters",
    "WatermarkResult",
)


def __getattr__(name: str) -> object:
    module = _MODULES.get(name)
    if module is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value: object = getattr(import_module(module, __name__), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
