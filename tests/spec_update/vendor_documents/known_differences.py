"""Name the cases whose report differs from the expected verdict, each with what it says instead.

A case leaves this list when the comparison is mended, and only then: the marks are strict.
"""

# Every attribute of our response models may be None, and is typed so: a program that type-checks
# copes already. The vendor's document marks no field of a response as required, so that reporting
# it would bury every update under hundreds of lines.
_LOOSE_MODELS = "nothing: the fields of our response models may all be absent or null"

KNOWN_DIFFERENCES: dict[str, str] = {
    "response-field-optional": _LOOSE_MODELS,
    "response-field-nullable": _LOOSE_MODELS,
}
