"""What changes mean for the users of this SDK, and which part of the version number moves.

This module owns the decision, and is pure. How versions are counted is left to release_version.py.

*Breaks users*: a program that works today may fail. *New for users*: something can be had that
could not. *No effect*: the SDK already copes. *Only ours*: what we keep on other evidence and the
vendor's document does not have, or did not have before either.

The version number is that of a release which follows the document in everything. A release that
mends a break without a change in Python, for example by sending a moved operation to its new path,
may be smaller: `nox -s api_report` measures that.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from changes import Change, Kind, Side
from openapi_document import nameless
from release_version import Release

#: What a change is about, without the values and without the names of path parameters.
Subject = tuple[Kind, Side, str, str]


class Effect(StrEnum):
    """What a change does to users."""

    BREAKS = "breaks users"
    NEW = "new for users"
    NONE = "no effect"
    ONLY_OURS = "only ours"


_BREAKS, _NEW, _NONE = Effect.BREAKS, Effect.NEW, Effect.NONE

#: What a change does where both sides are alike, or where there are no sides.
_API_EFFECTS = {
    Kind.SERVER_ADDED: _NEW,
    Kind.SERVER_GONE: _BREAKS,
    Kind.SECURITY_CHANGED: _BREAKS,
    # What the SDK sends is still enough.
    Kind.SECURITY_LOOSENED: _NONE,
    Kind.OPERATION_ADDED: _NEW,
    Kind.OPERATION_GONE: _BREAKS,
    # Releases up to now call a place that is gone.
    Kind.OPERATION_MOVED: _BREAKS,
    # The server ignores capitals, and a slash at the end.
    Kind.OPERATION_RESPELT: _NONE,
    Kind.OPERATION_DEPRECATED: _NEW,
    Kind.OPERATION_STATUS_ADDED: _NEW,
    Kind.OPERATION_RESTORED: _NONE,
}
_REQUEST_EFFECTS = {
    Kind.CONTENT_TYPE_CHANGED: _BREAKS,
    Kind.FIELD_ADDED: _NEW,
    Kind.REQUIRED_FIELD_ADDED: _BREAKS,
    Kind.FIELD_GONE: _BREAKS,
    Kind.FIELD_DEPRECATED: _NEW,
    Kind.NOW_REQUIRED: _BREAKS,
    Kind.NOW_OPTIONAL: _NEW,
    Kind.TYPE_CHANGED: _BREAKS,
    Kind.TYPE_NARROWED: _BREAKS,
    Kind.TYPE_WIDENED: _NEW,
    Kind.WORDS_ADDED: _NEW,
    Kind.WORDS_GONE: _BREAKS,
    Kind.LIMIT_TIGHTENED: _BREAKS,
    Kind.LIMIT_LOOSENED: _NEW,
    Kind.WORDS_REPLACED: _BREAKS,
    Kind.CLOSED: _BREAKS,
    # A call that leaves the field out gets something else.
    Kind.DEFAULT_CHANGED: _BREAKS,
    Kind.FORMAT_CHANGED: _NONE,
}
_RESPONSE_EFFECTS = {
    Kind.CONTENT_TYPE_CHANGED: _BREAKS,
    Kind.FIELD_ADDED: _NEW,
    Kind.FIELD_GONE: _BREAKS,
    Kind.FIELD_DEPRECATED: _NEW,
    Kind.TYPE_CHANGED: _BREAKS,
    Kind.TYPE_NARROWED: _NONE,
    Kind.TYPE_WIDENED: _BREAKS,
    # Our enums are open.
    Kind.WORDS_ADDED: _NEW,
    Kind.WORDS_GONE: _NONE,
    # Nothing that a program looks for comes any more.
    Kind.WORDS_REPLACED: _BREAKS,
    Kind.CLOSED: _NONE,
    # Responses are not checked against limits.
    Kind.LIMIT_TIGHTENED: _NONE,
    Kind.LIMIT_LOOSENED: _NONE,
    Kind.DEFAULT_CHANGED: _NONE,
    Kind.FORMAT_CHANGED: _NONE,
}
_EFFECTS = {
    Side.API: _API_EFFECTS,
    Side.REQUEST: _REQUEST_EFFECTS,
    Side.RESPONSE: _RESPONSE_EFFECTS,
}
_GONE = frozenset({Kind.OPERATION_GONE, Kind.FIELD_GONE, Kind.WORDS_GONE, Kind.SERVER_GONE})


@dataclass(frozen=True, slots=True)
class Verdict:
    """Changes by what they do.

    Attributes:
        breaks: Programs that work today may fail.
        new: Something can be had that could not.
        no_effect: The SDK already copes.
        only_ours: The vendor's document lacks what we keep.
    """

    breaks: tuple[Change, ...]
    new: tuple[Change, ...]
    no_effect: tuple[Change, ...]
    only_ours: tuple[Change, ...]

    @property
    def matters(self) -> bool:
        """Whether anything is left for the maintainer to do."""
        return bool(self.breaks or self.new)

    @property
    def release(self) -> Release:
        """The part of the version number that moves when all this is followed."""
        if self.breaks:
            return Release.MAJOR
        return Release.MINOR if self.new else Release.PATCH


def effect_of(change: Change, since: frozenset[Subject] | None = None) -> Effect:
    """Tell what one change does to users.

    Args:
        change: A change that leads from our document to the vendor's.
        since: The subjects of the changes that lead from the vendor's previous document to this
            one, or None if the previous one is not at hand.

    Returns:
        Its effect. What the previous document lacked as well is only ours; without that one, so is
        every missing operation, because we keep many that the vendor dropped long ago.
    """
    if change.kind in _GONE:
        if since is None and change.kind is Kind.OPERATION_GONE:
            return Effect.ONLY_OURS
        if since is not None and subject_of(change) not in since:
            return Effect.ONLY_OURS
    return _EFFECTS[change.side][change.kind]


def subject_of(change: Change) -> Subject:
    """Return what a change is about, by which it is found again in another comparison."""
    return change.kind, change.side, nameless(change.operation), change.place


def judge(changes: Iterable[Change], since: Iterable[Change] | None = None) -> Verdict:
    """Group changes by what they do to users.

    Args:
        changes: The changes that lead from our document to the vendor's.
        since: The changes that lead from the vendor's previous document to this one, if that is at
            hand.

    Returns:
        Every change in exactly one group, in the order given.
    """
    known = None if since is None else frozenset(map(subject_of, since))
    groups: dict[Effect, list[Change]] = {effect: [] for effect in Effect}
    for change in changes:
        groups[effect_of(change, known)].append(change)
    return Verdict(*(tuple(groups[effect]) for effect in Effect))
