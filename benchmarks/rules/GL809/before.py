"""GL809: a logistic regression asked about one row at a time. The size is the number of rows."""

import sys

import numpy as np
from sklearn.linear_model import LogisticRegression


def main(size: int) -> None:
    rows = np.random.default_rng(0).random((size, 8))
    model = LogisticRegression().fit(rows[:200], rows[:200].sum(1) > 4)
    answers = []
    for row in rows:
        answers.append(model.predict(row.reshape(1, -1))[0])
    print(sum(map(int, answers)))


main(int(sys.argv[1]))
