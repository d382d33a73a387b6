"""The check of a row, as ``create`` would check it, before anything is sent.

This module owns what columns there are and the order of the checks; what an argument may be is
decided where ``create`` decides it, in ``_wire`` and ``_files``. All that is wrong with a row is
reported, not only the first of it.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import Any, cast

import attrs

from a2e_sdk._checks.validation import require_id, require_key, require_sendable, require_url
from a2e_sdk._files.options import FileArgument
from a2e_sdk._files.sources import is_url
from a2e_sdk._wire.argument_texts import value_of_text
from a2e_sdk._wire.arguments import checked
from a2e_sdk._wire.avatar_video_arguments import Captions, Layout
from a2e_sdk._wire.families import TaskFamily
from a2e_sdk._wire.start_arguments import StartArgument, check_start, start_arguments
from a2e_sdk.models.avatars import Avatar

from .engines import engine_word, family_of, nearest
from .keys import content_digest
from .local_files import LocalFile, LocalFiles
from .mistakes import Mistakes
from .output_names import OutputName, output_of
from .row import Row

#: Arguments of ``create`` that no file of jobs can have, and why.
_NO_COLUMNS = {
    "webhook_token": "a secret is not kept in a file of jobs",
    "resend_if_unknown": "a batch never pays twice by itself",
    "on_upload": "it is a function",
}
_OWN_COLUMNS = ("engine", "key", "output")

#: What a spreadsheet writes into a cell that it can't compute.
_SPREADSHEET_ERRORS = (
    *("#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!"),
    *("#NULL!", "#SPILL!", "#CALC!", "#ERROR!"),
)


@attrs.frozen
class CheckedJob:
    """One job that can be started.

    Attributes:
        family: Its engine.
        key: The key it was given; None where it was given none.
        output: The name it asks for; None where it asks for none.
        arguments: The arguments of ``create``, plain JSON data; local files by their whole path.
        files: The local files among them.
        content: The digest of what it is.
        line: The line, or the number of the job.
        place: The same in words.
    """

    family: TaskFamily
    key: str | None
    output: OutputName | None
    arguments: dict[str, Any]
    files: tuple[LocalFile, ...]
    content: str
    line: int
    place: str


class RowChecker:
    """Makes jobs of rows.

    Args:
        mistakes: Gets what is wrong.
        files: Looks at local files.
        engine: The engine of rows that name none.
        allow_private: Whether URLs may name hosts that only this network can reach, as with the
            sandbox.
    """

    def __init__(
        self,
        mistakes: Mistakes,
        files: LocalFiles,
        *,
        engine: str | None = None,
        allow_private: bool = False,
    ) -> None:
        self._mistakes = mistakes
        self._files = files
        self.allow_private = allow_private
        self._reported: set[tuple[str, str]] = set()
        self._engine: TaskFamily | None = None
        if engine is not None:
            try:
                self._engine = family_of(engine)
            except (TypeError, ValueError) as problem:
                mistakes.add(str(problem), column="engine", value=engine)
        self._has_wrong_engine = engine is not None and self._engine is None

    def job_of(self, row: Row) -> CheckedJob | None:
        """Return the job of a row; None where it has a mistake, which is reported."""
        try:
            return _RowCheck(self, row).job()
        except RecursionError:
            self._mistakes.add("a value is nested too deeply.", place=row.place, line=row.line)
            return None

    # What the checks of single rows share.

    def engine_of(self, row: Row) -> TaskFamily | None:
        """Return the engine of a row; None for a mistake that was reported already."""
        if row.engine is not None and row.engine != "":
            return family_of(row.engine)
        if self._engine is None and not self._has_wrong_engine:
            raise ValueError("no engine is given, neither here nor for all: such as 'wan-25'.")
        return self._engine

    def is_new(self, family: TaskFamily, column: str) -> bool:
        """Tell whether a wrong column of a table is seen for the first time."""
        size = len(self._reported)
        self._reported.add((family.name, column))
        return len(self._reported) > size

    def file_of(self, argument: FileArgument) -> LocalFile | None:
        """Return the local file that an argument names; None for a URL, which is checked."""
        value = argument.value
        if isinstance(value, str) and is_url(value):
            require_url(value, argument.name, allow_private=self.allow_private)
            return None
        return self._files.look(argument)

    def report(self, row: Row, problem: object, column: str | None, value: object) -> None:
        """Report a mistake of a row."""
        text = str(problem)
        self._mistakes.add(text, place=row.place, line=row.line, column=column, value=value)


class _RowCheck:
    """The check of one row."""

    def __init__(self, checker: RowChecker, row: Row) -> None:
        self._checker = checker
        self._row = row
        self._is_right = True
        self._files: list[LocalFile] = []

    def job(self) -> CheckedJob | None:
        row = self._row
        family: TaskFamily | None = None
        key: str | None = None
        output: OutputName | None = None
        try:
            family = self._checker.engine_of(row)
        except (TypeError, ValueError) as problem:
            self._wrong(problem, "engine", row.engine)
        try:
            key = None if row.key is None else require_key(row.key)
        except (TypeError, ValueError) as problem:
            self._wrong(problem, "key", row.key)
        try:
            output = None if row.output is None else output_of(row.output)
        except (TypeError, ValueError) as problem:
            self._wrong(problem, "output", row.output)
        if family is None:
            return None
        arguments = self._arguments(family)
        if not self._is_right:
            return None
        try:
            private = self._checker.allow_private
            check_start(family, built(family, arguments), allow_private=private)
        except (TypeError, ValueError) as problem:
            self._wrong(problem, None, None)
            return None
        files = tuple({file.path: file for file in self._files}.values())
        content = content_digest(family, arguments, files)
        return CheckedJob(family, key, output, arguments, files, content, row.line, row.place)

    def _wrong(self, problem: object, column: str | None, value: object) -> None:
        self._is_right = False
        self._checker.report(self._row, problem, column, value)

    def _arguments(self, family: TaskFamily) -> dict[str, Any]:
        known = start_arguments(family)
        arguments: dict[str, Any] = {}
        given: dict[str, object] = {}
        for column, value in self._row.arguments.items():
            name = str(column).strip().replace("-", "_")
            if name in given:
                self._wrong(f"{name} is given twice, also as {column!r}.", name, value)
                continue
            given[name] = value
            if value is None:
                continue
            if name in known:
                self._take(arguments, known[name], value)
            else:
                self._unknown(family, name, value)
        # A misspelt column may be the one that is missing.
        if given.keys() <= known.keys():
            for name, start in known.items():
                if start.required and given.get(name) is None:
                    self._wrong(f"{name} is missing: {engine_word(family)} needs it.", name, None)
        return arguments

    def _unknown(self, family: TaskFamily, name: str, value: object) -> None:
        self._is_right = False
        # A column of a table is wrong in every row of it, and is reported once.
        if self._row.is_text and not self._checker.is_new(family, name):
            return
        known = start_arguments(family)
        why = _NO_COLUMNS.get(name)
        if why is not None:
            self._wrong(f"{name} is no column: {why}.", name, None)
            return
        hint = nearest(name, (*known, *_OWN_COLUMNS))
        word = engine_word(family)
        self._wrong(f"{word} has no argument {name[:60]!r}{hint}.", name, value)

    def _take(self, arguments: dict[str, Any], start: StartArgument, given: object) -> None:
        argument = start.argument
        name = argument.name
        try:
            value = _text_value(start, given) if self._row.is_text else plain(given, name)
            if isinstance(given, Avatar) and given.is_custom is not None:
                arguments.setdefault("custom", given.is_custom)
            if argument.media:
                arguments[name] = self._located(start, value)
                return
            if start.build is not None and isinstance(value, Mapping):
                _build(start, cast("Mapping[str, Any]", value))
            else:
                private = self._checker.allow_private
                value = checked(argument, value, allow_private=private)
            require_sendable(value, name)
            arguments[name] = value
        except (TypeError, ValueError) as problem:
            self._wrong(problem, name, given)

    def _located(self, start: StartArgument, value: Any) -> Any:
        """Return the value of an argument for files, with the whole paths of local ones."""
        argument = start.argument
        if not argument.is_list:
            return self._file(FileArgument(value, argument.name, argument.media))
        if not isinstance(value, list):
            kind = type(value).__name__
            raise TypeError(f"{argument.name} must be a list of files, not {kind}.")
        items = cast("list[Any]", value)
        return [
            self._file(FileArgument(item, f"{argument.name}[{place}]", argument.media))
            for place, item in enumerate(items)
        ]

    def _file(self, argument: FileArgument) -> str:
        value = argument.value
        if not isinstance(value, str):
            kind = type(value).__name__
            raise TypeError(f"{argument.name} must be a URL or a path, not {kind}.")
        require_sendable(value, argument.name)
        file = self._checker.file_of(argument)
        if file is None:
            return value
        self._files.append(file)
        return file.path


def _text_value(start: StartArgument, given: object) -> Any:
    text = str(given)
    if text.strip() in _SPREADSHEET_ERRORS:
        raise ValueError(
            f"{start.argument.name} is an error of the spreadsheet, {text.strip()!r}: mend the "
            "formula, and save the table again."
        )
    return value_of_text(start.argument, text)


def plain(value: object, name: str) -> Any:
    """Return a value as a file of jobs can hold it.

    Args:
        value: JSON data, a path, a record with an id, `Captions` or a `Layout`.
        name: The argument's name, for the message.

    Raises:
        TypeError: It is something else, such as bytes.
        ValueError: It is a number that JSON does not have, or a record without an id.
    """
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        if value != value or value in (float("inf"), float("-inf")):
            raise ValueError(f"{name} must be a number; it is {value!r}.")
        return int(value) if value.is_integer() else value
    if isinstance(value, Mapping):
        members = cast("Mapping[Any, Any]", value)
        for key in members:
            if not isinstance(key, str):
                raise TypeError(f"a key of {name} must be a str, not {type(key).__name__}.")
        return {key: plain(member, name) for key, member in members.items()}
    if isinstance(value, list | tuple):
        return [plain(item, name) for item in cast("Sequence[object]", value)]
    if isinstance(value, os.PathLike):
        return os.fsdecode(cast("os.PathLike[str]", value))
    if isinstance(value, Captions | Layout):
        members = attrs.asdict(value)
        return {key: member for key, member in members.items() if member is not None}
    if isinstance(getattr(value, "id", None), str):
        return require_id(cast(Any, value), name)
    raise TypeError(
        f"{name} must be a text, a number, a list, a path or a URL, not {type(value).__name__}: a "
        "job is written down, so that it can be gone on with."
    )


def built(family: TaskFamily, arguments: Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments of a job as its ``create`` takes them.

    Args:
        family: The job's engine.
        arguments: Plain JSON data.
    """
    known = start_arguments(family)
    return {
        name: _build(known[name], cast("Mapping[str, Any]", value))
        if known[name].build is not None and isinstance(value, Mapping)
        else value
        for name, value in arguments.items()
    }


def _build(start: StartArgument, value: Mapping[str, Any]) -> Any:
    build: Any = start.build
    try:
        return build(**value)
    except TypeError as problem:
        said = str(problem).partition("() ")[2]
        raise ValueError(f"{start.argument.name} {said or problem}.") from None
