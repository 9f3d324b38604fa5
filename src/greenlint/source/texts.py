"""What the facts of Python files do not say: which names configuration, templates, build files and documentation mention."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from itertools import chain

from greenlint.named_tuple import NamedTuple
from greenlint.source.discover import look
from greenlint.source.words import BLANKED, words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from typing import Any

    from greenlint.source.discover import SourceFile, Unseen

MAX_TEXT = 512 << 10
"""Largest text file that is searched for names, bytes."""
MAX_CODE = 10_000_000
"""The same of a Python file that does not parse, as large as those that are parsed."""
MAX_TEXTS = 8 << 20
"""Bytes searched for names in all; configuration comes first, documentation last."""

_CONFIGURATION = words(
    """.py .pyw .toml .cfg .ini .yaml .yml .json .conf .env .sh .bash .mk .pyx .pxd .pxi .ipynb .html .htm .jinja
    .jinja2 .j2 .mako .tmpl .tpl .txt.j2 .xml .kv .ui .qml .feature .bzl .bazel .in .service .desktop"""
)
_DOCUMENTATION = frozenset([".md", ".rst", ".txt", ".adoc"])
_EXTENSIONS_IN_C = words(".c .cc .cpp .cxx .h .hpp .rs")
_NAMED_FILES = frozenset({"makefile", "dockerfile", "procfile", "justfile", "jenkinsfile", "pipfile"})
_HISTORY = ("change", "history", "news", "release", "licen", "authors")
_CODE_MARKS = (b"`", b".", b":")
_API_PAGE = re.compile(rb"^\s*(?:\.\. (?:auto)?module::|:::)\s*([A-Za-z_][\w.]*)", re.MULTILINE)
"""Where Sphinx or mkdocstrings puts the public names of a module."""


_DECLARING = (".toml", ".cfg", ".ini", ".txt", ".in", ".yaml", ".yml", "pipfile")
"""What says of a project what it needs and how it is built, and is read for that as well."""


def texts_that_count(assets: Iterable[SourceFile], unseen: Iterable[Unseen], absent: list[str]) -> list[SourceFile]:
    """Those of the texts that may change an answer; only they are looked at.

    Some projects have 30,000 files of data, most of them beyond MAX_TEXTS. `assets` are texts that were looked at already.
    The paths of those that are no files are added to `absent`.
    """
    seen = {file.path: file for file in assets}
    kinds: dict[str, int | None] = {}
    ranked: list[list[Unseen]] = [[] for _ in _NAMES_CODE]
    for place in (*[(file.path, "", None) for file in seen.values()], *unseen):
        name = place[0].rpartition("/")[2]  # `de.json` and the like are there hundreds of times
        kind = kinds[name] if name in kinds else kinds.setdefault(name, _kind(name))
        if kind is not None:
            ranked[kind].append(place)
    for places in ranked:
        places.sort()
    found: list[SourceFile] = []
    left = MAX_TEXTS
    for place in chain.from_iterable(ranked):
        if left < 0 and not place[0].lower().endswith(_DECLARING):
            continue
        try:
            file = seen.get(place[0]) or look(*place)
        except OSError:
            file = None  # what cannot be read mentions nothing
        if file is None:
            absent.append(place[0])
        else:
            found.append(file)
            left -= file.size if file.size <= MAX_TEXT else 0
    return found


class _Text(NamedTuple):
    """One file, and the words in it that end in "_"; `kind` is the place of what counts as naming code in `_NAMES_CODE`."""

    path: str
    kind: int
    stems: frozenset[bytes]


class Texts:
    """The texts of a project; they are read once, when somebody asks or by `load` while there is nothing better to do.

    `paths` are relative to `root`; files that cannot be read mention nothing. Python files among them (such as do not parse)
    count word by word. Documentation counts where it quotes code; change logs and licences never do.
    """

    def __init__(self, root: str = "", paths: Iterable[str] = ()) -> None:
        self._root = root
        self._paths = tuple(paths)
        self._texts: list[_Text] = []
        self._with_word: defaultdict[bytes, list[int]] = defaultdict(list)
        """For each word the places in `_texts` of the files that it stands in: most stand in many."""
        self._data: dict[int, bytes] = {}
        self._own: int | None = None  # how many texts `paths` gave; None before they are known
        self._left = MAX_TEXTS

    @property
    def paths(self) -> list[str]:
        """The files among those given that may mention names: no change log, no licence."""
        return [path for path in self._paths if _kind(path) is not None]

    @property
    def loaded(self) -> bool:
        """Whether they have been read."""
        return self._own is not None

    def load(self) -> None:
        """Read all texts, configuration first, up to MAX_TEXTS bytes."""
        if self._own is None:
            self._read(self._paths)
            self._own = len(self._texts)

    def add(self, paths: Iterable[str]) -> None:
        """Read Python files that do not parse, whatever MAX_TEXTS says: nothing else tells which names they use."""
        self.load()
        self._read(paths, code=True)

    def pack(self) -> list[Any]:
        """The words of the texts of `paths` as plain data, for a later run that finds the same files."""
        self.load()
        own = self._own or 0
        words = {word: [place for place in places if place < own] for word, places in self._with_word.items()}
        return [
            self._left,
            [[text.path, text.kind, _joined(text.stems)] for text in self._texts[:own]],
            _joined(words),
            list(words.values()),
        ]

    def unpack(self, packed: Any) -> bool:
        """Take the words from what `pack` gave: files are then read only where they mention a name. False if it is damaged."""
        try:
            left, texts, words, places = packed
            every = list(chain.from_iterable(places))
            if every and (set(map(type, every)) != {int} or not 0 <= min(every) <= max(every) < len(texts)):
                raise ValueError("no places in these texts")
            self._texts = [_Text(path, _known(kind), frozenset(_parts(stems))) for path, kind, stems in texts]
            self._with_word = defaultdict(list, zip(_parts(words), places, strict=True))
            self._own, self._left = len(self._texts), int(left)
        except (TypeError, ValueError, IndexError, AttributeError):
            self._texts, self._with_word, self._own, self._left = [], defaultdict(list), None, MAX_TEXTS
        return self.loaded

    def mentioned(self, wanted: Collection[str]) -> frozenset[str]:
        """Those of `wanted` that the texts mention, and every name with "_" at its end that they mention."""
        self.load()
        sought = {name.encode("utf-8", "surrogatepass") for name in wanted} & self._with_word.keys()
        names = {word for word in sought if any(self._names_code(word, place) for place in self._with_word[word])}
        for place, text in enumerate(self._texts):
            names.update([word for word in text.stems if word not in names and self._names_code(word, place)])
        return frozenset(name.decode("utf-8", "replace") for name in names)

    def _names_code(self, word: bytes, place: int) -> bool:
        text = self._texts[place]
        if text.kind == _CONFIGURED:
            return True
        data = self._data.get(place)
        if data is None:
            data = self._data[place] = read_text(os.path.join(self._root, text.path))
        return _NAMES_CODE[text.kind](word, data)

    def words_outside(self, files: Collection[str]) -> frozenset[str]:
        """Every word of configuration and scripts, lower case, those of `files` and of lock files aside."""
        self.load()
        counted = {place for place, text in enumerate(self._texts) if _is_outside(text, files)}
        found = [word for word, places in self._with_word.items() if not counted.isdisjoint(places)]
        return frozenset(word.decode("utf-8", "replace").lower() for word in found)

    def documented_modules(self) -> frozenset[str]:
        """The dotted names of modules all of whose public names a page of documentation shows."""
        self.load()
        pages = [text.path for text in self._texts if text.kind == _DOCUMENTED]
        found = [name for path in pages for name in _API_PAGE.findall(read_text(os.path.join(self._root, path)))]
        return frozenset(name.decode() for name in found)

    def _read(self, paths: Iterable[str], *, code: bool = False) -> None:
        ranked = [(kind, path) for path in paths if (kind := _kind(path)) is not None]
        with_word = self._with_word
        for kind, path in sorted(ranked):
            data = read_text(os.path.join(self._root, path), MAX_CODE if code else MAX_TEXT)
            self._left -= 0 if code else len(data)
            if self._left < 0 and not code:
                break
            blanked = data.translate(BLANKED) + b" "
            stems = frozenset([part.rpartition(b" ")[2] + b"_" for part in blanked.split(b"_ ")[:-1]])
            place = len(self._texts)
            for word in set(blanked.split()):
                with_word[word].append(place)
            self._texts.append(_Text(path, kind, stems))
            if kind != _CONFIGURED:
                self._data[place] = data


def _joined(words: Iterable[bytes]) -> str:
    """Words as one string; none holds a blank."""
    return b" ".join(words).decode("latin-1")


def _parts(text: str) -> list[bytes]:
    return text.encode("latin-1").split()


def _known(kind: Any) -> int:
    """A kind read from outside. Raises ValueError for anything else."""
    return range(len(_NAMES_CODE)).index(kind)


def _is_outside(text: _Text, files: Collection[str]) -> bool:
    name = text.path.rpartition("/")[2].lower()
    listing = name.startswith(("requirement", "constraint", "environment")) or "lock" in name
    return text.path not in files and text.kind == _CONFIGURED and not listing


def _kind(path: str) -> int | None:
    """How early a file is read, and which of its words count; None for files that mention no names of interest."""
    name = path.rpartition("/")[2].lower()
    suffix = os.path.splitext(name)[1]
    if suffix in _CONFIGURATION or name in _NAMED_FILES:
        return _CONFIGURED
    if suffix in _EXTENSIONS_IN_C:
        return 1
    return 2 if suffix in _DOCUMENTATION and not name.startswith(_HISTORY) else None


def _any_word(_word: bytes, _data: bytes) -> bool:
    return True


def _in_quotes(word: bytes, data: bytes) -> bool:
    return b'"' + word + b'"' in data


def _as_code(word: bytes, data: bytes) -> bool:
    """A word with an underscore, a call, or what stands after a mark of code or of a dotted name; prose is none of these."""
    return b"_" in word or word + b"(" in data or any(mark + word in data for mark in _CODE_MARKS)


_NAMES_CODE = (_any_word, _in_quotes, _as_code)
_CONFIGURED = _NAMES_CODE.index(_any_word)
_DOCUMENTED = _NAMES_CODE.index(_as_code)


def read_text(path: str, largest: int = MAX_TEXT) -> bytes:
    """The bytes of a file; none when it cannot be read or is larger than `largest` bytes."""
    try:
        if os.path.getsize(path) > largest:
            return b""
        with open(path, "rb", buffering=0) as file:
            return file.read(largest)
    except OSError:
        return b""


TEXT_FILES = tuple(sorted({*_CONFIGURATION, *_NAMED_FILES, *_EXTENSIONS_IN_C, *_DOCUMENTATION}))
"""Endings of the names of files that `Texts` reads."""
