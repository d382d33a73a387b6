"""Vendor documents that change where operations are."""

from __future__ import annotations

import copy

from vendor_case import WHOLE_API, Document, case, family, move, operation

GROK = family("Grok")
VEO = family("Veo")
ENDS = ("start", "allRecords", "batchDetail", "{_id}")


# --- paths -----------------------------------------------------------------------------------


@case("family-v2", moved=GROK)
def family_v2(document: Document) -> None:
    """Moved Grok to /api/v2, all fields as before."""
    move(document, "/api/v1/grokVideo/", "/api/v2/grokVideo/")


@case("family-v2-field-changed", moved=GROK, breaks="startGrokTask")
def family_v2_field_changed(document: Document) -> None:
    """Moved Grok to /api/v2 and dropped the mode `spicy` there."""
    family_v2(document)
    document["components"]["schemas"]["StartGrokTaskRequest"]["properties"]["mode"]["enum"] = [
        "fun",
        "normal",
    ]


@case("family-v2-without-ids", moved=GROK, sure="fairly sure")
def family_v2_without_ids(document: Document) -> None:
    """Moved Grok to /api/v2 in a document without any operationId."""
    family_v2(document)
    without_ids(document)


@case("family-v2-beside-v1", new={f"/api/v2/grokVideo/{end}" for end in ENDS}, may=GROK)
def family_v2_beside_v1(document: Document) -> None:
    """Added Grok under /api/v2 and kept it under /api/v1."""
    for path, item in list(document["paths"].items()):
        if path.startswith("/api/v1/grokVideo/"):
            added = copy.deepcopy(item)
            for value in added.values():
                value["operationId"] += "V2"
            document["paths"][path.replace("/v1/", "/v2/")] = added


@case("api-v2", moved=GROK | VEO, may=WHOLE_API)
def api_v2(document: Document) -> None:
    """Moved the whole API to /api/v2, all fields as before."""
    move(document, "/api/v1/", "/api/v2/")


@case("api-v2-field-changed", moved=VEO, breaks="startVeoTask", may=WHOLE_API)
def api_v2_field_changed(document: Document) -> None:
    """Moved the whole API to /api/v2; Veo now requires the field `model` there."""
    api_v2(document)
    document["components"]["schemas"]["StartVeoTaskRequest"]["required"].append("model")


@case("api-v2-without-ids", moved=GROK | VEO, may=WHOLE_API, sure="fairly sure")
def api_v2_without_ids(document: Document) -> None:
    """Moved the whole API to /api/v2 in a document without any operationId."""
    api_v2(document)
    without_ids(document)


@case("path-corrected", moved="listBackgrounds")
def path_corrected(document: Document) -> None:
    """Corrected a path: `allBackground` is `allBackgrounds` now."""
    move(document, "/api/v1/custom_back/allBackground", "/api/v1/custom_back/allBackgrounds")


@case("id-renamed")
def id_renamed(document: Document) -> None:
    """Gave one operation another operationId, the path as before."""
    operation(document, "getCoins")["operationId"] = "user_remaining_coins_get"


@case("path-and-id-renamed", moved="getVeoTaskInFullHd", sure="fairly sure")
def path_and_id_renamed(document: Document) -> None:
    """Gave one operation another path and another operationId, else as before."""
    operation(document, "getVeoTaskInFullHd")["operationId"] = "veoFullHd"
    move(document, "/api/v1/veoVideo/{_id}/1080p", "/api/v1/veoVideo/{_id}/fullHd")


@case("without-ids")
def without_ids(document: Document) -> None:
    """Left out every operationId."""
    for item in document["paths"].values():
        for found in item.values():
            found.pop("operationId", None)


@case("paths-in-lower-case")
def paths_in_lower_case(document: Document) -> None:
    """Wrote the paths of Grok in lower case, which the server ignores."""
    move(document, "/api/v1/grokVideo/", "/api/v1/grokvideo/")


@case("slash-at-the-end-of-a-path")
def slash_at_the_end_of_a_path(document: Document) -> None:
    """Wrote a slash at the end of a path, which the server ignores."""
    move(document, "/api/v1/grokVideo/start", "/api/v1/grokVideo/start/")


@case("method-changed", breaks="renameSeedance2Task", may="/api/v1/seedance2Video/{_id}")
def method_changed(document: Document) -> None:
    """Took PATCH in place of PUT for a rename."""
    item = document["paths"]["/api/v1/seedance2Video/{_id}"]
    item["patch"] = item.pop("put")


