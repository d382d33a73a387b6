"""How this project is generated, checked, tested and measured (see CONTRIBUTING.md).

nox                      everything that must hold, on every Python this machine has
nox -t nightly           the same at greater depth, in hours: all tests on every Python
nox -s quick -- PACKAGE  the unit tests of one package of a2e_sdk, in seconds
nox -s generate          write all that is generated: generated/, the engines, the sync client,
                         docs/coverage.md, the examples in spec/openapi.yaml
nox -s spec_update -- FILE_OR_URL [--write]
                         compare A2E's own document with ours, and say what that means for users
nox -s spec_update -- --evidence REPORT [--write]
                         mark what a report of `a2e verify` proves in openapi.yaml
nox -s next_generator    report what the newest openapi-python-client would change
nox -s api_report -- REV what changed for users of the Python API since REV, and the version to give
nox -s release -- --dry-run
                         build and check a release; upload nothing
nox -s bench             print the figures, as ratios measured side by side
nox -s trace             count the calls inside the SDK, on the way out and on the way back
"""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nox

ROOT = Path(__file__).parent
PROJECT = nox.project.load_toml(ROOT / "pyproject.toml")
EXTRAS = "[cli,aiohttp,httpx2]"
#: With those that need a server of their own beside them.
ALL_EXTRAS = "[cli,aiohttp,httpx2,postgres,dask,cloud]"
#: With the libraries of data frames.
TABLES = "[cli,aiohttp,pandas,polars,arrow]"
GENERATOR_TOOLS = "spec/requirements.txt"
#: In the order in which one needs the output of another; the examples, which are written into the
#: spec itself, change none of the others.
GENERATORS = tuple(
    f"spec/generate/{name}.py"
    for name in ("low_level_client", "engines", "sync_client", "coverage_page", "examples")
)

#: Where the unit tests of a package are, if not in the folder of its name without underscore.
TESTS_OF = {"_async": "clients", "_sync": "clients", "models": "wire", "transports": "http"}

nox.options.sessions = [
    "generated_is_current",
    "lint",
    "typing",
    "api_report",
    "tests",
    "tests_lowest",
    "robustness",
    "integrations",
    "browser",
    "agents",
    "notebooks",
    "package",
    "docs",
]
nox.options.stop_on_first_error = False

#: On all cores, two workers each, as tests wait for almost half of their time; who has nothing left
#: to do takes tests from another.
WORKERS = ("-n", str(2 * (os.cpu_count() or 1)), "--dist", "worksteal")

#: Of what Hypothesis draws, on every Python after the first (see tests/conftest.py).
FEW_EXAMPLES = ("--hypothesis-profile", "a2e-again")

#: And where a night is left for looking: ten times as many.
MANY_EXAMPLES = ("--hypothesis-profile", "a2e-nightly")

#: The tests of what an interpreter or the version of a dependency can change: event loops, types,
#: threads, sockets, TLS, compression, files, the start of a process. The others run on the oldest
#: Python with the newest dependencies, and everywhere in the nightly sessions.
ENVIRONMENT_TESTS = (
    *("tests/clients", "tests/cluster", "tests/config", "tests/files", "tests/http"),
    "tests/runtime",
)

#: What sessions of their own run, with the libraries that it needs.
OTHER_SESSIONS = (
    *("tests/robustness", "tests/spec_update", "tests/api_report", "tests/release"),
    *("tests/integrations", "tests/browser", "tests/notebooks", "tests/mcp"),
    *("tests/tables", "tests/display", "tests/progress", "tests/site"),
)

#: What pip's configuration says, and the variable that says the same to uv.
UV_SETTINGS = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "constraint": "UV_CONSTRAINT",
    "trusted-host": "UV_INSECURE_HOST",
}


