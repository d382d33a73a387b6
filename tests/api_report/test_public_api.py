"""The report on the public API: each kind of change has its verdict, told once by users' names.

Every test makes a small git repository with a package as ours is laid out, changes it, and runs
`spec/api_report/public_api.py` on it, in this process; with an environment of its own, as a process.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path[1:1] = [str(ROOT / "spec" / "api_report")]

import public_api  # noqa: E402

pytestmark = pytest.mark.generator

INIT = """
TYPE_CHECKING = False
if TYPE_CHECKING:
    from . import errors
    from ._async.client import AsyncA2E
    from .models import Task
    from .status import TaskStatus
    from ._sync.client import A2E

__all__ = ["A2E", "AsyncA2E", "Task", "TaskStatus", "errors"]

raise SystemExit("the code that is compared was run")
"""

CLIENT = """
from functools import cached_property

from ..exchange import AsyncTransport
from .tasks import AsyncFaceSwap


class AsyncA2E:
    def __init__(self, key: str | None = None, *, http: AsyncTransport | None = None) -> None:
        self._key = key

    @cached_property
    def face_swap(self) -> AsyncFaceSwap: ...

    @cached_property
    def dubbing(self) -> AsyncFaceSwap: ...

    async def aclose(self) -> None: ...
"""

TASKS = """
from typing import Generic, Literal, Required, TypeAlias, TypedDict, TypeVar, Unpack

from ..models import Task

T = TypeVar("T")
Version: TypeAlias = Literal["v1", "v2"]


class AsyncTasks(Generic[T]):
    async def wait(self, task: T, *, timeout: float = 1800.0) -> T: ...

    async def _look(self) -> None: ...


class Start(TypedDict, total=False):
    face: Required[str]
    name: str | None


class AsyncFaceSwapTasks(AsyncTasks[Task]):
    async def create(self, *, face: str, name: str | None = None, version: Version = "v1") -> Task: ...

    async def run(self, **start: Unpack[Start]) -> Task: ...

    def page(self, number: int, size: int = 10) -> list[Task]: ...


class AsyncFaceSwap:
    def __init__(self, caller: object) -> None:
        self.tasks = AsyncFaceSwapTasks(caller)
"""

FILES = {
    "a2e_sdk/__init__.py": INIT,
    "a2e_sdk/version.py": '__version__ = "1.4.2"\n',
    "a2e_sdk/_async/__init__.py": "",
    "a2e_sdk/_async/client.py": CLIENT,
    "a2e_sdk/_async/tasks.py": TASKS,
    "a2e_sdk/_sync/__init__.py": "",
    "a2e_sdk/answers.py": "def read(operation, reply): ...\n",
    "a2e_sdk/exchange.py": """
from typing import Protocol


class AsyncTransport(Protocol):
    async def exchange_async(self, request: bytes) -> bytes: ...


class Sent:
    body: bytes
    size: int


class Transport(Protocol):
    def exchange(self, request: bytes) -> bytes: ...

    def note(self, sent: Sent) -> None: ...
""",
    "a2e_sdk/errors.py": """
__all__ = ["A2EError", "APIError", "NotFoundError"]


class A2EError(Exception): ...


class APIError(A2EError): ...


class NotFoundError(APIError): ...
""",
    "a2e_sdk/models.py": """
import attrs

__all__ = ["Task"]


@attrs.frozen(kw_only=True)
class Task:
    id: str
    name: str | None = None
""",
    "a2e_sdk/status.py": """
from enum import StrEnum


class TaskStatus(StrEnum):
    QUEUED = "queued"
    FAILED = "failed"
""",
    "generated/a2e_api/__init__.py": "",
    "generated/a2e_api/api/__init__.py": "",
    "generated/a2e_api/api/face_swap/__init__.py": "",
    "generated/a2e_api/api/face_swap/list_tasks.py": """
def build_request(*, page: int) -> object: ...


def sync(*, client: object, page: int) -> object: ...


async def asyncio(*, client: object, page: int) -> object: ...
""",
    "generated/a2e_api/models/__init__.py": """
from .start_request import StartRequest

__all__ = ["StartRequest"]
""",
    "generated/a2e_api/models/start_request.py": """
