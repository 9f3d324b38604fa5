"""Fetch and unpack the real code of corpus.txt, and copy this Python's own library beside it.

    python benchmarks/rules/corpus.py FOLDER
    python benchmarks/rules/corpus.py FOLDER --fresh
    python benchmarks/rules/corpus.py FOLDER --github

Each package lands in FOLDER/NAME-VERSION, with `--fresh` the source archives of corpus-fresh.txt (with tests and examples, as the
project's own developers have them; a wheel where there is none), with `--github` each application of corpus-github.txt in FOLDER/NAME-COMMIT; what is there
already is left alone. A wheel lacks its project's pyproject.toml, which tells a library from an application: a short one is written. What cannot be had is named and left out.
"""

from __future__ import annotations

import argparse
import io
import json
import re
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import tempfile
import urllib.request
import zipfile
from email import message_from_bytes
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urljoin

if TYPE_CHECKING:
    from email.message import Message

_WANTED = (".py", ".pyi", ".toml", ".cfg", "entry_points.txt")
HERE = Path(__file__).parent
GITHUB = "https://github.com/"
INDEX = "https://pypi.org/simple/"


def wanted(name: str) -> list[str]:
    """The lines of a list that are no comments."""
    return [line for line in (HERE / name).read_text(encoding="utf-8").split("\n") if line and not line.startswith("#")]


def fetch(requirement: str, target: Path) -> str:
    """Unpack one wheel; "" or what went wrong."""
    with tempfile.TemporaryDirectory() as folder:
        command = [
            sys.executable,
            "-m",
            "pip",
            "download",
            "--quiet",
            "--no-deps",
            "--only-binary=:all:",
            "-d",
            folder,
            requirement,
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        wheels = list(Path(folder).glob("*.whl"))
        if done.returncode or not wheels:
            return (done.stderr.strip().splitlines() or ["no wheel"])[-1]
        with zipfile.ZipFile(wheels[0]) as archive:
            names = archive.namelist()
            archive.extractall(target, [name for name in names if name.endswith(_WANTED)])
            told = next(name for name in names if name.endswith(".dist-info/METADATA"))
            _write_project(target, message_from_bytes(archive.read(told)))
    return ""


def fetch_source(requirement: str, target: Path) -> str:
    """Unpack one source archive; "" or what went wrong."""
    name, version = requirement.split("==")
    try:
        page = f"{INDEX}{name}/"
        with urllib.request.urlopen(page, timeout=60) as answer:
            text = answer.read().decode()
        found = re.findall(rf'href="([^"#]+-{re.escape(version)}\.tar\.gz)', text)
        if not found:
            return "no source archive"
        with urllib.request.urlopen(urljoin(page, found[0]), timeout=300) as answer:
            data = io.BytesIO(answer.read())
        with tarfile.open(fileobj=data) as archive:
            for member in archive:
                inner = member.name.partition("/")[2]
                if member.isfile() and inner.endswith(_WANTED) and ".." not in inner.split("/"):
                    path = target / inner
                    path.parent.mkdir(parents=True, exist_ok=True)
                    content = archive.extractfile(member)
                    path.write_bytes(content.read() if content else b"")
    except (OSError, ValueError, tarfile.TarError) as error:
        return str(error)
    return ""


def _write_project(target: Path, told: Message) -> None:
    """What the project's own pyproject.toml says that matters here: that it is a package, and for which versions of Python."""
    lines = [
        "[build-system]",
        "requires = []",
        "[project]",
        f"name = {json.dumps(told['Name'])}",
        f"version = {json.dumps(told['Version'])}",
    ]
    if told["Requires-Python"]:
        lines.append(f"requires-python = {json.dumps(told['Requires-Python'])}")
    path = target / "pyproject.toml"
    if not path.exists():
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def check_out(repository: str, commit: str, target: Path, base: str) -> str:
    """The Python files of one commit; "" or what went wrong."""
    with tempfile.TemporaryDirectory() as folder:
        steps = (["init", "-q"], ["fetch", "-q", f"{base}{repository}"], ["checkout", "-q", commit])
        for step in steps:
            done = subprocess.run(["git", "-C", folder, *step], capture_output=True, text=True, check=False)
            if done.returncode:
                return (done.stderr.strip().splitlines() or [f"git {step[0]} failed"])[-1]
        for path in Path(folder).rglob("*.py"):
            if path.is_file() and not path.is_symlink():
                copy = target / path.relative_to(folder)
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, copy)
    return ""


def main() -> None:
    """Fetch what is missing."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--fresh", action="store_true", help="the packages that no rule was tuned on; no library of Python")
    parser.add_argument("--github", action="store_true", help="the applications instead of the packages")
    parser.add_argument("--base", default=GITHUB, help="where the repositories are; a mirror has them as OWNER/NAME as well")
    arguments = parser.parse_args()
    folder = arguments.folder
    folder.mkdir(parents=True, exist_ok=True)
    problems: dict[str, str] = {}
    if arguments.github:
        for repository, commit in map(str.split, wanted("corpus-github.txt")):
            target = folder / f"{repository.rpartition('/')[2]}-{commit}"
            problems[repository] = "" if target.exists() else check_out(repository, commit, target, arguments.base)
    else:
        library = folder / f"cpython-{sys.version.split()[0]}"
        if not arguments.fresh and not library.exists():
            ignored = shutil.ignore_patterns("site-packages", "__pycache__", "config-*", "lib-dynload")
            shutil.copytree(sysconfig.get_path("stdlib"), library, ignore=ignored)
        for requirement in wanted("corpus-fresh.txt" if arguments.fresh else "corpus.txt"):
            target = folder / requirement.replace("==", "-")
            if target.exists():
                continue
            problems[requirement] = fetch_source(requirement, target) if arguments.fresh else "no source archive"
            if problems[requirement] == "no source archive":
                problems[requirement] = fetch(requirement, target)
    for name, problem in problems.items():
        if problem:
            print(f"{name}: {problem}", file=sys.stderr)


if __name__ == "__main__":
    main()
