"""GL109, after: update the mapping without the copy."""

import sys


def update(table: dict[int, list[int]], step: int) -> dict[int, list[int]]:
    table[step] = [step]
    return table


def main(size: int) -> None:
    table = {number: [number, number + 1] for number in range(size)}
    for step in range(20):
        table = update(table, step)
    print(sum(map(sum, table.values())))


main(int(sys.argv[1]))
