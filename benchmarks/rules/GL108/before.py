"""GL108: compile N functions of which each holds a branch for a version of Python that cannot read the file."""

import sys

BRANCH = True
LIVE = """
def f{0}(rows):
    total = 0
    for row in rows:
        total += len(f"{{row}}")
"""
DEAD = """
    if sys.version_info < (3, 0):
        import cStringIO
        buffer = cStringIO.StringIO()
        for row in rows:
            buffer.write(unicode(row).encode("utf-8"))
        return len(buffer.getvalue())
"""


def least() -> str:
    if sys.version_info[0] == 2:
        return "2"
    return f"{sys.version_info[0]}"


def main(size: int) -> None:
    text = "import sys\n" + "".join(LIVE.format(n) + (DEAD if BRANCH else "") + "    return total\n" for n in range(size))
    names: dict[str, object] = {}
    exec(compile(text, "module.py", "exec"), names)
    print(names["f0"]([1, 22, 333]), least())  # type: ignore[operator]


main(int(sys.argv[1]))
