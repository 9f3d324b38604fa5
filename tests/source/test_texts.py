"""What texts mention is the same when their words come from a cache."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from greenlint.source.texts import Texts

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
