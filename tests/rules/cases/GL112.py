"""Heavy packages that only annotations name."""

FUTURE = "from __future__ import annotations\n"
NP = FUTURE + "import numpy as np\n"

BAD = {
    "a parameter": (NP + "def f(x: np.ndarray):\n    return x\n", [2]),
    "a return": (NP + "def f(x) -> np.ndarray:\n    return x\n", [2]),
    "a subscript": (NP + "def f(x: list[np.ndarray]):\n    return x\n", [2]),
    "a union": (NP + "def f(x: np.ndarray | None):\n    return x\n", [2]),
    "a keyword-only parameter": (NP + "def f(*, x: np.ndarray = None):\n    return x\n", [2]),
    "a positional-only parameter": (NP + "def f(x: np.ndarray, /):\n    return x\n", [2]),
    "*args": (NP + "def f(*x: np.ndarray):\n    return x\n", [2]),
    "**kwargs": (NP + "def f(**x: np.ndarray):\n    return x\n", [2]),
    "a variable of the module": (NP + "x: np.ndarray\n", [2]),
    "a variable of a function": (NP + "def f(a):\n    x: np.ndarray = a\n    return x\n", [2]),
    "an attribute": (NP + "class A:\n    def __init__(self, x):\n        self.x: np.ndarray = x\n", [2]),
    "a field of a plain class": (NP + "class A:\n    x: np.ndarray\n", [2]),
    "a field of a dataclass": (
        FUTURE + "from dataclasses import dataclass\nimport pandas as pd\n@dataclass\nclass A:\n    x: pd.DataFrame\n",
        [3],
    ),
    "a coroutine": (NP + "async def f(x: np.ndarray):\n    return x\n", [2]),
    "a method": (NP + "class A:\n    def f(self, x: np.ndarray):\n        return x\n", [2]),
    "a property": (NP + "class A:\n    @property\n    def f(self) -> np.ndarray:\n        return 1\n", [2]),
    "a name from the package": (FUTURE + "from pandas import DataFrame\ndef f(x: DataFrame):\n    return x\n", [2]),
    "two names from it": (FUTURE + "from pandas import DataFrame, Series\ndef f(x: DataFrame) -> Series:\n    return x\n", [2]),
    "without another name": (FUTURE + "import sympy\ndef f(x: sympy.Expr):\n    return x\n", [2]),
    "imported for work inside a function": (
        NP + "def f(x: np.ndarray):\n    return x\ndef g():\n    import numpy\n    return numpy.zeros(3)\n",
        [2],
    ),
    "a nested function": (NP + "def f(a):\n    def g(x: np.ndarray):\n        return x\n    return g\n", [2]),
}

GOOD = {
    "used for work": NP + "def f(x: np.ndarray):\n    return np.sum(x)\n",
    "evaluated at once": "import numpy as np\ndef f(x: np.ndarray):\n    return x\n",
    "already for type checkers": FUTURE
    + "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import numpy as np\ndef f(x: np.ndarray): pass\n",
    "a default": NP + "def f(x: np.ndarray = np.nan):\n    return x\n",
    "a base": FUTURE + "import sympy\nclass A(sympy.Expr):\n    x: sympy.Expr\n",
    "a decorator of its own": NP + "@np.vectorize\ndef f(x: np.ndarray):\n    return x\n",
    "an unknown decorator may read it": NP + "@app.get('/')\ndef f(x: np.ndarray):\n    return x\n",
    "a field under an unknown base": NP + "from a import B\nclass A(B):\n    x: np.ndarray\n",
    "pydantic": FUTURE + "import pydantic\nimport numpy as np\ndef f(x: np.ndarray):\n    return x\n",
    "fastapi": FUTURE + "from fastapi import FastAPI\nimport numpy as np\ndef f(x: np.ndarray):\n    return x\n",
    "type hints are asked for": NP + "from typing import get_type_hints\ndef f(x: np.ndarray):\n    return get_type_hints(f)\n",
    "the signature is asked for": NP + "import inspect\ndef f(x: np.ndarray):\n    return inspect.signature(f)\n",
    "a light module": FUTURE + "import decimal\ndef f(x: decimal.Decimal):\n    return x\n",
    "an unknown package": FUTURE + "import acme\ndef f(x: acme.Thing):\n    return x\n",
    "another part of it is used": FUTURE
    + "import numpy as np\nfrom numpy import zeros\ndef f(x: np.ndarray):\n    return zeros(3)\n",
    "handed on": NP + "__all__ = ['np']\nx: np.ndarray\n",
    "a reason": FUTURE + "import numpy as np  # noqa: TC002\ndef f(x: np.ndarray):\n    return x\n",
    "guarded": FUTURE + "try:\n    import numpy as np\nexcept ImportError:\n    np = None\ndef f(x: np.ndarray): pass\n",
    "isinstance": NP + "def f(x: np.ndarray):\n    return isinstance(x, np.ndarray)\n",
    "in a function already": FUTURE + "def f(a):\n    import numpy as np\n    x: np.ndarray = a\n    return x\n",
    "never read": FUTURE + "import numpy as np\ndef f(x):\n    return x\n",
    "a lambda": NP + "def f(x: np.ndarray):\n    return lambda: np.nan\n",
    "an alias of a type": NP + "Array = np.ndarray\ndef f(x: Array):\n    return x\n",
    "dispatch on the annotation": NP
    + "from functools import singledispatch\n@singledispatch\ndef f(x: np.ndarray):\n    return x\n",
}

PEDANTIC = {
    "a plain function beside pydantic": (
        FUTURE + "import numpy as np\nfrom pydantic import BaseModel\n\n\nclass M(BaseModel):\n    n: int\n\n\n"
        "def f(x: np.ndarray) -> M:\n    return M(n=len(x))\n",
        [2],
    ),
    "a session of SQLAlchemy": (FUTURE + "from sqlalchemy.orm import Session\n\n\ndef f(s: Session):\n    s.commit()\n", [2]),
    "import datetime": ("from __future__ import annotations\nimport datetime\ndef f(x: datetime.date): pass\n", [2]),
    "from .models import User": ("from __future__ import annotations\nfrom .models import User\nx: User\n", [2]),
    "from collections.abc import Sequence": (
        (
            "from __future__ import annotations\nfrom collections.abc import Sequence\n"
            "def f(x: Sequence[int]) -> int: return 1\n"
        ),
        [2],
    ),
    "import pandas as pd": ("import pandas as pd\ndef f(x: 'pd.DataFrame'): pass\n", [1]),
    "import pathlib": ("from __future__ import annotations\nimport pathlib\nclass A:\n    p: pathlib.Path\n", [2]),
    "import pandas as pd in a function": ("def f():\n    import pandas as pd\n    x: pd.DataFrame = 1\n    return x\n", [2]),
    "from foo import Bar": ("from foo import Bar\ndef f(b: 'Bar') -> 'Bar': return b\n", [1]),
    "quoted, beside a library that reads classes": (
        "import pandas as pd\nimport pydantic\n\n\ndef f(x: 'pd.DataFrame') -> 'pd.Series':\n"
        "    return pydantic.__version__, x\n",
        [1],
    ),
}
