"""GL106 over whole projects: where dependencies are declared, what counts as a use, and what the fix leaves behind."""

from __future__ import annotations

from pathlib import Path

import pytest

from greenlint.config.schema import Config
from greenlint.linter.fixer import fix_project
from greenlint.linter.runner import CheckOptions, check_paths
from greenlint.model.finding import Finding
from greenlint.rules.dead_code.unused_dependency import UnusedDependency

MAIN = "import requests\n\nprint(requests)\n"
OPTIONS = CheckOptions(jobs=1, use_cache=False, rules=(UnusedDependency(),))


def project(root: Path, **files: str) -> Config:
    for name, text in {"main.py": MAIN, "uv.lock": "version = 1\n", **files}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return Config(root=str(root))


def found(root: Path, **files: str) -> list[Finding]:
    config = project(root, **files)
    result = check_paths([str(root)], config, OPTIONS)
    return [finding for finding in result.findings if finding.confidence >= 60]


def pyproject(*requirements: str) -> dict[str, str]:
    listed = "".join(f'    "{one}",\n' for one in requirements)
    return {"pyproject.toml": f'[project]\nname = "x"\ndependencies = [\n{listed}]\n'}


@pytest.mark.parametrize(
    "requirement",
    [
        "xmltodict",
        "xmltodict>=0.13",
        "xmltodict ~= 0.13",
        "xmltodict[extra]>=1",
        "XmlToDict",
        "mattermostdriver",
        "discord.py",
        "Flask-Shelve",
        "python-slugify",
        "PyGithub>=2,<3",
    ],
)
def test_what_nothing_imports_is_reported_where_it_is_declared(tmp_path: Path, requirement: str) -> None:
    (one,) = found(tmp_path, **pyproject("requests", requirement))
    assert (one.path, one.line) == ("pyproject.toml", 5)
    name = requirement.split("[")[0].split(">")[0].split(" ")[0]
    assert f"`{name}`" in one.message


@pytest.mark.parametrize(
    ("requirement", "use"),
    [
        ("xmltodict", "import xmltodict\n"),
        ("xmltodict", "from xmltodict import parse\n"),
        ("xmltodict", "def f():\n    import xmltodict.x as y\n    return y\n"),
        ("xmltodict", "try:\n    import xmltodict\nexcept ImportError:\n    pass\n"),
        ("xmltodict", "import importlib\nimportlib.import_module('xmltodict')\n"),
        ("discord.py", "import discord\n"),
        ("PyYAML", "import yaml\n"),
        ("beautifulsoup4", "from bs4 import BeautifulSoup\n"),
        ("python-slugify", "from slugify import slugify\n"),
        ("django-rosetta", "INSTALLED_APPS = ['rosetta']\n"),
        ("Flask-Shelve", "from flask_shelve import x\n"),
        ("acme-client", "import acme\n"),
        ("pyacme", "import acme\n"),
        ("python-acme", "import acme\n"),
        ("acme-python", "import acme\n"),
        ("google-cloud-storage", "x = 1\n"),
        ("psycopg2-binary", "x = 1\n"),
        ("gunicorn", "x = 1\n"),
        ("types-requests", "x = 1\n"),
        ("pytest-xdist", "x = 1\n"),
        ("acme; python_version < '3.9'", "x = 1\n"),
        ("acme @ https://example.org/acme.zip", "x = 1\n"),
    ],
)
def test_what_something_uses_is_silent(tmp_path: Path, requirement: str, use: str) -> None:
    assert found(tmp_path, **pyproject("requests", requirement), **{"other.py": use}) == []


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("Dockerfile", "FROM python\nCMD bjoern app\n"),
        ("Procfile", "web: bjoern app\n"),
        ("run.sh", "bjoern app\n"),
        ("tox.ini", "[testenv]\ncommands = bjoern\n"),
        ("deploy/app.yaml", "command: [bjoern, app]\n"),
    ],
)
def test_a_name_in_a_script_or_in_configuration_is_a_use(tmp_path: Path, file: str, text: str) -> None:
    assert found(tmp_path, **pyproject("requests", "bjoern"), **{file: text}) == []


