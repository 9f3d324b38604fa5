"""The cases of the torture table; every one has been seen on a real machine, or follows from the kernel's documentation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from greenlint.testing.simulated import TORN, Zone
from greenlint.testing.torture.case import Case

if TYPE_CHECKING:
    from collections.abc import Callable

    from greenlint.testing.torture.case import Moment

_RANGE_UJ = 262_143_328_850
_STUCK_UJ = 123_456_789_012


def socket(number: int = 0, watts: float = 40.0, dram_w: float = 4.0, **fields: Any) -> Zone:
    """A socket as servers have it: core and uncore are inside the package, DRAM is not."""
    mode = fields.get("mode", 0o444)
    dram = Zone("dram", dram_w, range_uj=65_712_999_613, mode=mode)
    inside = (Zone("core", watts / 2, mode=mode), Zone("uncore", 2.0, mode=mode), dram)
    return Zone(f"package-{number}", watts, zones=inside if dram_w else inside[:2], **fields)


def _one(**fields: Any) -> Callable[[Moment], tuple[Zone, ...]]:
    return lambda _: (socket(**fields),)


def _fixed(*zones: Zone) -> Callable[[Moment], tuple[Zone, ...]]:
    return lambda _: zones


def _at(name: str, **fields: Any) -> Callable[[Moment], tuple[Zone, ...]]:
    """One socket, whose field `name` is the moment of the event."""
    return lambda moment: (socket(**{**fields, name: moment.at_s}),)


def _wrapping(moment: Moment, watts: float = 40.0, **fields: Any) -> Zone:
    """A socket whose counter wraps at the moment."""
    return socket(watts=watts, start_uj=_RANGE_UJ - int(watts * moment.at_s * 1e6), **fields)


def _wrapping_twice(moment: Moment) -> tuple[Zone, ...]:
    range_uj = int(40.0 * moment.window_s / 2.7 * 1e6)
    return (socket(range_uj=range_uj, start_uj=0, limit_w=30.0, dram_w=0.0),)


def _unplugged(moment: Moment) -> tuple[Zone, ...]:
    return socket(0), socket(1, 30.0, 3.0, breaks_after_s=moment.at_s, broken="ENODEV")


_BOTH: dict[str, Any] = {"package_w": 70.0, "dram_w": 7.0, "sockets": 2}
_SERVER: dict[str, Any] = {"package_w": 40.0, "dram_w": 4.0}
_DIE: dict[str, Any] = {"ripple": 0.4}

CASES: tuple[Case, ...] = (
    Case("one-socket", "one socket", _one(), "40 + DRAM 4", **_SERVER),
    Case("two-sockets", "two sockets, 40 and 30 W", _fixed(socket(0), socket(1, 30.0, 3.0)), "70 + DRAM 7", **_BOTH),
    Case("wrap", "the counter wraps in the window", lambda at: (_wrapping(at),), "40 + DRAM 4", event=True, **_SERVER),
    Case(
        "wrap-of-two",
        "two sockets, one wraps in the window",
        lambda at: (_wrapping(at), socket(1, 30.0, 3.0)),
        "70 + DRAM 7",
        event=True,
        **_BOTH,
    ),
    Case(
        "wraps-twice",
        "it wraps twice in the window",
        _wrapping_twice,
        "40, or refuse",
        40.0,
        or_refuse=True,
        says="wrapped more than once",
    ),
    Case(
        "range-missing",
        "no `max_energy_range_uj`",
        _one(range_file=""),
        "40 + DRAM 4",
        **_SERVER,
    ),
    Case(
        "range-missing-wrap",
        "no `max_energy_range_uj`, and it wraps",
        lambda at: (_wrapping(at, range_file=""),),
        "refuse",
        says="went back",
        event=True,
    ),
    Case("range-zero", "`max_energy_range_uj` is 0", _one(range_file="0"), "40 + DRAM 4", **_SERVER),
    Case("dead-zero", "dead: 0 for ever", _fixed(Zone(dead=True, start_uj=0)), "refuse", says="does not advance"),
    Case(
        "dead-constant", "dead: the same number for ever", _fixed(Zone(dead=True, start_uj=_STUCK_UJ)), "refuse", says="advance"
    ),
    Case("stalls", "it stops in the window", _at("stalls_after_s"), "refuse", says="stopped counting|did not move", event=True),
    Case(
        "host-updated",
        "its host updates it every 250 ms",
        _one(update_s=0.25, dram_w=0.0),
        "40, or refuse",
        40.0,
        or_refuse=True,
        says="advance",
    ),
    Case("implausible", "it implies a megawatt (wrong unit)", _one(watts=1e6, dram_w=0.0), "refuse", says="jumped|plausible"),
    Case("no-dram", "no DRAM counter (AMD, desktops)", _one(dram_w=0.0), "40, without DRAM", 40.0, says="without DRAM"),
    Case("dram-asked", "DRAM asked for", _one(), "40 + DRAM 4", says="DRAM", **_SERVER),
    Case(
        "two-dies",
        "`package-0-die-0`, `-die-1`: 25 and 15 W",
        _fixed(Zone("package-0-die-0", 25.0), Zone("package-0-die-1", 15.0)),
        "40 (the sum)",
        40.0,
        dies=2,
    ),
    Case(
        "two-equal-dies",
        "two real dies of equal power",
        _fixed(Zone("package-0-die-0", 20.0, **_DIE), Zone("package-0-die-1", 20.0, phase=2.0, **_DIE)),
        "40 (the sum)",
        40.0,
        dies=2,
    ),
    Case(
        "mirrored-dies",
        "two dies that show one counter",
        _fixed(Zone("package-0-die-0", **_DIE), Zone("package-0-die-1", **_DIE)),
        "40, counted once",
        40.0,
        says="mirrors",
        dies=2,
    ),
    Case("psys", "platform counter (psys) beside it", _fixed(socket(), Zone("psys", 60.0)), "40 + DRAM 4", **_SERVER),
    Case("psys-alone", "platform counter alone", _fixed(Zone("psys", 60.0)), "refuse", says="psys"),
    Case(
        "second-missing",
        "two sockets, one counter",
        _one(),
        "40 + DRAM 4, said to be partial",
        says="1 of 2 sockets",
        **{**_SERVER, "sockets": 2},
    ),
    Case(
        "second-garbage",
        "two sockets, one counter holds garbage",
        _fixed(socket(0), Zone("package-1", content="garbage")),
        "40 + DRAM 4, said to be partial",
        says="1 of 2 sockets",
        **{**_SERVER, "sockets": 2},
    ),
    Case(
        "equal-sockets",
        "two sockets, equal counters and power",
        _fixed(socket(0, 35.0, 0.0), socket(1, 35.0, 0.0)),
        "70",
        70.0,
        sockets=2,
    ),
    Case("out-of-order", "zone 0 is socket 1", _fixed(socket(1, 30.0, 3.0), socket(0)), "70 + DRAM 7", **_BOTH),
    Case(
        "twelve-zones",
        "twelve sockets, 4.5 to 5.6 W",
        _fixed(*(Zone(f"package-{n}", 4.45 + n / 10, start_uj=n * 10**9) for n in range(12))),
        "60",
        60.0,
        sockets=12,
    ),
    Case(
        "mmio",
        "the same counter a second time (mmio)",
        _fixed(socket(), Zone(control="intel-rapl-mmio")),
        "40 + DRAM 4",
        **_SERVER,
    ),
    Case(
        "root-only",
        "for root only, read by a user",
        _one(mode=0o400),
        "refuse, and the remedy",
        says="CAP_DAC_READ",
        nobody=True,
    ),
    Case("masked", "hidden by a container engine", _one(), "refuse", says="is hidden here", masked=True),
    Case("garbage", "it holds garbage", _fixed(Zone(content="garbage")), "refuse", says="not a number"),
    Case("empty", "it is empty", _fixed(Zone(content="")), "refuse", says="not a number"),
    Case(
        "late-garbage",
        "garbage from the middle on",
        _at("breaks_after_s", broken="garbage"),
        "refuse",
        says="cannot be read any more",
        event=True,
    ),
    Case(
        "torn",
        "torn reads from the middle on",
        _at("breaks_after_s", broken=TORN),
        "refuse",
        says="read|back|jumped",
        event=True,
    ),
    Case("reset", "reset to 0 in the window", _at("resets_after_s"), "refuse", says="reset", event=True),
    Case("quantum-back", "goes back by 61 µJ at times", _one(update_s=0.001, back_uj=40_061), "40 + DRAM 4", **_SERVER),
    Case("computed", "computed at each read", _one(), "40 + DRAM 4", computed=True, **_SERVER),
    Case("one-ms", "updated every millisecond", _one(update_s=0.001), "40 + DRAM 4", computed=True, **_SERVER),
    Case("slow-reads", "a read takes 5 ms", _one(delay_s=0.005), "40 + DRAM 4", computed=True, **_SERVER),
    Case(
        "late-eio",
        "I/O error from the middle on",
        _at("breaks_after_s", broken="EIO"),
        "refuse",
        says="Input/output",
        event=True,
        computed=True,
    ),
    Case(
        "late-eacces",
        "permission lost in the middle",
        _at("breaks_after_s", broken="EACCES"),
        "refuse",
        says="Permission",
        event=True,
        computed=True,
    ),
    Case(
        "unplugged",
        "second socket unplugged in the middle",
        _unplugged,
        "refuse",
        says="No such device",
        event=True,
        sockets=2,
        computed=True,
    ),
    Case("side-effects", "side effects on the program", _one(), "none", side_effects=True, **_SERVER),
)


def find_case(key: str) -> Case:
    """The case of this name. Raises KeyError."""
    return {case.key: case for case in CASES}[key]
