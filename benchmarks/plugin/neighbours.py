"""Outcomes of one suite with and without `--energy`, beside the plug-ins that projects use, on three majors of pytest.

    python benchmarks/plugin/neighbours.py [--python python3.11] [--keep FOLDER]

Makes a virtual environment for the current pytest and for each of the two majors before it, installs greenlint from this
repository and the newest neighbours that fit, and runs every line of CASES twice. Prints a Markdown table of what differs; the
exit code is 1 when anything does.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[2]
NEIGHBOURS = ("xdist", "rerunfailures", "asyncio", "benchmark", "cov", "timeout")
PYTESTS = {"current": "pytest", "one major before": "pytest<9", "two majors before": "pytest<8"}
CASES: dict[str, list[str]] = {
    "all at once": [],
    "xdist": ["-n", "2"],
    "rerunfailures": ["--reruns", "2"],
    "xdist and rerunfailures": ["-n", "2", "--reruns", "2"],
    "cov": ["--cov", "--cov-report="],
    "cov and xdist": ["--cov", "--cov-report=", "-n", "2"],
    "timeout": ["--timeout", "20"],
    "timeout by a thread": ["--timeout", "20", "--timeout-method", "thread"],
    "benchmark only": ["--benchmark-only"],
    "doctests": ["--doctest-modules"],
    "-k": ["-k", "fixture or flaky"],
    "-x": ["-x"],
    "--lf": ["--lf"],
    "loadgroup": ["-n", "2", "--dist", "loadgroup"],
    "JUnit, old family": ["-o", "junit_family=xunit1"],
    "warnings are errors": ["-W", "error"],
}
SUITE = {
    "pytest.ini": "[pytest]\nasyncio_mode = auto\nasyncio_default_fixture_loop_scope = function\n",
    "code.py": 'def double(n):\n    """\n    >>> double(2)\n    4\n    >>> double(1)\n    3\n    """\n    return 2 * n\n',
    "test_many.py": """
import asyncio, os, subprocess, sys, time, unittest
import pytest

@pytest.fixture(scope="session")
def shared():
    yield 1
@pytest.fixture(scope="module")
def of_module(shared):
    yield 2
@pytest.fixture(scope="class", autouse=True)
def of_class():
    yield
@pytest.fixture
async def awaited():
    await asyncio.sleep(0)
    yield 3
@pytest.fixture
def broken():
    raise KeyError
@pytest.fixture
def broken_later():
    yield
    raise KeyError
@pytest.fixture(params=["a", "b"], scope="module")
def letter(request):
    return request.param

def test_fixture(of_module, tmp_path): assert of_module == 2
def test_fails(): assert 0
def test_error(broken): pass
def test_late_error(broken_later): pass
@pytest.mark.skip
def test_skipped(): pass
@pytest.mark.xfail
def test_xfails(): assert 0
@pytest.mark.xfail(strict=True)
def test_xpasses(): pass
@pytest.mark.parametrize("n", range(3))
def test_parametrised(n, letter): assert n < 2
def setup_module(module): pass
class TestClass:
    def setup_method(self): self.value = 1
    def test_method(self, shared): assert self.value == shared
class TestUnit(unittest.TestCase):
    @classmethod
    def setUpClass(cls): cls.value = 1
    def test_unit(self):
        for n in range(3):
            with self.subTest(n=n): self.assertEqual(self.value, 1)
    @unittest.skip("no")
    def test_skipped_unit(self): pass
tries = []
def test_flaky():
    tries.append(1)
    assert len(tries) > 1
async def test_async(awaited):
    await asyncio.sleep(0.01)
    assert awaited == 3
async def test_async_fails(): assert 0
@pytest.fixture
def anyio_backend(): return "asyncio"
@pytest.mark.anyio
def test_anyio_marked(anyio_backend): assert anyio_backend == "asyncio"
def test_benchmark(benchmark): assert benchmark.pedantic(sum, ([1, 2],), rounds=3) == 3
def test_processes():
    command = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'sum(range(10**6))'])"
    assert subprocess.run([sys.executable, "-c", command]).returncode == 0
def test_forks():
    pid = os.fork()
    if not pid: os._exit(3)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 3
@pytest.mark.timeout(5)
def test_within_its_time(): time.sleep(0.01)
@pytest.fixture
def frozen():
    from freezegun import freeze_time
    with freeze_time("2020-01-01"): yield
def test_frozen(frozen):
    assert time.time() == 1577836800
