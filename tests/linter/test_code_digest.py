"""The part of the cache's key that stands for greenlint's own code: by what the installer wrote, or by the code itself."""

from __future__ import annotations

import base64
import hashlib
import os
from typing import TYPE_CHECKING

import pytest

from greenlint import __version__
from greenlint.linter.digest import code_digest, content_hash

if TYPE_CHECKING:
    from pathlib import Path

CODE = {
    f"{part}/{name}": f"{part} = {name!r}\n" for part in ("rules", "source", "linter", "model") for name in ("a.py", "b.py")
}


def install(site: Path, *, code: dict[str, str] = CODE, recorded: bool = True, script: str = "/bin/python") -> str:
    """Files of a package as an installer leaves them; returns its folder."""
    package, lines = site / "greenlint", ["../../../bin/greenlint,sha256=" + script, "greenlint/cli/x.py,sha256=0,1"]
    for path, text in code.items():
        (package / path).parent.mkdir(parents=True, exist_ok=True)
        (package / path).write_text(text)
        digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode().rstrip("=")
        lines += [f"greenlint/{path},sha256={digest},{len(text)}", f"greenlint/__pycache__/{path}c,,"]
    if recorded:
        record = site / f"greenlint-{__version__}.dist-info" / "RECORD"
        record.parent.mkdir()
        record.write_text("\n".join(lines) + "\n")
    return str(package)


def test_it_is_the_same_in_every_environment_and_for_every_order_of_the_record(tmp_path: Path) -> None:
    one = install(tmp_path / "one")
    other = install(tmp_path / "other", code=dict(reversed(CODE.items())), script="/elsewhere/python")
    os.utime(os.path.join(other, "rules", "a.py"), ns=(10**18, 10**18))  # unpacked long ago
    assert code_digest(one) == code_digest(other)
    bare = [code_digest(install(tmp_path / name, recorded=False)) for name in ("x", "y")]
    assert bare[0] == bare[1]


def test_another_version_of_a_file_is_another_digest(tmp_path: Path) -> None:
    changed = {**CODE, "source/b.py": "source = 2\n"}
    for recorded in (True, False):
        folder = tmp_path / str(recorded)
        first = code_digest(install(folder / "one", recorded=recorded))
        assert first != code_digest(install(folder / "two", code=changed, recorded=recorded))
        assert first != code_digest(install(folder / "more", code={**CODE, "rules/c/d.py": ""}, recorded=recorded))


def test_what_was_edited_added_or_removed_after_the_installation_is_seen(tmp_path: Path) -> None:
    package = install(tmp_path)
    record = tmp_path / f"greenlint-{__version__}.dist-info" / "RECORD"
    seen = {code_digest(package)}
    later = record.stat().st_mtime_ns + 10**9
    edited = os.path.join(package, "rules", "a.py")
    with open(edited, "a", encoding="utf-8") as file:
        file.write("# mine\n")
    os.utime(edited, ns=(later, later))
    seen.add(code_digest(package))
    os.remove(edited)
    seen.add(code_digest(package))
    added = os.path.join(package, "linter", "new.py")
    with open(added, "w", encoding="utf-8"):
        pass
    os.utime(added, ns=(1, 1))
    seen.add(code_digest(package))
    os.remove(os.path.join(package, "model", "b.py"))
    seen.add(code_digest(package))
    assert len(seen) == 5


@pytest.mark.parametrize("size", [0, 1, 300_000])
def test_few_files_have_the_hashes_that_many_have(tmp_path: Path, size: int) -> None:
    path = tmp_path / "data.bin"
    path.write_bytes(b"\0" * size)
    hashes = {content_hash(str(path), few=few) for few in (True, False)}
    assert hashes == {hashlib.sha256(b"\0" * size).digest()[:16]}
