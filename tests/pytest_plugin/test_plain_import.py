"""Modules that are imported from their compiled files: always the code of the source as it is now."""

from __future__ import annotations

import importlib.util
import inspect
import os
import py_compile
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from greenlint.pytest_plugin.plain_import import PlainFinder

SOURCE = '"""A module."""\n\n\ndef where():\n    raise KeyError("here")\n\n\nVALUE = {}\n'


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "sample.py"
    path.write_text(SOURCE.format(1))
    return path


def compiled(source: Path, **options: object) -> Path:
    return Path(py_compile.compile(str(source), doraise=True, **options))  # type: ignore[arg-type]


def load(source: Path, name: str = "greenlint.sample") -> ModuleType:
    folder = source.parent.parent if source.name == "__init__.py" else source.parent
    spec = PlainFinder.find_spec(name, [str(folder)])
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def is_quick(module: ModuleType) -> bool:
    return type(module.__loader__).__name__ == "_Loader"


def test_a_compiled_module_is_what_python_would_have_made_of_it(source: Path) -> None:
    cached = compiled(source)
    module = load(source)
    assert is_quick(module)
    assert (module.VALUE, module.__file__, module.__cached__) == (1, str(source), str(cached))
    assert (module.__package__, module.__doc__) == ("greenlint", "A module.")
    assert inspect.getsource(module.where).startswith("def where")
    with pytest.raises(KeyError) as caught:
        module.where()
    assert caught.traceback[-1].path == source
    module.__spec__.loader.exec_module(module)  # type: ignore[union-attr] # as importlib.reload does
    assert module.VALUE == 1


def test_a_package_knows_where_its_modules_are(tmp_path: Path) -> None:
    folder = tmp_path / "box"
    folder.mkdir()
    (folder / "__init__.py").write_text("VALUE = 3\n")
    compiled(folder / "__init__.py")
    module = load(folder / "__init__.py", "greenlint.box")
    assert is_quick(module)
    assert (module.VALUE, list(module.__path__), module.__package__) == (3, [str(folder)], "greenlint.box")


@pytest.mark.parametrize("same", ["size", "time"])
def test_a_changed_source_is_compiled_anew(source: Path, same: str) -> None:
    compiled(source)
    before = os.stat(source)
    source.write_text(SOURCE.format(2 if same == "size" else 22))
    os.utime(source, ns=(before.st_atime_ns, before.st_mtime_ns + (2_000_000_000 if same == "size" else 0)))
    assert load(source).VALUE in (2, 22)


@pytest.mark.parametrize("length", [0, 3, 15, 16, 17, 60, -1])
def test_a_compiled_file_that_was_cut_off_does_no_harm(source: Path, length: int) -> None:
    cached = compiled(source)
    whole = cached.read_bytes()
    cached.write_bytes(whole[:length])
    assert load(source).VALUE == 1


def test_the_compiled_file_of_another_python_is_not_used(source: Path) -> None:
    cached = compiled(source)
    cached.write_bytes(b"\x00\x01\r\n" + cached.read_bytes()[4:])
    module = load(source)
    assert not is_quick(module)
    assert module.VALUE == 1


def test_files_compared_by_hash_are_left_to_python(source: Path) -> None:
    compiled(source, invalidation_mode=py_compile.PycInvalidationMode.CHECKED_HASH)
    source.write_text(SOURCE.format(2))
    assert load(source).VALUE == 2


def test_a_tree_that_was_moved_names_its_new_place(source: Path) -> None:
    compiled(source, dfile="/elsewhere/sample.py")
    module = load(source)
    assert module.where.__code__.co_filename == str(source)


@pytest.mark.parametrize("name", ["json", "greenlint", "greenlint.testing.sample"])
def test_what_is_not_ours_is_left_to_others(source: Path, name: str) -> None:
    assert PlainFinder.find_spec(name, [str(source.parent)]) is None


def test_a_module_that_is_not_there_is_not_found(tmp_path: Path) -> None:
    assert PlainFinder.find_spec("greenlint.nothing", [str(tmp_path)]) is None


@pytest.mark.parametrize("options", [["-O"], ["-OO"], ["-X", "pycache_prefix={}"], ["-B"]], ids=" ".join)
def test_unusual_pythons_run_with_energy(tmp_path: Path, options: list[str]) -> None:
    (tmp_path / "test_one.py").write_text("def test_one(): pass\n")
    command = [sys.executable, *(option.format(tmp_path / "cache") for option in options), "-m", "pytest", "-q", "--energy"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False)
    assert "1 passed" in done.stdout, done.stdout + done.stderr
    assert "greenlint energy (" in done.stdout
