"""Do everything of a release that needs no network but the package registry, and upload nothing.

    python spec/release/release.py --dry-run [--python 3.13 ...] [--output FOLDER]
    python spec/release/release.py --prepare     write version.py and CHANGELOG.md, nothing else

This module owns the steps and their table. Each step is a function that returns what it saw or
raises StepError. The decisions are left to release_plan.py, distributions.py and changelog.py. The
upload is left to .github/workflows/release.yml, and what only a person can do is listed at the end.
"""

from __future__ import annotations

import argparse
import datetime
import hashlib
import json
import os
import re
import subprocess
import sys
import tarfile
import tempfile
import time
import tomllib
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parents[2]
sys.path[1:1] = [str(ROOT / "spec" / "api_report")]

from changelog import (  # noqa: E402
    CHANGELOG,
    ChangelogError,
    fragment_files,
    rendered_notes,
    unreleased_version,
    with_release,
)
from changelog_fragments import FragmentError, read_fragments  # noqa: E402
from distributions import sdist_problems, wheel_problems  # noqa: E402
from public_api import ComparisonError, extract, latest_version_tag  # noqa: E402
from public_changes import compare, release_for  # noqa: E402
from public_surface import read_surface  # noqa: E402
from release_plan import (  # noqa: E402
    classifier_problems,
    version_problem,
    version_to_release,
)
from release_version import Release, version_of  # noqa: E402

LEFT_TO_A_PERSON = (
    "Repository address: fill in [project.urls] of pyproject.toml; until then the relative links "
    "of README.md are dead on PyPI, and SECURITY.md can't name where to report.",
    "PyPI: register a trusted publisher: project a2e-sdk, workflow release.yml, environment pypi.",
    "Repository settings: the environment pypi with required reviewers, private vulnerability "
    "reporting, pages published by workflows, protected tags v*.",
    "Actions: compare the pinned hashes of .github/workflows with their repositories once.",
    "Windows, macOS and Python 3.14: only ci.yml has them; look at its result before tagging.",
    "Live service: `a2e verify` with a key; the tests know the sandbox only.",
    "Tag the commit (git tag -a vVERSION) and push the tag: release.yml does the rest.",
)


class StepError(Exception):
    """A step found something wrong; the text says what, and what to do."""


@dataclass
class Run:
    """What the steps share.

    Attributes:
        work: A folder for everything that is built.
        pythons: The Python versions on which the distributions are installed.
        sbom: Where the bill of materials is.
    """

    work: Path
    pythons: list[str]
    output: Path | None = None
    sbom: Path | None = None
    environment: dict[str, str] = field(default_factory=dict)

    @property
    def dist(self) -> Path:
        """The folder of the distributions that are checked."""
        return self.work / "first" / "dist"

    @property
    def wheel(self) -> Path:
        """The wheel that is checked."""
        return next(self.dist.glob("*.whl"))

    @property
    def sdist(self) -> Path:
        """The sdist that is checked."""
        return next(self.dist.glob("*.tar.gz"))


def call(*command: str | Path, cwd: Path = ROOT, environment: dict[str, str] | None = None) -> str:
    """Run a program and return what it prints.

    Raises:
        StepError: It fails.
    """
    # Tools must not see this repository by way of the path.
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**kept, **(environment or {})},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = (done.stdout + done.stderr).strip()[-2000:]
        raise StepError(f"{' '.join(map(str, command[:4]))} failed with {done.returncode}: {said}")
    return done.stdout


def digest(path: Path) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _tag_version() -> tuple[str | None, str | None]:
    tag = latest_version_tag(ROOT)
    return tag, tag.removeprefix("v") if tag else None


def planned_version() -> tuple[str, str | None]:
    """Return the version that the release has to have, and that of the latest tag."""
    tag, latest = _tag_version()
    verdict = Release.PATCH
    if tag:
        with tempfile.TemporaryDirectory() as folder:
            extract(ROOT, tag, Path(folder))
            verdict = release_for(compare(read_surface(Path(folder)), read_surface(ROOT)))
    fragments = read_fragments(ROOT)
    return version_to_release(latest, verdict, (each.type for each in fragments)), latest


