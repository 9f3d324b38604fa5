"""What the path of a file says about its part in the project."""

from __future__ import annotations

from greenlint.source.words import words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

_TEST_FOLDERS = frozenset({"tests", "test", "testsuite", "unittests"})
VENDOR_FOLDERS = frozenset(
    {"_vendor", "vendor", "vendored", "_vendored", "third_party", "thirdparty", "extern", "externals", "submodules"}
)
"""Folders of code that is kept as others wrote it."""
_OFTEN_COPIED = words(
    """appdirs attr bottle bs4 cachetools certifi chardet charset_normalizer cherrypy click colorama configobj dateutil
    decorator defusedxml distro docopt enum34 feedparser flask gntp guessit html5lib httplib2 idna isodate jinja2 mako
    markdown markupsafe mock msgpack mutagen oauth2 oauthlib ordereddict packaging paste pbkdf2 peewee pkg_resources
    platformdirs ply pyasn1 pydantic pygments pyparsing pytz rarfile requests rsa simplejson singledispatch six
    soupsieve subliminal tabulate tenacity termcolor toml tomli tornado tqdm typing_extensions unidecode unittest2
    unrar urllib3 webob werkzeug xmltodict yaml"""
)
"""Packages that applications put beside their own as they are; a library of that name is told by its project's name."""
_COLLECTED = ("conftest.py", "tests.py")


def is_test(path: str) -> bool:
    """True for tests and what only they use, judged by the path alone: folders named tests, test_*.py, conftest.py.

    A folder `testing` counts at the top only: inside a package it is what the package offers to the tests of others.
    """
    *folders, name = path.lower().split("/")
    return not _TEST_FOLDERS.isdisjoint(folders) or folders[:1] == ["testing"] or _is_collected(name)


def is_vendored(path: str) -> bool:
    """True for a copy of other people's code, judged by the folders it lies in."""
    folders = path.lower().split("/")[:-1]
    return not VENDOR_FOLDERS.isdisjoint(folders) or any(folder.startswith(("vendored-", "vendored_")) for folder in folders)


def copies(paths: Iterable[str], own_names: Iterable[str]) -> frozenset[str]:
    """The top-level packages that look like copies of other people's: well-known names, in a project of another name."""
    tops = {path.partition("/")[0] for path in paths if path.count("/") == 1 and path.endswith("/__init__.py")}
    own = {name.lower().replace("-", "_") for name in own_names}
    return frozenset(top for top in tops if top.lower() in _OFTEN_COPIED and top.lower() not in own)


def may_be_test_data(path: str) -> bool:
    """True for a file below a folder of tests that no runner collects: what tests import, or what they read."""
    folders, name = path.lower().split("/")[:-1], path.lower().rpartition("/")[2]
    return not (_TEST_FOLDERS.isdisjoint(folders) or _is_collected(name) or name == "__init__.py")


def holds_tests(names: Iterable[str]) -> bool:
    """Whether a folder, told by the names in it, is a package or holds tests that a runner collects."""
    return any(name == "__init__.py" or (name.endswith(".py") and _is_collected(name)) for name in map(str.lower, names))


def _is_collected(name: str) -> bool:
    return name.startswith("test_") or name.endswith(("_test.py", "_tests.py")) or name in _COLLECTED