def _installer() -> str:
    """Return uv where it is beside nox and reaches the packages that pip reaches, else virtualenv.

    uv installs in seconds what takes pip minutes, but reads none of pip's settings.
    """
    uv = shutil.which("uv", path=str(Path(sys.executable).parent))
    if not uv:
        return "virtualenv"
    settings = subprocess.run(
        [sys.executable, "-m", "pip", "config", "list"], capture_output=True, text=True, check=False
    )
    # pip takes the best version of all indexes, and certificates that the system trusts.
    variables = {"UV_INDEX_STRATEGY": "unsafe-best-match", "UV_SYSTEM_CERTS": "1"}
    for line in settings.stdout.splitlines():
        name, _, value = line.partition("=")
        variable = UV_SETTINGS.get(name.rpartition(".")[2])
        if variable:
            variables[variable] = ast.literal_eval(value).strip()
    for variable, value in variables.items():
        os.environ.setdefault(variable, value)
    with tempfile.TemporaryDirectory() as folder:
        probe = [uv, "pip", "install", "-q", "--target", folder, "--python", sys.executable]
        failed = subprocess.call([*probe, *PROJECT["build-system"]["requires"]])
    return "virtualenv" if failed else "uv"


nox.options.default_venv_backend = _installer()
# Hundreds of tests start a process of their own, which would compile the SDK anew each time.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def _pythons() -> list[str]:
    """Return the versions of the classifiers that this machine has, pyenv's own included."""
    wanted = nox.project.python_versions(PROJECT)
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    found = []
    for version in wanted:
        # A pyenv shim is found on PATH even where it can't run, so the real ones go first.
        for folder in sorted(pyenv.glob(f"{version}.*/bin"), reverse=True):
            os.environ["PATH"] = f"{folder}{os.pathsep}{os.environ['PATH']}"
            break
        program = shutil.which(f"python{version}")
        current = version == f"{sys.version_info[0]}.{sys.version_info[1]}"
        if current or (program and not subprocess.call([program, "-c", ""], stderr=-3)):
            found.append(version)
    return found


PYTHONS = _pythons()


def _group(name: str) -> list[str]:
    return list(nox.project.dependency_groups(PROJECT, name))


def _wheel(session: nox.Session) -> str:
    """Build the wheel once a run; every session installs that one."""
    folder = Path(session.cache_dir) / "wheel"
    marker = folder / f"{os.getpid()}"
    if not marker.exists():
        shutil.rmtree(folder, ignore_errors=True)
        session.install("build", *PROJECT["build-system"]["requires"])
        build = ("python", "-m", "build", "-q", "--wheel", "--no-isolation", "-o", str(folder))
        session.run(*build, silent=True)
        marker.touch()
    return str(next(folder.glob("*.whl")))


@nox.session(reuse_venv=True)
def quick(session: nox.Session) -> None:
    """Run the unit tests of packages, for the time of editing: nox -s quick -- PACKAGE ..."""
    session.install("-e", f".{EXTRAS}", *_group("test"))
    names = [Path(name).name for name in session.posargs if not name.startswith("-")]
    folders = [f"tests/{TESTS_OF.get(name, name.lstrip('_'))}" for name in names]
    unknown = [folder for folder in folders if not Path(folder).is_dir()]
    if unknown or not folders:
        session.error(f"name packages of a2e_sdk such as _wire; there is no {unknown or 'name'}")
    options = [name for name in session.posargs if name.startswith("-")]
    session.run("pytest", "-q", "-n", "auto", "-m", "not generator", *folders, *options)


@nox.session
def generate(session: nox.Session) -> None:
    """Write everything that is generated, in the order in which one comes of the other."""
    session.install("-r", GENERATOR_TOOLS, "attrs", "httpx")
    for script in GENERATORS:
        session.run("python", script)


@nox.session
def generated_is_current(session: nox.Session) -> None:
    """Fail with a diff where generated code and its source disagree, and test the generator."""
    session.install("-r", GENERATOR_TOOLS, *_group("test"), *_group("spec"), "-e", f".{EXTRAS}")
    # Outside the repository, whose settings would change what the stock generator leaves behind.
    with tempfile.TemporaryDirectory() as stock:
        _side_by_side(
            session,
            *(("python", script, "--check") for script in GENERATORS),
            ("python", "spec/generate/low_level_client.py", "--stock", stock),
        )
        # By file, so that what is generated for one is generated once.
        by_file = ("pytest", "-q", "-n", "auto", "--dist", "loadfile", "-m", "generator")
        session.run(*by_file, "tests/spec", "tests/generated", "tests/spec_update")
        # The same row tests against the stock package, where each of them has to fail.
        session.run("pytest", "-q", "tests/generated", env={"A2E_STOCK_PACKAGE": stock})


