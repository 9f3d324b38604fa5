"""Least squares and gradient boosting, run in an environment that has numpy, scikit-learn and xgboost.

Reads JSON from standard input: a list of folds, each `{"train": [rows], "test": [rows]}`, a row being the features, the
loads and the watts of one server. Writes, for each model and fold, the watts of the test rows.
"""

from __future__ import annotations

import json
import sys

import numpy
from sklearn.linear_model import LinearRegression
from xgboost import XGBRegressor

# utilisation is added to these in front
LEAST_SQUARES = ("threads", "sockets", "mem_gb", "tdp_w")
REDUCED = ("tdp_w", "threads", "cores", "mem_gb", "mhz")
EVERYTHING = ("sockets", "tdp_w", "threads", "cores", "mem_gb", "mhz", "year", "amd", "arch")


def spread_out(rows: list[dict], names: tuple[str, ...]) -> tuple[numpy.ndarray, numpy.ndarray, numpy.ndarray]:
    """One line per server and load: features, watts, and TDP of all sockets."""
    lines = [
        ([load, *(row[name] for name in names)], watts, row["tdp_w"] * row["sockets"])
        for row in rows
        for load, watts in zip(row["loads"], row["watts"])
    ]
    features, watts, tdp = zip(*lines)
    return numpy.array(features, dtype=float), numpy.array(watts), numpy.array(tdp)


def least_squares(train: list[dict], test: list[dict]) -> numpy.ndarray:
    """Ordinary least squares on utilisation, threads, chips, memory and TDP."""
    features, watts, _ = spread_out(train, LEAST_SQUARES)
    return LinearRegression().fit(features, watts).predict(spread_out(test, LEAST_SQUARES)[0])


def boosted(names: tuple[str, ...]):
    """XGBoost with its default parameters on watts, the recipe of green-coding's cloud-energy."""

    def run(train: list[dict], test: list[dict]) -> numpy.ndarray:
        features, watts, _ = spread_out(train, names)
        return XGBRegressor(n_jobs=2).fit(features, watts).predict(spread_out(test, names)[0])

    return run


def boosted_ratio(train: list[dict], test: list[dict]) -> numpy.ndarray:
    """XGBoost, tuned by hand, on the logarithm of watts over TDP: the strongest that we could build."""
    features, watts, tdp = spread_out(train, EVERYTHING)
    model = XGBRegressor(n_estimators=400, learning_rate=0.05, max_depth=4, subsample=0.8, random_state=0, n_jobs=2)
    model.fit(features, numpy.log(watts / tdp))
    features, _, tdp = spread_out(test, EVERYTHING)
    return numpy.exp(model.predict(features)) * tdp


MODELS = {
    "least squares": least_squares,
    "XGBoost, 5 features": boosted(REDUCED),
    "XGBoost, all features": boosted(EVERYTHING),
    "XGBoost on log(W / TDP), all features, tuned": boosted_ratio,
}


def main() -> None:
    """All models on all folds."""
    folds = json.load(sys.stdin)
    result = {}
    for name, run in MODELS.items():
        result[name] = []
        for fold in folds:
            watts = iter(run(fold["train"], fold["test"]).tolist())
            result[name].append([[next(watts) for _ in row["loads"]] for row in fold["test"]])
    json.dump(result, sys.stdout)


if __name__ == "__main__":
    main()
