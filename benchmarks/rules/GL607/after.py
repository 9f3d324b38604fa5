"""GL607, after: no more than a thousand answers are kept."""

import sys

_answers = {}


def answer(user_id: str) -> str:
    if user_id not in _answers:
        if len(_answers) >= 1000:
            _answers.clear()
        _answers[user_id] = "hello " + user_id
    return _answers[user_id]


def main(size: int) -> None:
    print(sum(len(answer(str(number))) for number in range(size)))


main(int(sys.argv[1]))
