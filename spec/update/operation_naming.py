"""What an operation of the vendor's is called in our document, and which names are safe.

This module owns our names: the vendor's operation ids are not used; ours say in their first word
what sending the request again does, see spec/README.md. Whatever the vendor writes, a name from
here is a plain identifier. Writing the operation is left to new_operations.py.
"""

from __future__ import annotations

import keyword
import re
from dataclasses import dataclass

#: Attributes of every model, which a property must not hide.
_MODEL_NAMES = frozenset(
    {"self", "cls", "to_dict", "from_dict", "additional_properties", "_source"}
)
#: What is known to cost nothing; a retry may.
_WRITING_WORDS = frozenset({"leave", "mark", "rename", "update"})
_PROPERTY = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,63}")
_PARAMETER = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,63}")
_PATH = re.compile(r"(/[A-Za-z0-9_.~-]{1,64}|/\{[A-Za-z_][A-Za-z0-9_]{0,63}\}){1,12}")
_WORD = re.compile(r"[\w .:,/+()*@%&=<>#-]{1,128}")
_OPERATION = re.compile(r"[a-z][A-Za-z0-9]{2,79}")
_UNPRINTED = re.compile(r"[^\w\s.,:;()'/%+=<>&@!?#*$\[\]|~-]")


#: What the operations of a family of tasks are called: method, last segment, whether an id follows
#: it, and then the operation id, effect, summary and response.
_TASK_OPERATIONS = (
    ("post", ("start", "add"), False,
     "start{}Task", "start", "Start {1} {0} task.", "TaskRecordResponse"),
    ("get", ("allRecords", "records", "list"), False,
     "list{}Tasks", "read", "List {0} tasks, page by page.", "TaskRecordPageResponse"),
    ("get", ("status", "allProcessing", "processingRecord"), False,
     "listRunning{}Tasks", "read", "List the running {0} tasks.", "TaskRecordListResponse"),
    ("post", ("batchDetail",), False,
     "getMany{}Tasks", "read", "Get many {0} tasks by their ids.", "TaskRecordListResponse"),
    ("get", ("", "detail"), True, "get{}Task", "read", "Get one {0} task.", "TaskRecordResponse"),
    ("delete", ("",), True, "delete{}Task", "delete", "Delete {1} {0} task.", "DeleteResponse"),
    ("put", ("",), True, "rename{}Task", "write", "Change {1} {0} task.", "LooseResponse"),
)  # fmt: skip


class UnsafeName(Exception):
    """A name of the vendor's document is not written; the message says which."""


@dataclass(frozen=True, slots=True)
class OperationName:
    """How an operation is called.

    Attributes:
        operation_id: The operation id.
        tag: Its tag, which names the family.
        effect: What a repetition does: read, write, start or delete.
        summary: One sentence in our words.
        response: Name of the component that describes its response until one was seen.
    """

    operation_id: str
    tag: str
    effect: str
    summary: str
    response: str


def safe_path(path: str) -> str:
    """Return the path, or raise `UnsafeName` if it holds more than plain segments."""
    return _checked(_PATH, path, "path")


def safe_property(name: str) -> str:
    """Return the name of a property of a model, or raise `UnsafeName`."""
    if python_name(name) in _MODEL_NAMES or name in _MODEL_NAMES or name.startswith("__"):
        raise UnsafeName(f"the name {name!r} would hide a part of every model")
    return _checked(_PROPERTY, name, "name")


def safe_parameter(name: str) -> str:
    """Return the name of a query or header parameter, or raise `UnsafeName`."""
    if python_name(name) in {"client", "self"}:
        raise UnsafeName(f"the name {name!r} is an argument of every operation")
    return _checked(_PARAMETER, name, "name")


def safe_word(word: str) -> str:
    """Return a word of an enum, or raise `UnsafeName` if it is no plain text."""
    return _checked(_WORD, word, "word")


def _checked(pattern: re.Pattern[str], text: str, what: str) -> str:
    if not pattern.fullmatch(text) or not text.isprintable():
        raise UnsafeName(f"the {what} {text[:60]!r} is not plain")
    return text


