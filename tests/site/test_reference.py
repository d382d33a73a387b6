"""The generated reference: it has every public name, command and option, as they are."""

from __future__ import annotations

import inspect
import re
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("sphinx")

from built_site import PAGES
from test_pages import _text as text_of

import a2e_sdk
from a2e_sdk import A2E, AsyncA2E, errors, models, sandbox, tables, transports, webhooks
from docs.site import command_pages
from docs.site.links import anchors_of, slug_of
from docs.site.operation_pages import command_of, cost_of
from docs.site.pages import ROOT
from docs.site.python_names import Name, PublicNames, public_names
from docs.site.python_pages import PythonPages
from docs.site.signatures import signature, type_text


@pytest.fixture(scope="module")
def names() -> PublicNames:
    return public_names(ROOT)


def test_every_public_name_is_on_its_page(names: PublicNames) -> None:
    texts = {page.name: page.text for page in PAGES}
    anchors = {page: anchors_of(texts[page]) for page in names.pages()}
    assert len(names.listed) > 3000
    missing = []
    for name in names.by_written.values():
        text = texts[name.page]
        if name.is_heading and not names.is_inherited(name):
            found = f"# `{name.written}`\n" in text and name.anchor in anchors[name.page]
        elif name.last == "__init__":
            found = f"`{name.owner.written}`\n" in text  # type: ignore[union-attr]
        else:
            found = f"`{name.last}`" in _part(text, name)
        if not found:
            missing.append((name.page, name.written))
    assert missing == []


def _part(text: str, name: Name) -> str:
    """Return what stands below the heading that a name belongs to, to the next heading."""
    owner = name.owner if name.owner is not None else name
    after = text.partition(f"# `{owner.written}`\n")[2]
    return f"`{name.last}`" if owner is name and after else re.split(r"\n#+ `", after)[0]


@pytest.mark.parametrize("client", [A2E, AsyncA2E])
def test_everything_of_the_clients_is_listed(client: Any, names: PublicNames) -> None:
    for member in dir(client):
        if not member.startswith("_"):
            assert f"a2e.{member}" in names.by_written


@pytest.mark.parametrize("module", [a2e_sdk, errors, models, tables, transports, webhooks, sandbox])
def test_everything_that_a_module_exports_is_listed(module: Any, names: PublicNames) -> None:
    short = module.__name__.removeprefix("a2e_sdk.")
    where = "errors" if short == "errors" else module.__name__
    modules = {"errors", "models", "tables", "webhooks", "__version__", "TYPE_CHECKING"}
    exported = getattr(module, "__all__", None) or [one for one in dir(module) if one[:1].isupper()]
    assert len(exported) > 5
    text = text_of("reference/errors" if where == "errors" else f"reference/python/{where}")
    for one in exported:
        listed = f"{where}.{one}" in names.by_written
        assert listed or one in modules or f"[`{one}`](a2e_sdk.md#a2e_sdk" in text, one


def _shown(function: Any) -> str:
    """Return the signature of a function as inspect has it, in the form of the reference."""
    found = []
    for one in list(inspect.signature(function).parameters.values())[1:]:
        default = "" if one.default is one.empty else f" = {one.default!r}"
        found.append(f"{one.name}: {one.annotation}{default}")
    return re.sub(r"[\s\"'()]", "", ", ".join(found))


@pytest.mark.parametrize(
    ("written", "function"),
    [
        ("a2e.face_swap.tasks.create", "face_swap.tasks"),
        ("a2e.wan_25.create", "wan_25"),
        ("a2e.wan_25.wait", "wan_25"),
        ("a2e.seedance_2.rename", "seedance_2"),
        ("a2e.voices.list", "voices"),
        ("a2e.account.credits", "account"),
        ("a2e.storage.upload", "storage"),
        ("a2e.batch", ""),
    ],
)
def test_a_signature_is_what_inspect_says(written: str, function: str, names: PublicNames) -> None:
    with A2E(region="sandbox") as a2e:
        owner: Any = a2e
        for part in function.split(".") if function else ():
            owner = getattr(owner, part)
        method = getattr(type(owner), written.rpartition(".")[2])
        expected = _shown(method)
    name = names.by_written[written]
    text = signature("", name.entry.parameters)
    shown = re.sub(r"[\s\"'()]|(?<=[(,])\*,|,$", "", text.replace("*,", "").rstrip(")"))
    assert shown.rstrip(",") == expected.replace("*,", "")


