"""Which keys, contents and names of a batch are taken, for any number of jobs.

This module owns what may not be there twice. It remembers on the disk, not in memory.
"""

from __future__ import annotations

import sqlite3

import attrs

from .checks import CheckedJob
from .job_file import StagedJob
from .keys import keys_of_content
from .output_names import OutputName, folded, name_of_key, other_name, without_number

_EARLIER = "an earlier run"


@attrs.frozen
class _Known:
    content: str
    place: str
    had_key: bool
    output: OutputName


class JobIndex:
    """The jobs so far.

    Args:
        database: Where to remember them.
    """

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        database.execute(
            "CREATE TABLE jobs (key TEXT PRIMARY KEY, content TEXT, place TEXT, had_key INTEGER, "
            "stem TEXT, suffix TEXT) WITHOUT ROWID"
        )
        database.execute(
            "CREATE TABLE names (name TEXT PRIMARY KEY, base TEXT, place TEXT) WITHOUT ROWID"
        )
        database.execute("CREATE INDEX names_by_base ON names (base)")

    def add_earlier(self, job: StagedJob) -> None:
        """Remember a job of an earlier run."""
        self._insert(job, _EARLIER, had_key=True)

    def add(self, job: CheckedJob) -> StagedJob | None:
        """Remember a job of this run.

        Returns:
            The job with its key and its names; None where an earlier run has the very same.

        Raises:
            ValueError: Its key, its content or its name is taken; the message says by which.
        """
        key, known = self._key_of(job)
        if known is not None:
            self._check_again(job, key, known)
            return None
        staged = StagedJob(
            key=key,
            engine=job.family.name,
            arguments=job.arguments,
            files=job.files,
            output=self._name_of(job, key),
            content=job.content,
            line=job.line,
        )
        self._insert(staged, job.place, had_key=job.key is not None)
        return staged

    def _key_of(self, job: CheckedJob) -> tuple[str, _Known | None]:
        if job.key is not None:
            return job.key, self._known(job.key)
        for key in keys_of_content(job.family, job.content):
            known = self._known(key)
            if known is None or known.content == job.content:
                return key, known
        raise AssertionError("two contents have one SHA-256")

    def _check_again(self, job: CheckedJob, key: str, known: _Known) -> None:
        if known.place != _EARLIER:
            if job.key is None and not known.had_key:
                raise ValueError(
                    f"the row is the same as {known.place}, and neither has a key: give each a key "
                    "to run it twice."
                )
            raise ValueError(f"key {key[:60]!r} is that of {known.place}, too.")
        if known.content != job.content:
            raise ValueError(
                f"key {key[:60]!r} is that of another job of an earlier run: give this one another "
                "key, or another folder."
            )
        if job.output is not None and job.output != known.output:
            name = known.output.stem + known.output.suffix
            raise ValueError(
                f"output of key {key[:60]!r} was {name[:120]!r} in an earlier run, and stays so."
            )
        # A second row of this run with its key is a mistake like any other.
        self._database.execute(
            "UPDATE jobs SET place = ?, had_key = ? WHERE key = ?",
            (job.place, job.key is not None, key),
        )

    def _known(self, key: str) -> _Known | None:
        found = self._database.execute(
            "SELECT content, place, had_key, stem, suffix FROM jobs WHERE key = ?", (key,)
        ).fetchone()
        if found is None:
            return None
        content, place, had_key, stem, suffix = found
        return _Known(content, place, bool(had_key), OutputName(stem, suffix))

    def _name_of(self, job: CheckedJob, key: str) -> OutputName:
        if job.output is not None:
            place = self._taken_by(job.output)
            if place is not None:
                shown = job.output.stem + job.output.suffix
                raise ValueError(
                    f"output {shown[:120]!r} can meet the files of {place}: names must differ in "
                    "more than the suffix, a number at the end, or the case of letters."
                )
            return job.output
        name = name_of_key(key)
        return name if self._taken_by(name) is None else other_name(name, key)

    def _taken_by(self, name: OutputName) -> str | None:
        """Return whose files could meet those of a name; None where nobody's could."""
        stem = folded(name.stem)
        found = self._database.execute(
            "SELECT place FROM names WHERE name IN (?, ?) "
            "UNION ALL SELECT place FROM names WHERE base = ? LIMIT 1",
            (stem, without_number(stem), stem),
        ).fetchone()
        return None if found is None else str(found[0])

    def _insert(self, job: StagedJob, place: str, *, had_key: bool) -> None:
        name = job.output
        stem = folded(name.stem)
        self._database.execute(
            "INSERT INTO jobs VALUES (?, ?, ?, ?, ?, ?)",
            (job.key, job.content, place, had_key, name.stem, name.suffix),
        )
        self._database.execute(
            "INSERT OR IGNORE INTO names VALUES (?, ?, ?)", (stem, without_number(stem), place)
        )
