"""What reaches a function without naming it: frameworks, test runners, tools that load a file, users of a library.

`certainty` turns that into a number: how sure it is that a function nobody names is never called.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from greenlint.source.project import is_test
from greenlint.source.words import words

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from greenlint.source.definitions import Definition
    from greenlint.source.facts import FileFacts

NEVER = 0
"""Certainty of what is an entry point: it is never reported, and whatever it uses is in use."""

_NESTED = 95
_PRIVATE = 90
_TEST_HELPER = 80
_APPLICATION = 70
_PRIVATE_METHOD = 85
_METHOD = 55
DOUBTFUL = 50
"""Certainty where something may well call the function that we cannot see: below the default of --min-confidence."""
_PUBLISHED = 40
_UNKNOWN_BASE = 30
_FOREIGN = 20

_HOOKS = words("""main run setup teardown setup_module teardown_module setup_function teardown_function setup_package
    teardown_package setup_class teardown_class setup_method teardown_method setUp tearDown setUpClass tearDownClass
    setUpModule tearDownModule asyncSetUp asyncTearDown addCleanup load_tests runTest
    load_ipython_extension unload_ipython_extension lambda_handler handler application app create_app make_app register
    unregister includeme upgrade downgrade define_env default_app_config build_py build_ext post_fork pre_fork
    when_ready worker_exit worker_int post_worker_init nworkers_changed child_exit post_request pre_request
    autoload generate exists makeExtension modify_settings""")
_HOOK_PREFIXES = tuple(
    words("""test Test pytest_ visit_ depart_ leave_ enter_ exit_ do_ on_ handle_ task_ hook_ cmd_ command_ action_ step_ it_
    describe_ bench_ benchmark_ should_ help_ complete_ time_ track_ peakmem_ mem_""")
)
_METHOD_PREFIXES = tuple(
    words("""get_ set_ clean_ validate_ resolve_ process_ render_ save_ filter_ perform_ parse_ post_ pre_ handle_
    prepare_ assert visit generic_visit p_ t_ e_ s_ key_ event_ watch_ compose_ action_ check_ emit_ format_
    convert_ serialize_ to_ from_ as_ is_ has_ log_message format""")
)
_KNOWN_BASES = words("""object ABC Generic Exception ValueError TypeError RuntimeError KeyError LookupError OSError AttributeError
    IndexError NotImplementedError ImportError Enum IntEnum StrEnum Flag IntFlag NamedTuple TypedDict""")
_LOADED_FILES = words("""setup.py conftest.py noxfile.py fabfile.py tasks.py dodo.py manage.py wsgi.py asgi.py conf.py gunicorn.conf.py
    gunicorn_config.py hatch_build.py pdm_build.py build.py sitecustomize.py usercustomize.py wscript hubconf.py
    locustfile.py celeryconfig.py settings.py mkdocs_hooks.py""")
_LOADED_FOLDERS = frozenset({"migrations", "versions", "templatetags", "hooks", "plugins", "filter_plugins"})
_SHOWN_FOLDERS = words("""examples example samples sample demos demo docs doc tutorials tutorial notebooks recipes snippets contrib
    cookbook""")
_DATA_FOLDERS = words("""data testdata test_data test-data fixtures fixture resources cases test_cases samples snippets inputs input
    expected golden projects files assets typing pyfiles test_files badsyntax""")
_VENDOR_FOLDERS = words("_vendor vendor vendored _vendored third_party thirdparty extern externals submodules")
_UNSHIPPED_FOLDERS = words("scripts script tools tool bin benchmarks benchmark bench ci devtools dev utils.d")
_SUNDER = re.compile(r"_[^_].*_")


def certainty(path: str, definition: Definition, facts: FileFacts, *, published: bool) -> int:
    """0-100: how sure it is that `definition` is unused if no name leads to it; NEVER for entry points.

    This sees the file alone; what needs the whole project (stems, namespaces that other files explore, bases of a class)
    is applied by `Reachability`.
    """
    folders, name = path.split("/")[:-1], path.rpartition("/")[2]
    if not name.endswith(".py") or _is_hook(definition, name, folders):
        return NEVER
    test = is_test(path)
    data = test and (not _DATA_FOLDERS.isdisjoint(folders) or name.startswith("typing_"))
    if data or any(folder in _VENDOR_FOLDERS or folder.startswith(".") for folder in folders):
        return _FOREIGN
    if definition.kind == "nested":
        return DOUBTFUL if facts.reflective else _NESTED
    private = definition.name.startswith("_")
    if definition.kind == "method":
        sure = _method_certainty(definition, test, _is_public_place(folders, name) and published)
    elif private:
        sure = _PRIVATE
    elif test:
        sure = _TEST_HELPER
    elif published and _is_public_place(folders, name):
        sure = _PUBLISHED
    else:
        sure = _APPLICATION
    if facts.reflective or len(definition.name) < 2:
        sure = min(sure, DOUBTFUL)
    if not private and not _SHOWN_FOLDERS.union(_LOADED_FOLDERS).isdisjoint(folders):
        sure = min(sure, DOUBTFUL)
    return sure


def _method_certainty(definition: Definition, test: bool, published: bool) -> int:
    if definition.name.startswith("_"):
        return _PRIVATE_METHOD
    if test or definition.name.startswith(_METHOD_PREFIXES):
        return min(DOUBTFUL, _PUBLISHED if published else DOUBTFUL)
    return _PUBLISHED if published else _METHOD


def _is_hook(definition: Definition, file: str, folders: list[str]) -> bool:
    name = definition.name
    if definition.kind == "nested":
        return name == "_"
    if definition.kind == "method" and (definition.trivial or _SUNDER.fullmatch(name)):
        return True
    if name in _HOOKS or name.startswith(_HOOK_PREFIXES) or _SUNDER.fullmatch(name) or name == "_":
        return True
    loaded = file in _LOADED_FILES or "migrations" in folders
    return loaded and not name.startswith("_")


def _is_public_place(folders: list[str], file: str) -> bool:
    """False where code elsewhere is not meant to import from: private modules, scripts, developers' tools."""
    if any(part.startswith("_") for part in folders) or (file.startswith("_") and not file.startswith("__")):
        return False
    return _UNSHIPPED_FOLDERS.isdisjoint(folders)


def class_name(base: str, own: Container[str]) -> str:
    """The name under which the project knows a base class; "?" for one imported from elsewhere.

    `base` is a bare name or what an import says, `own` are the names of the project's folders and modules.
    """
    top = base.split(".")[0]
    name = base.rpartition(".")[2]
    return name if name in _KNOWN_BASES or base == name or not top or top in own else "?"


def open_classes(bases: Mapping[str, tuple[str, ...]]) -> set[str]:
    """Classes of which a base, at any distance, is not known: it may call methods by names we cannot see."""
    derived: dict[str, list[str]] = {}
    for name, above in bases.items():
        for base in above:
            derived.setdefault(base, []).append(name)
    opened: set[str] = set()
    queue = [base for base in derived if base not in bases and base not in _KNOWN_BASES]
    while queue:
        for name in derived.get(queue.pop(), ()):
            if name not in opened and name not in _KNOWN_BASES:
                opened.add(name)
                queue.append(name)
    return opened


def lowered_for_unknown_base(sure: int, name: str) -> int:
    """The certainty about a method of a class with an unknown base; mangled names (`__x`) belong to the class alone."""
    return sure if name.startswith("__") else min(sure, _UNKNOWN_BASE)


def lowered_for_doubt(sure: int) -> int:
    """The certainty where names are made at run time near by."""
    return min(sure, DOUBTFUL)
