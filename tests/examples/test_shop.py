"""The example project does what its README and `make demo` say."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from greenlint.config import load_config
from greenlint.linter.runner import CheckOptions, check_paths

SHOP = Path(__file__).parents[2] / "examples" / "shop"
WASTEFUL = {
    ("shop/prices.py", "GL102"),
    ("shop/prices.py", "GL107"),
    ("shop/report.py", "GL201"),
    ("shop/report.py", "GL205"),
    ("shop/shipping.py", "GL205"),
    ("shop/orders.py", "GL301"),
    ("shop/orders.py", "GL302"),
    ("shop/orders.py", "GL303"),
    ("shop/store.py", "GL404"),
    ("shop/shipping.py", "GL701"),
    ("shop/shipping.py", "GL704"),
    ("static/img/banner.png", "GLA101"),
    ("static/catalogue.js", "GLA109"),
    ("static/site.css", "GLA109"),
    ("data/orders-2024.csv", "GLA111"),
}


@pytest.fixture(scope="module")
def shop(tmp_path_factory) -> Path:
    """A copy of the example in a git repository of its own."""
    folder = tmp_path_factory.mktemp("demo") / "shop"
    shutil.copytree(SHOP, folder, ignore=shutil.ignore_patterns("__pycache__", ".*_cache", ".greenlint"))
    for command in (["init", "-q"], ["add", "-A"]):
        subprocess.run(["git", "-C", str(folder), *command], check=True, capture_output=True)
    return folder


def run(*command: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a Python command of the example, without options of the session around it."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "GREENLINT"))}
    return subprocess.run([sys.executable, *command], cwd=cwd, env=environment, capture_output=True, text=True, check=False)


def test_the_linter_finds_what_is_wasteful_on_purpose_and_nothing_else(shop):
    result = check_paths([str(shop)], load_config(str(shop)), CheckOptions(jobs=1, use_cache=False))
    assert not result.errors
    assert {(finding.path, finding.code) for finding in result.findings} == WASTEFUL


def test_the_readme_names_every_finding():
    table = re.findall(r"^\| (.*?) \| (GLA?\d{3}) \|", (SHOP / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    named = {(path, code) for places, code in table for path in re.findall(r"`([\w.-]+/[\w/.-]+)`", places)}
    assert named == WASTEFUL


def test_all_tests_pass_without_greenlint_and_without_a_warning(shop):
    done = run("-m", "pytest", "-q", "-W", "error", "-p", "no:greenlint", "-p", "no:cacheprovider", cwd=shop)
    assert done.returncode == 0, done.stdout
    assert "26 passed" in done.stdout


def test_with_energy_exactly_the_wasteful_test_fails(shop):
    done = run("-m", "pytest", "-q", "-W", "error", "--energy", "-p", "no:cacheprovider", cwd=shop)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "1 failed, 25 passed" in done.stdout
    assert "FAILED tests/test_report.py::test_report_of_a_whole_year" in done.stdout


def test_the_gate_finds_one_budget_violated_and_the_others_met(shop):
    if not (shop / ".greenlint" / "ledger.sqlite").exists():
        run("-m", "pytest", "-q", "--energy", "-p", "no:cacheprovider", cwd=shop)
    done = run("-m", "greenlint", "gate", cwd=shop)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "test_report_of_a_whole_year" in done.stdout
    assert len(re.findall(r"\bfail\b", done.stdout)) >= 1
    assert re.search(r"\bpass\b", done.stdout)


def test_the_command_of_the_shop_works(shop):
    done = run("-m", "shop", "data/orders-2024.csv", "--store", str(shop / "shop.db"), cwd=shop)
    (shop / "shop.db").unlink()
    assert done.returncode == 0, done.stderr
    assert "in Germany: " in done.stdout


def test_the_generated_files_are_those_of_the_script(shop, tmp_path):
    again = tmp_path / "shop"
    (again / "tools").mkdir(parents=True)
    shutil.copy(SHOP / "tools" / "make_data.py", again / "tools")
    run("tools/make_data.py", cwd=again)
    for name in ("data/orders-2024.csv", "static/catalogue.js", "static/site.css", "static/terms.html"):
        assert (again / name).read_bytes() == (SHOP / name).read_bytes(), name
    for name in ("static/img/banner.png", "static/img/logo.png"):  # other versions of zlib may deflate differently
        assert _pixels(again / name) == _pixels(SHOP / name), name


def test_the_examples_stay_small():
    tracked = subprocess.run(["git", "-C", str(SHOP.parent), "ls-files", "-z", "."], capture_output=True, check=False)
    names = [name for name in os.fsdecode(tracked.stdout).split("\0") if name]
    files = [SHOP.parent / name for name in names] or [path for path in SHOP.parent.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files if path.exists()) < 3_000_000


def _pixels(path: Path) -> bytes:
    from greenlint.rules.assets.png.optimise import decode

    picture = decode(path.read_bytes())
    assert picture is not None
    return picture.rows