def plain_sentence(text: str, fallback: str) -> str:
    """Make one harmless sentence of a vendor's text.

    Args:
        text: The text, which may hold anything.
        fallback: What to say if nothing is left.

    Returns:
        Its first sentence on one line, without quotes, backslashes or control characters, at most
        160 characters long, with a full stop.
    """
    words = " ".join(_UNPRINTED.sub(" ", text).split())
    sentence = re.split(r"(?<=[.!?])\s", words, maxsplit=1)[0][:160].strip().rstrip(".,:;")
    return f"{sentence or fallback.rstrip('.')}."


def family_of(path: str, known: dict[str, str]) -> str:
    """Return the tag of a path.

    Args:
        path: The path.
        known: Tags of the operations that we have, by the first segment of their path.

    Returns:
        The tag in snake case: that of the family we have, or one made of the segment.
    """
    segment = _segments(path)[0]
    if segment in known:
        return known[segment]
    return python_name(re.sub(r"^user(?=[A-Z])", "", segment))


def first_segment(path: str) -> str:
    """Return the segment of a path that names its family."""
    return _segments(path)[0]


def name_operation(method: str, path: str, tag: str) -> OperationName:
    """Name an operation by the convention of spec/README.md.

    Args:
        method: The method in small letters.
        path: A safe path.
        tag: Its tag.

    Returns:
        The name; its operation id is a plain identifier.

    Raises:
        UnsafeName: No plain name can be made of it.
    """
    last = next((part for part in reversed(_segments(path)[1:]) if part[0] != "{"), "")
    by_id = path.rstrip("/").endswith("}")
    family, title = _pascal(tag), tag.replace("_", " ")
    for its_method, segments, with_id, operation_id, effect, summary, response in _TASK_OPERATIONS:
        if method == its_method and last in segments and by_id is with_id:
            article = "an" if title[0] in "aeiou" else "a"
            return OperationName(
                _identifier(operation_id.format(family)),
                tag,
                effect,
                summary.format(title, article),
                response,
            )
    return _other(method, last, by_id, family, tag)


def _other(method: str, last: str, by_id: bool, family: str, tag: str) -> OperationName:
    words = python_name(last).split("_") if last else []
    verb, effect, words = _verb(method, words)
    ending = _pascal("_".join(words)) + ("ById" if by_id and not words else "")
    operation_id = _identifier(f"{verb}{family}{ending}")
    subject = " ".join([tag.replace("_", " "), *words])
    return OperationName(
        operation_id, tag, effect, f"{verb.capitalize()} {subject}.", "LooseResponse"
    )


def _verb(method: str, words: list[str]) -> tuple[str, str, list[str]]:
    """Return the first word of an operation id, its effect, and the words that are left."""
    first, rest = (words[0], words[1:]) if words else ("", [])
    lists = bool(words) and words[-1] in {"list", "records"}
    if method == "delete" or (method == "post" and first in {"del", "delete", "remove"}):
        return "delete", "delete", rest if first in {"del", "delete", "remove"} else words
    if lists and method in {"get", "post"}:
        return "list", "read", words[:-1]
    if method == "get":
        return "get", "read", rest if first == "get" else words
    if first in _WRITING_WORDS and method in {"post", "put"}:
        return first, "write", rest
    if method == "put":
        return "update", "write", words
    if method == "post":
        # What nobody knows may cost coins, so it is never sent twice by itself.
        starts = first in {"start", "generate", "training"}
        return ("start", "start", rest) if starts else ("add", "start", words)
    raise UnsafeName(f"there is no convention for the method {method.upper()}")


def _identifier(name: str) -> str:
    if not _OPERATION.fullmatch(name) or keyword.iskeyword(python_name(name)):
        raise UnsafeName(f"no plain operation id can be made: {name[:60]!r}")
    return name


def _segments(path: str) -> list[str]:
    return re.sub(r"^/api(/v\d+)?(?=/)", "", path).strip("/").split("/")


def python_name(name: str) -> str:
    """Return a name in snake case, as generated code spells it."""
    parts = re.findall(r"[A-Z]+(?![a-z])[0-9]*|[A-Z]?[a-z]+[0-9]*|[0-9]+", name)
    return "_".join(part.lower() for part in parts)


def _pascal(name: str) -> str:
    return "".join(part[:1].upper() + part[1:] for part in name.split("_"))
