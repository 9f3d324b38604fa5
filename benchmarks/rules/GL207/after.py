"""GL207, after: users indexed by number first."""

import sys


def main(size: int) -> None:
    users = [(number, f"user{number}") for number in range(size)]
    orders = [number * 7919 % size for number in range(size)]
    by_number = {user[0]: user for user in users}
    letters = 0
    for order in orders:
        letters += len(by_number[order][1])
    print(letters)


main(int(sys.argv[1]))
