"""The tables of the ledger and the steps from each version to the next; a step is never changed once it has shipped."""

from __future__ import annotations

_V1 = """
CREATE TABLE machine (
    id TEXT PRIMARY KEY, class TEXT NOT NULL, cpu_model TEXT, logical_cpus INTEGER, ram_bytes INTEGER,
    virtualised INTEGER, os TEXT, kernel TEXT
);
CREATE TABLE commit_ (
    sha TEXT PRIMARY KEY, parent TEXT, author_time INTEGER, branch TEXT, subject TEXT
);
CREATE TABLE run (
    id TEXT PRIMARY KEY, kind TEXT NOT NULL, started_utc TEXT NOT NULL, machine_id TEXT NOT NULL REFERENCES machine (id),
    commit_sha TEXT REFERENCES commit_ (sha), dirty INTEGER, tool_version TEXT, provider TEXT, method TEXT, project TEXT,
    args TEXT, notes TEXT, facts TEXT
);
CREATE TABLE sample (
    id INTEGER PRIMARY KEY, run_id TEXT NOT NULL REFERENCES run (id), seq INTEGER NOT NULL, name TEXT NOT NULL,
    phase TEXT NOT NULL, language TEXT NOT NULL, outcome TEXT NOT NULL, attempt INTEGER NOT NULL, excluded TEXT NOT NULL,
    t0_ns INTEGER, wall_ns INTEGER NOT NULL, cpu_ns INTEGER NOT NULL, peak_bytes INTEGER,
    energy_uj INTEGER, idle_uj INTEGER, u_rand REAL, u_sys REAL, sys_group TEXT, method TEXT, provider TEXT, domains TEXT,
    boundary TEXT, limit_j REAL, warnings TEXT, extra TEXT,
    UNIQUE (run_id, seq)
);
CREATE TABLE run_status (run_id TEXT NOT NULL REFERENCES run (id), status TEXT NOT NULL, at_utc TEXT NOT NULL);
CREATE TABLE verdict (
    run_id TEXT NOT NULL, at_utc TEXT NOT NULL, scope TEXT, selector TEXT, quantity TEXT, limit_ REAL, subject TEXT,
    outcome TEXT, value REAL, low REAL, high REAL, mark TEXT, reason TEXT
);
CREATE INDEX sample_name ON sample (name, run_id);
CREATE INDEX run_commit ON run (commit_sha, machine_id);
CREATE INDEX run_started ON run (kind, started_utc);
CREATE INDEX run_status_run ON run_status (run_id);
"""

_V2 = """
CREATE TABLE annotation (
    commit_sha TEXT NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL, benchmark TEXT NOT NULL, machine_class TEXT NOT NULL,
    author TEXT NOT NULL, at_utc TEXT NOT NULL
);
CREATE INDEX annotation_commit ON annotation (commit_sha)
"""

_V3 = """
ALTER TABLE sample ADD COLUMN most_j REAL
"""

MIGRATIONS: tuple[str, ...] = (_V1, _V2, _V3)
"""MIGRATIONS[n] brings a ledger of version n to version n + 1."""

VERSION = len(MIGRATIONS)
