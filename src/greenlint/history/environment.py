"""The Python environment of a commit: made once for all commits with the same lock files, and set up in each worktree."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys

from greenlint.errors import GreenlintError
from greenlint.named_tuple import NamedTuple
from greenlint.sampling.process import run_whole
from greenlint.sampling.sample import ProcessFailed

_LOCKS = (
    *("uv.lock", "poetry.lock", "pdm.lock", "pylock.toml", "Pipfile.lock", "conda-lock.yml"),
    *("requirements.txt", "requirements-dev.txt", "requirements/base.txt", "requirements/dev.txt"),
)
_DECLARED = ("pyproject.toml", "setup.cfg", "setup.py")
_COMPLETE = "greenlint-complete"
_MAKE_S = 300


class SetupFailed(ProcessFailed):
    """The set-up command of a commit failed; the message holds its last line."""


class Environment(NamedTuple):
    """The interpreter that runs a commit's benchmarks, and the variables that its programs need."""

    python: str
    variables: dict[str, str]


OWN = Environment(sys.executable, {})
"""The environment that greenlint itself runs in, for projects without a set-up command."""


def lock_hash(tree: str, setup: str) -> str:
    """A hash of the set-up command, the Python version and the lock files in a folder, or else what declares dependencies."""
    digest = hashlib.blake2b(f"{setup}\0{sys.version}\0{sys.prefix}\0".encode(), digest_size=10)
    names = [name for name in _LOCKS if os.path.isfile(os.path.join(tree, name))]
    for name in names or _DECLARED:
        path = os.path.join(tree, name)
        if os.path.isfile(path):
            with open(path, "rb") as file:
                digest.update(name.encode() + b"\0" + file.read() + b"\0")
    return digest.hexdigest()


def prepare(folder: str, tree: str, setup: str, timeout_s: float) -> Environment:
    """Make or find the environment of a worktree and run the set-up command there.

    folder  where environments are kept. Raises SetupFailed when the command fails, GreenlintError when no environment can
    be made at all.
    """
    if not setup:
        return OWN
    place = os.path.join(folder, lock_hash(tree, setup))
    mark = os.path.join(place, _COMPLETE)
    if not os.path.exists(mark):  # half made by a run that was killed, or by a set-up that failed
        shutil.rmtree(place, ignore_errors=True)
        os.makedirs(folder, exist_ok=True)
        with open(os.path.join(folder, ".gitignore"), "w", encoding="ascii") as file:
            file.write("*\n")
        _make(place)
    environment = _environment(place)
    done = run_whole(setup, cwd=tree, env={**os.environ, **environment.variables}, timeout_s=timeout_s)
    if done.timed_out:
        raise SetupFailed(f"set-up took longer than {timeout_s:g} s")
    if done.code != 0:
        raise SetupFailed(f"set-up ended with {done.code}: {done.last_line}")
    with open(mark, "w", encoding="ascii"):
        return environment


def _environment(place: str) -> Environment:
    programs = _programs(place)
    path = os.pathsep.join([programs, os.environ.get("PATH", os.defpath)])
    return Environment(os.path.join(programs, "python"), {"VIRTUAL_ENV": place, "PATH": path})


def _make(place: str) -> None:
    """A virtual environment that finds greenlint and pytest where they are now, behind everything that it holds itself.

    It takes pip from there as well, which then installs into it; where there is none it gets one of its own, which takes
    seconds.
    """
    from importlib.util import find_spec

    borrowed = find_spec("pip") is not None
    command = [sys.executable, "-m", "venv", *(["--without-pip"] if borrowed else []), place]
    done = run_whole(command, cwd=os.path.dirname(sys.executable), env=dict(os.environ), timeout_s=_MAKE_S)
    if done.code != 0 or done.timed_out:
        shutil.rmtree(place, ignore_errors=True)
        raise GreenlintError(f"no environment for --setup can be made: {done.last_line}", "is the venv module installed?")
    own = [path for path in sys.path if os.path.basename(path) in ("site-packages", "dist-packages")]
    lines = "".join(f"import site; site.addsitedir({path!r})\n" for path in own)
    with open(os.path.join(_site_packages(place), "greenlint-behind.pth"), "w", encoding="utf-8") as file:
        file.write(lines)
    if borrowed:
        _offer_pip(place)


def _offer_pip(place: str) -> None:
    """The command `pip` of the environment; without it, that of another environment would be found."""
    folder = _programs(place)
    names = ("pip.cmd",) if os.name == "nt" else ("pip", "pip3")
    text = '@"%~dp0python.exe" -m pip %*\n' if os.name == "nt" else f'#!/bin/sh\nexec "{folder}/python" -m pip "$@"\n'
    for name in names:
        path = os.path.join(folder, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        os.chmod(path, 0o755)


def _programs(place: str) -> str:
    return os.path.join(place, "Scripts" if os.name == "nt" else "bin")


def _site_packages(place: str) -> str:
    if os.name == "nt":
        return os.path.join(place, "Lib", "site-packages")
    return os.path.join(place, "lib", f"python{sys.version_info.major}.{sys.version_info.minor}", "site-packages")
