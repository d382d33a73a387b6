"""Messages of the SDK in the words of a terminal.

This module owns the way from arguments of Python to options, and from calls to commands. It is
pure. What an exception carries is worded from that in ``advice``; this is for texts alone.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

# Calls and phrases that mean nothing to a terminal, and what is typed there instead.
_PHRASES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        (
            r" \(existing='overwrite' replaces it\)",
            ": --existing overwrite replaces it, --existing skip keeps it",
        ),
        (r"give the client one with journal='jobs\.db'", "give one with --journal FILE"),
        (r"\bmade with journal=", "made with --journal"),
        (r"\bkey=(?= )", "--key"),
        (r"\bmax_coins=(?= )", "--max-coins"),
        (r"pass api_key=\.\.\., or set", "set"),
        (r"To try the SDK without one, use region='sandbox'", "Without one, add --region sandbox"),
        (r", or give the client a longer `?timeout`? \(seconds\)", ""),
        (r"and the region or base URL of the client", "--region and --base-url"),
        (r"wait again with error\.task_ids", "wait for them again"),
        (r"wait again with its id", "wait for it again"),
        (r"give country and region together", "give --country and --voice-region together"),
        (r"^a background needs a layout", "--background needs --layout"),
        (r"a2e\.storage\.upload\(\w*\)", "a2e storage upload"),
        (r"a2e\.storage\.transfer\(\w*\)", "a2e storage transfer"),
        (r"once a2e\.voices\.clones\.wait\(\w*\) has returned it", "when it has ended"),
        (r"it can be given to create\(\) as audio", "a2e avatar-videos run --audio takes it"),
        (r"pass the bytes|pass bytes for that", "give the path of a file"),
        (r"is a str with the content of a file", "is the content of a file"),
        (r": wait for it first, and pass the task that was returned", ": wait for it first"),
        (r"read the task of an id with `get`", "a2e download takes an id, too"),
        (r"True or False", "on or off"),
        (r"an? http_client", "a program's own connections"),
    )
)
#: Sentences about what only a program can do; a command says what to type instead.
_OF_A_PROGRAM = re.compile(r"\bfind_started\b|\ba2e\.submissions\b|\berror\.submission\b")
_SENTENCE_END = re.compile(r"(?<=[.;]) +")
_CALL = re.compile(r"\ba2e((?:\.[a-z_0-9]+)+)\(([^()]*)\)")
# What is in quotes was typed, or is to be typed, as it stands.
_KEYWORD = re.compile(r"(?<![\w.?&/'-])([a-z][a-z_]*)=(?:'([^']*)'|\"([^\"]*)\"|(\w[\w.]*))")
_ONE_OF = re.compile(
    r"\b(?:of|give) (?P<first>\w+) (?:and|or) (?P<second>\w+)(?= together|, not both|[.;]|$)"
)
_TOO = re.compile(r"\bgive (\w+) too\b")
_NAME = re.compile(r"(?<![\w=/.-])[a-z]+(?:_[a-z0-9]+)+(?![\w=/-])")
_FIRST = re.compile(r"^([a-z][a-z0-9_]*)(?=:| \(| (?:must|is|has|names|needs|takes)\b)")


def terminal_words(text: str, options: Mapping[str, str] | None = None) -> str:
    """Return a message in the words of a terminal.

    Args:
        text: The message, as the SDK worded it.
        options: How the command's arguments are typed, by their names in Python, such as
            ``--end-image`` for ``end_image``. Default: none.
    """
    typed = options or {}
    for pattern, words in _PHRASES:
        text = pattern.sub(words, text)
    if _OF_A_PROGRAM.search(text):
        sentences = _SENTENCE_END.split(text)
        kept = [sentence for sentence in sentences if not _OF_A_PROGRAM.search(sentence)]
        text = re.sub(r";$", ".", " ".join(kept))
    text = _CALL.sub(lambda call: "a2e" + call[1].replace(".", " ").replace("_", "-"), text)

    def shown(name: str) -> str:
        return typed.get(name, name)

    text = _KEYWORD.sub(_as_option, text)
    text = _ONE_OF.sub(
        lambda pair: re.sub(
            r"\w+", lambda word: shown(word[0]) if word[0] in pair.groups() else word[0], pair[0]
        ),
        text,
    )
    text = _TOO.sub(lambda match: f"give {shown(match[1])} too", text)
    text = _NAME.sub(lambda name: shown(name[0]), text)
    text = _FIRST.sub(lambda name: shown(name[1]), text)
    return text.replace("`", "")


def _as_option(keyword: re.Match[str]) -> str:
    value = next((part for part in keyword.groups()[1:] if part is not None), "")
    return f"--{keyword[1].replace('_', '-')} {value}".rstrip()
