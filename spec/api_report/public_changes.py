"""What changed between two public surfaces, whom it breaks, and which part of the version moves.

This module owns the classification and the wording, and is pure. griffe finds what breaks callers
of functions and what was removed; types, enum values, base classes, ``await`` and everything that
is new are compared here, because griffe does not compare them. Reading the surfaces is left to
public_surface.py.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

import griffe

from public_surface import Entry, Surface
from release_version import Release


class Effect(StrEnum):
    """What a change means for users; also the headings of the report."""

    BREAKS = "Breaks"
    NEW = "New"
    CHANGED = "Changed"


@dataclass(frozen=True)
class Change:
    """One change, however many names show it.

    Attributes:
        effect: What it means for users.
        names: The names under which users meet it, the plainest first.
        text: What happened, as the end of a sentence.
    """

    effect: Effect
    names: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class _Finding:
    """A change of one entry, before the same changes are put together."""

    effect: Effect
    entry: Entry
    text: str


def compare(old: Surface, new: Surface) -> list[Change]:
    """Return every change between two surfaces once, in the order of names."""
    findings = [*_breakages(old, new), *_additions(old, new)]
    for name in old.keys() & new.keys():
        findings += _differences(old[name], new[name])
    return sorted(_together(findings), key=lambda change: (change.names[0], change.text))


def release_for(changes: Iterable[Change]) -> Release:
    """Return the part of the version number that has to move for changes."""
    effects = {change.effect for change in changes}
    if Effect.BREAKS in effects:
        return Release.MAJOR
    return Release.MINOR if effects else Release.PATCH


def line_of(change: Change) -> str:
    """Return the line for the changelog."""
    names = ", ".join(f"`{name}`" for name in change.names)
    if change.effect is Effect.BREAKS:
        return f"- Breaking: {names}: {change.text}."
    if change.text == _IS_NEW:
        parents = {name.rpartition(".")[0] for name in change.names}
        if len(change.names) == 1 or len(parents) > 1 or "" in parents:
            return f"- New: {names}."
        short = ", ".join(f"`{name.rpartition('.')[2]}`" for name in change.names)
        return f"- New in `{parents.pop()}`: {short}."
    return f"- {names}: {change.text}."


_IS_NEW = "is new"

# What breaks, by griffe

_WORDS = {
    griffe.BreakageKind.PARAMETER_REMOVED: "parameter `{}` was removed",
    griffe.BreakageKind.PARAMETER_MOVED: "parameter `{}` stands at another position",
    griffe.BreakageKind.PARAMETER_CHANGED_REQUIRED: "parameter `{}` is required now",
    griffe.BreakageKind.PARAMETER_ADDED_REQUIRED: "new parameter `{}` is required",
}

_ASKS_FOR_MORE = {
    griffe.BreakageKind.PARAMETER_CHANGED_REQUIRED,
    griffe.BreakageKind.PARAMETER_ADDED_REQUIRED,
}


def _breakages(old: Surface, new: Surface) -> Iterator[_Finding]:
    for breakage in griffe.find_breaking_changes(_flat_module(old), _flat_module(new)):
        name = breakage.obj.name
        entry = old.get(name) or new[name]
        if new.get(name, entry).is_from_fields and breakage.kind not in _ASKS_FOR_MORE:
            continue  # the attribute of that name tells it
        if breakage.kind is griffe.BreakageKind.OBJECT_REMOVED:
            # What hung on a thing that is gone goes without saying.
            if not _is_gone(entry, old, new):
                yield _Finding(Effect.BREAKS, entry, "was removed")
        else:
            yield _Finding(Effect.BREAKS, entry, _wording(breakage))


def _flat_module(surface: Surface) -> griffe.Module:
    """Return a surface as griffe sees things: one module whose members have users' names."""
    module = griffe.Module("public")
    for name, entry in surface.items():
        shell: griffe.Object
        if entry.kind == "function":
            shell = griffe.Function(name, parameters=griffe.Parameters(*entry.parameters))
        else:
            shell = griffe.Class(name) if entry.kind == "class" else griffe.Attribute(name)
        shell.public = True
        shell.parent = module
        module.members[name] = shell
    return module


def _is_gone(entry: Entry, surface: Surface, other: Surface) -> bool:
    """Tell whether something that an entry hangs on is in a surface, but not so in the other."""
    owner = surface.get(entry.owner.removesuffix("()"))
    if owner is None:
        return False
    same = other.get(owner.name)
    return same is None or same.kind != owner.kind or _is_gone(owner, surface, other)


def _wording(breakage: griffe.Breakage) -> str:
    before, after = breakage.old_value, breakage.new_value
    if breakage.kind is griffe.BreakageKind.OBJECT_CHANGED_KIND:
        return f"changed from {before.value} to {after.value}"
    name = (before or after).name
    if breakage.kind is griffe.BreakageKind.PARAMETER_CHANGED_DEFAULT:
        return f"default of `{name}` is `{after.default}`, was `{before.default}`"
    if breakage.kind is griffe.BreakageKind.PARAMETER_CHANGED_KIND:
        return f"parameter `{name}` is {after.kind.value}, was {before.kind.value}"
    return _WORDS[breakage.kind].format(name)


# What is new


