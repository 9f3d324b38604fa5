"""GL809: a logistic regression asked about all rows at once. The size is the number of rows."""

import sys

import numpy as np
from sklearn.linear_model import LogisticRegression


def main(size: int) -> None:
    rows = np.random.default_rng(0).random((size, 8))
    model = LogisticRegression().fit(rows[:200], rows[:200].sum(1) > 4)
    answers = model.predict(rows)
    print(sum(map(int, answers)))


main(int(sys.argv[1]))