@nox.session
def lint(session: nox.Session) -> None:
    """Check style, formatting, and the order of imports between packages."""
    session.install("-r", GENERATOR_TOOLS, *_group("layers"), *_group("workflows"), "-e", ".")
    session.env["PYTHONPATH"] = "generated"
    commands = [
        ("lint-imports", "--no-logo", "--no-cache"),
        ("ruff", "check", "."),
        ("ruff", "format", "--check", "."),
        ("zizmor", "--offline", "--persona", "pedantic", "-q", ".github/workflows"),
    ]
    if shutil.which("jactionlint", path=session.bin):
        workflows = map(str, sorted(Path(".github/workflows").glob("*.yml")))
        commands.append(("jactionlint", *workflows))
    _side_by_side(session, *commands)


@nox.session
def typing(session: nox.Session) -> None:
    """Check the types of the wheel as its users see them, and of everything within it."""
    extras = ALL_EXTRAS[:-1] + ",mcp," + TABLES[1:]
    session.install(_wheel(session) + extras, *_group("test"), *_group("typing"))
    _side_by_side(
        session,
        ("mypy", "a2e_sdk", "generated/a2e_api", "tests/typing"),
        ("pyright", "--warnings"),
    )


@nox.session(python=PYTHONS)
def tests(session: nox.Session) -> None:
    """Test the built wheel: all of it on the oldest Python, what a Python can change on others."""
    session.install(_wheel(session) + EXTRAS, *_group("test"))
    if session.python == PYTHONS[0]:
        _all_tests(session, "-m", "not generator and not nightly")
    else:
        _environment_tests(session, "tests/cli/test_cli_processes.py")


@nox.session
def tests_lowest(session: nox.Session) -> None:
    """Test the built wheel with the oldest dependencies it allows, where these matter."""
    _install_lowest(session)
    # What click and rich do differently shows in any of the commands.
    _environment_tests(session, "tests/cli")


@nox.session(python=PYTHONS, tags=["nightly"])
def tests_nightly(session: nox.Session) -> None:
    """Run all tests on every Python, with many examples."""
    session.install(_wheel(session) + EXTRAS, *_group("test"))
    _all_tests(session, "-m", "not generator", *MANY_EXAMPLES)


@nox.session(tags=["nightly"])
def tests_lowest_nightly(session: nox.Session) -> None:
    """Run all tests that a dependency can change with the oldest ones that are allowed."""
    _install_lowest(session)
    # They read the repository and the tools beside it, not what is installed.
    ours = ("architecture", "documentation", "generated", "spec")
    ignored = (f"--ignore=tests/{folder}" for folder in ours)
    _all_tests(session, "-m", "not generator and not once", *ignored)


def _install_lowest(session: nox.Session) -> None:
    extras = PROJECT["project"]["optional-dependencies"]
    requirements = (*PROJECT["project"]["dependencies"], *extras["cli"], *extras["aiohttp"])
    oldest = [
        requirement.split(";")[0].replace(">=", "==").split("#")[0].strip()
        for requirement in requirements
    ]
    # httpx2 needs a later anyio than the SDK does, and is left out here; so are its tests.
    session.install(_wheel(session) + "[cli,aiohttp]", *oldest, *_group("test"))


def _all_tests(session: nox.Session, *arguments: str) -> None:
    """Run all tests but those that have a session of their own."""
    _pytest(session, *(f"--ignore={folder}" for folder in OTHER_SESSIONS), *arguments)


def _environment_tests(session: nox.Session, terminal: str) -> None:
    chosen = ("-m", "not generator and not once and not nightly", *FEW_EXAMPLES)
    _pytest(session, *chosen, *ENVIRONMENT_TESTS, terminal)


def _pytest(session: nox.Session, *arguments: str) -> None:
    """Run pytest on the installed wheel."""
    command = ("pytest", "-q", *WORKERS, *arguments, *session.posargs)
    session.run(*command, env={"A2E_TEST_INSTALLED": "1"})


