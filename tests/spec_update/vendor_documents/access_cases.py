"""Vendor documents that change servers, security and parameters."""

from __future__ import annotations

import copy

from vendor_case import WHOLE_API, Document, case, move, operation, parameter, place

# --- servers ---------------------------------------------------------------------------------


@case("base-path-in-servers")
def base_path_in_servers(document: Document) -> None:
    """Moved /api/v1 from the paths into the servers."""
    move(document, "/api/v1/", "/")
    for server in document["servers"]:
        server["url"] += "/api/v1"


@case("server-variables")
def server_variables(document: Document) -> None:
    """Wrote the same servers with variables."""
    document["servers"] = [
        {
            "url": "{scheme}://{host}",
            "variables": {
                "scheme": {"default": "https"},
                "host": {"default": "video.a2e.ai", "enum": ["video.a2e.ai", "video.a2e.com.cn"]},
            },
        }
    ]


@case("server-with-a-slash")
def server_with_a_slash(document: Document) -> None:
    """Wrote a slash at the end of the servers."""
    for server in document["servers"]:
        server["url"] += "/"


@case("server-without-https", sure="fairly sure")
def server_without_https(document: Document) -> None:
    """Wrote http:// for the servers, which answer https as before."""
    for server in document["servers"]:
        server["url"] = server["url"].replace("https:", "http:")


@case("no-servers", sure="fairly sure")
def no_servers(document: Document) -> None:
    """Left the servers out, as many references do."""
    del document["servers"]


@case("other-host", look=WHOLE_API)
def other_host(document: Document) -> None:
    """Put another host in the place of both servers."""
    document["servers"] = [{"url": "https://api.a2e.example"}]


# --- security --------------------------------------------------------------------------------


@case("security-per-operation")
def security_per_operation(document: Document) -> None:
    """Wrote the security at each operation in place of once for all."""
    common = document.pop("security")
    for item in document["paths"].values():
        for found in item.values():
            found.setdefault("security", copy.deepcopy(common))


@case("scheme-renamed")
def scheme_renamed(document: Document) -> None:
    """Named the bearer scheme otherwise, and wrote `Bearer` with a capital."""
    schemes = document["components"]["securitySchemes"]
    schemes["BearerToken"] = {"type": "http", "scheme": "Bearer"}
    del schemes["bearerAuth"]
    document["security"] = [{"BearerToken": []}]


def _key(document: Document) -> None:
    document["components"]["securitySchemes"]["apiKey"] = {
        "type": "apiKey",
        "in": "header",
        "name": "X-Api-Key",
    }


@case("another-scheme-or")
def another_scheme_or(document: Document) -> None:
    """Takes an API key as well as our bearer token, either of them alone."""
    _key(document)
    document["security"] = [{"apiKey": []}, {"bearerAuth": []}]


@case("another-scheme-and", breaks=WHOLE_API)
def another_scheme_and(document: Document) -> None:
    """Wants an API key beside our bearer token."""
    _key(document)
    document["security"] = [{"bearerAuth": [], "apiKey": []}]


@case("another-scheme-alone", breaks=WHOLE_API)
def another_scheme_alone(document: Document) -> None:
    """Wants an API key and takes no bearer token any more."""
    _key(document)
    document["security"] = [{"apiKey": []}]


@case("public-operation", sure="fairly sure")
def public_operation(document: Document) -> None:
    """Made an operation public: the token that we send is not looked at."""
    operation(document, "listPublicVoices")["security"] = []


@case("token-optional")
def token_optional(document: Document) -> None:
    """Made the token optional everywhere."""
    document["security"] = [{"bearerAuth": []}, {}]


@case("public-operation-closed", look="getRandomBackground", sure="fairly sure")
def public_operation_closed(document: Document) -> None:
    """Wants the token for the one operation that was public."""
    del operation(document, "getRandomBackground")["security"]


@case("no-security", sure="fairly sure")
def no_security(document: Document) -> None:
    """Says nothing of security, as references that explain it in prose do."""
    del document["security"]
    del document["components"]["securitySchemes"]


@case("scheme-not-defined", look=WHOLE_API, refusal_allowed=True, sure="fairly sure")
def scheme_not_defined(document: Document) -> None:
    """Uses a security scheme that it does not define."""
    document["security"] = [{"tokenAuth": []}]


# --- parameters ------------------------------------------------------------------------------


@case("authorization-as-parameter")
def authorization_as_parameter(document: Document) -> None:
    """Wrote the header Authorization as a required parameter, which OpenAPI says to ignore."""
    operation(document, "startGrokTask")["parameters"] = [
        {"name": "Authorization", "in": "header", "required": True, "schema": {"type": "string"}}
    ]


@case("header-required", breaks="startGrokTask")
def header_required(document: Document) -> None:
    """Wants a header with the start of Grok."""
    operation(document, "startGrokTask")["parameters"] = [
        {"name": "X-Region", "in": "header", "required": True, "schema": {"type": "string"}}
    ]


@case("header-optional", look="startGrokTask", sure="fairly sure")
def header_optional(document: Document) -> None:
    """Takes an optional idempotency key with the start of Grok: users want it."""
    operation(document, "startGrokTask")["parameters"] = [
        {"name": "Idempotency-Key", "in": "header", "schema": {"type": "string"}}
    ]


@case("query-optional", new="listCredits")
def query_optional(document: Document) -> None:
    """Takes another optional parameter in the query."""
    operation(document, "listCredits")["parameters"].append(
        {"name": "currency", "in": "query", "schema": {"type": "string"}}
    )


@case("query-required", breaks="listPublicVoices")
def query_required(document: Document) -> None:
    """Wants a parameter that was optional."""
    parameter(document, "listPublicVoices", "country")["required"] = True


@case("query-to-body", breaks="listCredits", may="/api/v1/transactionRecord/creditsHistory")
def query_to_body(document: Document) -> None:
    """Takes the parameters of a GET in the body of a POST now."""
    path, method = place(document, "listCredits")
    found = document["paths"][path].pop(method)
    properties = {}
    for entry in found.pop("parameters"):
        if "$ref" in entry:
            entry = document["components"]["parameters"][entry["$ref"].rsplit("/", 1)[1]]
        properties[entry["name"]] = entry["schema"]
    body = {"schema": {"type": "object", "properties": properties}}
    found["requestBody"] = {"required": False, "content": {"application/json": body}}
    document["paths"][path]["post"] = found


@case("body-to-query", breaks="getTextLanguage")
def body_to_query(document: Document) -> None:
    """Takes the fields of a body in the query now."""
    found = operation(document, "getTextLanguage")
    del found["requestBody"]
    properties = document["components"]["schemas"]["GetTextLanguageRequest"]["properties"]
    found["parameters"] = [
        {"name": name, "in": "query", "required": True, "schema": entry}
        for name, entry in properties.items()
    ]
