"""GL109: update a mapping of N lists 20 times; a copy is made each time and never looked at."""

import copy
import sys


def update(table: dict[int, list[int]], step: int) -> dict[int, list[int]]:
    before = copy.deepcopy(table)
    table[step] = [step]
    return table


def main(size: int) -> None:
    table = {number: [number, number + 1] for number in range(size)}
    for step in range(20):
        table = update(table, step)
    print(sum(map(sum, table.values())))


main(int(sys.argv[1]))
