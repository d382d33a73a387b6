"""What a value must be before it is sent, and what of a text may be shown.

This package owns the checks of arguments, the JSON Schema checker and the redaction of secrets. It
is pure: nothing is read, sent or waited for. It leaves the arguments of operations to `_wire`. It
imports `errors` only; every package but `models` may import it.
"""
