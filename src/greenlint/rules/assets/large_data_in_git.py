"""GLA111 large-data-in-git: data that every clone and every CI run fetches, whether it needs it or not."""

from __future__ import annotations

from greenlint.model.format import format_quantity
from greenlint.rules.base import AssetRule, Effect, EffectClass, Finding

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any, ClassVar

    from greenlint.source.asset import Asset

_GIT_LEVEL = 6  # what git uses for packs unless core.compression says otherwise
_EXACT_UP_TO = 16 << 20
_TEXT = (".csv", ".tsv", ".json", ".jsonl", ".ndjson", ".log", ".dump")
_BINARY = (
    *(".parquet", ".feather", ".arrow", ".db", ".sqlite", ".sqlite3", ".xlsx"),
    *(".pickle", ".pkl", ".npy", ".npz", ".h5", ".hdf5", ".mat"),
)
_ARCHIVES = (".zip", ".tar", ".tgz", ".gz", ".bz2", ".xz", ".7z")
_LOCK_FILES = ("package-lock.json", "npm-shrinkwrap.json", "packages.lock.json", "-lock.json", ".lock.json")
_LFS = b"version https://git-lfs"


class LargeDataInGit(AssetRule):
    """A large data file is tracked by git.

    ## Why it wastes
    Git sends every version of every tracked file with every full clone, and CI clones for each run. The file is deflated with
    git's own setting, so the reported transfer is what the present version really adds to a clone; each change of the
    file adds another copy for ever. On disk the working tree takes the full size again.

    ## When to leave it alone
    Small reference data that most users of the repository need. Remedies else: Git LFS, DVC or a release asset with a
    checksum; a sample instead of the whole; a columnar format (Parquet) instead of CSV. Lock files are never reported, files
    that `.gitattributes` gives to LFS neither; inputs of tests have a confidence of 50 and are not shown by default.

    ## Options
    `max-bytes` (1000000): larger files are reported.

    ## Evidence
    bench GLA111, re-run with `python benchmarks/rules/GLA111/bench.py`; figures in `benchmarks/rules/RESULTS-assets.md`.
    A CSV of 1.2 MB adds 349,285 bytes to every clone, the rule says 349,237; one of 12 MB raises the CPU time of a clone from
    0.016 to 0.141 s (both ends, git 2.39).
    """

    code = "GLA111"
    name = "large-data-in-git"
    effect = Effect(EffectClass.TRANSFER, "bytes of every clone and CI run", "deflated")
    confidence = 85
    suffixes = _TEXT + _BINARY + _ARCHIVES
    options: ClassVar[Mapping[str, Any]] = {"max-bytes": 1_000_000}

    def check(self, asset: Asset) -> Iterator[Finding]:
        """Report what a tracked file adds to a clone. Raises AssetError when it cannot be read."""
        if asset.tracked is not True or asset.size <= self.option["max-bytes"] or asset.name.endswith(_LOCK_FILES):
            return
        if asset.head(len(_LFS)) == _LFS or _in_lfs(asset):
            return
        packed = asset.deflated_size(_GIT_LEVEL, limit=_EXACT_UP_TO)
        exact = asset.size <= _EXACT_UP_TO
        if not exact:
            packed = packed * asset.size // _EXACT_UP_TO
        yield self._report(asset, packed, exact=exact)

    def _report(self, asset: Asset, packed: int, *, exact: bool) -> Finding:
        whole, sent = format_quantity(asset.size, "B"), ("" if exact else "about ") + format_quantity(packed, "B")
        effect = Effect(
            EffectClass.TRANSFER,
            f"{sent} less per clone and CI run, {whole} less on disk",
            "deflated" if exact else "deflated in part",
            packed if exact else None,
        )
        message = f"{whole} of data in git: every clone fetches {sent} for it (deflated), and again for each change"
        return self.finding(asset, message, effect=effect, confidence=50 if asset.in_tests else self.confidence)


def _in_lfs(asset: Asset) -> bool:
    """Whether .gitattributes hands the file to LFS: git then stores a pointer of some 130 bytes."""
    import os
    import subprocess

    folder, name = os.path.split(asset.absolute)
    command = ["git", "-C", folder, "check-attr", "filter", "--", name]
    try:
        done = subprocess.run(command, capture_output=True, check=False)
    except OSError:
        return False
    return done.stdout.rstrip().endswith(b": lfs")
