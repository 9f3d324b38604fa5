"""Extended configuration: what comes from where, and errors that blame the file that is wrong."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from greenlint.config.loader import load_config
from greenlint.config.schema import CarbonConfig, EnergyConfig, LintConfig
from greenlint.errors import ConfigError

FULL = """
select = ["GL1"]
ignore = ["GL101"]
exclude = ["old"]
preview = true
pedantic = true
min-confidence = 90
git-history = true
min-effect = "memory"
baseline = "b.json"
jobs = 3
max-file-size = "2 MB"

[rules.GL205]
limit = 3

[per-file-ignores]
"tests/*" = ["GL2"]

[energy]
provider = "model"
require = "estimated"
ledger = "l.sqlite"
report = 7
idle = "wall"

[carbon]
zone = "FR"
factor-g-per-kwh = 30
pue = 1.2
price-per-kwh = 0.25
currency = "USD"

[budgets.suite]
energy = "5 J"

[machine]
tdp = 15
"""
LINT = LintConfig(
    ("GL1",),
    ("GL101",),
    ("old",),
    True,
    True,
    90,
    True,
    "memory",
    "b.json",
    3,
    2_000_000,
    {"GL205": {"limit": 3}},
    {"tests/*": ("GL2",)},
)


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def refused(folder: Path) -> str:
    with pytest.raises(ConfigError) as error:
        load_config(str(folder))
    return str(error.value)


def test_every_key_arrives_where_it_is_used(tmp_path: Path) -> None:
    path = write(tmp_path, "greenlint.toml", FULL)
    config = load_config(str(tmp_path))
    assert (config.root, config.path, config.lint) == (str(tmp_path), str(path), LINT)
    assert config.energy == EnergyConfig("model", "estimated", "l.sqlite", 7, "wall")
    assert config.carbon == CarbonConfig("FR", 30, 1.2, 0.25, "USD")
    assert config.machine == {"tdp": 15}
    assert [budget.limit for budget in config.budgets] == [5.0]


def test_a_base_gives_everything_that_is_not_set_again(tmp_path: Path) -> None:
    write(tmp_path, "shared/base.toml", FULL)
    path = write(tmp_path, "greenlint.toml", 'extend = "shared/base.toml"\n')
    config = load_config(str(tmp_path))
    assert (config.root, config.path, config.lint) == (str(tmp_path), str(path), LINT)
    assert (config.energy.ledger, config.carbon.zone, config.machine) == ("l.sqlite", "FR", {"tdp": 15})
    assert [budget.limit for budget in config.budgets] == [5.0]


@pytest.mark.parametrize(
    ("table", "name", "value"),
    [
        ('[energy]\nprovider = "rapl"', "energy", EnergyConfig("rapl", "estimated", "l.sqlite", 7, "wall")),
        ("[carbon]\npue = 2.0", "carbon", CarbonConfig("FR", 30, 2.0, 0.25, "USD")),
        ("[machine]\ncores = 4", "machine", {"tdp": 15, "cores": 4}),
        ("[machine]\ntdp = 4", "machine", {"tdp": 4}),
        ('ignore = ["GL3"]', "lint", LINT._replace(ignore=("GL3",))),
        ("[rules.GL205]\nlimit = 4", "lint", LINT._replace(rule_options={"GL205": {"limit": 4}})),
        ("[rules.GL205]\nmore = 4", "lint", LINT._replace(rule_options={"GL205": {"limit": 3, "more": 4}})),
        ("[rules.GL301]\nx = 1", "lint", LINT._replace(rule_options={"GL205": {"limit": 3}, "GL301": {"x": 1}})),
        ('[per-file-ignores]\n"tests/*" = ["GL3"]', "lint", LINT._replace(per_file_ignores={"tests/*": ("GL3",)})),
        ('[per-file-ignores]\n"b" = []', "lint", LINT._replace(per_file_ignores={"tests/*": ("GL2",), "b": ()})),
    ],
)
def test_a_key_that_is_set_again_replaces_that_of_the_base_and_no_other(
    tmp_path: Path, table: str, name: str, value: object
) -> None:
    write(tmp_path, "base.toml", FULL)
    base = load_config(str(tmp_path), explicit=str(tmp_path / "base.toml"))
    path = write(tmp_path, "greenlint.toml", f'extend = "base.toml"\n{table}\n')
    assert load_config(str(tmp_path)) == base._replace(**{name: value, "path": str(path)})


def test_tables_inside_tables_are_joined_too(tmp_path: Path) -> None:
    bench, carbon = '[bench.commands]\na = "x"\nb = "y"\n', "[carbon.embodied]\nssds = 2\nhdds = 1\n"
    write(tmp_path, "base.toml", bench + carbon + '[machine.meter]\nkind = "file"\npath = "p"\n')
    text = 'extend = "base.toml"\n[bench.commands]\nb = "z"\n[carbon.embodied]\nhdds = 4\n[machine.meter]\npath = "q"\n'
    write(tmp_path, "greenlint.toml", text)
    config = load_config(str(tmp_path))
    assert config.bench.commands == {"a": "x", "b": "z"}
    assert (config.carbon.embodied.ssds, config.carbon.embodied.hdds) == (2, 4)
    assert config.machine == {"meter": {"kind": "file", "path": "q"}}


def test_limits_are_joined_by_subject_and_quantity(tmp_path: Path) -> None:
    write(
        tmp_path, "base.toml", '[budgets.suite]\nenergy = "5 J"\ncpu = "2 s"\nmachine = "m"\n[budgets."a::*"]\nenergy = "1 J"\n'
    )
    write(tmp_path, "greenlint.toml", 'extend = "base.toml"\n[budgets.suite]\nenergy = "6 J"\n[budgets."b::*"]\ncpu = "3 s"\n')
    found = {(one.selector, one.quantity): (one.text, one.machine_class) for one in load_config(str(tmp_path)).budgets}
    assert found == {
        ("*", "energy"): ("6 J", "m"),
        ("*", "cpu"): ("2 s", "m"),
        ("a::*", "energy"): ("1 J", ""),
        ("b::*", "cpu"): ("3 s", ""),
    }


def test_a_limit_that_one_file_gives_twice_under_two_names_counts_twice(tmp_path: Path) -> None:
    write(tmp_path, "greenlint.toml", '[budgets.suite]\nenergy = "5 J"\n[budgets.session]\nenergy = "6 J"\n')
    assert [one.text for one in load_config(str(tmp_path)).budgets] == ["5 J", "6 J"]


def test_a_chain_of_bases_applies_from_the_far_end(tmp_path: Path) -> None:
    write(tmp_path, "far/c.toml", "jobs = 1\nmin-confidence = 10\npreview = true\n")
    write(tmp_path, "b.toml", 'extend = "far/c.toml"\njobs = 2\nmin-confidence = 20\n')
    write(tmp_path, "greenlint.toml", 'extend = "b.toml"\njobs = 3\n')
    lint = load_config(str(tmp_path)).lint
    assert (lint.jobs, lint.min_confidence, lint.preview) == (3, 20, True)


def test_a_base_path_is_relative_to_the_file_that_names_it(tmp_path: Path) -> None:
    write(tmp_path, "shared/inner.toml", "jobs = 4\n")
    write(tmp_path, "shared/base.toml", 'extend = "inner.toml"\n')
    write(tmp_path, "project/greenlint.toml", 'extend = "../shared/base.toml"\n')
    assert load_config(str(tmp_path / "project")).lint.jobs == 4


def test_a_pyproject_can_extend_and_be_extended(tmp_path: Path) -> None:
    write(tmp_path, "up/pyproject.toml", "[tool.greenlint]\njobs = 4\n")
    write(tmp_path, "a/pyproject.toml", '[tool.greenlint]\nextend = "../up/pyproject.toml"\npreview = true\n')
    lint = load_config(str(tmp_path / "a")).lint
    assert (lint.jobs, lint.preview) == (4, True)


def test_a_base_that_says_nothing_about_us_changes_nothing(tmp_path: Path) -> None:
    write(tmp_path, "up/pyproject.toml", '[project]\nname = "x"\n')
    write(tmp_path, "greenlint.toml", 'extend = "up/pyproject.toml"\njobs = 2\n')
    assert load_config(str(tmp_path)).lint == LintConfig(jobs=2)


@pytest.mark.parametrize(
    ("base", "say"),
    [
        ('\n\nselct = ["GL1"]\n', "base.toml:3: unknown key 'selct' (did you mean 'select'?)"),
        ('[energy]\n\nprovdr = "x"\n', "base.toml:3: unknown key 'provdr' in [energy] (did you mean 'provider'?)"),
        ("\njobs = true\n", "base.toml:2: 'jobs' must be a whole number"),
        ('\n[budgets.suite]\nenergy = "5"\n', "base.toml:3: budget for 'suite': '5' has no unit"),
        ("extend = 3\n", "base.toml: `extend` is the path of another configuration file"),
        ('extend = "gone.toml"\n', "base.toml: `extend` names "),
        ("select = [\n", "base.toml: is not valid TOML"),
    ],
)
def test_a_mistake_in_the_base_is_blamed_on_the_base(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, base: str, say: str
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, "base.toml", base)
    write(tmp_path, "greenlint.toml", '# base\nextend = "base.toml"\nselect = ["GL2"]\n')
    message = refused(tmp_path)
    assert say in message
    assert "greenlint.toml" not in message


def test_a_budget_of_the_base_names_the_base(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, "base.toml", '\n\n[budgets.suite]\nenergy = "5 J"\n')
    write(tmp_path, "greenlint.toml", 'extend = "base.toml"\n')
    assert [budget.where for budget in load_config(str(tmp_path)).budgets] == ["base.toml:4"]


def test_a_circle_of_three_is_found(tmp_path: Path) -> None:
    for name, target in (("greenlint", "b"), ("b", "c"), ("c", "greenlint")):
        write(tmp_path, f"{name}.toml", f'extend = "{target}.toml"\n')
    assert refused(tmp_path) == f"{tmp_path}/greenlint.toml: `extend` comes back to itself"


def test_a_diamond_is_no_circle(tmp_path: Path) -> None:
    write(tmp_path, "base.toml", "jobs = 5\n")
    write(tmp_path, "greenlint.toml", 'extend = "./x/../base.toml"\n')
    assert load_config(str(tmp_path)).lint.jobs == 5


@pytest.mark.skipif(sys.platform != "linux", reason="needs a file that everybody may open and nobody may read")
def test_a_file_that_cannot_be_read_is_one_line_with_the_reason(tmp_path: Path) -> None:
    write(tmp_path, "greenlint.toml", 'extend = "/proc/self/mem"\n')
    assert refused(tmp_path) == "/proc/self/mem: cannot be read: Input/output error"
    (tmp_path / "greenlint.toml").unlink()
    (tmp_path / "pyproject.toml").symlink_to("/proc/self/mem")
    assert refused(tmp_path) == f"{tmp_path}/pyproject.toml: cannot be read: Input/output error"


def test_deep_nesting_is_an_error_and_not_a_crash(tmp_path: Path) -> None:
    write(tmp_path, "greenlint.toml", "select = " + "[" * 100_000)
    assert "greenlint.toml: is n" in refused(tmp_path)


@pytest.mark.parametrize(
    "text", ["[tool.greenlint]\n", '[tool.greenlint]\nselect = ["GL1"]\n', '[project]\nname = "greenlint"\n']
)
def test_an_explicit_file_is_read_wherever_it_lies_and_leaves_the_root(tmp_path: Path, text: str) -> None:
    path = write(tmp_path, "elsewhere/pyproject.toml", text)
    write(tmp_path, "project/greenlint.toml", "jobs = 9\n")
    config = load_config(str(tmp_path / "project"), explicit=str(path))
    assert (config.root, config.lint.jobs) == (str(tmp_path / "project"), 0)
    assert config.lint.select == (("GL1",) if "GL1" in text else ())


def test_an_explicit_file_of_any_name_is_all_ours(tmp_path: Path) -> None:
    path = write(tmp_path, "other.toml", "jobs = 2\n")
    config = load_config(str(tmp_path), explicit=str(path))
    assert (config.lint.jobs, config.path, config.root) == (2, str(path), str(tmp_path))


def test_a_file_stands_for_the_folder_it_is_in(tmp_path: Path) -> None:
    write(tmp_path, "a/greenlint.toml", "jobs = 2\n")
    program = write(tmp_path, "a/x.py", "")
    assert load_config(str(program)).lint.jobs == 2
    assert load_config(str(tmp_path / "a" / "not_there.py")).lint.jobs == 2


def test_a_project_that_mentions_us_only_as_a_requirement_is_passed_over(tmp_path: Path) -> None:
    write(tmp_path, "greenlint.toml", "jobs = 2\n")
    write(tmp_path, "a/pyproject.toml", '[project]\ndependencies = ["greenlint"]\n')
    assert load_config(str(tmp_path / "a")).lint.jobs == 2


def test_the_nearest_project_is_the_root_where_nothing_is_configured(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    write(tmp_path, "a/pyproject.toml", '[project]\nname = "a"\n')
    (tmp_path / "a" / "b").mkdir()
    assert load_config(str(tmp_path / "a" / "b")).root == str(tmp_path / "a")
    (tmp_path / "a" / "b" / ".git").write_text("gitdir: ../x\n")
    assert load_config(str(tmp_path / "a" / "b")).root == str(tmp_path / "a" / "b")


@pytest.mark.parametrize("kind", ["nothing", "file", "explicit file", "explicit file without our table"])
def test_the_environment_wins_whatever_is_configured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    for key, value in (("PROVIDER", "nvml"), ("LEDGER", "e.sqlite"), ("REQUIRE", "measured")):
        monkeypatch.setenv(f"GREENLINT_{key}", value)
    explicit = None
    if kind == "file":
        write(tmp_path, "greenlint.toml", FULL)
    elif kind != "nothing":
        text = "[tool.greenlint]\njobs = 1\n" if kind == "explicit file" else "[tool.other]\n"
        explicit = str(write(tmp_path, "x/pyproject.toml", text))
    energy = load_config(str(tmp_path), explicit=explicit).energy
    assert (energy.provider, energy.ledger, energy.require) == ("nvml", "e.sqlite", "measured")


@pytest.mark.parametrize(("name", "field"), [("PROVIDER", "provider"), ("LEDGER", "ledger"), ("REQUIRE", "require")])
def test_each_variable_changes_its_own_key_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, field: str
) -> None:
    for other in ("PROVIDER", "LEDGER", "REQUIRE"):
        monkeypatch.delenv(f"GREENLINT_{other}", raising=False)
    write(tmp_path, "greenlint.toml", FULL)
    before = load_config(str(tmp_path)).energy
    monkeypatch.setenv(f"GREENLINT_{name}", "attributed")
    assert load_config(str(tmp_path)).energy == before._replace(**{field: "attributed"})


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("jobs = 0", True),
        ("jobs = 1024", True),
        ("jobs = 1025", False),
        ("jobs = -1", False),
        ("min-confidence = 0", True),
        ("min-confidence = 100", True),
        ("min-confidence = -1", False),
        ("[energy]\nreport = 0", True),
        ("[energy]\nreport = 100001", False),
        ('[energy]\nidle = "never"', False),
        ("[carbon]\npue = 1", True),
        ("[carbon]\npue = 10", True),
        ("[carbon]\npue = 0.99", False),
        ("[carbon]\npue = 10.1", False),
        ("[carbon]\npue = true", False),
        ("[carbon]\nfactor-g-per-kwh = 0", True),
        ("[carbon]\nfactor-g-per-kwh = 5000", True),
        ("[carbon]\nfactor-g-per-kwh = 5001", False),
        ("[carbon]\nfactor-g-per-kwh = -1", False),
        ("[carbon]\nfactor-g-per-kwh = inf", False),
        ("[carbon]\nprice-per-kwh = 1000", True),
        ("[carbon]\nprice-per-kwh = -0.1", False),
        ("[carbon]\nzone = 3", False),
        ("[rules]\nGL205 = 3", False),
        ('[per-file-ignores]\n"a" = "GL2"', False),
        ('[per-file-ignores]\n"a" = ["E501"]', False),
        ('select = ["GLA"]', True),
        ('select = ["GL"]', True),
        ('select = ["GL2051"]', False),
        ('select = ["gl205"]', False),
        ('select = ["GL205 "]', False),
        ('max-file-size = "10"', False),
        ('max-file-size = "0 B"', True),
        ("machine = 3", False),
        ("carbon = []", False),
    ],
)
def test_limits_of_every_key(tmp_path: Path, text: str, good: bool) -> None:
    write(tmp_path, "greenlint.toml", text + "\n")
    if good:
        load_config(str(tmp_path))
    else:
        message = refused(tmp_path)
        assert f"greenlint.toml:{2 if text.startswith('[') else 1}: " in message


@pytest.mark.parametrize(
    ("ours", "line", "say"),
    [
        ("[tool.greenlint]\nselect = 3", 10, "'select' must be a list"),
        ("[tool.greenlint]\njobs = 2\nexclud = []", 11, "unknown key 'exclud'"),
        ("[tool.greenlint.energy]\nreport = -1", 10, "'report' must be a whole number"),
        ("[tool.greenlint.energy]\nreport = 1\nledgr = 'x'", 11, "unknown key 'ledgr' in [energy]"),
        ("[tool.greenlint]\njobs = 2\n[tool.greenlint.carbon]\npue = 0", 12, "'pue' must be a number"),
        ("[tool.greenlint.per-file-ignores]\n'x' = ['E501']", 10, "'E501' is not a rule code"),
        ("[tool.greenlint.rules]\nGL205 = 3", 10, "'GL205' must be a table"),
        ("[tool.greenlint.budgets.suite]\nenergy = '3'", 10, "'3' has no unit"),
    ],
)
def test_equal_keys_of_other_tools_are_not_blamed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ours: str, line: int, say: str
) -> None:
    monkeypatch.chdir(tmp_path)
    theirs = "[tool.other]\nselect = ['E']\nexclud = 1\n[tool.other.energy]\nreport = 1\nledgr = 1\nenergy = '3'\npue = 0\n"
    write(tmp_path, "pyproject.toml", f"{theirs}{ours}\n[tool.last.per-file-ignores]\nx = 1\nGL205 = 1\n")
    message = refused(tmp_path)
    assert message.startswith(f"pyproject.toml:{line}: ") and say in message, message
