"""What it takes to make the class of a named tuple, and one of its values: ours, that of `collections`, that of `typing`.

    python benchmarks/self/named_tuples.py

Six and twelve fields, half of them with defaults; the smallest of 30 repetitions, in microseconds. A class is made once a process, so
what counts in a start is rather the first time, which is about twice as long.
"""

from __future__ import annotations

import timeit
from collections import namedtuple

import greenlint.named_tuple


def made_by(kind: str, fields: int) -> object:
    """A function that makes one class."""
    names = [f"field_{number}" for number in range(fields)]
    if kind == "collections":
        return lambda: namedtuple("Row", names, defaults=[0] * (fields // 2))
    body = "".join(f"    {name}: int{' = 0' if n >= fields - fields // 2 else ''}\n" for n, name in enumerate(names))
    base = "typing.NamedTuple" if kind == "typing" else "greenlint.named_tuple.NamedTuple"
    namespace = {"typing": __import__("typing"), "greenlint": greenlint}
    exec(
        f"from __future__ import annotations\ndef make():\n  class Row({base}):\n{body.replace('    ', '      ')}  return Row",
        namespace,
    )
    return namespace["make"]


def least(call: object, number: int) -> float:
    """Microseconds of one call."""
    return min(timeit.repeat(call, number=number, repeat=30)) / number * 1e6


def main() -> None:
    """Time them in turn."""
    print("| fields | made by | class, µs | value, µs |\n| --- | --- | --- | --- |")
    for fields in (6, 12):
        for kind in ("greenlint", "collections", "typing"):
            make = made_by(kind, fields)
            row = make()
            values = range(fields)
            print(f"| {fields} | {kind} | {least(make, 50):.0f} | {least(lambda row=row, v=values: row(*v), 2000):.2f} |")


if __name__ == "__main__":
    main()
