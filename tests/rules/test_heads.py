"""What is remembered of the rules: it answers without importing them, and never for a rule that has changed since."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import greenlint
from greenlint.rules.heads import head_of, own_heads
from greenlint.rules.registry import own_rules

SOURCES = Path(greenlint.__file__).parent


def test_heads_say_what_the_rules_say() -> None:
    assert own_heads() == {code: head_of(rule) for code, rule in own_rules().items()}
    assert all(head.load() is own_rules()[code] for code, head in own_heads().items())


def in_a_copy(tmp_path: Path, program: str, **environment: str) -> str:
    """Run a program against a copy of greenlint, whose files it may change and whose folder remembers nothing yet."""
    copy = tmp_path / "greenlint"
    if not copy.exists():
        import shutil

        shutil.copytree(SOURCES, copy, ignore=shutil.ignore_patterns("__pycache__"))
    variables = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    variables |= {"PYTHONPATH": str(tmp_path), **environment}
    done = subprocess.run(
        [sys.executable, "-c", program], env=variables, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stderr == ""
    return done.stdout


IMPORTED = """
import sys
from greenlint.rules.heads import own_heads
heads = own_heads()
rules = [name for name in sys.modules if name.count(".") == 3 and name.startswith("greenlint.rules.")]
print(len(heads), len(rules) > 0, sorted(heads["GL205"].callees))
"""


def test_the_second_run_imports_no_rule(tmp_path: Path) -> None:
    first, second = in_a_copy(tmp_path, IMPORTED), in_a_copy(tmp_path, IMPORTED)
    assert first.split()[1] == "True"
    assert second == first.replace("True", "False")


def test_a_changed_rule_is_seen_at_once(tmp_path: Path) -> None:
    in_a_copy(tmp_path, IMPORTED)
    path = tmp_path / "greenlint" / "rules" / "loops" / "front_insert_or_pop_in_loop.py"
    text = path.read_text(encoding="utf-8")
    changed = text.replace('callees = frozenset({"insert", "pop"})', 'callees = frozenset({"insert"})')
    assert changed != text
    path.write_text(changed, encoding="utf-8")
    assert in_a_copy(tmp_path, IMPORTED).endswith("True ['insert']\n")


def test_what_is_remembered_may_be_damaged_or_unwritable(tmp_path: Path) -> None:
    expected = in_a_copy(tmp_path, IMPORTED)
    (remembered,) = (tmp_path / "greenlint" / "rules" / "__pycache__").glob("heads.*.rules")
    for damage in (b"", b"\x00" * 40, remembered.read_bytes()[:100], b"\xdb\x01"):
        remembered.write_bytes(damage)
        assert in_a_copy(tmp_path, IMPORTED) == expected
    remembered.unlink()
    remembered.mkdir()  # not even root can replace it by a file
    assert in_a_copy(tmp_path, IMPORTED) == expected


def test_nothing_is_written_where_python_may_not_write_bytecode(tmp_path: Path) -> None:
    in_a_copy(tmp_path, IMPORTED, PYTHONDONTWRITEBYTECODE="1")
    assert list(tmp_path.rglob("*.rules")) == []


CHECKED = """
import os, sys
from greenlint.config.schema import Config
from greenlint.linter.runner import check_paths
found = check_paths([{path!r}], Config(root=os.path.dirname({path!r}))).findings
print([one.code for one in found], sorted(name for name in sys.modules if name.startswith("greenlint.rules.database.")))
"""


def test_rules_about_databases_are_imported_only_for_files_that_may_hold_their_words(tmp_path: Path) -> None:
    plain, stored = tmp_path / "plain.py", tmp_path / "stored.py"
    plain.write_text("def total(xs):\n    for x in list(xs):\n        print(len(xs), x.key)\n", encoding="utf-8")
    stored.write_text("def f(db):\n    return db.execute('SELECT a FROM t ORDER BY random() LIMIT 1')\n", encoding="utf-8")
    in_a_copy(tmp_path, IMPORTED)
    assert in_a_copy(tmp_path, CHECKED.format(path=str(plain))) == "[] []\n"
    assert in_a_copy(tmp_path, CHECKED.format(path=str(stored))).startswith("['GL412'] [")
