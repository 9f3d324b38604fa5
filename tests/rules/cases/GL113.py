"""Heavy packages that one command of a tool uses, and others."""

CLI = (
    "import click\n{0}\n\n\n@click.group()\ndef main():\n    pass\n\n\n@main.command()\ndef one(p):\n"
    "    {1}\n\n\n@main.command()\ndef two(p):\n    {2}\n"
)


def tool(imports: str, one: str = "print(p)", two: str = "print(p)") -> str:
    return CLI.format(imports, one, two)


PARSER = (
    "import argparse\nimport pandas as pd\n\n\ndef one(a):\n    print({0})\n\n\ndef two(a):\n    print({1})\n\n\n"
    "p = argparse.ArgumentParser()\ns = p.add_subparsers()\ns.add_parser('one').set_defaults(run=one)\n"
    "s.add_parser('two').set_defaults(run=two)\n"
)

BAD = {
    "pandas": (tool("import pandas as pd", "pd.read_csv(p)"), [2]),
    "numpy": (tool("import numpy as np", "np.load(p)"), [2]),
    "matplotlib": (tool("from matplotlib import pyplot as plt", "plt.plot(p)"), [2]),
    "scipy": (tool("import scipy.stats", "scipy.stats.norm(p)"), [2]),
    "one name": (tool("from pandas import DataFrame", "DataFrame(p)"), [2]),
    "two names, one heavy line": (tool("from pandas import DataFrame, Series", "DataFrame(Series(p))"), [2, 2]),
    "in the second command": (tool("import pandas as pd", two="pd.read_csv(p)"), [2]),
    "each in its own": (tool("import pandas as pd\nimport requests", "pd.read_csv(p)", "requests.get(p)"), [2, 3]),
    "used twice in one": (tool("import pandas as pd", "pd.read_csv(pd.x(p))"), [2]),
    "in a comprehension": (tool("import pandas as pd", "print([pd.x(q) for q in p])"), [2]),
    "in a lambda": (tool("import pandas as pd", "print(lambda: pd.x(p))"), [2]),
    "typer": (
        "import typer\nimport pandas as pd\n\napp = typer.Typer()\n\n\n@app.command()\ndef one(p: str):\n"
        "    print(pd.x(p))\n\n\n@app.command()\n"
        "def two():\n    pass\n",
        [2],
    ),
    "without brackets": (
        "import click\nimport pandas as pd\n\n\n@main.command\ndef one(p):\n    print(pd.x(p))\n\n\n"
        "@main.command\ndef two():\n    pass\n",
        [2],
    ),
    "argparse": (PARSER.format("pd.x(a)", "a"), [2]),
    "argparse, the other": (PARSER.format("a", "pd.x(a)"), [2]),
    "in an inner function": (tool("import pandas as pd", "(lambda q: [pd.x(r) for r in q])(p)"), [2]),
    "a coroutine": (
        "import click\nimport pandas as pd\n\n\n@main.command()\nasync def one(p):\n    print(pd.x(p))\n\n\n"
        "@main.command()\ndef two():\n    pass\n",
        [2],
    ),
    "an http client": (tool("import httpx", "httpx.get(p)"), [2]),
    "a framework": (tool("import flask", "flask.Flask(p)"), [2]),
    "a database": (tool("import sqlalchemy as sa", "sa.create_engine(p)"), [2]),
    "beside a light one": (tool("import pandas as pd\nimport json", "pd.read_csv(json.loads(p))"), [2]),
}

PEDANTIC = {
    "a cloud function": (
        "import pandas as pd\n\n\ndef table(p):\n    return pd.x(p)\n\n\ndef handler(event, context):\n"
        "    return table(event['p']) if 'p' in event else None\n",
        [1],
    ),
    "one command": ("import click\nimport pandas as pd\n\n\n@click.command()\ndef main(p):\n    print(pd.x(p))\n", [2]),
    "a script": ("import pandas as pd\n\n\ndef f(p):\n    print(pd.x(p))\n\n\nif __name__ == '__main__':\n    f('a')\n", [1]),
    "a helper of a command": (
        "import click\nimport pandas as pd\n\n\ndef f(p):\n    return pd.x(p)\n\n\n@m.command()\n"
        "def one(p):\n    f(p)\n\n\n@m.command()\n"
        "def two(p):\n    f(p)\n",
        [2],
    ),
}

GOOD = {
    "another part of the package is needed at once": tool(
        "import flask\nfrom flask import current_app\n\napp = flask.Flask('a')", "current_app.x(p)"
    ),
    "where it is used": tool("import json", "import pandas as pd\n    print(pd.x(p))"),
    "in both commands": tool("import pandas as pd", "pd.x(p)", "pd.y(p)"),
    "a light package": tool("import json", "json.loads(p)"),
    "an unknown package": tool("import shop", "shop.x(p)"),
    "at the level of the module": tool("import pandas as pd\npd.set_option('a', 1)", "pd.x(p)"),
    "a base class": tool("import pandas as pd\n\n\nclass T(pd.DataFrame):\n    pass", "pd.x(p)"),
    "a decorator": tool("import numpy as np\n\n\n@np.vectorize\ndef f(x):\n    return x", "np.x(p)"),
    "a default": tool("import numpy as np\n\n\ndef f(x=np.nan):\n    return x", "np.x(p)"),
    "a library": "import pandas as pd\n\n\ndef f(p):\n    return pd.x(p)\n\n\ndef g(p):\n    return p\n",
    "not used": tool("import pandas as pd"),
    "guarded": tool("try:\n    import pandas as pd\nexcept ImportError:\n    pd = None", "pd.x(p)"),
    "for types": tool("from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import pandas as pd", "print(pd)"),
    "explained": tool("import pandas as pd  # needed early", "pd.x(p)"),
    "in a class": tool("import pandas as pd\n\n\nclass A:\n    def f(self):\n        return pd.x(self)"),
    "bound again": tool("import pandas as pd\npd = wrap(pd)", "pd.x(p)"),
    "in the group as well": "import click\nimport pandas as pd\n\n\n@click.group()\ndef main():\n    pd.x()\n\n\n"
    "@main.command()\ndef one():\n    pd.y()\n",
    "re-exported": tool("import pandas as pd", "pd.x(p)", "print(pd)"),
    "an annotation that is evaluated": tool("import pandas as pd\n\n\ndef f(x: pd.DataFrame):\n    return x", "pd.x(p)"),
    "a submodule of a light package": tool("import os.path", "os.path.join(p)"),
    "a relative import": tool("from .pandas import x", "x(p)"),
    "in a function": "import click\n\n\n@m.command()\ndef one(p):\n    import pandas\n    print(pandas.x(p))\n\n\n"
    "@m.command()\ndef two():\n    pass\n",
}
