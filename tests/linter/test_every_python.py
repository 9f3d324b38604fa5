"""Every Python of this machine lints files in the syntax of all others: what is too new for it is said, nothing fails."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SOURCES = Path(__file__).parents[2] / "src"
AS_JSON = ("--output-format", "json")  # in two words, and without `--jobs`: other interpreters have no parser of command lines
START = "import sys; sys.path.insert(0, sys.argv.pop(1)); from greenlint.__main__ import main; main()"
SYNTAX: dict[str, tuple[int, str]] = {
    "what the compiler warns of": (
        0,
        "x = '\\z'\ny = 1or 0\nz = x is 'a'\n\n\ndef f(a: '\"\\\\z\"'):\n    return a + '\\400'\n",
    ),
    "group of exceptions": (11, "def f():\n    try:\n        g()\n    except* OSError as e:\n        print(e)\n"),
    "type in a class": (
        12,
        "class A:\n    type name = int\n    type test = list[name]\n\n    def __call__(self): return self.name\n",
    ),
    "type of a module": (12, "type Pair[T] = tuple[T, T]\n\n\ndef f(pair: Pair[int]): return pair\n"),
    "generic class": (12, "class Box[T: (int, str)]:\n    def get[*P](self, *rest: *P) -> T: return self.it\n"),
    "quotes in a format": (12, 'def f(d):\n    for k in d:\n        log(f"{d["a"]} {f"{k!r:>{d["n"]}}"}")\n'),
    "default of a type": (13, "class Box[T = int, **P = [int]]:\n    x: T\n\n\ndef f[T = str](x: T): return x\n"),
    "template": (
        14,
        'def f(d, log):\n    for k in d:\n        log.debug(t"{k} of {len(d):>{k}}")\n    return t"<p>{d!r}</p>"\n',
    ),
    "exceptions without brackets": (14, "def f():\n    try:\n        g()\n    except OSError, ValueError:\n        pass\n"),
    "lazy import": (15, "lazy import json\nlazy from os import path as p\n\n\ndef f(): return json.dumps(p.sep)\n"),
    "unpacking in a comprehension": (
        15,
        "def f(rows, a):\n    for row in rows:\n        x = [*one for one in row]\n        y = {**one for one in list(row)}\n"
        "        a.append({*z for z in row})\n    return list((*q for q in a)), x, y, dict({**d for d in [b for b in a]})\n",
    ),
}


def pythons() -> dict[str, int]:
    """Interpreters of different minor versions -> the minor version: this one, those on the path and those of pyenv."""
    found = {sys.version_info[1]: sys.executable}
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv") / "versions"
    for minor in range(10, 20):
        for place in (shutil.which(f"python3.{minor}"), *sorted(pyenv.glob(f"3.{minor}.*/bin/python3"))):
            if minor not in found and place and _answers(place, minor):
                found[minor] = str(place)
    return {place: minor for minor, place in found.items()}


def _answers(python: str | Path, minor: int) -> bool:
    """A launcher of pyenv may stand for a version that is not switched on."""
    done = subprocess.run([python, "-c", "import sys; print(sys.version_info[1])"], capture_output=True, text=True, check=False)
    return done.stdout.strip() == str(minor)


@pytest.mark.parametrize(
    ("python", "minor"), pythons().items(), ids=lambda value: f"3.{value}" if isinstance(value, int) else ""
)
@pytest.mark.parametrize("warned", ["default", "error"])
@pytest.mark.parametrize("padding", [0, 60_000], ids=["in one process", "in workers"])
def test_files_in_any_syntax(python: str, minor: int, padding: int, warned: str, tmp_path: Path) -> None:
    for name, (_, source) in SYNTAX.items():
        (tmp_path / f"{name.replace(' ', '_')}.py").write_text(f"{source}{'#' * padding}\n")
    command = [python, "-c", START, str(SOURCES), "check", "--pedantic", "--no-cache", *AS_JSON, "."]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONWARNINGS": warned}
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False, env=environment, timeout=60)
    report = json.loads(done.stdout)
    assert (done.returncode, done.stderr, report["errors"]) == (1, "", [])
    assert [finding["message"] for finding in report["findings"] if finding["code"] == "GL901"] == []
    too_new = {finding["path"] for finding in report["findings"] if finding["code"] == "GL900"}
    assert too_new == {f"{name.replace(' ', '_')}.py" for name, (version, _) in SYNTAX.items() if version > minor}
