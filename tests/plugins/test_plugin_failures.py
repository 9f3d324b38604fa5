"""A broken plug-in is one line on stderr that names it and the remedy; all else works, with the same exit code."""

from __future__ import annotations

import json
import os

import pytest
from plugin_lab import HEAD, Lab, rule_module

HOOK = HEAD + "@hookimpl\ndef greenlint_rules():\n    "
MARK = ("import ast", "import ast\n\nopen('imported', 'w').close()")
BROKEN = {
    "missing-module": ("import not_installed_anywhere\n", "ModuleNotFoundError: No module named 'not_installed_anywhere'"),
    "syntax-error": ("def (:\n", "SyntaxError"),
    "exits": ("import sys\nsys.exit(3)\n", "SystemExit: 3"),
    "no-hook": ("x = 1\n", "implements no hook of greenlint"),
    "unknown-hook": (HEAD + "@hookimpl\ndef greenlint_stores():\n    return []\n", "greenlint_stores"),
    "wrong-parameters": (HEAD + "@hookimpl\ndef greenlint_rules(config):\n    return []\n", "config"),
    "hook-raises": (HOOK + "raise ValueError('two\\nlines')\n", "greenlint_rules failed: ValueError: two lines"),
    "hook-exits": (HOOK + "raise SystemExit(0)\n", "greenlint_rules failed: SystemExit: 0"),
    "no-list": (HOOK + "return 'GLX201'\n", "greenlint_rules does not return a list"),
    "no-rule": (HOOK + "return [int, None]\n", "rule int: is no subclass of FileRule, ProjectRule or AssetRule; rule None"),
    "taken-code": (rule_module("GLX201", "GL701"), "rule GL701: code 'GL701' is not GL, a letter other than"),
    "foreign-code": (rule_module("GLX201", "GL042"), "code GL042: GL0 and two digits belong to another tool"),
    "malformed-code": (rule_module("GLX201", "X-1"), "code 'X-1' is not GL"),
    "reserved-letter": (rule_module("GLX201", "GLA900"), "code 'GLA900' is not GL"),
    "no-code": (rule_module("    code = ", "    kode = "), "rule NoEval: code None is not GL"),
    "taken-name": (rule_module("no-eval", "busy-wait"), "the name is taken by GL701 of greenlint"),
    "malformed-name": (rule_module("no-eval", "No eval"), "name 'No eval' is not lower case words"),
    "no-effect": (rule_module("    effect = ", "    impact = "), "effect is not an Effect"),
    "no-annotation": (rule_module("node: ast.Call", "node"), "does not name nodes of ast"),
    "not-futuristic": (rule_module("from __future__ import annotations\n", ""), "lacks `from __future__ import annotations`"),
    "unmakeable": (rule_module("    def check", "    def __init__(self, x):\n        pass\n\n    def check"), "TypeError"),
    "no-check": (rule_module("def check(", "def chekc("), "rule GLX201: does not define check"),
    "hidden-class": (rule_module("[NoEval]", "[type('Y', (NoEval,), {'__doc__': 'x'})]"), "as worker processes need"),
}  # fmt: skip


def lines(text: str) -> list[str]:
    return text.splitlines()


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_plug_in_is_one_warning_and_the_rest_works(lab: Lab, name: str) -> None:
    text, reason = BROKEN[name]
    (lab.project / "b.py").write_text("while not event.is_set():\n    pass\n")
    without = lab.run("check", "--output-format", "json")
    lab.install("broken", text)
    lab.install("sound", rule_module("GLX201", "GLY201").replace("no-eval", "no-eval-please"))
    done = lab.run("check", "--output-format", "json")
    (warning,) = lines(done.stderr)
    assert warning.startswith("greenlint: warning: plug-in acme-broken 1.2: ")
    assert reason in warning
    assert "update or uninstall acme-broken, or set GREENLINT_NO_PLUGINS=1" in warning
    assert done.returncode == without.returncode == 1
    found = [finding["code"] for finding in json.loads(done.stdout)["findings"]]
    assert found == ["GLY201", *(finding["code"] for finding in json.loads(without.stdout)["findings"])]