def test_lists_of_requirements_and_poetry_are_read(tmp_path: Path) -> None:
    poetry = '[tool.poetry.dependencies]\npython = "^3.10"\nrequests = "*"\nxmltodict = "^1"\n'
    poetry += 'acme = {version = "1", optional = true}\n'
    files = {"pyproject.toml": poetry, "requirements.txt": "requests\n# a comment\nbjoerk==1  # why\n-r other.txt\n"}
    assert [(f.path, f.line) for f in found(tmp_path, **files)] == [("pyproject.toml", 4), ("requirements.txt", 3)]


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("requirements.txt", "requests==2\nbjoerk==1 --hash=sha256:00\n"),
        ("requirements.txt", "requests==2\n    # via x\nbjoerk==1\n"),
        ("requirements.txt", "".join(f"acme{n}==1\n" for n in range(12))),
        ("requirements-dev.txt", "bjoerk\n"),
        ("requirements/test.txt", "bjoerk\n"),
        ("requirements.txt", "bjoerk  # greenlint: ignore[GL106] a driver\n"),
        ("pyproject.toml", '[project]\nname = "x"\ndependencies = [\n  "bjoerk", # greenlint: ignore[GL106] a driver\n]\n'),
        ("pyproject.toml", '[project]\nname = "x"\noptional-dependencies = {a = ["bjoerk"]}\n'),
        ("pyproject.toml", "[project\n"),
        ("pyproject.toml", "project = 1\ntool = 2\n"),
    ],
)
def test_lists_that_say_nothing_about_use_are_silent(tmp_path: Path, file: str, text: str) -> None:
    assert found(tmp_path, **{file: text}) == []


@pytest.mark.parametrize(
    "lock",
    [
        {"uv.lock": "[[package]]\nname = 'a'\ndependencies = [{ name = 'xmltodict', marker = 'x' }]\n"},
        {"uv.lock": "[[package]]\nname = 'a'\n[package.optional-dependencies]\nx = [{ name = 'xmltodict' }]\n"},
        {"uv.lock": "", "poetry.lock": "[[package]]\nname = 'a'\n[package.dependencies]\nXmlToDict = '>=1'\n"},
        {"uv.lock": "", "pdm.lock": "[[package]]\nname = 'a'\ndependencies = ['xmltodict>=1']\n"},
        {"uv.lock": ""},
        {"uv.lock": "not [ toml"},
    ],
)
def test_what_others_need_and_what_no_lock_file_tells_is_silent(tmp_path: Path, lock: dict[str, str]) -> None:
    assert found(tmp_path, **pyproject("requests", "xmltodict"), **lock) == []


def test_the_project_itself_needs_no_pin(tmp_path: Path) -> None:
    lock = "[[package]]\nname = 'x'\nsource = { editable = '.' }\ndependencies = [{ name = 'xmltodict' }]\n"
    assert len(found(tmp_path, **pyproject("requests", "xmltodict"), **{"uv.lock": lock})) == 1


def test_a_part_of_the_project_is_no_reason_to_judge_its_dependencies(tmp_path: Path) -> None:
    config = project(tmp_path, **pyproject("requests", "xmltodict"), **{"part/a.py": "x = 1\n"})
    assert not check_paths([str(tmp_path / "part")], config, OPTIONS).findings


def test_the_fix_removes_the_line(tmp_path: Path) -> None:
    config = project(tmp_path, **pyproject("requests", "xmltodict>=1"))
    fix_project([str(tmp_path)], config, OPTIONS, unsafe=True, write=True)
    assert (tmp_path / "pyproject.toml").read_text() == pyproject("requests")["pyproject.toml"]
