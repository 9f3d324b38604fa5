"""The GitHub action and the GitLab job, run as their services run them: a local repository, a `gh` and an API that answer."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml
from test_against_command import git
from test_gate_outputs import SCRIPT

ROOT = Path(__file__).parents[2]
ACTION: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text())
GITLAB: dict[str, Any] = yaml.safe_load((ROOT / "templates" / "greenlint.gitlab-ci.yml").read_text())["greenlint-gate"]
STEPS: dict[str, dict[str, Any]] = {step["name"]: step for step in ACTION["runs"]["steps"]}
MARKER = "<!-- greenlint gate -->"
needs_bash = pytest.mark.skipif(not shutil.which("bash"), reason="bash is not installed")

GH = """#!{python}
import json, os, sys
arguments = sys.argv[1:]
body = next((open(text[6:]).read() for text in arguments if text.startswith("body=@")), "")
payload = open(arguments[arguments.index("--input") + 1]).read() if "--input" in arguments else ""
with open(os.environ["GH_CALLS"], "a") as file:
    call = {{"arguments": arguments, "body": body, "payload": payload, "token": os.environ["GH_TOKEN"]}}
    file.write(json.dumps(call) + "\\n")
if os.environ.get("GH_REFUSES", "nothing") in arguments:
    sys.exit("HTTP 403: Resource not accessible by integration")
if "--jq" in arguments:
    assert arguments[arguments.index("--jq") + 1] == (
        ".[] | select(.user.login == $ENV.GREENLINT_AUTHOR and (.body | startswith($ENV.marker))) | .id"
    )
    for comment in json.loads(os.environ["GH_COMMENTS"]):
        if comment["login"] == os.environ["GREENLINT_AUTHOR"] and comment["body"].startswith(os.environ["marker"]):
            print(comment["id"])
