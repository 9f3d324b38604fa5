"""Rules of an installed package behave as greenlint's own, in every command and in every worker process."""

from __future__ import annotations

import json

import pytest
from plugin_lab import EXAMPLE, Lab, rule_module

SPAWN = """
import multiprocessing, os
from greenlint.config import load_config
from greenlint.linter.dispatch import RuleSet
from greenlint.linter.pool import _spawned
from greenlint.linter.select import select_rules
from greenlint.linter.work import Job
from greenlint.source.discover import SourceFile

if __name__ == "__main__":
    multiprocessing.set_start_method("spawn")
    config = load_config(".")
    files = [SourceFile(name, os.path.abspath(name), 100, 0, python=True) for name in ("a.py", "b.py")]
    job = Job(RuleSet(select_rules(config)), config.root, 1000)
    for file, entry in _spawned(job, files, 2):
        print(file.path, [finding.code for finding in entry.findings], entry.error)
"""
DIGEST = """
from greenlint.config import load_config
from greenlint.linter.digest import rules_digest
from greenlint.linter.dispatch import RuleSet
from greenlint.linter.select import select_rules
print(rules_digest(RuleSet(select_rules(load_config("."))), 1).hex())
"""
SOURCES = """
from greenlint.linter.foreign import foreign_sources
from greenlint.rules.registry import all_rules
print(*foreign_sources([all_rules()["GLX201"]()]), sep="\\n")
"""


def codes(lab: Lab, *arguments: str, **variables: str) -> list[str]:
    done = lab.run("check", "--output-format", "json", *arguments, **variables)
    assert done.stderr == ""
    return [finding["code"] for finding in json.loads(done.stdout)["findings"]]


def test_the_example_package_adds_its_rule_to_check_with_its_fix(lab: Lab) -> None:
    lab.install_example()
    done = lab.run("a.py")
    assert (done.returncode, done.stderr) == (1, "")
    assert "GLX101" in done.stdout
    assert lab.run("check", "--fix", "--unsafe-fixes", ".").returncode == 0
    assert (lab.project / "a.py").read_text() == "x = eval('1')\ny = min(x)\n"


def test_the_example_package_passes_its_own_test(lab: Lab) -> None:
    tests = str(EXAMPLE / "tests")
    done = lab.python("-m", "pytest", "-q", "-p", "no:cacheprovider", tests, PYTHONPATH=str(EXAMPLE / "src"))
    assert done.returncode == 0, done.stdout + done.stderr


def test_rules_and_rule_say_where_a_rule_comes_from(lab: Lab) -> None:
    lab.install_example()
    listed = " ".join(lab.run("rules").stdout.split())
    assert "(from greenlint-plugin-example 1.0)" in listed
    assert listed.count("(from ") == 1
    origins = {rule["code"]: rule["origin"] for rule in json.loads(lab.run("rules", "--json").stdout)["rules"]}
    assert origins.pop("GLX101") == "greenlint-plugin-example 1.0"
    assert set(origins.values()) == {"greenlint"}
    assert "from greenlint-plugin-example 1.0" in lab.run("rule", "GLX101").stdout.splitlines()[1]
    assert "from" not in lab.run("rule", "GL701").stdout.splitlines()[1]
    page = json.loads(lab.run("rule", "sort-for-minimum", "--json").stdout)
    assert (page["code"], page["origin"]) == ("GLX101", "greenlint-plugin-example 1.0")


def test_select_ignore_and_suppression_know_the_codes_of_plug_ins(lab: Lab) -> None:
    lab.install_example()
    lab.install("evil", rule_module())
    assert codes(lab) == ["GLX201", "GLX101"]
    assert codes(lab, "--select", "GLX1") == ["GLX101"]
    assert codes(lab, "--ignore", "GLX101,GL212") == ["GLX201"]
    settings = '[tool.greenlint]\nselect = ["GLX"]\nper-file-ignores = {"a.py" = ["GLX201"]}\n'
    (lab.project / "pyproject.toml").write_text(settings)
    assert codes(lab) == ["GLX101"]
    comment = "# greenlint: ignore[GLX101] few"
    (lab.project / "a.py").write_text(f"y = sorted(x)[0]  {comment}\nz = 1  {comment}\n")
    assert codes(lab) == ["GL902"]
    wrong = lab.run("check", "--select", "GLX9")
    assert (wrong.returncode, wrong.stderr.count("\n")) == (2, 1)


