"""The configuration as frozen values with their defaults."""

from __future__ import annotations

from greenlint.named_tuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from greenlint.model.budget import Budget

DEFAULT_EXCLUDE = (
    ".git",
    ".hg",
    ".svn",
    ".venv",
    "venv",
    ".tox",
    ".nox",
    ".eggs",
    "__pycache__",
    "node_modules",
    "site-packages",
    ".greenlint",
    ".mypy_cache",
    ".pytest_cache",
    ".ruff_cache",
)
"""Folder names that hold no source of the project; `build` and `dist` are left to .gitignore, for assets are shipped there."""


DEFAULT_CONFIDENCE = 60
"""The confidence from which findings are shown unless something else is asked for."""


class LintConfig(NamedTuple):
    """Settings of `greenlint check`.

    select, ignore     rule codes or prefixes ("GL2"); empty select means the default set
    exclude            globs on relative paths or folder names, added to DEFAULT_EXCLUDE
    pedantic           shows all there is: rules with a small effect, preview rules and findings of any confidence, as far as
                       the two settings below leave it open
    preview            None follows `pedantic`
    min_confidence     0-100; findings below it are not shown; None is 0 with `pedantic` and 60 without
    git_history        asks git when the last use of unused code went away
    min_effect         the least consequential effect class that is shown
    max_file_bytes     Python files above it are an error that says so
    rule_options       code -> option -> value
    per_file_ignores   glob -> codes
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    preview: bool | None = None
    pedantic: bool = False
    min_confidence: int | None = None
    git_history: bool = False
    min_effect: str = "constant"
    baseline: str | None = None
    jobs: int = 0
    max_file_bytes: int = 10_000_000
    rule_options: Mapping[str, Mapping[str, Any]] = {}
    per_file_ignores: Mapping[str, tuple[str, ...]] = {}

    @property
    def shows_preview(self) -> bool:
        """Whether rules run whose evidence is not complete."""
        return self.pedantic if self.preview is None else self.preview

    @property
    def least_confidence(self) -> int:
        """The confidence, 0-100, from which findings are shown."""
        if self.min_confidence is not None:
            return self.min_confidence
        return 0 if self.pedantic else DEFAULT_CONFIDENCE


class EnergyConfig(NamedTuple):
    """Settings of the profiler and the pytest plug-in.

    provider  "auto" or the name of one; require  the weakest accepted mark (measured, attributed, estimated, none)
    ledger    path relative to the project root; report  rows of the terminal summary
    idle      "apart" charges idle energy to the session, "wall" to each window by its duration
    """

    provider: str = "auto"
    require: str = "none"
    ledger: str = ".greenlint/ledger.sqlite"
    report: int = 10
    idle: str = "apart"


class BenchConfig(NamedTuple):
    """Benchmarks of the project, for `greenlint bench`, `gate --base` and `history`.

    paths  of tests that use the `energy` fixture, relative to the project root; pythonpath  folders that the project's
    modules are imported from; rounds  in each process; timeout_s  of one process
    setup  shell command that `history` runs in each commit's worktree, in an environment of its own; "" for none
    commands  benchmarks beside the tests, by name, run in the project root without a shell
    """

    paths: tuple[str, ...] = ()
    pythonpath: tuple[str, ...] = ("src", ".")
    rounds: int = 10
    timeout_s: float = 600.0
    setup: str = ""
    commands: Mapping[str, str] = {}


class EmbodiedConfig(NamedTuple):
    """What is known of the server under the software, for the embodied part of an SCI; None where a default applies.

    server_kg  kg CO2e of making the whole server; lifetime_years  of the server; total_threads  logical CPUs of the whole
    server; sockets, memory_gb, ssds, hdds, gpus  its parts, from which server_kg is estimated when it is not given
    """

    server_kg: float | None = None
    lifetime_years: float | None = None
    total_threads: int | None = None
    sockets: int = 1
    memory_gb: float | None = None
    ssds: int = 0
    hdds: int = 0
    gpus: int = 0


class CarbonConfig(NamedTuple):
    """Where the electricity comes from; without a zone the world average with its wide interval is used.

    zone  a country, province, state, subregion or cloud region; docs/carbon.md lists them
    factor_g_per_kwh  own factor, g CO2e per kWh; pue  power usage effectiveness, 1.0 = IT energy only, or the default of
    the cloud region; basis  "location" or "market", as the zone has it when None; year  of the factor, None for the newest
    """

    zone: str | None = None
    factor_g_per_kwh: float | None = None
    pue: float = 1.0
    price_per_kwh: float | None = None
    currency: str = "EUR"
    basis: str | None = None
    year: int | None = None
    embodied: EmbodiedConfig = EmbodiedConfig()


class Config(NamedTuple):
    """Everything that the project configured; `root` is the directory of the file, or of the start when there is none."""

    root: str
    path: str | None = None
    lint: LintConfig = LintConfig()
    energy: EnergyConfig = EnergyConfig()
    bench: BenchConfig = BenchConfig()
    carbon: CarbonConfig = CarbonConfig()
    budgets: tuple[Budget, ...] = ()
    machine: Mapping[str, Any] = {}
