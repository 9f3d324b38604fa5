"""Which modules a distribution brings, and which distributions do their work without being imported."""

from __future__ import annotations

import re
from functools import lru_cache

from greenlint.source.words import words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

_SEPARATORS = re.compile(r"[-_.]+")

_MODULES = {
    "attrs": "attr attrs",
    "beautifulsoup4": "bs4",
    "biopython": "Bio",
    "discord-py": "discord",
    "django-cors-headers": "corsheaders",
    "django-debug-toolbar": "debug_toolbar",
    "django-environ": "environ",
    "django-filter": "django_filters",
    "djangorestframework": "rest_framework",
    "djangorestframework-simplejwt": "rest_framework_simplejwt",
    "dnspython": "dns",
    "docker-py": "docker",
    "faiss-cpu": "faiss",
    "faiss-gpu": "faiss",
    "gitpython": "git",
    "graphql-core": "graphql",
    "ipython": "IPython",
    "jproperties": "jproperties",
    "markdown-it-py": "markdown_it",
    "mattermostdriver": "mattermostdriver",
    "msgpack-python": "msgpack",
    "mysql-connector-python": "mysql",
    "mysqlclient": "MySQLdb",
    "opencv-contrib-python": "cv2",
    "opencv-contrib-python-headless": "cv2",
    "opencv-python": "cv2",
    "opencv-python-headless": "cv2",
    "pdfminer-six": "pdfminer",
    "pillow": "PIL",
    "pillow-simd": "PIL",
    "prometheus-client": "prometheus_client",
    "protobuf": "google",
    "psycopg2-binary": "psycopg2",
    "pycryptodome": "Crypto",
    "pycryptodomex": "Cryptodome",
    "pygithub": "github",
    "pyjwt": "jwt",
    "pymupdf": "fitz pymupdf",
    "pynacl": "nacl",
    "pyopenssl": "OpenSSL",
    "pyserial": "serial",
    "pytelegrambotapi": "telebot",
    "python-dateutil": "dateutil",
    "python-decouple": "decouple",
    "python-docx": "docx",
    "python-dotenv": "dotenv",
    "python-gitlab": "gitlab",
    "python-jose": "jose",
    "python-ldap": "ldap",
    "python-levenshtein": "Levenshtein",
    "python-magic": "magic",
    "python-memcached": "memcache",
    "python-multipart": "multipart python_multipart",
    "python-pptx": "pptx",
    "python-slugify": "slugify",
    "python-socketio": "socketio",
    "python-telegram-bot": "telegram",
    "pytorch-lightning": "pytorch_lightning lightning",
    "pyyaml": "yaml",
    "pyzmq": "zmq",
    "rdkit-pypi": "rdkit",
    "ruamel-yaml": "ruamel",
    "scikit-image": "skimage",
    "scikit-learn": "sklearn",
    "scikit-optimize": "skopt",
    "sentence-transformers": "sentence_transformers",
    "sentry-sdk": "sentry_sdk",
    "setuptools": "setuptools pkg_resources",
    "snowflake-connector-python": "snowflake",
    "speechrecognition": "speech_recognition",
    "tensorflow-cpu": "tensorflow",
    "tensorflow-gpu": "tensorflow",
    "umap-learn": "umap",
    "web3": "web3",
    "websocket-client": "websocket",
}
"""Distribution, normalised -> the modules it brings, where these are called otherwise."""

