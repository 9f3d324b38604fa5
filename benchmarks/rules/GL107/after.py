"""GL107, after: the same functions without the statements that never run."""

import sys

FUNCTION = """
def f{0}(x):
    total = x + {0}
    return total
"""


def main(size: int) -> None:
    source = "".join(FUNCTION.format(number) for number in range(size))
    names: dict = {}
    exec(compile(source, "generated.py", "exec"), names)
    print(sum(names[f"f{number}"](1) for number in range(size)))


main(int(sys.argv[1]))
