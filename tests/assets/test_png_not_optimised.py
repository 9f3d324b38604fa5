"""GLA101 through the real linter: what is reported, what is not, and that the fix does what the finding says."""

from __future__ import annotations

import os
import subprocess
import sys

import png_samples as samples
import pytest
from png_samples import wasteful

from greenlint.model.fix import Applicability
from greenlint.rules.assets import REPLACEMENTS


def _few_colours() -> bytes:
    """Well compressed true colour with noise of 200 colours: only a palette makes it smaller."""
    import random

    rng = random.Random(4)
    colours = [bytes(rng.randrange(256) for _ in range(3)) for _ in range(200)]
    stream = b"".join(b"\0" + b"".join(rng.choice(colours) for _ in range(200)) for _ in range(200))
    return samples.png(samples.header(200, 200), stream, level=9)


def test_the_reported_bytes_are_what_the_fix_saves(project):
    path = project.write("docs/img/plot.png", wasteful())
    before = path.stat().st_size
    (finding,) = project.check().findings
    assert (finding.code, finding.path, finding.line, finding.column) == ("GLA101", "docs/img/plot.png", 1, 1)
    assert finding.fix is not None
    assert finding.fix.applicability is Applicability.SAFE
    smaller = REPLACEMENTS[finding.fix.replacement](path.read_bytes())
    assert finding.effect.bytes_saved == before - len(smaller)
    path.write_bytes(smaller)
    assert project.codes() == []


def test_fix_rewrites_the_file_in_place(project):
    path = project.write("plot.PNG", wasteful())
    before = path.read_bytes()
    command = [sys.executable, "-m", "greenlint", "check", "--fix", "--no-cache", "--select", "GLA"]
    done = subprocess.run(command, cwd=project.root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert path.read_bytes() == REPLACEMENTS["png-optimise"](before)
    assert os.listdir(project.root) == ["plot.PNG"]


def test_a_smaller_colour_type_is_offered_but_not_as_safe(project):
    path = project.write("plot.png", _few_colours())
    (finding,) = project.check().findings
    assert "colour type" in finding.message
    assert finding.fix is not None
    assert finding.fix.applicability is Applicability.UNSAFE
    smaller = REPLACEMENTS[finding.fix.replacement](path.read_bytes())
    assert finding.effect.bytes_saved == path.stat().st_size - len(smaller)


def test_an_input_of_a_test_is_not_rewritten_unasked(project):
    project.write("tests/data/plot.png", wasteful())
    (finding,) = project.check().findings
    assert finding.confidence == 60
    assert finding.fix is not None
    assert finding.fix.applicability is Applicability.UNSAFE


@pytest.mark.parametrize(
    ("why", "data"),
    [
        ("already small", REPLACEMENTS["png-optimise"](wasteful())),
        ("less than 4 kB to gain", wasteful(width=40, height=30)),
        ("a pointer of Git LFS", b"version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 123456\n"),
        ("animated", wasteful(before=samples.chunk(b"acTL", b"\0\0\0\1\0\0\0\0"))),
        ("an archive behind the picture", wasteful() + bytes(9000)),
    ],
)
def test_nothing_is_said_about(project, why, data):
    project.write("plot.png", data)
    assert project.codes() == [], why


def test_limits_can_be_set(project):
    project.write("plot.png", wasteful(width=40, height=30))
    assert project.check(GLA101={"min-gain-bytes": 100}).findings
    project.write("plot.png", wasteful())
    assert not project.check(GLA101={"min-gain-percent": 100}).findings


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty file"),
        (wasteful()[:-100], "truncated PNG"),
        (wasteful(width=9, height=9)[:-9], "truncated PNG"),
        (wasteful()[:500] + b"\0\xff\0" + wasteful()[503:], "wrong checksum"),
        (b"\xff\xd8\xff\xe0" + bytes(9000), "JPEG"),
    ],
)
def test_a_broken_picture_is_one_line_and_the_rest_is_linted(project, data, words):
    project.write("a/broken.png", data)
    project.write("b/plot.png", wasteful())
    result = project.check()
    (error,) = result.errors
    assert error.path == "a/broken.png"
    assert words in error.message
    assert "\n" not in error.message
    assert [finding.path for finding in result.findings] == ["b/plot.png"]


def test_an_unreadable_picture_is_one_line(project):
    path = project.write("plot.png", wasteful())
    path.chmod(0)
    if os.access(path, os.R_OK):  # root reads everything; a folder in its place cannot be read by anybody
        path.unlink()
        os.symlink("nowhere", path)
        assert project.check().findings == ()
        return
    (error,) = project.check().errors
    assert "cannot be read" in error.message