def test_what_is_passed_on_to_create_has_its_arguments_defaults_and_words(
    names: PublicNames,
) -> None:
    shown = "\n".join(PythonPages(names).shown(names.by_written["a2e.wan_25.run"], "", 2))
    assert "    prompt: str,\n" in shown
    assert "    resend_if_unknown: bool = False,\n" in shown
    assert "- `prompt` (`str`): What is asked for.\n" in shown
    assert "Unpack" not in shown
    assert "= ...,\n" not in shown


def test_no_signature_leaves_a_default_open(names: PublicNames) -> None:
    for name in names.by_written.values():
        if name.entry.kind == "function" and name.last == "run":
            shown = "\n".join(PythonPages(names).shown(name, "", 2))
            assert "= ...,\n" not in shown, name.written


def test_a_listing_says_what_it_lists(names: PublicNames) -> None:
    assert "Paginator[FaceSwapTask]" in text_of("reference/python/a2e.face_swap")
    assert "TaskT" not in text_of("reference/python/a2e.wan_25")
    assert type_text("Required[str]") == "str"


def test_the_anchors_are_what_users_write(site: Path) -> None:
    for page, anchor in (
        ("python/a2e.face_swap", "a2e.face_swap.tasks.create"),
        ("python/a2e.face_swap", "a2e.face_swap.tasks.create.face"),
        ("python/a2e_sdk", "a2e_sdk.Task"),
        ("python/a2e_sdk", "Task"),
        ("python/a2e_sdk", "a2e_sdk.Task.status"),
        ("python/a2e_sdk.sandbox", "sandbox.Sandbox"),
        ("errors", "errors.BudgetExceededError"),
        ("errors", "a2e_sdk.errors.BudgetExceededError"),
        ("cli/a2e-wan-25", "a2e-wan-25-run"),
    ):
        html = (site / f"reference/{page}.html").read_text("utf-8")
        assert f'id="{anchor}"' in html, anchor


def test_every_command_and_option_is_on_its_page() -> None:
    found = command_pages.commands()
    assert len(found) > 300
    for words, command in found.items():
        name = f"a2e-{words.split()[1]}" if " " in words else "index"
        text = text_of(f"reference/cli/{name}")
        if " " not in words:
            part = text
        else:
            assert slug_of(words) in anchors_of(text)
            part = re.split(r"\n#+ `", text.partition(f"# `{words}`\n")[2])[0]
        for one in command.params:
            is_option = one.param_type_name == "option"
            for option in (*one.opts, *one.secondary_opts) if is_option else ():
                assert re.search(rf"^- `[^`]*(?<![\w-]){option}(?![\w-])", part, re.M), (
                    words,
                    option,
                )
            if not is_option:
                shown = (one.metavar or one.name).upper()
                assert shown.rstrip(".") in part.upper()


def test_the_exit_codes_are_listed() -> None:
    text = text_of("reference/cli/index")
    for code, meaning in command_pages.MEANINGS.items():
        assert f"| {code.value} | {meaning} |" in text


def test_operations_name_the_command_beside_their_method() -> None:
    assert command_of("list_public_voices", "voices.list") == "a2e voices list"
    assert command_of("get_coins", "account.coins") == "a2e credits"
    assert command_of("add_api_token", "tokens.create") is None


def test_what_costs_coins_is_what_a_budget_counts() -> None:
    from a2e_api.operations import OPERATIONS

    costs = {name: cost_of(OPERATIONS[name]) for name in ("add_speech", "get_coins")}
    assert costs["add_speech"].startswith("it may")
    assert costs["get_coins"].startswith("no")
    assert cost_of(OPERATIONS["delete_background"]) == "not known to"


def test_the_names_of_options_keep_both_dashes(site: Path) -> None:
    """In sentences too, where Sphinx would make one long dash of them."""
    pages = {page: page.read_text("utf-8") for page in (site / "reference/cli").glob("*.html")}
    assert len(pages) > 50
    assert [
        page.name for page, text in pages.items() if re.search(r"(?<!\w)\u2013[a-z]", text)
    ] == []