def _side_by_side(session: nox.Session, *commands: Sequence[str]) -> None:
    """Run commands of one core each at the same time; only one that fails shows its output."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        runs = [pool.submit(session.run, *command, silent=True) for command in commands]
    for run in runs:
        run.result()


@nox.session
def robustness(session: nox.Session) -> None:
    """Try every operation under every fault, and fuzz what comes in; on one Python.

    Each case of a thorough scenario is tried on one of the two clients; robustness_nightly tries
    it on both.
    """
    _robustness(session, "-m", "not nightly")


@nox.session(tags=["nightly"])
def robustness_nightly(session: nox.Session) -> None:
    """Try every operation under every fault on both clients, and fuzz with many examples."""
    session.env |= {"A2E_TEST_EVERYTHING": "1", "A2E_FUZZ": "20"}
    _robustness(session)


def _robustness(session: nox.Session, *arguments: str) -> None:
    session.install(_wheel(session) + EXTRAS, *_group("test"), *_group("robustness"))
    # These wait for nothing, so that one worker takes a core; each collects the whole matrix.
    _pytest(session, "-n", str(os.cpu_count() or 1), "tests/robustness", *arguments)


@nox.session
def integrations(session: nox.Session) -> None:
    """Test what stands beside the SDK: PostgreSQL, Dask, Celery, object stores; on one Python."""
    _integrations(session, "not nightly", *FEW_EXAMPLES)


@nox.session(tags=["nightly"])
def integrations_nightly(session: nox.Session) -> None:
    """Test the same with all event loops, kinds of journal and families of tasks."""
    _integrations(session, "nightly or not nightly")


def _integrations(session: nox.Session, marked: str, *examples: str) -> None:
    session.install(_wheel(session) + ALL_EXTRAS, *_group("test"), *_group("integrations"))
    _pytest(session, "tests/integrations", "-m", marked)
    # The journal keeps all its promises on a server too; what is only of a file is left out.
    session.env["A2E_TEST_POSTGRES"] = "1"
    chosen = ("-m", f"(not once or every_store) and ({marked})", *examples)
    _pytest(session, *chosen, "tests/journal", "--ignore=tests/journal/test_bad_journals.py")


@nox.session
def notebooks(session: nox.Session) -> None:
    """Test data frames and what notebooks show, in a real kernel and in Chromium where it is.

    -- --update-pictures writes their pictures in docs/pictures anew.
    """
    _find_chromium(session)
    session.install(_wheel(session) + TABLES, *_group("test"), *_group("notebooks"))
    folders = ("tests/tables", "tests/display", "tests/progress", "tests/notebooks")
    page = "tests/documentation/test_notebook_page.py"
    # The kernel of the example is started once.
    _pytest(session, "--dist", "loadscope", *folders, page)


@nox.session
def browser(session: nox.Session) -> None:
    """Test the sandbox's page in Chromium; on one Python.

    -- --update-pictures writes its pictures in docs/pictures anew.
    """
    if not _find_chromium(session):
        session.skip("there is no chromium on PATH, and it can't be installed here")
    session.install(_wheel(session) + EXTRAS, *_group("test"), *_group("browser"))
    # One browser for each worker; two of them take a machine of two cores.
    session.run("pytest", "-q", "-n", "2", "tests/browser", *session.posargs)


@nox.session
def agents(session: nox.Session) -> None:
    """Test the server for agents with the official client, over stdio and HTTP; on one Python."""
    session.install(_wheel(session) + "[cli,mcp]", *_group("test"))
    _pytest(session, "tests/mcp")


@nox.session
def docs(session: nox.Session) -> None:
    """Build the documentation site into build/site, and test it, in Chromium where it is."""
    _find_chromium(session)
    session.install("-e", f".{EXTRAS}", *_group("test"), *_group("browser"), *_group("docs"))
    # The tests build it first, so that the sources are read once for the site and for them.
    session.env["A2E_BUILD_SITE"] = str(ROOT / "build" / "site")
    session.run("python", "-m", "pytest", "-q", "tests/site", *session.posargs)


def _find_chromium(session: nox.Session) -> bool:
    """Find Chromium, on a machine of CI by installing it; tests fail without it where it was."""
    session.env["A2E_TEST_INSTALLED"] = "1"
    if not shutil.which("chromium") and os.environ.get("CI") == "true" and os.geteuid() == 0:
        install = ("apt-get", "install", "-y", "-q", "--no-install-recommends", "chromium")
        for command in (("apt-get", "update", "-q"), install):
            session.run(*command, external=True, success_codes=range(256), silent=True)
    found = shutil.which("chromium") is not None
    if found:
        session.env["A2E_TEST_CHROMIUM"] = "1"
    return found


@nox.session
def api_report(session: nox.Session) -> None:
    """Compare the public Python API with a revision; by default check it against the last tag."""
    session.install("-e", f".{EXTRAS}", *_group("test"), *_group("api_report"))
    if not session.posargs:
        session.run("pytest", "-q", "-m", "generator", *WORKERS, "tests/api_report")
    session.run("python", "spec/api_report/public_api.py", *(session.posargs or ["--check"]))


@nox.session
def package(session: nox.Session) -> None:
    """Test what makes a release: fragments, version, contents, workflows, the skill."""
    session.install(_wheel(session) + "[cli]", *_group("test"), *_group("release"))
    _pytest(session, "tests/release")


@nox.session
def release(session: nox.Session) -> None:
    """Build and check a release, and upload nothing: nox -s release -- --dry-run, or --prepare."""
    session.install(*_group("release"))
    # The oldest and the newest Python that are here.
    pythons = dict.fromkeys((PYTHONS[0], PYTHONS[-1]))
    chosen = [part for python in pythons for part in ("--python", python)]
    session.run("python", "spec/release/release.py", *chosen, *session.posargs)


@nox.session
def spec_update(session: nox.Session) -> None:
    """Compare A2E's own document with ours: nox -s spec_update -- FILE_OR_URL [--write]."""
    session.install("-r", GENERATOR_TOOLS, *_group("spec"), "attrs", "httpx")
    # 1 says that there is something to do, which is no failure of this session.
    session.run("python", "spec/update/update.py", *session.posargs, success_codes=[0, 1])
    if "--write" in session.posargs:
        session.notify("generate")


