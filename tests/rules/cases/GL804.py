"""GL804: long trainings that nothing can stop, and those that are short, watched or of unknown length."""

K = "import keras\n"
V = ", validation_split=0.1"
G = "from sklearn.ensemble import GradientBoostingClassifier\n"

BAD = {
    "keras": (K + f"m.fit(x, y, epochs=200{V})\n", [2]),
    "validation data": (K + "m.fit(x, y, epochs=200, validation_data=(a, b))\n", [2]),
    "tensorflow": (f"import tensorflow as tf\nm.fit(x, y, epochs=100{V})\n", [2]),
    "part of tensorflow": (f"from tensorflow.keras import Model\nm.fit(x, y, epochs=150{V})\n", [2]),
    "a name for the number": (K + f"N = 300\nm.fit(x, y, epochs=N{V})\n", [3]),
    "a local name": (K + f"def f(m, x, y):\n    n = 300\n    m.fit(x, y, epochs=n{V})\n", [4]),
    "no callbacks": (K + f"m.fit(x, y, epochs=200{V}, callbacks=None)\n", [2]),
    "empty callbacks": (K + f"m.fit(x, y, epochs=200{V}, callbacks=[])\n", [2]),
    "another callback": (K + f"m.fit(x, y, epochs=200{V}, callbacks=[keras.callbacks.TensorBoard('l')])\n", [2]),
    "a named callback": (
        K + f"save = keras.callbacks.ModelCheckpoint('p')\nm.fit(x, y, epochs=200{V}, callbacks=[save])\n",
        [3],
    ),
    "a list with a name": (
        K + f"c = [keras.callbacks.CSVLogger('p')]\nm.fit(x, y, epochs=200{V}, callbacks=c)\n",
        [3],
    ),
    "the result is kept": (K + f"history = m.fit(x, y, batch_size=8, epochs=500{V}, verbose=0)\n", [2]),
    "a model of the class": (K + f"class A:\n    def f(self, x):\n        self.model.fit(x, epochs=200{V})\n", [4]),
    "sklearn": (G + "m = GradientBoostingClassifier(n_estimators=2000)\n", [2]),
    "sklearn by module": ("from sklearn import ensemble\nm = ensemble.GradientBoostingRegressor(n_estimators=1000)\n", [2]),
    "xgboost": ("import xgboost as xgb\nb = xgb.train(p, d, num_boost_round=5000)\n", [2]),
    "xgboost's class": ("from xgboost import XGBClassifier\nm = XGBClassifier(n_estimators=1000, max_depth=3)\n", [2]),
    "lightgbm": ("import lightgbm as lgb\nb = lgb.train(p, d, num_boost_round=3000)\n", [2]),
    "lightgbm's class": ("from lightgbm import LGBMRegressor\nm = LGBMRegressor(n_estimators=1000)\n", [2]),
    "catboost": ("from catboost import CatBoostClassifier\nm = CatBoostClassifier(iterations=2000)\n", [2]),
    "in a pipeline": (G + "p = make_pipeline(Scaler(), GradientBoostingClassifier(n_estimators=1000))\n", [2]),
    "rounds with a name": (G + "ROUNDS = 1500\nm = GradientBoostingClassifier(n_estimators=ROUNDS)\n", [3]),
}

GOOD = {
    "a trainer with callbacks": "import lightning as L\nt = L.Trainer(max_epochs=500, callbacks=mine)\n",
    "a trainer for few epochs": "import lightning as L\nt = L.Trainer(max_epochs=5)\n",
    "few epochs": K + f"m.fit(x, y, epochs=20{V})\n",
    "a default": K + f"m.fit(x, y{V})\n",
    "early stopping": K + f"m.fit(x, y, epochs=500{V}, callbacks=[keras.callbacks.EarlyStopping()])\n",
    "early stopping elsewhere": K
    + f"stop = keras.callbacks.EarlyStopping()\nm.fit(x, y, epochs=500{V}, callbacks=make(stop))\n",
    "callbacks of the caller": K + f"def f(m, x, callbacks):\n    m.fit(x, epochs=500{V}, callbacks=callbacks)\n",
    "callbacks that grow": K + f"def f(m, x, more):\n    m.fit(x, epochs=500{V}, callbacks=[*more])\n",
    "a callback of one's own": K + f"m.fit(x, y, epochs=500{V}, callbacks=[Stop()])\n",
    "bound twice": K + f"c = []\nif x:\n    c = other\nm.fit(x, y, epochs=500{V}, callbacks=c)\n",
    "epochs of the caller": K + f"def f(m, x, n):\n    m.fit(x, epochs=n{V})\n",
    "epochs from options": K + f"m.fit(x, y, epochs=args.epochs{V})\n",
    "options of the caller": K + f"m.fit(x, epochs=500{V}, **options)\n",
    "not watched": K + "m.fit(x, y, epochs=500)\n",
    "terminates on nan": K + f"m.fit(x, y, epochs=500{V}, callbacks=[keras.callbacks.TerminateOnNaN()])\n",
    "no keras": f"import mine\nm.fit(x, y, epochs=500{V})\n",
    "few trees": G + "m = GradientBoostingClassifier(n_estimators=100)\n",
    "trees by default": G + "m = GradientBoostingClassifier()\n",
    "it stops by itself": G + "m = GradientBoostingClassifier(n_estimators=5000, n_iter_no_change=5)\n",
    "xgboost stops": "import xgboost as xgb\nb = xgb.train(p, d, num_boost_round=5000, early_stopping_rounds=9)\n",
    "xgboost stops in fit": "from xgboost import XGBClassifier\nm = XGBClassifier(n_estimators=5000)\n"
    "m.fit(x, y, early_stopping_rounds=9)\n",
    "lightgbm stops": "import lightgbm as lgb\nb = lgb.train(p, d, num_boost_round=5000, callbacks=[lgb.early_stopping(9)])\n",
    "catboost stops": "from catboost import CatBoostClassifier\nm = CatBoostClassifier(iterations=2000, od_type='Iter')\n",
    "a forest": "from sklearn.ensemble import RandomForestClassifier\nm = RandomForestClassifier(n_estimators=5000)\n",
    "rounds of the caller": G + "def f(n):\n    return GradientBoostingClassifier(n_estimators=n)\n",
    "fit of something else": "import tensorflow\ncurve.fit(x, y)\n",
    "an unpacked number": K + f"a, n = 1, 500\nm.fit(x, y, epochs=n{V})\n",
}

PEDANTIC = {
    "another training stops early": (
        K + "m.fit(x, y, epochs=500" + V + ")\nm.fit(x, y, epochs=500" + V + ", callbacks=[keras.callbacks.EarlyStopping()])\n",
        [2],
    ),
    "a trainer": ("import lightning as L\nt = L.Trainer(max_epochs=500)\n", [2]),
    "another trainer": (
        "from transformers import Trainer, TrainingArguments\noptions = TrainingArguments('x', num_train_epochs=100)\n"
        "t = Trainer(model=m, args=options)\n",
        [3],
    ),
}
