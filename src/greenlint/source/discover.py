"""Finds the files to lint: git's own list where there is a repository, else a walk that honours .gitignore."""

from __future__ import annotations

import os
import stat as stat_module
from fnmatch import fnmatch
from functools import cache

from greenlint.config.schema import DEFAULT_EXCLUDE
from greenlint.named_tuple import NamedTuple
from greenlint.source.git_files import GitFiles, is_ignored

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from greenlint.source.gitignore import Active

NOTEBOOK = ".ipynb"
PYTHON_SUFFIXES = (".py", ".pyw", NOTEBOOK)


class SourceFile(NamedTuple):
    """A file to lint; `path` is relative to the root with forward slashes, `tracked` None where git does not tell.

    ctime_ns  when anything about it changed, its name and its rights included (Windows: when it was made)
    """

    path: str
    absolute: str
    size: int
    mtime_ns: int
    python: bool
    tracked: bool | None = None
    ctime_ns: int = 0

    @property
    def state(self) -> State:
        """What differs when somebody has written to the file, unless a writer sets all of it back: only the system can."""
        return self.size, self.mtime_ns, self.ctime_ns


State = tuple[int, int, int]
"""Size, time of the last change of the contents and of anything, ns."""

Unseen = tuple[str, str, "bool | None"]
"""Path, absolute path, and whether git tracks it, of a file that was not looked at."""