_NOT_IMPORTED = words("""setuptools wheel pip build twine hatch hatchling flit poetry poetry-core pdm pdm-backend maturin cython cffi
    gunicorn uvicorn hypercorn daphne waitress uwsgi whitenoise gevent greenlet eventlet psycopg psycopg2 psycopg2-binary mysqlclient
    pymysql asyncpg aiosqlite aiomysql cx-oracle oracledb pyodbc redis hiredis uvloop httptools watchfiles websockets
    python-multipart email-validator itsdangerous jinja2 markupsafe tzdata pytz certifi chardet charset-normalizer idna urllib3
    brotli brotlicffi zstandard orjson ujson simplejson lxml html5lib openpyxl xlrd xlsxwriter odfpy pyarrow fastparquet tables
    bottleneck numexpr numba scipy pillow tabulate cryptography pyopenssl argon2-cffi bcrypt bleach cssselect pygments docutils
    colorama typing-extensions importlib-metadata importlib-resources dataclasses six future packaging zipp tomli tomlkit
    exceptiongroup async-timeout backports-zoneinfo graphlib-backport pyreadline3 pywin32 pywin32-ctypes watchdog ipython ipykernel
    jupyter jupyterlab notebook black flake8 isort mypy pylint ruff pre-commit tox nox coverage pytest sphinx mkdocs bandit safety
    codespell autopep8 yapf pyright nose mock-alchemy newrelic ddtrace sentry-sdk statsd django-extensions python-dotenv dotenv
    accelerate sentencepiece protobuf tiktoken safetensors tensorboard tensorboardx kaleido ffmpeg-python imageio-ffmpeg
    opentelemetry-distro aws-xray-sdk flask-migrate alembic supervisor honcho circus pyinstaller cx-freeze nuitka py2app py2exe
    pysocks socksio secretstorage keyring dbus-python pyasn1 pyasn1-modules ndg-httpsclient service-identity h2 httpcore h11
    llvmlite torchvision torchaudio xformers bitsandbytes flash-attn triton sniffio anyio starlette werkzeug pydantic-settings""")
"""Servers, drivers, engines, optional accelerators, tools and pins of what others need."""

_PREFIXES = (
    "types-",
    "pytest-",
    "flake8-",
    "sphinx",
    "mkdocs-",
    "pylint-",
    "opentelemetry-",
    "nvidia-",
    "mypy-",
    "pyobjc",
    "jupyter",
)
_SUFFIXES = (
    "-stubs",
    "-backend",
    "-plugin",
    "-plugins",
    "-theme",
    "-binary",
    "-data",
    "-static",
    "-bin",
    "-wheel",
    "-extra",
    "-extras",
)
_SHARED_TOPS = (
    "google-",
    "azure-",
    "aws-cdk",
    "zope-",
    "zc-",
    "sphinxcontrib-",
    "backports-",
    "jaraco-",
    "ruamel-",
    "odoo-",
    "plone-",
    "apache-airflow",
    "llama-index",
    "dagster-",
    "collective-",
    "products-",
    "langchain",
)


def normalised(name: str) -> str:
    """The name as the index of packages compares it."""
    return _SEPARATORS.sub("-", name).lower()


def works_unimported(name: str) -> bool:
    """True for distributions that do something without an import, or of whose modules the name says nothing."""
    return name in _NOT_IMPORTED or name.startswith((*_PREFIXES, *_SHARED_TOPS)) or name.endswith(_SUFFIXES)


def modules_of(name: str) -> tuple[frozenset[str], bool]:
    """The top-level modules of a distribution, lower case, and whether that is known or guessed from its name."""
    known = _MODULES.get(name)
    if known is not None:
        return frozenset(known.lower().split()), True
    installed = _installed().get(name)
    if installed is not None:
        return installed, True
    return frozenset(_guesses(name)), False


def _guesses(name: str) -> set[str]:
    """What the modules may be called: the name itself, and without the usual additions."""
    stems = {name}
    for addition in ("python-", "py-", "django-", "flask-", "lib", "py"):
        stems.add(name.removeprefix(addition))
    for addition in (
        "-python",
        "-py",
        "-client",
        "-sdk",
        "-api",
        "-lib",
        "-headless",
        "-cpu",
        "-gpu",
        "2",
        "3",
        "4",
        "py",
        "-ng",
    ):
        stems |= {stem.removesuffix(addition) for stem in set(stems)}
    stems |= {f"py{name}", f"python-{name}", name.partition("-")[0]}
    return {spelled for stem in stems if stem for spelled in (stem.replace("-", "_"), stem.replace("-", ""))}


@lru_cache(maxsize=1)
def _installed() -> Mapping[str, frozenset[str]]:
    """Distributions beside greenlint -> their top-level modules, lower case."""
    from importlib.metadata import packages_distributions

    found: dict[str, set[str]] = {}
    for module, names in packages_distributions().items():
        for name in names:
            found.setdefault(normalised(name), set()).add(module.lower())
    return {name: frozenset(modules) for name, modules in found.items()}