def check_clean_tree(run: Run) -> str:
    """Check that what is built is what is committed."""
    changed = call("git", "status", "--porcelain").strip()
    if changed:
        raise StepError(f"commit or remove these first: {', '.join(changed.splitlines())}")
    return call("git", "log", "-1", "--format=%h %s").strip()[:70]


def check_version(run: Run) -> str:
    """Check the version against the API report's verdict and the fragments."""
    version = version_of(ROOT)
    tag, latest = _tag_version()
    if version == latest:
        tagged = call("git", "rev-parse", f"{tag}^{{commit}}")
        if tagged == call("git", "rev-parse", "HEAD"):
            return f"{version}, which is tagged"
    wanted, latest = planned_version()
    problem = version_problem(version, wanted, latest)
    # Fragments that a release has taken in no longer say how much moves.
    if problem and read_fragments(ROOT):
        raise StepError(f"{problem}; `nox -s release -- --prepare` sets it")
    return f"{version}, after {latest or 'no tag'}"


def check_changelog(run: Run) -> str:
    """Render the changelog with all fragments."""
    text = (ROOT / CHANGELOG).read_text(encoding="utf-8")
    version, fragments = version_of(ROOT), read_fragments(ROOT)
    if not fragments and unreleased_version(text) is None:
        if f"## {version} (" not in text:
            raise StepError(f"{CHANGELOG} has no section {version}, and there are no fragments")
        return f"section {version} is written"
    today = datetime.datetime.now(datetime.UTC).date()
    (run.work / CHANGELOG).write_text(
        with_release(text, version, today, rendered_notes(ROOT)), encoding="utf-8"
    )
    return f"{len(fragments)} fragments go into section {version}; --prepare writes it"


def build_twice(run: Run) -> str:
    """Build sdist and wheel in two folders at two times: equal bytes, and no way but one."""
    epoch = call("git", "log", "-1", "--format=%ct").strip()
    for name, umask, zone in (("first", 0o022, "UTC"), ("second", 0o077, "Asia/Tokyo")):
        tree = run.work / name / ("source" if name == "first" else "another/source")
        tree.mkdir(parents=True)
        archive = run.work / f"{name}.tar"
        call("git", "archive", "-o", archive, "HEAD")
        with tarfile.open(archive) as opened:
            # The argument `filter` came with Python 3.11.4.
            opened.extraction_filter = getattr(tarfile, "data_filter", None)
            opened.extractall(tree)
        previous = os.umask(umask)
        try:
            environment = {"SOURCE_DATE_EPOCH": epoch, "TZ": zone}
            build = (sys.executable, "-m", "build", "-q", "--no-isolation")
            # The wheel of build's own choice comes from the sdist; the other from the tree.
            call(*build, "-o", run.work / name / "dist", cwd=tree, environment=environment)
            call(
                *build, "--wheel", "-o", run.work / name / "tree", cwd=tree, environment=environment
            )
        finally:
            os.umask(previous)
        time.sleep(2.1)  # Zip files count in steps of two seconds.
    seen: list[str] = []
    for path in sorted(run.dist.iterdir()):
        if digest(path) != digest(run.work / "second" / "dist" / path.name):
            raise StepError(f"two builds of {path.name} differ")
        seen.append(f"{path.name} sha256 {digest(path)}")
    if digest(run.wheel) != digest(run.work / "first" / "tree" / run.wheel.name):
        raise StepError("the wheel that is built from the sdist is not the one of the tree")
    return "\n".join(seen)