from attrs import define, field


@define(kw_only=True)
class StartRequest:
    face_url: str
    name: str = field(default="")
""",
    "CHANGELOG.md": "# Changelog\n\n## 1.5.0 (unreleased)\n\n- Nothing yet.\n",
}

SYNCHRONOUS = [("Async", ""), ("async def", "def"), ("aclose", "close"), ("_async", "")]


AUTHOR = ("-c", "user.name=x", "-c", "user.email=x@x.example")
SCRIPT = ROOT / "spec" / "api_report" / "public_api.py"


class Repository:
    """A git repository with a small package; its blocking client follows the other one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def fill(self) -> None:
        self.git("init", "-q")
        for name, text in FILES.items():
            self.write(name, text)
        self.commit()

    def git(self, *arguments: str) -> str:
        done = subprocess.run(
            ["git", "-C", self.folder, *AUTHOR, *arguments],
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "GIT_CONFIG_GLOBAL": os.devnull},
        )
        return done.stdout

    def write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        if "/_async/" in name:
            for before, after in SYNCHRONOUS:
                text = text.replace(before, after)
            self.write(name.replace("_async", "_sync"), text)

    def change(self, name: str, before: str, after: str) -> None:
        text = (self.folder / name).read_text(encoding="utf-8")
        assert before in text
        self.write(name, text.replace(before, after))

    def commit(self) -> None:
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "x")

    def state(self) -> str:
        """Everything that git knows of the repository."""
        said = [["worktree", "list"], ["branch", "-a"], ["tag"], ["status", "--porcelain"]]
        return "".join(self.git(*arguments) for arguments in [*said, ["stash", "list"]])

    def report(self, *arguments: str, environment: dict[str, str] | None = None) -> Report:
        command = ["--repository", str(self.folder), *arguments]
        if environment is None:
            printed, errors = io.StringIO(), io.StringIO()
            with redirect_stdout(printed), redirect_stderr(errors):
                code = public_api.main(command)
            return Report(code, printed.getvalue(), errors.getvalue())
        done = subprocess.run(
            [sys.executable, SCRIPT, *command],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, **environment},
        )
        return Report(done.returncode, done.stdout, done.stderr)


