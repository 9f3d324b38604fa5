"""GL805: grids of a thousand fits and more, and those that are small, unknown, or drawn."""

S = "from sklearn.model_selection import GridSearchCV\n"
N = "import numpy as np\n"
BIG = "{'a': list(range(20)), 'b': [1, 2, 3, 4, 5], 'c': [1, 2, 3]}"

BAD = {
    "a literal": (S + f"s = GridSearchCV(m, {BIG})\n", [2]),
    "a name": (S + f"grid = {BIG}\ns = GridSearchCV(m, grid)\n", [3]),
    "by keyword": (S + f"s = GridSearchCV(estimator=m, param_grid={BIG})\n", [2]),
    "more folds": (S + "s = GridSearchCV(m, {'a': list(range(10)), 'b': [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]}, cv=10)\n", [2]),
    "folds with a name": (S + "K = 10\ns = GridSearchCV(m, {'a': list(range(100))}, cv=K)\n", [3]),
    "a splitter": (S + f"s = GridSearchCV(m, {BIG}, cv=KFold(n_splits=5))\n", [2]),
    "a splitter by place": (S + f"s = GridSearchCV(m, {BIG}, cv=KFold(5))\n", [2]),
    "an unknown splitter counts five": (S + f"s = GridSearchCV(m, {BIG}, cv=cv)\n", [2]),
    "a range": (S + "s = GridSearchCV(m, {'a': range(10, 400, 10), 'b': ['x', 'y'], 'c': [1, 2, 3]})\n", [2]),
    "arange": (S + N + "s = GridSearchCV(m, {'a': np.arange(0.1, 10, 0.1), 'b': [1, 2, 3]})\n", [3]),
    "linspace": (S + N + "s = GridSearchCV(m, {'a': np.linspace(0, 1, 30), 'b': np.linspace(0, 1, 10)})\n", [3]),
    "linspace of fifty": (S + N + "s = GridSearchCV(m, {'a': np.linspace(0, 1), 'b': np.logspace(0, 1)})\n", [3]),
    "num by keyword": (S + N + "s = GridSearchCV(m, {'a': np.logspace(-3, 3, num=300)})\n", [3]),
    "a list of grids": (S + f"s = GridSearchCV(m, [{BIG}, {{'a': [1]}}])\n", [2]),
    "dict()": (S + "g = dict(a=list(range(30)), b=[1, 2, 3, 4, 5], c=[True, False])\ns = GridSearchCV(m, g)\n", [3]),
    "tuples": (S + "s = GridSearchCV(m, {'a': tuple(range(9)), 'b': list(range(50)), 'c': (1, 2, 3, 4, 5)})\n", [2]),
    "one list is unknown": (S + "s = GridSearchCV(m, {'z': zs, **{}, 'a': list(range(250))})\n", [2]),
    "an alias": (f"import sklearn.model_selection as ms\ns = ms.GridSearchCV(m, {BIG})\n", [2]),
    "by module": (f"from sklearn import model_selection\ns = model_selection.GridSearchCV(m, {BIG})\n", [2]),
    "the whole name": (
        f"import sklearn.model_selection\ns = sklearn.model_selection.GridSearchCV(m, {BIG}, n_jobs=-1)\n",
        [2],
    ),
    "in a function": (S + f"def f(x, y):\n    grid = {BIG}\n    return GridSearchCV(m, grid, cv=5).fit(x, y)\n", [4]),
    "in a class": (S + f"class A:\n    def f(self):\n        self.s = GridSearchCV(self.m, {BIG})\n", [4]),
}

GOOD = {
    "small": S + "s = GridSearchCV(m, {'a': [1, 2, 3]})\n",
    "two small lists": S + "s = GridSearchCV(m, {'a': [1, 2, 3], 'b': [1, 2, 3]}, cv=3)\n",
    "some hundred": S + "s = GridSearchCV(m, {'a': list(range(20)), 'b': [1, 2, 3]}, cv=5)\n",
    "few folds": S + f"s = GridSearchCV(m, {BIG}, cv=2)\n",
    "drawn": f"from sklearn.model_selection import RandomizedSearchCV\ns = RandomizedSearchCV(m, {BIG}, n_iter=60)\n",
    "halved": f"from sklearn.model_selection import HalvingGridSearchCV\ns = HalvingGridSearchCV(m, {BIG})\n",
    "a grid of the caller": S + "def f(grid):\n    return GridSearchCV(m, grid)\n",
    "a grid from a file": S + "s = GridSearchCV(m, json.load(file))\n",
    "unknown lists": S + "s = GridSearchCV(m, {'a': aa, 'b': bb})\n",
    "a list with a star": S + "s = GridSearchCV(m, {'a': [*aa], 'b': [1]})\n",
    "bound twice": S + f"g = {BIG}\nif quick:\n    g = small\ns = GridSearchCV(m, g)\n",
    "one's own": f"import sklearn\nfrom mine import GridSearchCV\ns = GridSearchCV(m, {BIG})\n",
    "two imports of the name": S + f"from mine import GridSearchCV\ns = GridSearchCV(m, {BIG})\n",
    "no grid": S + "s = GridSearchCV(m)\n",
    "empty": S + "s = GridSearchCV(m, {})\n",
    "an empty list": S + "s = GridSearchCV(m, [])\n",
    "several small grids": S + "s = GridSearchCV(m, [{'a': [1, 2]}, {'b': [1, 2]}])\n",
    "a short range": S + "s = GridSearchCV(m, {'a': range(5)})\n",
    "a range of the data": S + "s = GridSearchCV(m, {'a': range(n)})\n",
    "a class of one's own": f"import sklearn\nclass GridSearchCV: ...\ns = GridSearchCV(m, {BIG})\n",
    "only named": S + f"grid = {BIG}\nsearches = [GridSearchCV]\n",
    "another function": S + f"s = explain(m, {BIG})\n",
}