def _additions(old: Surface, new: Surface) -> Iterator[_Finding]:
    for name in new.keys() - old.keys():
        entry = new[name]
        if _is_gone(entry, new, old) or entry.is_from_fields:
            continue
        if entry.is_protocol and entry.kind != "class":
            yield _Finding(Effect.BREAKS, entry, "is new, and classes of this protocol need it")
        else:
            yield _Finding(Effect.NEW, entry, _IS_NEW)


# What griffe does not compare


def _differences(before: Entry, after: Entry) -> Iterator[_Finding]:
    if before.kind != after.kind:
        return
    gone = sorted(before.ancestors - after.ancestors)
    if gone:
        yield _Finding(Effect.BREAKS, after, f"is no longer a `{'`, `'.join(gone)}`")
    if before.value is not None and after.value is not None and before.value != after.value:
        yield _Finding(Effect.BREAKS, after, f"is `{after.value}`, was `{before.value}`")
    if before.is_async != after.is_async:
        said = "must be awaited now" if after.is_async else "must not be awaited any more"
        yield _Finding(Effect.BREAKS, after, said)
    yield from _parameter_differences(before, after)
    said = "returns" if after.kind == "function" else "is"
    if after.is_given:
        yield from _type_difference(after, before.types, after.types, "takes", is_given=True)
    else:
        yield from _type_difference(after, before.types, after.types, said, is_given=False)


def _parameter_differences(before: Entry, after: Entry) -> Iterator[_Finding]:
    if after.is_from_fields:
        return
    known = {one.name: one for one in before.parameters}
    for one in after.parameters:
        if one.name not in known:
            # What users write themselves is called by us, and breaks with one more argument.
            if after.is_protocol:
                yield _Finding(Effect.BREAKS, after, f"is called with `{one.name}` too")
            elif not one.required:
                yield _Finding(Effect.NEW, after, f"takes `{one.name}`")
            continue
        if known[one.name].required and not one.required:
            yield _Finding(Effect.CHANGED, after, f"parameter `{one.name}` is optional now")
        yield from _type_difference(
            after,
            before.parameter_types.get(one.name),
            after.parameter_types.get(one.name),
            f"parameter `{one.name}` takes",
            is_given=True,
        )


def _type_difference(
    entry: Entry,
    before: frozenset[str] | None,
    after: frozenset[str] | None,
    said: str,
    *,
    is_given: bool,
) -> Iterator[_Finding]:
    """Compare two types: users may be allowed to give more, and be sure to get no more."""
    if before is None or after is None or _plain_all(before) == _plain_all(after):
        return
    harmless = _covers(after, before) if is_given else _covers(before, after)
    harmless = harmless and not entry.is_protocol
    text = f"{said} `{_shown(after)}`, was `{_shown(before)}`"
    yield _Finding(Effect.CHANGED if harmless else Effect.BREAKS, entry, text)


def _covers(wide: frozenset[str], narrow: frozenset[str]) -> bool:
    widened = wide | ({"int"} if "float" in wide else set())
    if "str" in wide:
        narrow = frozenset(word for word in narrow if not word.startswith("Literal['"))
    return bool(wide & {"object", "Any"}) or _plain_all(narrow) <= _plain_all(widened)


def _shown(types: Iterable[str]) -> str:
    # None last, as people write it.
    return " | ".join(sorted(types, key=lambda word: (word == "None", word)))


# The same change under several names


def _plain(name: str) -> str:
    """Return the sync client's form of a name, so that both clients' changes are one."""
    name = re.sub(r"\b_async\b", "_sync", name)
    name = re.sub(r"(?<![A-Za-z])Async(?=[A-Z])", "", name)
    name = re.sub(r"_async(?![a-z0-9])", "", name)
    return re.sub(r"(?<![A-Za-z])(__)?a(close|enter|exit|iter|next)(?![a-z])", r"\1\2", name)


def _plain_all(types: Iterable[str]) -> frozenset[str]:
    return frozenset(_plain(word) for word in types)


def _label(name: str) -> str:
    """Return the name that stands for an entry in the report."""
    # The functions of an operation's module change together, and a constructor is its class.
    match = re.match(r"(a2e_api\.api\.\w+\.\w+)\.\w+$", name)
    return match[1] if match else name.removesuffix(".__init__")


def _together(findings: Iterable[_Finding]) -> Iterator[Change]:
    groups: dict[tuple[Effect, str, str], dict[str, str]] = {}
    for finding in sorted(findings, key=lambda finding: finding.entry.name):
        entry = finding.entry
        label = _label(entry.name)
        # A method that sixty classes inherit has changed once. What is new in a module is listed
        # together, wherever it is defined.
        is_listed = entry.in_module and finding.text == _IS_NEW
        home = label.rpartition(".")[0] if is_listed else entry.home.rpartition(".")[0]
        key = (finding.effect, _plain(home), _plain(finding.text))
        named = groups.setdefault(key, {})
        # The plain name wins over the one of the client with await.
        plain = _plain(label)
        if plain not in named or label == plain:
            named[plain] = label
    for (effect, _, text), named in groups.items():
        yield Change(effect, tuple(_without_repetition(named.values())), text)


def _without_repetition(names: Iterable[str]) -> Iterator[str]:
    """Yield the first name of each thing that several classes inherit."""
    seen: set[str] = set()
    for name in sorted(names, key=lambda name: (name.startswith("a2e_"), name.count("."), name)):
        last = name.rpartition(".")[2]
        if last not in seen or "." not in name:
            seen.add(last)
            yield name