def test_sarif_describes_the_rule_of_a_plug_in(lab: Lab) -> None:
    lab.install("evil", rule_module())
    log = json.loads(lab.run("check", "--output-format", "sarif").stdout)
    (rule,) = log["runs"][0]["tool"]["driver"]["rules"]
    assert (rule["id"], rule["shortDescription"]["text"]) == ("GLX201", "A call of eval.")


def test_forked_and_spawned_workers_have_the_rules(lab: Lab) -> None:
    lab.install("evil", rule_module())
    for name in ("a.py", "b.py"):
        (lab.project / name).write_text("x = eval('1')\n" + "# padding\n" * 30_000)
    assert codes(lab, "--jobs", "2", "--no-cache") == ["GLX201", "GLX201"]
    for name in ("a.py", "b.py"):
        (lab.project / name).write_text("x = eval('1')\n")
    script = lab.project.parent / "spawn.py"
    script.write_text(SPAWN)
    done = lab.python(str(script))
    assert (done.stdout, done.stderr) == ("a.py ['GLX201'] \nb.py ['GLX201'] \n", "")


def test_the_cache_is_not_believed_after_the_rule_was_edited(lab: Lab) -> None:
    (lab.project / "big.py").write_text("x = eval('1')\n" + "# padding\n" * 40_000)

    def messages() -> list[str]:
        done = lab.run("check", "--output-format", "json", "big.py", "--select", "GLX201")
        assert done.stderr == ""
        return [finding["message"] for finding in json.loads(done.stdout)["findings"]]

    lab.install("evil", rule_module())
    assert messages() == messages() == ["eval compiles"]
    assert (lab.project / ".greenlint" / "cache.sqlite").exists()
    lab.install("evil", rule_module("eval compiles", "eval costs"))
    assert messages() == ["eval costs"]


def test_the_cache_is_not_believed_after_the_version_changed_or_the_plug_in_was_switched_off(lab: Lab) -> None:
    lab.install("evil", rule_module())
    first = lab.python("-c", DIGEST).stdout
    assert lab.python("-c", DIGEST).stdout == first != ""
    metadata = lab.site / "acme_evil-1.2.dist-info" / "METADATA"
    metadata.write_text(metadata.read_text().replace("1.2", "1.3"))
    assert first != lab.python("-c", DIGEST).stdout != lab.python("-c", DIGEST, GREENLINT_NO_PLUGINS="1").stdout


def test_the_cache_key_covers_every_module_of_the_package_and_none_of_a_namespace_around_it(lab: Lab) -> None:
    package = lab.site / "company" / "green"
    package.mkdir(parents=True)
    (package / "helper.py").write_text("WORD = 'compiles'\n")
    (package / "__init__.py").write_text(rule_module())
    (lab.site / "company" / "other.py").write_text("")
    lab.register("company-green", "1", "x = company.green")
    assert lab.python("-c", SOURCES).stdout.split() == [str(package / "__init__.py"), str(package / "helper.py")]


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ("yield self.finding", "raise KeyError('k')\n            yield self.finding", "KeyError: 'k'"),
        ('yield self.finding(node, module, "eval compiles")', "yield 'eval'", "TypeError: it yields something other"),
        ('"eval compiles")', '"eval compiles")._replace(code="GL701")', "TypeError: it yields something other"),
    ],
)
def test_a_rule_that_fails_on_a_file_is_a_finding_that_names_its_package(lab: Lab, old: str, new: str, reason: str) -> None:
    lab.install("evil", rule_module(old, new))
    done = lab.run("check", "--output-format", "concise", "a.py")
    assert (done.returncode, done.stderr) == (1, "")
    assert f"GL901 rule GLX201 failed on this file ({reason}" in done.stdout
    assert "please report it to the authors of evil" in done.stdout
