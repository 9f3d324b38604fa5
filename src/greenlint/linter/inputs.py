"""What a run looks at: files to report, files that rules about the whole project must see, texts; as in the last run where
git lists the same files, so that none of its thousands of names is looked at twice."""

from __future__ import annotations

import os
from functools import cached_property

from greenlint.model.check import CheckError
from greenlint.named_tuple import NamedTuple
from greenlint.source.discover import Finder, SourceFile

TYPE_CHECKING = False
if TYPE_CHECKING:
    from array import array
    from collections.abc import Sequence

    from greenlint.config.schema import Config
    from greenlint.linter.dispatch import RuleSet
    from greenlint.linter.snapshot import Snapshot
    from greenlint.source.git_files import GitFiles


class Before:
    """An earlier run over files of the same names.

    states   of all names now, as `Names.look` gives them
    changed  the places of those whose state is another now
    """

    def __init__(self, root: str, snapshot: Snapshot, states: array[int]) -> None:
        self._root = root
        self.snapshot = snapshot
        self.states = states
        self.changed = snapshot.changed(states)

    @property
    def nothing_changed(self) -> bool:
        """Whether all is in the same state, and what says so can be trusted."""
        return not self.changed and self.same_surroundings

    @cached_property
    def changed_inputs(self) -> list[int]:
        """The places of the inputs whose state is another now."""
        inputs = len(self.snapshot.names.files) + len(self.snapshot.names.texts)
        return [place for place in self.changed if place < inputs]

    @cached_property
    def same_surroundings(self) -> bool:
        """Whether what asset rules look at beside files says what it said: it is read where its state is another."""
        names = self.snapshot.names
        if not names.witnesses:
            return True
        first = len(names.files) + len(names.texts) + len(names.absent)
        places = [place - first for place in self.changed if place >= first]
        if os.name != "posix":
            places = list(range(len(names.witnesses)))  # a folder may be in the same state with new files in it
        if not places:
            return True
        from greenlint.linter.beside import testimony

        said = testimony(self._root, [names.witnesses[place] for place in places])
        return said == [self.snapshot.testimony[place] for place in places]


class Inputs(NamedTuple):
    """What to look at.

    files       to report
    everything  that project rules must see, the files among them; None where they do not run
    texts       that these rules ask beside it
    problems    what could not be listed
    absent      names that git lists without a regular file
    listing     hash of git's lists; empty where they do not decide what there is
    before      an earlier run over files of the same names, where there was one
    presumed    git, which has to confirm that there are no others: it is still at work; None where that is known
    """

    files: list[SourceFile]
    everything: list[SourceFile] | None
    texts: list[SourceFile]
    problems: list[CheckError]
    absent: list[str] = []
    listing: str = ""
    before: Before | None = None
    presumed: GitFiles | None = None

    @property
    def every_file(self) -> list[SourceFile]:
        """All files that are looked at."""
        return self.files if self.everything is None else self.everything

    def confirm(self) -> None:
        """Wait for git. Raises FilesCameOrWent where it lists others than were presumed."""
        if self.presumed is not None and self.presumed.digest != self.listing:
            raise FilesCameOrWent


class FilesCameOrWent(Exception):
    """Git does not list the files of the last run: list them."""


def find_inputs(
    paths: Sequence[str],
    config: Config,
    rules: RuleSet,
    git: GitFiles | None,
    last: Snapshot | None = None,
    *,
    presume: bool = True,
) -> Inputs:
    """List what is below `paths`; `last` is what an earlier run over these paths left.

    With `presume` the files of that run may be returned before git has said that there are no others.
    """
    whole = [os.path.abspath(path) for path in paths] == [os.path.abspath(config.root)]
    if presume and last is not None and last.listing and whole and git is not None:
        found = _as_before(config.root, bool(rules.project), git, last)
        if found is not None:
            return found
    return with_before(_listed(paths, config, rules, git, whole=whole), last, config.root)


def with_before(found: Inputs, last: Snapshot | None, root: str) -> Inputs:
    """The same with what is known of an earlier run over files of the same names."""
    return found if last is None or found.problems else found._replace(before=_same_names(found, last, root))


def _as_before(root: str, project: bool, git: GitFiles, last: Snapshot) -> Inputs | None:
    """The inputs of the last run; None where one of them came or went, and where a text has another size.

    The sizes of texts decide which of them count.
    """
    try:
        states = last.names.look(root)  # while git is at work
    except OSError:
        return None
    from greenlint.linter.states import ABSENT

    before = Before(root, last, states)
    files, texts = last.names.source_files(root, states)
    inputs = len(files) + len(last.names.texts)
    counted = set(last.names.also)
    for place in before.changed:
        if place >= inputs + len(last.names.absent):
            break
        size = states[3 * place]
        if place >= inputs or size == ABSENT[0] or (place in counted and size != last.states[3 * place]):
            return None
    return Inputs(files, files if project else None, texts, [], last.names.absent, last.listing, before, git)


def _same_names(found: Inputs, last: Snapshot, root: str) -> Before | None:
    from greenlint.linter.states import Names

    names = Names.of(found.every_file, found.texts, found.absent, last.names.witnesses)
    if names != last.names:
        return None
    try:
        states = names.states(root, [*(found.every_file), *found.texts])
    except OSError:
        return None
    return Before(root, last, states)


def _listed(paths: Sequence[str], config: Config, rules: RuleSet, git: GitFiles | None, *, whole: bool) -> Inputs:
    """Ask git or walk; the usual case, the whole project, lists the tree once."""
    suffixes = tuple(rules.assets)
    exclude = config.lint.exclude
    if not rules.project or not any(os.path.isdir(path) for path in paths):
        finder = Finder(config.root, exclude, suffixes, git)
        files = finder.find(paths)
        return Inputs(files, None, [], _problems(finder), finder.absent, _digest(git) if whole else "")
    from greenlint.source.texts import TEXT_FILES, texts_that_count

    everywhere = Finder(config.root, exclude, suffixes, git, TEXT_FILES)
    below = everywhere.find([config.root])
    seen = [file for file in below if not file.python and file.path.lower().endswith(TEXT_FILES)]
    texts = texts_that_count(seen, everywhere.texts, everywhere.absent)
    if whole:
        return Inputs(below, below, texts, _problems(everywhere), everywhere.absent, _digest(git))
    finder = Finder(config.root, exclude, suffixes, git)
    files = finder.find(paths)
    known = {file.path for file in files}
    rest = [file for file in below if file.python and file.path not in known]
    every = sorted([*files, *rest], key=lambda file: file.path)
    return Inputs(files, every, texts, _problems(finder), everywhere.absent)


def _digest(git: GitFiles | None) -> str:
    return git.digest if git is not None else ""


def _problems(finder: Finder) -> list[CheckError]:
    return [CheckError(path, message) for path, message in sorted(finder.problems)]