def test_a_broken_plug_in_changes_no_exit_code_of_a_clean_project(lab: Lab) -> None:
    lab.install("broken", "import not_installed_anywhere\n")
    (lab.project / "a.py").write_text("x = 1  # greenlint: ignore[GLX201] its rule is missing just now\n")
    settings = '[tool.greenlint]\nignore = ["GLX201"]\n[tool.greenlint.rules.GLX201]\nmost = 3\n'
    (lab.project / "pyproject.toml").write_text(settings)
    for arguments in (("a.py",), ("check",)):
        done = lab.run(*arguments)
        assert (done.returncode, len(lines(done.stderr))) == (0, 1)
    assert lab.run("--version").stderr == ""


def test_a_code_that_two_plug_ins_claim_belongs_to_the_first_by_name(lab: Lab) -> None:
    lab.install("one", rule_module())
    lab.install("two", rule_module("no-eval", "never-eval"))
    done = lab.run("check", "--output-format", "concise")
    (warning,) = lines(done.stderr)
    assert "plug-in acme-two 1.2: rule GLX201: the code is taken by no-eval of acme-one 1.2" in warning
    assert done.stdout.count("GLX201") == 1


def test_what_a_plug_in_prints_while_it_loads_does_not_disturb_the_report(lab: Lab) -> None:
    lab.install("chatty", rule_module("import ast", "import ast\n\nprint('hello')"))
    done = lab.run("check", "--output-format", "json")
    assert [finding["code"] for finding in json.loads(done.stdout)["findings"]] == ["GLX201"]
    assert done.stderr == "hello\n"


def test_the_switch_keeps_plug_ins_from_being_imported(lab: Lab) -> None:
    lab.install("evil", rule_module(*MARK))
    (lab.project / "pyproject.toml").write_text('[tool.greenlint]\nignore = ["GLX201", "GL212"]\n')
    done = lab.run("check", GREENLINT_NO_PLUGINS="1")
    assert (done.returncode, done.stderr) == (0, "")
    assert not (lab.project / "imported").exists()
    lab.run("check", GREENLINT_NO_PLUGINS="0")
    assert (lab.project / "imported").exists()


def test_an_entry_point_group_that_only_resembles_ours_is_left_alone(lab: Lab) -> None:
    lab.install("evil", rule_module(*MARK))
    entry_points = lab.site / "acme_evil-1.2.dist-info" / "entry_points.txt"
    entry_points.write_text(entry_points.read_text().replace("[greenlint]", "[greenlint.stores]"))
    assert lab.run("check").returncode == 0
    assert not (lab.project / "imported").exists()


def test_of_two_versions_on_the_path_the_first_is_the_one(lab: Lab) -> None:
    lab.install("evil", rule_module())
    newer, older = lab.site / "acme_evil-1.2.dist-info", lab.site.parent / "older" / "acme_evil-0.9.dist-info"
    older.mkdir(parents=True)
    for file in ("METADATA", "entry_points.txt"):
        (older / file).write_text((newer / file).read_text().replace("1.2", "0.9"))
    lab.environment["PYTHONPATH"] += os.pathsep + str(older.parent)
    done = lab.run("rule", "GLX201")
    assert "from acme-evil 1.2" in done.stdout
    assert done.stderr == ""


def test_damaged_metadata_still_names_the_package(lab: Lab) -> None:
    lab.install("evil", "import not_installed_anywhere\n")
    (lab.site / "acme_evil-1.2.dist-info" / "METADATA").write_bytes(b"\xff\xfe\0")
    (warning,) = lines(lab.run("check").stderr)
    assert "plug-in acme_evil 1.2: ModuleNotFoundError" in warning


PROBE = """
import atexit, sys
sys.argv = ["greenlint", *sys.argv[1:]]
atexit.register(lambda: print(sorted({"pluggy", "importlib.metadata"} & set(sys.modules))))
from greenlint.__main__ import main
main()
"""


@pytest.mark.parametrize("arguments", [["--version"], ["a.py"], ["check", "--quiet", "a.py"], ["rules"]], ids=" ".join)
def test_without_a_plug_in_nothing_loads_pluggy_or_the_metadata_library(lab: Lab, arguments: list[str]) -> None:
    info = lab.site / "other-1.0.dist-info"
    info.mkdir()
    (info / "entry_points.txt").write_text("[console_scripts]\ngreenlint-x = other:main\n")
    assert lab.python("-c", PROBE, *arguments).stdout.splitlines()[-1] == "[]"
