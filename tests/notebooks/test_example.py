"""The example notebook runs against the sandbox, and its outputs are what a browser shows."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path
from typing import Any

import pytest

from a2e_sdk import TaskStatus
from a2e_sdk.models import Page, Wan25Task
from html_checks import CheckedHTML

pytestmark = pytest.mark.once

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "docs" / "example.ipynb"
#: Written anew with --update-pictures, and looked at by people.
PICTURES = ROOT / "docs" / "pictures"
THEMES = {"light": ("#ffffff", "#1f2328"), "dark": ("#111418", "#d8dee6")}


def outputs_of(notebook: Any) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            assert output.output_type in ("execute_result", "display_data"), output
            found.append(output.data)
    return found


def test_every_cell_runs_and_shows_what_it_is_for(executed: Any) -> None:
    words = [
        CheckedHTML(data["text/html"]).words
        for data in outputs_of(executed)
        if "dataframe" not in data["text/html"]
    ]
    listing, page, coins, quote, run, task, batch, results = words
    assert "Listing of face swap tasks" in listing
    assert "not asked yet" in listing
    assert "Face swap tasks, page 1: 3 of 3" in page
    assert "1,000,000" in coins
    assert "10" in quote
    assert "succeeded" in run
    assert "works until" in task
    assert "3 of 3 jobs" in batch
    assert "Outcomes of 3 jobs: 3 succeeded" in results
    assert "30 coins in all" in results
    frames = [data for data in outputs_of(executed) if "dataframe" in data["text/html"]]
    assert len(frames) == 2


def test_the_results_are_where_the_notebook_ran(executed: Any) -> None:
    names = {path.name for path in (Path(executed.metadata["folder"]) / "results").iterdir()}
    assert {"sea.jpg", "rain.jpg", "snow.jpg", "results.jsonl"} <= names


def test_the_notebook_is_kept_without_outputs() -> None:
    cells = json.loads(EXAMPLE.read_text("utf-8"))["cells"]
    assert all(not cell.get("outputs") and not cell.get("execution_count") for cell in cells)


def document(parts: list[str], theme: str) -> str:
    background, colour = THEMES[theme]
    style = (
        f"body{{background:{background};color:{colour};font:14px/1.5 system-ui,sans-serif;"
        "max-width:860px;margin:20px auto;padding:0 16px}"
        "pre{font:13px/1.5 monospace;background:rgba(128,128,128,.12);padding:8px 12px;"
        "border-radius:4px;white-space:pre-wrap}.dataframe{border-collapse:collapse}"
        ".dataframe td,.dataframe th{padding:2px 10px;text-align:left}"
    )
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>notebook</title>'
        f"<style>{style}</style><body>{''.join(parts)}</body></html>"
    )


def parts_of(notebook: Any) -> list[str]:
    parts: list[str] = []
    for cell in notebook.cells:
        if cell.cell_type == "code":
            parts.append(f"<pre>{escape(cell.source)}</pre>")
            outputs = cell.get("outputs", ())
            parts += [f"<div class=output>{output.data['text/html']}</div>" for output in outputs]
    return parts


def open_page(browser: Any, html: str) -> tuple[Any, list[str]]:
    """Open a page that may run scripts; return it, with everything that went wrong in it."""
    problems: list[str] = []
    page = browser.new_page(viewport={"width": 900, "height": 700})
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("dialog", lambda dialog: problems.append(dialog.message) or dialog.dismiss())
    page.on("request", lambda request: problems.append(request.url) if is_foreign(request) else 0)
    page.set_content(html, wait_until="load")
    return page, problems


def is_foreign(request: Any) -> bool:
    return not request.url.startswith(("http://127.0.0.1", "about:", "data:"))


@pytest.mark.parametrize("theme", list(THEMES))
def test_a_browser_shows_the_outputs(
    browser: Any, executed: Any, theme: str, request: pytest.FixtureRequest
) -> None:
    page, problems = open_page(browser, document(parts_of(executed), theme))
    assert problems == []
    assert page.locator(".output script").count() == 0
    picture = page.locator(".output img")
    picture.scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('.output img').naturalWidth > 0")
    # What is not the server's or the notebook's colour is a border or a mark.
    colours = page.evaluate(
        "[...document.querySelectorAll('.output div[style] td, .output div[style] th')]"
        ".map(cell => getComputedStyle(cell).color)"
    )
    assert len(set(colours)) == 1
    assert set(colours) == {page.evaluate("getComputedStyle(document.body).color")}
    wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    assert not wide
    if request.config.getoption("--update-pictures"):
        PICTURES.mkdir(exist_ok=True)
        page.screenshot(path=PICTURES / f"notebook-{theme}.png", full_page=True)
    page.close()
    assert (PICTURES / f"notebook-{theme}.png").stat().st_size > 10_000


HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "<script>alert(2)</script>",
    '"><svg onload=alert(3)>',
    "' onmouseover='alert(4)",
    "</td></table></div><iframe src=javascript:alert(5)>",
    "\u202e\x1b[2J\x00\ud800",
)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_text_of_a_server_runs_in_a_browser(browser: Any, text: str) -> None:
    urls = (f"javascript:alert(6)//{text}", f"https://cdn.example/{text}", text)
    task = Wan25Task(
        id=text,
        name=text,
        status=TaskStatus.FAILED,
        raw_status=text,
        failed_message=text,
        error_code=text,
        prompt=text,
        result_url=urls[0],
        result_urls=urls,
    )
    shown = [task, Page((task,), 1, 1, 10, Wan25Task)]
    parts = [value._repr_mimebundle_()["text/html"] for value in shown]
    page, problems = open_page(browser, document(parts, "light"))
    for place in page.locator("td").all():
        place.hover(timeout=2000)
    assert problems == []
    assert page.locator("script, iframe, svg, img, video, a").count() == 0
    page.close()


def test_a_video_is_not_loaded_before_it_is_played(browser: Any) -> None:
    url = "http://127.0.0.1:9/1.mp4?expires=4102444800"
    task = Wan25Task(id="1", status=TaskStatus.SUCCEEDED, result_url=url, result_urls=(url,))
    asked: list[str] = []
    page = browser.new_page()
    page.on("request", lambda request: asked.append(request.url))
    page.set_content(document([task._repr_mimebundle_()["text/html"]], "dark"))
    page.wait_for_timeout(300)
    assert page.locator("video").count() == 1
    assert [one for one in asked if ":9/" in one] == []
    page.close()
