"""Configuration files: which one counts, what is wrong with them, said in one line with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from greenlint.config.loader import load_config
from greenlint.config.schema import Config
from greenlint.errors import ConfigError


def own(folder: Path, text: str) -> Config:
    (folder / "greenlint.toml").write_text(text)
    return load_config(str(folder))


def wrong(folder: Path, text: str) -> str:
    with pytest.raises(ConfigError) as error:
        own(folder, text)
    return str(error.value)


def test_the_nearest_file_wins(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.greenlint]\nselect = ["GL1"]\n')
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    assert load_config(str(inner)).lint.select == ("GL1",)
    assert load_config(str(inner)).root == str(tmp_path)
    (tmp_path / "a" / "greenlint.toml").write_text('select = ["GL2"]\n')
    assert load_config(str(inner)).lint.select == ("GL2",)
    assert load_config(str(inner)).root == str(tmp_path / "a")


def test_greenlint_toml_wins_over_pyproject_beside_it(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text('[tool.greenlint]\nselect = ["GL1"]\n')
    assert own(tmp_path, 'select = ["GL2"]\n').lint.select == ("GL2",)


def test_a_pyproject_without_our_table_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "greenlint.toml").write_text('select = ["GL1"]\n')
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "pyproject.toml").write_text('[project]\nname = "a"\n')
    assert load_config(str(tmp_path / "a")).lint.select == ("GL1",)


def test_without_any_file_the_repository_is_the_root(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "a").mkdir()
    config = load_config(str(tmp_path / "a"))
    assert (config.root, config.path) == (str(tmp_path), None)


def test_extend_takes_the_base_and_overrides_it(tmp_path: Path) -> None:
    (tmp_path / "base.toml").write_text('select = ["GL1"]\nmin-confidence = 90\n')
    lint = own(tmp_path, 'extend = "base.toml"\nselect = ["GL2"]\n').lint
    assert (lint.select, lint.min_confidence) == (("GL2",), 90)


@pytest.mark.parametrize(
    ("base", "text", "say"),
    [
        ("", 'extend = "gone.toml"\n', "which does not exist"),
        ('extend = "greenlint.toml"\n', 'extend = "base.toml"\n', "comes back to itself"),
        ('extend = "base.toml"\n', 'extend = "base.toml"\n', "comes back to itself"),
        ("", "extend = 3\n", "`extend` is the path of another configuration file"),
        ("extend = 3\n", 'extend = "base.toml"\n', "`extend`"),
    ],
)
def test_an_extend_that_leads_nowhere_is_named(tmp_path: Path, base: str, text: str, say: str) -> None:
    (tmp_path / "base.toml").write_text(base)
    assert say in wrong(tmp_path, text)


@pytest.mark.parametrize(
    ("text", "say"),
    [
        ('selct = ["GL1"]\n', "greenlint.toml:1: unknown key 'selct' (did you mean 'select'?)"),
        ('\n[energy]\nprovder = "x"\n', "greenlint.toml:3: unknown key 'provder' in [energy] (did you mean 'provider'?)"),
        ("select = 3\n", "greenlint.toml:1: 'select' must be a list of strings"),
        ('select = ["GL1", 2]\n', "greenlint.toml:1: 'select' must be a list of strings"),
        ('select = ["X1"]\n', "greenlint.toml:1: 'X1' is not a rule code"),
        ('preview = "yes"\n', "greenlint.toml:1: 'preview' must be true or false"),
        ("min-confidence = 101\n", "greenlint.toml:1: 'min-confidence' must be a whole number from 0 to 100"),
        ("min-confidence = true\n", "'min-confidence' must be a whole number"),
        ("jobs = 1.5\n", "'jobs' must be a whole number"),
        ('min-effect = "huge"\n', "'min-effect' must be one of asymptotic"),
        ('max-file-size = "10 J"\n', "'max-file-size'"),
        ("energy = 3\n", "'energy' must be a table, not 3"),
        ('[energy]\nrequire = "all"\n', "greenlint.toml:2: 'require' must be one of measured"),
        ("[carbon]\npue = 0.5\n", "greenlint.toml:2: 'pue' must be a number from 1 to 10"),
        ("[carbon]\nfactor-g-per-kwh = nan\n", "'factor-g-per-kwh' must be a number"),
        ("budgets = 3\n", "'budgets' must be a table"),
        ("[budgets]\nsuite = 3\n", "greenlint.toml:2: budget 'suite' must be a table"),
        ("[budgets.language]\npython = 3\n", "budget of language 'python' must be a table"),
        ("[budgets.suite]\nmachine = 3\n", "the machine class of a budget must be a string"),
        ("select = [\n", "is not valid TOML"),
    ],
)
def test_what_is_wrong_is_one_line_with_its_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, say: str) -> None:
    monkeypatch.chdir(tmp_path)
    message = wrong(tmp_path, text)
    assert say in message
    assert "\n" not in message


def test_files_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    (tmp_path / "greenlint.toml").write_bytes(b'select = ["\xff"]\n')
    with pytest.raises(ConfigError, match=r"greenlint\.toml: is not UTF-8 \(byte 11\)"):
        load_config(str(tmp_path))
    with pytest.raises(ConfigError, match="no such configuration file"):
        load_config(str(tmp_path), explicit=str(tmp_path / "gone.toml"))
    (tmp_path / "greenlint.toml").write_text("")
    (tmp_path / "pyproject.toml").write_text("[tool]\ngreenlint = 3\n")
    with pytest.raises(ConfigError, match=r"\[tool.greenlint\] is not a table"):
        load_config(str(tmp_path), explicit=str(tmp_path / "pyproject.toml"))


def test_budgets_keep_their_words_and_their_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    budgets = own(
        tmp_path,
        '[budgets."t.py::*"]\nenergy = "150 mJ"\ncpu = "0.3 s"\n[budgets.session]\nenergy = "1 Wh"\nmachine = "x"\n'
        '[budgets.language.c]\nenergy = "3 kJ"\n[budgets.commit]\nenergy = "5 J"\n',
    ).budgets
    assert [(b.scope, b.selector, b.quantity, b.limit, b.text, b.where, b.machine_class) for b in budgets] == [
        ("test", "t.py::*", "energy", 0.15, "150 mJ", "greenlint.toml:2", ""),
        ("test", "t.py::*", "cpu", 0.3, "0.3 s", "greenlint.toml:3", ""),
        ("suite", "*", "energy", 3600.0, "1 Wh", "greenlint.toml:5", "x"),
        ("language", "c", "energy", 3000.0, "3 kJ", "greenlint.toml:8", ""),
        ("commit", "*", "energy", 5.0, "5 J", "greenlint.toml:10", ""),
    ]


def test_the_environment_wins_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GREENLINT_PROVIDER", "model")
    monkeypatch.setenv("GREENLINT_LEDGER", "other.sqlite")
    monkeypatch.setenv("GREENLINT_REQUIRE", "estimated")
    energy = own(tmp_path, '[energy]\nprovider = "auto"\nreport = 3\n').energy
    assert (energy.provider, energy.ledger, energy.require, energy.report) == ("model", "other.sqlite", "estimated", 3)


def test_a_wrong_environment_variable_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GREENLINT_REQUIRE", "all")
    with pytest.raises(ConfigError, match="GREENLINT_REQUIRE must be one of measured, attributed, estimated, none, not 'all'"):
        load_config(str(tmp_path))