@nox.session
def next_generator(session: nox.Session) -> None:
    """Report what the newest generator would change: nox -s next_generator [-- VERSION]."""
    version = f"=={session.posargs[0]}" if session.posargs else ""
    folder = session.create_tmp()
    shutil.rmtree(folder)
    try:
        session.install("-r", GENERATOR_TOOLS, "attrs", "httpx")
        session.install("--target", folder, f"openapi-python-client{version}")
    except nox.command.CommandFailed:
        session.skip("a package can't be fetched (see above), so nothing was compared; try later")
    # 1 says that something differs, which is no failure of this session.
    session.run("python", "spec/generate/next_generator.py", folder, success_codes=[0, 1])


@nox.session(tags=["nightly"])
def soak(session: nox.Session) -> None:
    """Make 100,000 calls from threads and from tasks, and print what is left behind."""
    session.install(_wheel(session) + EXTRAS)
    session.run("python", "tests/robustness/soak.py", *session.posargs)


@nox.session(tags=["nightly"])
def soak_batch(session: nox.Session) -> None:
    """Kill a batch of 10,000 jobs with faults 20 times, and print what it paid and what it says."""
    session.install(_wheel(session) + EXTRAS)
    session.run("python", "tests/batch/killed_batch.py", *session.posargs)


@nox.session
def bench(session: nox.Session) -> None:
    """Print speed and memory as ratios, measured side by side in this very run."""
    # Two benchmarks are of a journal on PostgreSQL, and one of these of objects in a store.
    extras = EXTRAS[:-1] + ",postgres,cloud]"
    groups = (*_group("bench"), *_group("integrations"))
    session.install(_wheel(session) + extras, *groups, "-r", GENERATOR_TOOLS)
    session.run("python", "tests/benchmarks/run.py", *session.posargs)


@nox.session
def trace(session: nox.Session) -> None:
    """Count the calls inside the SDK that an operation makes, on its way out and back."""
    session.install(_wheel(session))
    session.run("python", "tests/benchmarks/trace_calls.py", *session.posargs)
