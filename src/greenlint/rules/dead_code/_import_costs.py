"""What importing a package costs: milliseconds of CPU at each start, measured by `benchmarks/rules/GL101/import_costs.py`.

CPython 3.11.7, newest releases of November 2026; two digits are kept. PyTorch's figure is the CPU time of the smallest run of GL816's benchmark,
which does little but import it, less that of numpy.
"""

from __future__ import annotations

HEAVY_MS = 50
"""From this cost on, an import is reported as a warning that names it."""

_MILLISECONDS = {
    "aiohttp": 180,
    "asyncio": 43,
    "boto3": 160,
    "bs4": 90,
    "cryptography.x509": 45,
    "dask": 130,
    "dask.dataframe": 920,
    "django.db": 65,
    "fastapi": 260,
    "flask": 150,
    "h5py": 130,
    "http.server": 33,
    "httpx": 110,
    "jinja2": 49,
    "jsonschema": 76,
    "keras": 3400,
    "lxml.etree": 23,
    "matplotlib": 210,
    "matplotlib.pyplot": 470,
    "networkx": 130,
    "nltk": 1400,
    "numba": 260,
    "numpy": 92,
    "openpyxl": 200,
    "pandas": 370,
    "paramiko": 150,
    "plotly": 38,
    "plotly.express": 520,
    "polars": 150,
    "pyarrow": 130,
    "pydantic": 40,
    "pytest": 120,
    "requests": 91,
    "scipy": 100,
    "scipy.optimize": 430,
    "scipy.stats": 720,
    "seaborn": 1300,
    "sklearn": 1100,
    "sklearn.ensemble": 1300,
    "sqlalchemy": 210,
    "statsmodels.api": 1500,
    "sympy": 290,
    "tensorflow": 3700,
    "torch": 1000,
    "twisted.internet.reactor": 160,
    "unittest.mock": 59,
    "urllib.request": 35,
    "xarray": 450,
}


def import_cost(target: str) -> int:
    """The measured cost of what an import names, by its longest known prefix; 0 where none is known."""
    name = target
    while name:
        cost = _MILLISECONDS.get(name)
        if cost is not None:
            return cost
        name = name.rpartition(".")[0]
    return 0