def check_metadata(run: Run) -> str:
    """Check metadata and description as PyPI does, and the classifiers."""
    call(sys.executable, "-m", "twine", "check", "--strict", run.wheel, run.sdist)
    call(
        Path(sys.executable).with_name("check-wheel-contents"),
        # W002: what is generated has many modules with the same few lines.
        *("--toplevel", "a2e_sdk,a2e_api", "--ignore", "W002", run.wheel),
    )
    from trove_classifiers import classifiers as known

    with (ROOT / "pyproject.toml").open("rb") as file:
        project = tomllib.load(file)["project"]
    workflow = (ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
    tested = re.findall(r"\"(3\.\d+)\"", workflow)
    typed = (ROOT / "a2e_sdk" / "py.typed").is_file()
    problems = classifier_problems(project["classifiers"], known, tested, typed=typed)
    if problems:
        raise StepError("; ".join(problems))
    return "twine --strict, check-wheel-contents, classifiers"


def check_contents(run: Run) -> str:
    """Check what the distributions hold."""
    with zipfile.ZipFile(run.wheel) as wheel:
        in_wheel = {name for name in wheel.namelist() if not name.endswith("/")}
    with tarfile.open(run.sdist) as sdist:
        in_sdist = {each.name.partition("/")[2] for each in sdist.getmembers() if each.isfile()}
    tracked = set(call("git", "ls-tree", "-r", "--name-only", "-z", "HEAD").split("\0"))
    problems = [*wheel_problems(in_wheel), *sdist_problems(in_sdist, tracked)]
    if problems:
        raise StepError("; ".join(problems[:20]))
    return f"{len(in_wheel)} files in the wheel, {len(in_sdist)} in the sdist"


def readme_command() -> list[str]:
    """Return the arguments of the a2e command in README's first shell block."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    block = re.search(r"```sh\n(.*?)```", text, re.DOTALL)
    found = re.search(r"bin/a2e (.*)", block[1]) if block else None
    if not found:
        raise StepError("README.md's first shell block has no a2e command")
    return found[1].split()


def make_environment(run: Run, folder: Path, python: str, *requirements: str) -> Path:
    """Make a fresh environment, install into it, and return the folder of its programs."""
    call(sys.executable, "-m", "virtualenv", "-q", "-p", python, folder)
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    call(programs / "python", "-m", "pip", "install", "-q", *requirements, cwd=run.work)
    return programs


def install_and_run(run: Run) -> str:
    """Install wheel and sdist into fresh environments and run README's first command."""
    seen: list[str] = []
    command, version = readme_command(), version_of(ROOT)
    for python in run.pythons:
        for path in (run.wheel, run.sdist):
            kind = "wheel" if path == run.wheel else "sdist"
            folder = run.work / f"installed-{python}-{kind}"
            programs = make_environment(run, folder, python, f"{path}[cli]")
            environment = {"COLUMNS": "120", "NO_COLOR": "1"}
            said = call(programs / "a2e", "--version", cwd=run.work, environment=environment)
            if version not in said:
                raise StepError(f"a2e --version on Python {python} says {said.strip()!r}")
            table = call(programs / "a2e", *command, cwd=run.work, environment=environment)
            if "succeeded" not in table:
                raise StepError(f"README's first command on Python {python} printed {table!r}")
            seen.append(f"{kind} on {python}")
    return ", ".join(seen)


def write_bill_of_materials(run: Run) -> str:
    """Write the CycloneDX bill of the wheel's runtime dependencies, twice the same."""
    folder = run.work / "runtime"
    programs = make_environment(run, folder, run.pythons[0], str(run.wheel))
    # What virtualenv seeds is no dependency.
    call(programs / "python", "-m", "pip", "uninstall", "-q", "-y", "setuptools", "wheel", "pip")
    texts: list[str] = []
    for number in range(2):
        path = run.work / f"a2e-sdk.{number}.cdx.json"
        call(
            *(sys.executable, "-m", "cyclonedx_py", "environment", "--output-reproducible"),
            *("--sv", "1.6", "--of", "JSON", "-o", path, folder),
        )
        text = path.read_text(encoding="utf-8")
        # It names the file that was installed by where it was.
        if str(run.work) in text:
            text = text.replace(run.wheel.parent.as_uri(), "file:///dist")
        texts.append(text)
    if texts[0] != texts[1]:
        raise StepError("two bills of materials of one environment differ")
    if str(run.work) in texts[0]:
        raise StepError("the bill of materials names a folder of this machine")
    run.sbom = run.dist.parent / "a2e-sdk.cdx.json"
    run.sbom.write_text(texts[0], encoding="utf-8")
    names = sorted(each["name"] for each in json.loads(texts[0])["components"])
    return f"{', '.join(names)}; the versions are those that the registry gives today"


def check_workflows(run: Run) -> str:
    """Lint the workflows, without a network."""
    folder = ROOT / ".github" / "workflows"
    programs = Path(sys.executable).parent
    call(programs / "zizmor", "--offline", "--persona", "pedantic", "--no-progress", folder)
    call(programs / "jactionlint", *sorted(folder.glob("*.yml")))
    return f"{len(list(folder.glob('*.yml')))} workflows: zizmor, jactionlint"


STEPS: tuple[Callable[[Run], str], ...] = (
    check_clean_tree,
    check_version,
    check_changelog,
    build_twice,
    check_metadata,
    check_contents,
    install_and_run,
    write_bill_of_materials,
    check_workflows,
)

#: Steps that need what an earlier one built.
NEED_A_BUILD = (check_metadata, check_contents, install_and_run, write_bill_of_materials)


def take_steps(run: Run, steps: tuple[Callable[[Run], str], ...], console: Console) -> bool:
    """Take every step that can be taken, print the table, and return whether all went well."""
    table = Table("step", "", "what was seen", title="Release, dry run")
    well = built = True
    for step in steps:
        name = step.__name__.replace("_", " ")
        if step in NEED_A_BUILD and not built:
            table.add_row(name, "skipped", "nothing was built")
            continue
        began = time.monotonic()
        try:
            seen, state = step(run), "ok"
        except (StepError, ChangelogError, FragmentError, ComparisonError, OSError) as error:
            seen, state, well = str(error), "FAILED", False
            built = built and step is not build_twice
        console.print(f"{name}: {state} ({time.monotonic() - began:.0f} s)", markup=False)
        table.add_row(name, state, seen.replace("[", "\\["))
    console.print(table)
    return well


def prepare() -> str:
    """Write the version and the changelog of the release into the tree; commit nothing."""
    version, _ = planned_version()
    path = ROOT / "a2e_sdk" / "version.py"
    text = path.read_text(encoding="utf-8")
    today = datetime.datetime.now(datetime.UTC).date()
    changelog = ROOT / CHANGELOG
    written = with_release(changelog.read_text("utf-8"), version, today, rendered_notes(ROOT))
    files = fragment_files(ROOT)
    path.write_text(text.replace(f'"{version_of(ROOT)}"', f'"{version}"'), encoding="utf-8")
    changelog.write_text(written, encoding="utf-8")
    for file in files:
        file.unlink()
    return f"version.py and {CHANGELOG} have {version}; look at both, then commit them."


def main() -> int:
    """Run the command line and return the exit code."""
    parser = argparse.ArgumentParser(description="Do what a release needs; upload nothing.")
    mode = parser.add_mutually_exclusive_group(required=True)
    mode.add_argument("--dry-run", action="store_true", help="build and check everything")
    mode.add_argument("--prepare", action="store_true", help="write the version and the changelog")
    parser.add_argument("--python", action="append", help="install on this Python; repeatable")
    parser.add_argument("--output", type=Path, help="copy what is uploaded into this folder")
    options = parser.parse_args()
    console = Console(width=None if sys.stdout.isatty() else 140)
    if options.prepare:
        try:
            console.print(prepare())
        except (ChangelogError, FragmentError, ComparisonError) as error:
            print(f"{error}.", file=sys.stderr)
            return 1
        return 0
    with tempfile.TemporaryDirectory(prefix="release-") as folder:
        own = f"{sys.version_info[0]}.{sys.version_info[1]}"
        run = Run(Path(folder).resolve(), options.python or [own])
        well = take_steps(run, STEPS, console)
        if well and options.output:
            options.output.mkdir(parents=True, exist_ok=True)
            for path in (*run.dist.iterdir(), *([run.sbom] if run.sbom else [])):
                (options.output / path.name).write_bytes(path.read_bytes())
    console.print("\nLeft to a person:")
    for line in LEFT_TO_A_PERSON:
        console.print(f" - {line}", markup=False)
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
