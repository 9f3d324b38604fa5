"""GL804: boosted trees over rows that 40 rounds explain, trained until ten rounds do not help. The size is the number of rows."""

import sys

import numpy as np
from sklearn.ensemble import GradientBoostingRegressor


def main(size: int) -> None:
    random = np.random.default_rng(0)
    rows = random.random((size + 500, 4))
    values = 3 * (rows[:, 0] > 0.5) + rows[:, 1] + random.normal(0, 0.1, size + 500)
    model = GradientBoostingRegressor(n_estimators=1000, max_depth=2, n_iter_no_change=10, random_state=0)
    model.fit(rows[:size], values[:size])
    print("explains 90 % of what it has not seen:", model.score(rows[size:], values[size:]) > 0.9)


main(int(sys.argv[1]))
