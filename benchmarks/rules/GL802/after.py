"""GL802: a random forest of 40 trees, loaded from disk once. The size is the number of rows."""

import os
import sys
import tempfile

import joblib
import numpy as np
from sklearn.ensemble import RandomForestClassifier


def train(path: str) -> np.ndarray:
    rows = np.random.default_rng(0).random((400, 8))
    joblib.dump(RandomForestClassifier(40, random_state=0).fit(rows, rows.sum(1) > 4), path)
    return rows


def main(size: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "model.joblib")
        rows = train(path)
        found = 0
        model = joblib.load(path)
        for number in range(size):
            found += int(model.predict(rows[number % 400 :][:1])[0])
        print(found)


main(int(sys.argv[1]))
