"""GL607: answers kept by the module for each user, and asked for once. The size is the number of users."""

import sys

_answers = {}


def answer(user_id: str) -> str:
    if user_id not in _answers:
        _answers[user_id] = "hello " + user_id
    return _answers[user_id]


def main(size: int) -> None:
    print(sum(len(answer(str(number))) for number in range(size)))


main(int(sys.argv[1]))