"""


class Hosted:
    """A repository with one command as its benchmark, a base and a slower head, and the surroundings of a runner."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.bin, self.calls = folder / "repo", folder / "bin", folder / "calls"
        self.folder.mkdir()
        self.bin.mkdir()
        (folder / "temp").mkdir()
        config = f'[energy]\nprovider = "model"\n[bench.commands]\nsquares = "{sys.executable} squares.py"\n'
        (self.folder / "greenlint.toml").write_text(config)
        (self.folder / ".gitignore").write_text(".greenlint/\n")
        (self.folder / "squares.py").write_text(SCRIPT.format(2))
        git(self.folder, "init", "-q", "-b", "main")
        git(self.folder, "add", "-A")
        git(self.folder, "commit", "-q", "-m", "base")
        self.base = git(self.folder, "rev-parse", "HEAD").strip()
        (self.folder / "squares.py").write_text(SCRIPT.format(8))
        git(self.folder, "commit", "-q", "-a", "-m", "head")
        gh = self.bin / "gh"
        gh.write_text(GH.format(python=sys.executable))
        gh.chmod(0o755)
        self.env = {
            **os.environ,
            "PATH": f"{self.bin}{os.pathsep}{os.environ['PATH']}",
            "GITHUB_ACTION_PATH": str(ROOT),
            "GITHUB_OUTPUT": str(folder / "output"),
            "GITHUB_STEP_SUMMARY": str(folder / "summary"),
            "GITHUB_REPOSITORY": "owner/project",
            "GITHUB_SHA": "c" * 40,
            "GITHUB_REF": "refs/pull/7/merge",
            "RUNNER_TEMP": str(folder / "temp"),
            "GH_CALLS": str(self.calls),
            "GH_COMMENTS": "[]",
        }
        self.values = {f"inputs.{name}": str(value.get("default", "")) for name, value in ACTION["inputs"].items()}
        self.values |= {
            "inputs.base": self.base,
            "inputs.pairs": "4,8",
            "inputs.python": sys.executable,
            "inputs.token": "secret",
        }
        self.values["github.event.pull_request.number"] = "7"

    def step(self, name: str, **variables: str) -> subprocess.CompletedProcess[str]:
        """Run one step of the action with its expressions put in, and take its outputs up."""
        env = {key: self._filled(str(value)) for key, value in STEPS[name]["env"].items()}
        argv = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", STEPS[name]["run"]]
        done = subprocess.run(
            argv,
            cwd=self.folder,
            env={**self.env, **env, **variables},
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        output = Path(self.env["GITHUB_OUTPUT"])
        for line in output.read_text().splitlines() if output.exists() else []:
            key, _, value = line.partition("=")
            self.values[f"steps.{STEPS[name].get('id')}.outputs.{key}"] = value
        output.unlink(missing_ok=True)
        return done

    def _filled(self, text: str) -> str:
        return re.sub(r"\$\{\{ ([\w.-]+) \}\}", lambda match: self.values[match[1]], text)

    def asked(self) -> list[dict[str, Any]]:
        """The calls of gh."""
        return [json.loads(line) for line in self.calls.read_text().splitlines()] if self.calls.exists() else []


@pytest.fixture
def hosted(tmp_path: Path) -> Hosted:
    return Hosted(tmp_path)


def test_every_expression_of_the_action_is_declared_and_no_script_holds_one() -> None:
    text = (ROOT / "action.yml").read_text()
    used = set(re.findall(r"inputs\.([\w-]+)", text))
    assert used == set(ACTION["inputs"])
    assert set(re.findall(r"steps\.(\w+)\.", text)) <= {step.get("id") for step in STEPS.values()}
    for step in STEPS.values():
        assert step["shell"] == "bash"
        assert "${{" not in step["run"], "an input in a script would be run as code"
    for script in set(re.findall(r"templates/github/\w+\.sh", text)):
        assert (ROOT / script).is_file()


@needs_bash
def test_a_worse_pull_request_gets_a_comment_and_a_red_job(hosted: Hosted) -> None:
    done = hosted.step("Measure")
    assert done.returncode == 0, done.stderr
    assert hosted.values["steps.gate.outputs.code"] == "1"
    assert "WORSE  squares" in done.stdout
    assert Path(hosted.env["GITHUB_STEP_SUMMARY"]).read_text().startswith(MARKER)
    assert hosted.step("Comment").returncode == 0
    looked, sent = hosted.asked()
    assert looked["arguments"][:3] == ["api", "--paginate", "repos/owner/project/issues/7/comments?per_page=100"]
    assert sent["arguments"][:4] == ["api", "--method", "POST", "repos/owner/project/issues/7/comments"]
    assert sent["body"] == Path(hosted.values["steps.gate.outputs.report"]).read_text()
    assert sent["token"] == "secret"
    assert hosted.step("Upload to code scanning").returncode == 0
    upload = hosted.asked()[-1]
    assert upload["arguments"][:4] == ["api", "--method", "POST", "repos/owner/project/code-scanning/sarifs"]
    payload = json.loads(upload["payload"])
    assert (payload["commit_sha"], payload["ref"]) == ("c" * 40, "refs/pull/7/merge")
    import base64
    import gzip

    (run,) = json.loads(gzip.decompress(base64.b64decode(payload["sarif"])))["runs"]
    assert run["results"][0]["ruleId"] == "benchmark-worse"
    assert hosted.step("Verdict").returncode == 1


def report(hosted: Hosted, text: str = f"{MARKER}\n### greenlint: fine\n") -> None:
    path = Path(hosted.env["RUNNER_TEMP"]) / "report.md"
    path.write_text(text)
    hosted.values["steps.gate.outputs.report"] = str(path)


@needs_bash
def test_the_comment_of_an_earlier_run_is_edited_in_place_and_those_of_others_are_left_alone(hosted: Hosted) -> None:
    report(hosted)
    comments = [
        {"id": 1, "login": "somebody", "body": f"{MARKER}\nmine"},
        {"id": 2, "login": "github-actions[bot]", "body": "another tool"},
        {"id": 3, "login": "github-actions[bot]", "body": f"{MARKER}\nold"},
        {"id": 4, "login": "github-actions[bot]", "body": f"{MARKER}\nolder"},
    ]
    assert hosted.step("Comment", GH_COMMENTS=json.dumps(comments)).returncode == 0
    sent = hosted.asked()[-1]
    assert sent["arguments"][:4] == ["api", "--method", "PATCH", "repos/owner/project/issues/comments/3"]


@needs_bash
@pytest.mark.parametrize("refused", ["--paginate", "POST"])
def test_without_the_right_to_comment_there_is_a_warning_and_the_verdict_stands(hosted: Hosted, refused: str) -> None:
    report(hosted)
    done = hosted.step("Comment", GH_REFUSES=refused)
    assert (done.returncode, "::warning::greenlint gate" in done.stdout) == (0, True)


@needs_bash
def test_a_report_that_is_too_long_for_a_comment_is_cut_at_a_line(hosted: Hosted) -> None:
    report(hosted, MARKER + "\n" + "| row | of the table |\n" * 5000)
    assert hosted.step("Comment").returncode == 0
    body = hosted.asked()[-1]["body"]
    assert len(body) < 65_536
    assert body.endswith("| row | of the table |\n\n(shortened: the whole table is in the summary of the job)\n")


@needs_bash
def test_outside_a_pull_request_the_action_says_what_it_needs(hosted: Hosted) -> None:
    hosted.values["inputs.base"] = ""
    done = hosted.step("Measure")
    assert (done.returncode, "name a commit as input base" in done.stdout) == (2, True)


@needs_bash
def test_an_unknown_base_leaves_no_report_and_no_comment_and_fails(hosted: Hosted) -> None:
    hosted.values["inputs.base"] = "0" * 40
    assert "is no commit of this repository" in hosted.step("Measure").stderr
    assert "there is no comment" in hosted.step("Comment").stdout
    assert hosted.asked() == []
    assert hosted.step("Verdict").returncode == 2


@needs_bash
@pytest.mark.parametrize(("version", "installed"), [("", f"{ROOT}[pytest]"), ("1.2.3", "greenlint[pytest]==1.2.3")])
def test_what_is_installed_is_a_release_or_the_action_itself(hosted: Hosted, version: str, installed: str) -> None:
    echo = hosted.bin / "python"
    echo.write_text('#!/bin/sh\necho "$@"\n')
    echo.chmod(0o755)
    hosted.values |= {"inputs.version": version, "inputs.python": "python"}
    assert hosted.step("Install greenlint").stdout.strip() == f"-m pip install --quiet {installed}"


class Api(BaseHTTPRequestHandler):
    """The notes of a merge request, as GitLab's API answers."""

    notes: list[dict[str, Any]] = []
    sent: list[tuple[str, str, dict[str, Any]]] = []

    def _answer(self, value: object) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(value).encode())

    def do_GET(self) -> None:
        assert self.headers["PRIVATE-TOKEN"] == "secret"
        if self.path == "/user":
            self._answer({"id": 5})
        else:
            assert self.path.startswith("/projects/3/merge_requests/9/notes?per_page=100&page=")
            self._answer(self.notes if self.path.endswith("page=1") else [])

    def do_POST(self) -> None:
        data = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.sent.append((self.command, self.path, data))
        self._answer({})

    do_PUT = do_POST

    def log_message(self, format: str, *args: object) -> None:
        """Nothing on the terminal."""


