"""The operations of the section `account`."""

from __future__ import annotations

from . import Operation

ROWS = {
    operation.id: operation
    for operation in (
        Operation(
            "list_languages",
            "account",
            "GET",
            "/api/v1/anchor/language_list",
            "read",
            "observed",
            False,
            "",
            "ListLanguagesResponse",
            {"lang": "lang"},
            "List the languages that the service knows.",
        ),
        Operation(
            "get_coins",
            "account",
            "GET",
            "/api/v1/user/remainingCoins",
            "read",
            "documented",
            False,
            "",
            "GetCoinsResponse",
            {},
            "Get the coins that are left.",
        ),
        Operation(
            "list_credits",
            "account",
            "GET",
            "/api/v1/transactionRecord/creditsHistory",
            "read",
            "reference",
            False,
            "",
            "ListCreditsResponse",
            {
                "pageNum": "page_num",
                "pageSize": "page_size",
                "is_consumption": "is_consumption",
                "startDate": "start_date",
                "endDate": "end_date",
            },
            "List what was spent and granted, page by page.",
        ),
        Operation(
            "get_quote",
            "account",
            "POST",
            "/api/v1/generation/quote",
            "read",
            "reference",
            False,
            "GetQuoteRequest",
            "GetQuoteResponse",
            {},
            "Get the price of a task without starting it.",
        ),
        Operation(
            "add_user",
            "account",
            "POST",
            "/api/v1/user/add",
            "write",
            "reference",
            False,
            "AddUserRequest",
            "LooseResponse",
            {},
            "Add a user.",
        ),
    )
}
