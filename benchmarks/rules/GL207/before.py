"""GL207: orders matched to users by walking all users. Size: orders, and as many users."""

import sys


def main(size: int) -> None:
    users = [(number, f"user{number}") for number in range(size)]
    orders = [number * 7919 % size for number in range(size)]
    letters = 0
    for order in orders:
        for user in users:
            if user[0] == order:
                letters += len(user[1])
    print(letters)


main(int(sys.argv[1]))