class Report:
    """What the script printed, wrapped lines put together."""

    def __init__(self, code: int, printed: str, errors: str) -> None:
        self.code = code
        self.errors = errors
        self.text = re.sub(r"\n  (?=\S)", " ", printed)
        found = re.match(r"Public API since .*: (\w+)\n", self.text)
        self.verdict = found[1] if found else None
        self.lines = re.findall(r"^- (.*)", self.text, re.MULTILINE)


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository that every test gets a copy of."""
    folder = tmp_path_factory.mktemp("filled")
    Repository(folder).fill()
    return folder


@pytest.fixture
def repository(filled: Path, tmp_path: Path) -> Repository:
    return Repository(shutil.copytree(filled, tmp_path / "repository"))


TASKS_FILE = "a2e_sdk/_async/tasks.py"
CLIENT_FILE = "a2e_sdk/_async/client.py"
REQUEST_FILE = "generated/a2e_api/models/start_request.py"
OPERATION_FILE = "generated/a2e_api/api/face_swap/list_tasks.py"
TASK = "A2E.face_swap.tasks"
BOTH = "`A2E.dubbing.tasks.create`"


def create(parameters: str) -> tuple[str, str, str]:
    before = 'create(self, *, face: str, name: str | None = None, version: Version = "v1")'
    return TASKS_FILE, before, f"create(self, {parameters})"


@pytest.mark.parametrize(
    ("change", "verdict", "lines"),
    [
        pytest.param(
            (TASKS_FILE, "def page(self, number: int, size: int = 10)", "def _page(self)"),
            "major",
            ["Breaking: `A2E.dubbing.tasks.page`: was removed."],
            id="method removed",
        ),
        pytest.param(
            create('*, picture: str, name: str | None = None, version: Version = "v1"'),
            "major",
            [
                f"Breaking: {BOTH}: new parameter `picture` is required.",
                f"Breaking: {BOTH}: parameter `face` was removed.",
            ],
            id="parameter renamed",
        ),
        pytest.param(
            create('*, face: str, to: str, name: str | None = None, version: Version = "v1"'),
            "major",
            [f"Breaking: {BOTH}: new parameter `to` is required."],
            id="required parameter added",
        ),
        pytest.param(
            create('*, face: str, name: str | None = None, version: Version = "v1", to: int = 1'),
            "minor",
            [f"{BOTH}: takes `to`."],
            id="optional parameter added",
        ),
        pytest.param(
            create('*, face: str, name: str | None, version: Version = "v1"'),
            "major",
            [f"Breaking: {BOTH}: parameter `name` is required now."],
            id="parameter became required",
        ),
        pytest.param(
            create('*, face: str = "", name: str | None = None, version: Version = "v1"'),
            "minor",
            [f"{BOTH}: parameter `face` is optional now."],
            id="parameter became optional",
        ),
        pytest.param(
            create('*, face: str, name: str | None = None, version: Version = "v2"'),
            "major",
            [f"Breaking: {BOTH}: default of `version` is `'v2'`, was `'v1'`."],
            id="default changed",
        ),
        pytest.param(
            create('*, face: str, name: str = "", version: Version = "v1"'),
            "major",
            [
                f"Breaking: {BOTH}: default of `name` is `''`, was `None`.",
                f"Breaking: {BOTH}: parameter `name` takes `str`, was `str | None`.",
            ],
            id="parameter takes less",
        ),
        pytest.param(
            create('*, face: str | bytes, name: str | None = None, version: Version = "v1"'),
            "minor",
            [f"{BOTH}: parameter `face` takes `bytes | str`, was `str`."],
            id="parameter takes more",
        ),
        pytest.param(
            (TASKS_FILE, 'Literal["v1", "v2"]', 'Literal["v2"]'),
            "major",
            [
                f"Breaking: {BOTH}: parameter `version` takes `Literal['v2']`, "
                "was `Literal['v1'] | Literal['v2']`."
            ],
            id="word removed behind an alias",
        ),
        pytest.param(
            (TASKS_FILE, 'Literal["v1", "v2"]', 'Literal["v1", "v2", "v3"]'),
            "minor",
            [
                f"{BOTH}: parameter `version` takes `Literal['v1'] | Literal['v2'] | "
                "Literal['v3']`, was `Literal['v1'] | Literal['v2']`."
            ],
            id="word added behind an alias",
        ),
        pytest.param(
            (TASKS_FILE, "size: int = 10) -> list[Task]", "size: int = 10) -> list[Task] | None"),
            "major",
            ["Breaking: `A2E.dubbing.tasks.page`: returns `list[Task] | None`, was `list[Task]`."],
            id="more may come back",
        ),
        pytest.param(
            (TASKS_FILE, "number: int, size: int = 10", "size: int = 10, number: int = 1"),
            "major",
            [
                "`A2E.dubbing.tasks.page`: parameter `number` is optional now.",
                "Breaking: `A2E.dubbing.tasks.page`: parameter `number` stands at another position.",
                "Breaking: `A2E.dubbing.tasks.page`: parameter `size` stands at another position.",
            ],
            id="parameters moved",
        ),
        pytest.param(
            (TASKS_FILE, "    name: str | None\n", "    name: str | None\n    to: Required[str]\n"),
            "major",
            ["Breaking: `A2E.dubbing.tasks.run`: new parameter `to` is required."],
            id="required key of an unpacked TypedDict",
        ),
        pytest.param(
            (TASKS_FILE, "    name: str | None\n", ""),
            "major",
            ["Breaking: `A2E.dubbing.tasks.run`: parameter `name` was removed."],
            id="key of an unpacked TypedDict removed",
        ),
        pytest.param(
            (TASKS_FILE, "timeout: float = 1800.0", "timeout: float = 60.0"),
            "major",
            ["Breaking: `A2E.dubbing.tasks.wait`: default of `timeout` is `60.0`, was `1800.0`."],
            id="inherited method changed",
        ),
        pytest.param(
            (
                CLIENT_FILE,
                "async def aclose(self)",
                "async def aclose(self, *, hard: bool = False)",
            ),
            "minor",
            ["`A2E.close`: takes `hard`."],
            id="close of one and aclose of the other",
        ),
        pytest.param(
            ("a2e_sdk/status.py", '    FAILED = "failed"\n', ""),
            "major",
            ["Breaking: `TaskStatus.FAILED`: was removed."],
            id="enum member removed",
        ),
        pytest.param(
            ("a2e_sdk/status.py", '"failed"', '"broken"'),
            "major",
            ["Breaking: `TaskStatus.FAILED`: is `'broken'`, was `'failed'`."],
            id="enum value changed",
        ),
        pytest.param(
            (
                "a2e_sdk/status.py",
                '    FAILED = "failed"\n',
                '    FAILED = "failed"\n    X = "x"\n',
            ),
            "minor",
            ["New: `TaskStatus.X`."],
            id="enum member added",
        ),
        pytest.param(
            ("a2e_sdk/models.py", "name: str | None = None", "name: int | None = None"),
            "major",
            ["Breaking: `Task.name`: is `int | None`, was `str | None`."],
            id="attribute's type changed",
        ),
        pytest.param(
            ("a2e_sdk/models.py", "name: str | None = None", "name: str = ''"),
            "minor",
            ["`Task.name`: is `str`, was `str | None`."],
            id="attribute can no longer be None",
        ),
        pytest.param(
            ("a2e_sdk/models.py", "    name:", "    cost: int = attrs.field(default=0)\n    name:"),
            "minor",
            ["New: `Task.cost`."],
            id="attribute added",
        ),
        pytest.param(
            (
                "a2e_sdk/models.py",
                "    name:",
                "    cost: int = attrs.field(repr=False)\n    name:",
            ),
            "major",
            ["Breaking: `Task`: new parameter `cost` is required.", "New: `Task.cost`."],
            id="required attribute added",
        ),
        pytest.param(
            ("a2e_sdk/errors.py", "class NotFoundError(APIError)", "class NotFoundError(A2EError)"),
            "major",
            ["Breaking: `errors.NotFoundError`: is no longer a `errors.APIError`."],
            id="base class changed",
        ),
        pytest.param(
            (TASKS_FILE, "    def page(", "    async def page("),
            "major",
            ["Breaking: `AsyncA2E.dubbing.tasks.page`: must be awaited now."],
            id="method of one client only must be awaited",
        ),
        pytest.param(
            (CLIENT_FILE, "def dubbing(self)", "def dub(self)"),
            "major",
            ["Breaking: `A2E.dubbing`: was removed.", "New: `A2E.dub`."],
            id="section renamed",
        ),
        pytest.param(
            (CLIENT_FILE, "    @cached_property\n    def dubbing", "    def dubbing"),
            "major",
            ["Breaking: `A2E.dubbing`: changed from attribute to function."],
            id="property became a method",
        ),
        pytest.param(
            (
                "a2e_sdk/exchange.py",
                "    def exchange(",
                "    def reset(self) -> None: ...\n    def exchange(",
            ),
            "major",
            [
                "Breaking: `a2e_sdk.exchange.Transport.reset`: "
                "is new, and classes of this protocol need it."
            ],
            id="protocol of one client grew",
        ),
        pytest.param(
            (
                "a2e_sdk/exchange.py",
                "    async def exchange_async(",
                "    def reset(self) -> None: ...\n    async def exchange_async(",
            ),
            "major",
            [
                "Breaking: `a2e_sdk.exchange.AsyncTransport.reset`: "
                "is new, and classes of this protocol need it."
            ],
            id="protocol grew",
        ),
        pytest.param(
            ("a2e_sdk/exchange.py", "(self, request: bytes)", "(self, request: bytes, n: int = 1)"),
            "major",
            ["Breaking: `a2e_sdk.exchange.Transport.exchange`: is called with `n` too."],
            id="method of a protocol is given more arguments",
        ),
        pytest.param(
            ("a2e_sdk/exchange.py", "request: bytes", "request: bytes | str"),
            "major",
            [
                "Breaking: `a2e_sdk.exchange.Transport.exchange`: "
                "parameter `request` takes `bytes | str`, was `bytes`."
            ],
            id="method of a protocol is given other arguments",
        ),
        pytest.param(
            ("a2e_sdk/exchange.py", "    body: bytes\n", ""),
            "major",
            ["Breaking: `a2e_sdk.exchange.Sent.body`: was removed."],
            id="what a method of a protocol is given",
        ),
        pytest.param(
            (TASKS_FILE, "size: int = 10", "size: float = 10"),
            "minor",
            ["`A2E.dubbing.tasks.page`: parameter `size` takes `float`, was `int`."],
            id="any number instead of whole ones",
        ),
        pytest.param(
            (TASKS_FILE, "size: int = 10", "size: object = 10"),
            "minor",
            ["`A2E.dubbing.tasks.page`: parameter `size` takes `object`, was `int`."],
            id="anything instead of whole numbers",
        ),
        pytest.param(
            (TASKS_FILE, 'TypeAlias = Literal["v1", "v2"]', "TypeAlias = str"),
            "minor",
            [f"{BOTH}: parameter `version` takes `str`, was `Literal['v1'] | Literal['v2']`."],
            id="any text instead of some words",
        ),
        pytest.param(
            ("a2e_sdk/models.py", "    id: str", "    family: ClassVar[str]\n    id: str"),
            "minor",
            ["New: `Task.family`."],
            id="class variable is no parameter",
        ),
        pytest.param(
            (REQUEST_FILE, "    name: str", "    cover: str\n    name: str"),
            "major",
            [
                "Breaking: `a2e_api.models.StartRequest`: new parameter `cover` is required.",
                "New: `a2e_api.models.StartRequest.cover`.",
            ],
            id="request has a new required field",
        ),
        pytest.param(
            (REQUEST_FILE, "name: str", "name: str | None"),
            "minor",
            ["`a2e_api.models.StartRequest.name`: takes `str | None`, was `str`."],
            id="field of a request takes more",
        ),
        pytest.param(
            (OPERATION_FILE, "page: int", "page: int, size: int"),
            "major",
            ["Breaking: `a2e_api.api.face_swap.list_tasks`: new parameter `size` is required."],
            id="all functions of an operation are one change",
        ),
        pytest.param(
            ("a2e_sdk/answers.py", "(operation, reply)", "(reply)"),
            "patch",
            [],
            id="internal module",
        ),
        pytest.param(
            (TASKS_FILE, "    async def _look(self) -> None: ...\n", ""),
            "patch",
            [],
            id="underscore",
        ),
        pytest.param(
            ("a2e_sdk/models.py", "import attrs", "import attrs  # x"), "patch", [], id="text"
        ),
    ],
)
def test_a_change_in_the_working_tree_has_its_verdict_and_is_told_once(
    repository: Repository, change: tuple[str, str, str], verdict: str, lines: list[str]
) -> None:
    repository.change(*change)
    report = repository.report("HEAD")
    assert report.errors == ""
    assert sorted(report.lines) == sorted(lines)
    assert report.verdict == verdict
    number = {"major": "2.0.0", "minor": "1.5.0", "patch": "1.4.3"}[verdict]
    assert f"Next version: {number} (after 1.4.2)" in report.text
    assert report.code == 0


def test_new_classes_and_operations_are_listed_by_where_they_hang(repository: Repository) -> None:
    repository.change("a2e_sdk/__init__.py", '"Task",', '"Task", "Voice", "Voices",')
    repository.change("a2e_sdk/__init__.py", "import Task\n", "import Task, Voice, Voices\n")
    model = "\n\nclass Voice:\n    id: str\n\n\nclass Voices:\n    all: list[Voice]\n"
    repository.write("a2e_sdk/models.py", FILES["a2e_sdk/models.py"] + model)
    for name in ("add_voice", "list_voices"):
        repository.write(
            f"generated/a2e_api/api/voices/{name}.py",
            FILES[OPERATION_FILE].replace("Task", "Voice"),
        )
    repository.write("generated/a2e_api/api/voices/__init__.py", "")
    report = repository.report("HEAD")
    assert report.lines == [
        "New: `Voice`, `Voices`.",
        "New in `a2e_api.api.voices`: `add_voice`, `list_voices`.",
    ]
    assert report.verdict == "minor"


@pytest.mark.parametrize(
    ("version", "change", "number"),
    [
        ("0.3.1", ('"failed"', '"broken"'), "0.4.0"),
        ("0.3.1", ('"queued"', '"queued"\n    X = "x"'), "0.3.2"),
        ("0.3.1", ('"queued"', '"queued"  # x'), "0.3.2"),
    ],
)
def test_before_the_first_stable_version_breaks_raise_the_second_number(
    repository: Repository, version: str, change: tuple[str, str], number: str
) -> None:
    repository.write("a2e_sdk/version.py", f'__version__ = "{version}"\n')
    repository.commit()
    repository.change("a2e_sdk/status.py", *change)
    assert f"Next version: {number} (after {version})" in repository.report("HEAD").text


def test_committed_changes_since_a_revision_are_compared_too(repository: Repository) -> None:
    repository.change("a2e_sdk/status.py", '    FAILED = "failed"\n', "")
    repository.commit()
    assert repository.report("HEAD").verdict == "patch"
    assert repository.report("HEAD~1").verdict == "major"


# The changelog


@pytest.mark.parametrize(
    ("changelog", "code"),
    [
        ("## 2.0 (unreleased)\n\n- Breaking: `TaskStatus.FAILED` is gone.\n", 0),
        ("## 2.0 (unreleased)\n\n- **Breaking:** statuses have\n  no FAILED any more.\n", 0),
        ("## 2.0 (unreleased)\n\n* Breaking change: FAILED.\n", 0),
        ("## 2.0 (unreleased)\n\n- Breaking: `TaskStatus` has other words.\n", 1),
        ("## 2.0 (unreleased)\n\n- Breaking: FAILED_TASKS is gone.\n", 1),
        ("## 2.0 (unreleased)\n\n- `TaskStatus.FAILED` is gone.\n", 1),
        ("## 2.0 (unreleased)\n\n- More.\n\n## 1.4\n\n- Breaking: FAILED is gone.\n", 1),
        ("", 1),
    ],
    ids=range(8),
)
def test_a_break_needs_a_breaking_line_at_the_top_of_the_changelog_that_names_it(
    repository: Repository, changelog: str, code: int
) -> None:
    repository.change("a2e_sdk/status.py", '    FAILED = "failed"\n', "")
    repository.write("CHANGELOG.md", f"# Changelog\n\n{changelog}")
    report = repository.report("HEAD", "--check")
    assert report.code == code
    assert ("TaskStatus.FAILED: was removed" in report.text) == bool(code)
    assert repository.report("HEAD").code == 0


def test_a_line_that_was_there_before_explains_nothing(repository: Repository) -> None:
    line = "# Changelog\n\n## 1.4.2\n\n- Breaking: `TaskStatus.FAILED` means more.\n"
    repository.write("CHANGELOG.md", line)
    repository.commit()
    repository.change("a2e_sdk/status.py", '    FAILED = "failed"\n', "")
    assert repository.report("HEAD", "--check").code == 1


@pytest.mark.parametrize(
    ("filename", "text", "code"),
    [
        ("statuses.breaking.md", "`TaskStatus.FAILED` is gone.", 0),
        ("statuses.breaking.md", "Statuses have\nno FAILED any more.", 0),
        ("statuses.breaking.md", "`TaskStatus` has other words.", 1),
        ("statuses.removed.md", "`TaskStatus.FAILED` is gone.", 1),
    ],
)
def test_a_break_is_explained_by_a_fragment_of_that_type_that_names_it(
    repository: Repository, filename: str, text: str, code: int
) -> None:
    repository.change("a2e_sdk/status.py", '    FAILED = "failed"\n', "")
    repository.write(f"changes/{filename}", text)
    report = repository.report("HEAD", "--check")
    assert report.code == code
    assert ("changes/SHORT-NAME.breaking.md" in report.text) == bool(code)


def test_a_fragment_that_was_there_before_explains_nothing(repository: Repository) -> None:
    repository.write("changes/old.breaking.md", "`TaskStatus.FAILED` means more.")
    repository.commit()
    repository.change("a2e_sdk/status.py", '    FAILED = "failed"\n', "")
    assert repository.report("HEAD", "--check").code == 1
    # Nor does it as the entry that a release has made of it.
    (repository.folder / "changes" / "old.breaking.md").unlink()
    entry = "- Breaking: `TaskStatus.FAILED` means more.\n"
    repository.write("CHANGELOG.md", f"# Changelog\n\n## 1.5.0\n\n{entry}")
    assert repository.report("HEAD", "--check").code == 1


def test_a_file_that_is_no_fragment_is_said(repository: Repository) -> None:
    repository.write("changes/statuses.braking.md", "`TaskStatus.FAILED` is gone.")
    report = repository.report("HEAD", "--check")
    assert report.code == 2
    assert "changes/statuses.braking.md" in report.errors
    assert "Traceback" not in report.errors


def test_what_breaks_nobody_needs_no_entry(repository: Repository) -> None:
    repository.change("a2e_sdk/status.py", '"queued"', '"queued"\n    X = "x"')
    report = repository.report("HEAD", "--check")
    assert (report.code, report.verdict) == (0, "minor")


def test_its_own_lines_satisfy_the_check(repository: Repository) -> None:
    repository.change(*create("*, picture: str"))
    repository.change("a2e_sdk/errors.py", "class NotFoundError(APIError)", "class NotFoundError")
    assert repository.report("HEAD", "--check").code == 1
    lines = "".join(f"- {line}\n" for line in repository.report("HEAD").lines)
    repository.write("CHANGELOG.md", f"# Changelog\n\n## 2.0.0\n\n{lines}")
    assert repository.report("HEAD", "--check").code == 0


# What it is compared with


def test_without_a_revision_it_is_the_latest_version_tag(repository: Repository) -> None:
    assert "nothing to compare with" in repository.report("--check").text
    repository.git("tag", "nightly")
    assert "nothing to compare with" in repository.report("--check").text
    repository.git("tag", "v1.4.2")
    repository.change("a2e_sdk/status.py", '    FAILED = "failed"\n', "")
    repository.commit()
    report = repository.report("--check")
    assert report.text.startswith("Public API since v1.4.2: major")
    assert report.code == 1


def test_a_shallow_checkout_has_nothing_to_compare_with(
    repository: Repository, tmp_path: Path
) -> None:
    repository.git("tag", "v1.4.2")
    repository.change("a2e_sdk/status.py", '    FAILED = "failed"\n', "")
    repository.commit()
    url = repository.folder.as_uri()
    repository.git("clone", "-q", "--depth", "1", url, str(tmp_path / "shallow"))
    repository.folder = tmp_path / "shallow"
    report = repository.report("--check")
    assert (report.code, report.verdict) == (0, None)
    assert "nothing to compare with" in report.text


@pytest.mark.parametrize("revision", ["v9", "HEAD~99", "", "HEAD:a2e_sdk", "x y", "--all"])
def test_a_revision_that_is_not_there_is_said(repository: Repository, revision: str) -> None:
    report = repository.report("--check", "--", revision)
    assert report.code == 2
    assert "there is no revision" in report.errors
    assert "Traceback" not in report.errors


def test_a_revision_without_the_packages_is_said(repository: Repository) -> None:
    for name in ("a2e_sdk", "generated"):
        shutil.rmtree(repository.folder / name)
    repository.commit()
    report = repository.report("HEAD")
    assert report.code == 2
    assert "HEAD has neither a2e_sdk nor generated/a2e_api" in report.errors


@pytest.mark.parametrize("side", ["revision", "working tree"])
@pytest.mark.parametrize("broken", ["def (", "x = '\0'", "\ufeff\x0c<<<<<<< ours"])
def test_a_file_that_is_no_python_is_said_and_is_no_removal(
    repository: Repository, side: str, broken: str
) -> None:
    repository.write("a2e_sdk/status.py", broken)
    if side == "revision":
        repository.commit()
        repository.write("a2e_sdk/status.py", FILES["a2e_sdk/status.py"])
    report = repository.report("HEAD", "--check")
    assert report.code == 2
    assert "a2e_sdk/status.py is not Python" in report.errors
    assert ("HEAD: " in report.errors) == (side == "revision")
    assert "Traceback" not in report.errors


def test_a_package_that_is_no_python_is_said(repository: Repository) -> None:
    repository.write("a2e_sdk/__init__.py", "def (")
    report = repository.report("HEAD")
    assert report.code == 2
    assert "a2e_sdk/__init__.py is not Python" in report.errors


@pytest.mark.parametrize("revision", ["HEAD", "HEAD~1", "missing", "broken"])
def test_nothing_is_left_behind_whatever_happens(
    repository: Repository, tmp_path: Path, revision: str
) -> None:
    repository.write("a2e_sdk/status.py", "def (")
    repository.commit()
    repository.git("tag", "broken")
    repository.write("a2e_sdk/status.py", FILES["a2e_sdk/status.py"])
    repository.write("a2e_sdk/new.py", "")
    before = repository.state()
    files = sorted(repository.folder.rglob("*"))
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    repository.report(revision, environment={"TMPDIR": str(scratch)})
    assert repository.state() == before
    # The index may be refreshed by `status`; no other file comes or goes.
    assert sorted(repository.folder.rglob("*")) == files
    assert list(scratch.iterdir()) == []


def test_a_hooks_variables_do_not_lead_to_another_repository(
    repository: Repository, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    report = repository.report(
        "HEAD", environment={"GIT_DIR": str(elsewhere), "GIT_WORK_TREE": str(elsewhere)}
    )
    assert (report.code, report.verdict) == (0, "patch")


# Our own package


def test_every_module_that_documentation_imports_from_is_public() -> None:
    listed = (ROOT / "spec" / "api_report" / "public_surface.py").read_text(encoding="utf-8")
    pages = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
    imported = {
        module
        for page in pages
        for module in re.findall(r"^\s*from (a2e_sdk[\w.]*) import", page.read_text("utf-8"), re.M)
    }
    assert "a2e_sdk.sandbox" in imported
    assert sorted(module for module in imported if f'"{module}"' not in listed) == []


def test_the_classes_with_exceptions_of_their_own_exist() -> None:
    listed = (ROOT / "spec" / "api_report" / "public_surface.py").read_text(encoding="utf-8")
    homes = re.findall(r'"(a2e_sdk\._(?:a?sync)\.[\w.]+)"', listed)
    assert len(homes) == 4
    for home in homes:
        module, _, name = home.rpartition(".")
        source = (ROOT / f"{module.replace('.', '/')}.py").read_text(encoding="utf-8")
        assert re.search(rf"^class {name}\b", source, re.MULTILINE), home


def test_our_own_tree_does_not_differ_from_itself(tmp_path: Path) -> None:
    for name in ("a2e_sdk", "generated/a2e_api"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    own = Repository.__new__(Repository)
    own.folder = tmp_path
    own.git("init", "-q")
    own.commit()
    # What users hand on, or get but never make, may change in what they don't use; all the rest is
    # compared with itself. One report for all of it, as each takes a dozen seconds.
    for module, name in (("api_client", "APIClient"), ("pagination", "Paginator")):
        for package in ("_async", "_sync"):
            prefix = "Async" if package == "_async" else ""
            source = f"a2e_sdk/{package}/{module}.py"
            head = f"class {prefix}{name}"
            text = (tmp_path / source).read_text(encoding="utf-8")
            assert head in text
            changed = re.sub(
                rf"({head}\b.*?def __init__\(\s*self,)", r"\1 odd: int,", text, flags=re.DOTALL
            )
            changed = changed.replace("def require_open(", "def require_opened(")
            assert changed != text
            (tmp_path / source).write_text(changed, encoding="utf-8")
    # Every public method of the blocking client is there, by the name that users write.
    own.change("a2e_sdk/_sync/resources/engines/face_swap.py", "    def create(", "    def begin(")
    report = own.report("HEAD")
    assert report.lines == [
        "Breaking: `A2E.face_swap.tasks.create`: was removed.",
        "New: `A2E.face_swap.tasks.begin`.",
    ]
    assert "_sync" not in report.text
