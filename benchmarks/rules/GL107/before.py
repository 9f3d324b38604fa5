"""GL107: compile and run N functions that end in statements behind their `return`."""

import sys

FUNCTION = """
def f{0}(x):
    total = x + {0}
    return total
    for item in range(total):
        print(item, total * 2)
    raise ValueError("never here", total)
"""


def main(size: int) -> None:
    source = "".join(FUNCTION.format(number) for number in range(size))
    names: dict = {}
    exec(compile(source, "generated.py", "exec"), names)
    print(sum(names[f"f{number}"](1) for number in range(size)))


main(int(sys.argv[1]))