def test_output(capsys):
    print("x" * 1000)
    assert len(capsys.readouterr().out) == 1001
""",
}


def environment(folder: Path, python: str, pytest: str) -> Path:
    """The interpreter of a fresh environment with greenlint and its neighbours."""
    subprocess.run([python, "-m", "venv", folder], check=True)
    wanted = [pytest, "anyio", "freezegun", *(f"pytest-{name}" for name in NEIGHBOURS), str(ROOT)]
    found = folder / "bin" / "python"
    subprocess.run([found, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *wanted], check=True)
    return found


def run(python: Path, folder: Path, *options: str) -> tuple[dict[str, str], int]:
    """Outcome by test case, and the exit code."""
    report = folder / "out.xml"
    report.unlink(missing_ok=True)
    command = [str(python), "-m", "pytest", "-q", f"--junitxml={report}", *options]
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False, env={**os.environ, "PYTEST_ADDOPTS": ""}
    )
    if not report.exists():
        sys.exit(f"{' '.join(command)} ended with {done.returncode}:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")
    outcomes: dict[str, str] = {}
    for case in ElementTree.parse(report).iter("testcase"):
        name = f"{case.get('classname')}::{case.get('name')}"
        kinds = sorted(child.tag for child in case if child.tag in ("failure", "error", "skipped"))
        outcomes[name] = ",".join(filter(None, [outcomes.get(name, ""), *kinds])) or "passed"
    return outcomes, done.returncode


def compare(python: Path, folder: Path, options: list[str]) -> tuple[int, list[str]]:
    """Number of test cases, and what is different with --energy."""
    remembered = folder / ".pytest_cache" / "v" / "cache" / "lastfailed"
    results = []
    for more in ([], ["--energy"]):
        if "--lf" in options:
            remembered.parent.mkdir(parents=True, exist_ok=True)
            remembered.write_text('{"test_many.py::test_fails": true}')
        results.append(run(python, folder, *options, *more))
    (plain, code), (energy, energy_code) = results
    different = [
        f"{name}: {plain.get(name)} / {energy.get(name)}"
        for name in plain.keys() | energy.keys()
        if plain.get(name) != energy.get(name)
    ]
    if code != energy_code:
        different.append(f"exit code {code} / {energy_code}")
    return len(plain), sorted(different)


def adopted(python: Path, folder: Path) -> str:
    """What --energy-adopt-benchmarks does with the test of pytest-benchmark, warnings being errors."""
    options = [
        "-k",
        "test_benchmark",
        "--energy=bench",
        "--energy-adopt-benchmarks",
        "-W",
        "error::pytest_benchmark.logger.PytestBenchmarkWarning",
    ]
    outcomes, code = run(python, folder, *options)
    return (
        f"{len(outcomes)} test, exit code {code}"
        if list(outcomes.values()) == ["passed"] and not code
        else f"failed: {outcomes}, {code}"
    )


def main() -> None:
    """Make the environments, run, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--python", default=sys.executable)
    parser.add_argument("--keep", type=Path, help="folder for the environments, used again when they are there")
    arguments = parser.parse_args()
    wrong = 0
    with tempfile.TemporaryDirectory() as temporary:
        home = (arguments.keep or Path(temporary)).absolute()
        suite = Path(temporary) / "suite"
        suite.mkdir()
        for name, text in SUITE.items():
            (suite / name).write_text(text)
        print("| pytest | with | test cases | outcomes that differ |\n| --- | --- | --- | --- |")
        for number, (label, requirement) in enumerate(PYTESTS.items()):
            python = home / f"pytest-{number}" / "bin" / "python"
            if not python.exists():
                python = environment(home / f"pytest-{number}", arguments.python, requirement)
            names = ", ".join(["pytest", "anyio", "freezegun", *(f"pytest-{name}" for name in NEIGHBOURS)])
            listed = (
                f"import importlib.metadata as m; print(*(f'{{n}} {{m.version(n)}}' for n in '{names}'.split(', ')), sep=', ')"
            )
            versions = subprocess.run([python, "-c", listed], capture_output=True, text=True, check=True).stdout.strip()
            for case, options in CASES.items():
                tests, different = compare(python, suite, options)
                wrong += len(different)
                print(f"| {label} | {case} | {tests} | {'; '.join(different) or 'none'} |", flush=True)
            print(f"| {label} | benchmark, adopted | {adopted(python, suite)} | |")
            print(f"\n{label}: {versions}\n", file=sys.stderr)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