class Finder:
    """Lists files below a project root by suffix, leaving out what is excluded or ignored.

    listing  what git was asked for already, about this root
    texts    suffixes of other files, which come to `self.texts` unseen

    absent  what git lists with one of the suffixes where there is no regular file
    """

    def __init__(
        self,
        root: str,
        exclude: Sequence[str],
        asset_suffixes: Collection[str],
        listing: GitFiles | None = None,
        texts: Sequence[str] = (),
    ) -> None:
        self.root = root
        self._listing = listing
        self.suffixes = (*PYTHON_SUFFIXES, *sorted(asset_suffixes))
        self._names = frozenset(DEFAULT_EXCLUDE) | {glob for glob in exclude if not set(glob) & set("*?[/")}
        self._globs = tuple(glob.rstrip("/") for glob in exclude if set(glob) & set("*?[/"))
        self._text_suffixes = tuple(texts)
        self.texts: list[Unseen] = []
        self.absent: list[str] = []
        self.problems: list[tuple[str, str]] = []

    def find(self, paths: Sequence[str]) -> list[SourceFile]:
        """Files for the given paths, each once, sorted; `problems` then holds (path, message) of paths that failed."""
        found: dict[str, SourceFile] = {}
        for path in paths:
            absolute = os.path.abspath(path)
            try:
                info = os.stat(absolute)
            except OSError as error:
                self.problems.append((self._relative(absolute), _reason(error)))
                continue
            if stat_module.S_ISDIR(info.st_mode):
                for file in self._folder(absolute):
                    found[file.path] = file
            elif stat_module.S_ISREG(info.st_mode):
                relative = self._relative(absolute)
                if not self.excludes(relative):
                    python = absolute.endswith(PYTHON_SUFFIXES) or not absolute.lower().endswith(self.suffixes)
                    found[relative] = _file(relative, absolute, info, None, python=python)
            else:
                self.problems.append((self._relative(absolute), "is neither a file nor a folder"))
        return [found[path] for path in sorted(found)]

    def _relative(self, absolute: str) -> str:
        root = self.root + os.sep
        relative = absolute[len(root) :] if absolute.startswith(root) else os.path.relpath(absolute, self.root)
        return relative.replace(os.sep, "/")

    def excludes(self, relative: str) -> bool:
        """Whether a path relative to the root is left out by configuration."""
        parts = relative.split("/")
        if not self._names.isdisjoint(parts):
            return True
        if not self._globs:
            return False
        prefixes = ["/".join(parts[: i + 1]) for i in range(len(parts))]
        return any(
            fnmatch(prefix, glob) or fnmatch(part, glob) for glob in self._globs for prefix, part in zip(prefixes, parts)
        )

    def _folder(self, folder: str) -> Iterator[SourceFile]:
        listing = self._listing if self._listing is not None and self._listing.covers(folder) else GitFiles.ask(folder)
        tracked = listing.below(folder, tracked=True) if listing is not None else None
        if listing is None or tracked is None:
            yield from self._walk(folder)
            return
        yield from self._known_to_git(folder, tracked, tracked=True)
        others = listing.below(folder, tracked=False)
        if others is None or (not tracked and not others and is_ignored(folder)):
            yield from self._walk(folder)  # who names an ignored folder means what is in it
        else:
            yield from self._known_to_git(folder, others, tracked=False)

    def _known_to_git(self, folder: str, names: Iterable[str], *, tracked: bool) -> Iterator[SourceFile]:
        base = self._relative(folder)
        prefix = "" if base == "." else base + "/"
        start = os.path.join(folder, "")
        suffixes, known = self.suffixes, (*self.suffixes, *self._text_suffixes)
        left_out = cache(self.excludes)  # asked about folders: most files share theirs
        for name in names:
            lower = name.lower()
            if not lower.endswith(known):
                continue
            path = prefix + name
            above, _, own = path.rpartition("/")
            if own in self._names or left_out(above) or (self._globs and self.excludes(path)):
                continue
            if not lower.endswith(suffixes):
                self.texts.append((path, start + name, tracked))
                continue
            try:
                file = look(path, start + name, tracked)
            except OSError as error:
                self.problems.append((path, _reason(error)))
            else:
                if file is None:
                    self.absent.append(path)
                else:
                    yield file

    def _walk(self, folder: str) -> Iterator[SourceFile]:
        from greenlint.source.gitignore import outer_patterns, read_patterns

        base, suffixes, known = self._relative(folder), self.suffixes, (*self.suffixes, *self._text_suffixes)
        stack = [(folder, "" if base == "." else base + "/", outer_patterns(self.root, base))]
        while stack:
            current, prefix, active = stack.pop()
            try:
                entries = list(os.scandir(current))
            except OSError as error:
                self.problems.append((prefix.rstrip("/") or ".", _reason(error)))
                continue
            if ".gitignore" in [entry.name for entry in entries]:
                active = (*active, (len(prefix), read_patterns(current)))
            filtered = bool(active or self._globs)
            for entry in entries:
                name = entry.name
                relative = prefix + name
                try:
                    if entry.is_dir(follow_symlinks=False):
                        if name not in self._names and not (filtered and self._left_out(relative, active, folder=True)):
                            stack.append((entry.path, relative + "/", active))
                        continue
                    lower = name.lower()
                    if not lower.endswith(known) or not entry.is_file(follow_symlinks=False):
                        continue
                    if name in self._names or (filtered and self._left_out(relative, active, folder=False)):
                        continue
                    if lower.endswith(suffixes):
                        yield _file(relative, entry.path, entry.stat(follow_symlinks=False), None)
                    else:
                        self.texts.append((relative, entry.path, None))
                except OSError as error:
                    self.problems.append((relative, _reason(error)))

    def _left_out(self, relative: str, active: Active, *, folder: bool) -> bool:
        if self._globs and self.excludes(relative):
            return True
        if not active:
            return False
        from greenlint.source.gitignore import matches

        return matches(relative, active, folder=folder)


def look(path: str, absolute: str, tracked: bool | None) -> SourceFile | None:
    """A file that git or a folder lists; None for what was deleted and what is no regular file. Raises OSError."""
    try:
        info = os.lstat(absolute)
    except (FileNotFoundError, NotADirectoryError):
        return None  # in the index, but deleted from the working tree
    return _file(path, absolute, info, tracked) if stat_module.S_ISREG(info.st_mode) else None


def _file(path: str, absolute: str, info: os.stat_result, tracked: bool | None, *, python: bool | None = None) -> SourceFile:
    is_python = path.endswith(PYTHON_SUFFIXES) if python is None else python
    return SourceFile(path, absolute, info.st_size, info.st_mtime_ns, is_python, tracked, info.st_ctime_ns)


def _reason(error: OSError) -> str:
    import errno

    if error.errno == errno.ELOOP:
        return "cannot be read: the symbolic link leads back to itself"
    if error.errno == errno.ENOENT:
        return "no such file or folder"
    return f"cannot be read: {error.strerror}"
