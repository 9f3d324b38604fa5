"""What texts mention is the same when their words come from a cache."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from pytest import MonkeyPatch

from greenlint.source import texts
from greenlint.source.texts import Texts, texts_that_count

WORDS = st.sampled_from(["alpha", "beta_", "_gamma", "delta", "näh", "\x85", "a.alpha", "`delta`", '"alpha"', "beta_x(", "9"])
FILES = st.dictionaries(
    st.sampled_from(["a.cfg", "b.md", "c.c", "d.html", "CHANGES.md", "e.txt", "f.png"]),
    st.lists(st.one_of(WORDS, st.text(max_size=5))).map(" ".join),
)
ASKED = ["alpha", "beta_", "_gamma", "delta", "näh", "x", "beta_x"]


@given(FILES, FILES)
def test_known_words_answer_as_the_files_do(files: dict[str, str], more: dict[str, str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            Path(folder, name).write_text(text, encoding="utf-8", errors="replace")
        for name, text in more.items():
            Path(folder, f"more-{name}").write_text(text, encoding="utf-8", errors="replace")
        read, known = Texts(folder, files), Texts(folder, files)
        read.add([f"more-{name}" for name in more])
        assert known.unpack(json.loads(json.dumps(read.pack()))) or not files
        known.add([f"more-{name}" for name in more])
        assert read.mentioned(ASKED) == known.mentioned(ASKED)
        assert read.words_outside(["a.cfg"]) == known.words_outside(["a.cfg"])


def test_beyond_the_limit_only_what_says_how_a_project_is_built_counts(tmp_path: Path, monkeypatch: MonkeyPatch) -> None:
    sizes = {"a.json": 80, "b.json": 80, "c.json": 10, "setup.cfg": 5, "z/requirements.txt": 5, "CHANGES.txt": 5, "m.md": 5}
    (tmp_path / "z").mkdir()
    for name, size in sizes.items():
        (tmp_path / name).write_text("x" * size)
    monkeypatch.setattr(texts, "MAX_TEXTS", 100)
    unseen = [(name, str(tmp_path / name), None) for name in (*sizes, "gone.cfg")]
    absent: list[str] = []
    counting = texts_that_count([], unseen, absent)
    assert absent == ["gone.cfg"]
    assert [file.path for file in counting] == ["a.json", "b.json", "setup.cfg", "z/requirements.txt"]
    (tmp_path / "setup.cfg").write_text("other")
    known = Texts(str(tmp_path), [file.path for file in counting])
    assert known.mentioned(["x" * 80, "other"]) == {"x" * 80}  # as before: b.json is the first that is not read