@needs_bash
@pytest.mark.parametrize(
    ("notes", "method", "path"),
    [
        ([{"id": 1, "author": {"id": 6}, "body": MARKER}], "POST", "/projects/3/merge_requests/9/notes"),
        ([{"id": 2, "author": {"id": 5}, "body": f"{MARKER}\nold"}], "PUT", "/projects/3/merge_requests/9/notes/2"),
    ],
    ids=["new", "edited in place"],
)
def test_the_gitlab_job_writes_one_note_and_fails_after_it(
    hosted: Hosted, notes: list[dict[str, Any]], method: str, path: str
) -> None:
    Api.notes, Api.sent = notes, []
    shim = hosted.bin / "python"  # all but pip, which would need the network
    shim.write_text(f'#!/bin/sh\n[ "$2" = pip ] || exec "{sys.executable}" "$@"\n')
    shim.chmod(0o755)
    server = HTTPServer(("127.0.0.1", 0), Api)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        env = {
            **hosted.env,
            **{key: str(value) for key, value in GITLAB["variables"].items()},
            "GREENLINT_OPTIONS": "--pairs 4,8",
            "GREENLINT_TOKEN": "secret",
            "CI_MERGE_REQUEST_DIFF_BASE_SHA": hosted.base,
            "CI_API_V4_URL": f"http://127.0.0.1:{server.server_port}",
            "CI_PROJECT_ID": "3",
            "CI_MERGE_REQUEST_IID": "9",
            "no_proxy": "127.0.0.1",
        }
        script = "\n".join(GITLAB["script"])
        done = subprocess.run(
            ["bash", "-eo", "pipefail", "-c", script],
            cwd=hosted.folder, env=env, capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip
    finally:
        server.shutdown()
        server.server_close()
    assert done.returncode == 1, done.stderr
    ((sent_by, sent_to, data),) = Api.sent
    assert (sent_by, sent_to) == (method, path)
    assert data["body"] == (hosted.folder / "greenlint-gate.md").read_text()
    assert (hosted.folder / "greenlint-gate.xml").exists()