@case("path-parameter-renamed")
def path_parameter_renamed(document: Document) -> None:
    """Renamed the parameter in a path from `_id` to `taskId`."""
    path = "/api/v1/grokVideo/{_id}"
    for found in document["paths"][path].values():
        found["parameters"] = [copy.deepcopy(document["components"]["parameters"]["RecordId"])]
        found["parameters"][0]["name"] = "taskId"
    move(document, path, "/api/v1/grokVideo/{taskId}")


@case(
    "same-path-two-parameter-names",
    look={"getVeoTask", "deleteVeoTask"},
    refusal_allowed=True,
    sure="fairly sure",
)
def same_path_two_parameter_names(document: Document) -> None:
    """Wrote one path twice, with `{_id}` and with `{id}`; the second takes other parameters."""
    other = copy.deepcopy(document["paths"]["/api/v1/veoVideo/{_id}"])
    for found in other.values():
        found["operationId"] += "ById"
        found["parameters"] = [
            {"$ref": "#/components/parameters/TaskId"},
            {"name": "region", "in": "query", "required": True, "schema": {"type": "string"}},
        ]
    document["paths"]["/api/v1/veoVideo/{id}"] = other


@case("methods-of-a-path-apart", sure="fairly sure")
def methods_of_a_path_apart(document: Document) -> None:
    """Wrote the GET of a path under `{_id}` and its DELETE under `{id}`."""
    item = document["paths"]["/api/v1/veoVideo/{_id}"]
    deleted = item.pop("delete")
    deleted["parameters"] = [{"$ref": "#/components/parameters/TaskId"}]
    document["paths"]["/api/v1/veoVideo/{id}"] = {"delete": deleted}


@case("operation-removed", breaks="deleteGrokTask")
def operation_removed(document: Document) -> None:
    """Removed an operation that the previous document had."""
    del document["paths"]["/api/v1/grokVideo/{_id}"]["delete"]


@case("operation-never-shown", previous=False)
def operation_never_shown(document: Document) -> None:
    """Does not show an operation; no previous document says that it ever did."""
    operation_removed(document)


@case("operation-split", breaks="startHappyHorseTask", new="/api/v1/userHappyhorseVideo/edit")
def operation_split(document: Document) -> None:
    """Split the mode `video-edit` from the start of HappyHorse into an operation of its own."""
    schemas = document["components"]["schemas"]
    edit = copy.deepcopy(schemas["StartHappyHorseTaskRequest"])
    del edit["properties"]["mode"]
    edit["required"] = ["edit_video_url"]
    schemas["EditRequest"] = edit
    schemas["StartHappyHorseTaskRequest"]["properties"]["mode"]["enum"].remove("video-edit")
    added = copy.deepcopy(operation(document, "startHappyHorseTask"))
    added["operationId"] = "startHappyHorseEdit"
    content = added["requestBody"]["content"]["application/json"]
    content["schema"] = {"$ref": "#/components/schemas/EditRequest"}
    document["paths"]["/api/v1/userHappyhorseVideo/edit"] = {"post": added}


@case("operations-merged", breaks="startHailuoTask", new="startMinimaxTask")
def operations_merged(document: Document) -> None:
    """Took the start of Hailuo away; that of MiniMax takes an optional `engine` now."""
    del document["paths"]["/api/v1/hailuoVideo/start"]
    properties = document["components"]["schemas"]["StartMinimaxTaskRequest"]["properties"]
    properties["engine"] = {"type": "string", "enum": ["minimax", "hailuo"], "default": "minimax"}


@case("new-engine", new={f"/api/v1/lumaVideo/{end}" for end in ENDS})
def new_engine(document: Document) -> None:
    """Added an engine of five operations."""
    schemas = document["components"]["schemas"]
    schemas["StartLumaTaskRequest"] = copy.deepcopy(schemas["StartGrokTaskRequest"])
    for end in ENDS:
        item = copy.deepcopy(document["paths"][f"/api/v1/grokVideo/{end}"])
        for found in item.values():
            found["operationId"] = found["operationId"].replace("Grok", "Luma")
            found["tags"] = ["luma"]
            if end == "start":
                content = found["requestBody"]["content"]["application/json"]
                content["schema"] = {"$ref": "#/components/schemas/StartLumaTaskRequest"}
        document["paths"][f"/api/v1/lumaVideo/{end}"] = item


@case("deprecated", look="startGrokTask")
def deprecated(document: Document) -> None:
    """Marked an operation as deprecated: it runs, but users should hear of it."""
    operation(document, "startGrokTask")["deprecated"] = True
