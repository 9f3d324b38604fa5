"""GL104 unused-method."""

from __future__ import annotations

from greenlint.rules.base import Bad, Good, ProjectRule
from greenlint.rules.dead_code._report import NEVER_RUNS, report
from greenlint.source.words import words

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.model.finding import Finding
    from greenlint.rules.dead_code._left_out import Unused
    from greenlint.source.project import ProjectIndex


_SAX = words("characters endDocument endElement endElementNS startDocument startElement startElementNS")
_CALLED_BY: dict[str, frozenset[str]] = {
    "asyncio.DatagramProtocol": words("connection_made connection_lost datagram_received error_received"),
    "asyncio.Protocol": words("connection_made connection_lost data_received eof_received pause_writing resume_writing"),
    "cmd.Cmd": words("cmdloop default emptyline postcmd postloop precmd preloop"),
    "configparser.ConfigParser": words("optionxform"),
    "configparser.RawConfigParser": words("optionxform"),
    "html.parser.HTMLParser": words("""error handle_charref handle_comment handle_data handle_decl handle_endtag handle_entityref
        handle_pi handle_startendtag handle_starttag unknown_decl"""),
    "http.server.BaseHTTPRequestHandler": words("end_headers log_error log_message log_request version_string"),
    "json.JSONDecoder": words("decode raw_decode"),
    "json.JSONEncoder": words("default encode iterencode"),
    "logging.Filter": words("filter"),
    "logging.Formatter": words("converter format formatException formatMessage formatStack formatTime usesTime"),
    "logging.Handler": words("acquire close createLock emit flush format handle handleError release"),
    "logging.LoggerAdapter": words("process"),
    "multiprocessing.Process": words("run"),
    "pickle.Pickler": words("persistent_id reducer_override"),
    "pickle.Unpickler": words("find_class persistent_load"),
    "queue.Queue": words("_get _init _put _qsize"),
    "socketserver.BaseRequestHandler": words("finish handle setup"),
    "string.Formatter": words("check_unused_args convert_field format_field get_field get_value parse"),
    "threading.Thread": words("run"),
    "xml.sax.ContentHandler": _SAX,
    "xml.sax.handler.ContentHandler": _SAX,
}
"""Classes of the standard library, and their methods that they call themselves so that others may override them."""
_CALLED_BY_PREFIX = {
    "ast.NodeTransformer": ("visit_", "generic_visit"),
    "ast.NodeVisitor": ("visit_", "generic_visit"),
    "cmd.Cmd": ("complete_", "do_", "help_"),
    "http.server.BaseHTTPRequestHandler": ("do_",),
}
"""Likewise, by how the names of the methods begin."""


class UnusedMethod(ProjectRule):
    """A method whose name nothing in the project mentions.

    The graph of names is that of GL102. An attribute of the same name, on whatever object and in whatever file, keeps a method;
    so do strings, templates and configuration. What is shown by default are private methods: a public one may implement a
    protocol that only its users know.

    ## Why it wastes

    As GL102: nothing at run time, a little at each start and in each copy, and the time of everybody who maintains it.

    ## When to leave it alone

    The rule is silent about special methods, methods that do nothing (they are there to be overridden), methods under a
    decorator that may register them, and names that `getattr` may complete. A class whose bases the project does not define
    may be called back by them: its methods get a confidence of 30, unless their name is mangled (`__name`). A public method
    gets 40 to 55, below what is shown by default; `--git-history` tells which of them were in use once (see GL102).

    What overrides a method that its base in the standard library calls (`JSONEncoder.default`, `HTMLParser.handle_starttag`) is in use.

    ## Evidence

    Cost: `benchmarks/rules/GL102`. Precision: in 27 applications and libraries from GitHub (18,970 files, August 2026) the rule
    made 28 findings at a confidence of 60 or more; none of the names occurs anywhere else in its repository except in
    another definition, in unused code or, where the message says so, in tests.
    """

    code = "GL104"
    name = "unused-method"
    by_file = True
    effect = NEVER_RUNS
    confidence = 85
    preview = True
    examples = (
        Bad(
            "class Box:\n    def open(self):\n        return self._lid()\n\n    def _lid(self):\n        return 1\n\n"
            "    def _old_lid(self):\n        return 2\n\n\nBox().open()\n",
            fixed="class Box:\n    def open(self):\n        return self._lid()\n\n    def _lid(self):\n        return 1\n\n\nBox().open()\n",
            lines=(8,),
        ),
        Bad(
            "class Box:\n    def _old_lid(self):\n        return 2\n\n\nBox()\n",
            fixed="class Box:\n    pass\n\n\nBox()\n",
            lines=(2,),
        ),
        Bad(
            "import json\n\n\nclass Encoder(json.JSONEncoder):\n    def __mangled(self):\n        return 1\n\n    x = 1\n\n\nEncoder()\n",
            fixed="import json\n\n\nclass Encoder(json.JSONEncoder):\n    x = 1\n\n\nEncoder()\n",
            lines=(5,),
        ),
        Bad(
            "class Base:\n    x = 1\n\n\nclass Child(Base):\n    y = 1\n\n    @staticmethod\n    def _helper():\n        return 1\n\n\nChild()\n",
            fixed="class Base:\n    x = 1\n\n\nclass Child(Base):\n    y = 1\n\n\nChild()\n",
            lines=(9,),
        ),
        Good(
            "class Box:\n    def _lid(self):\n        return 1\n\n    lid = property(_lid)\n\n\nBox()\n",
            why="used in the class body",
        ),
        Good(
            "import json\n\n\nclass Encoder(json.JSONEncoder):\n    def _hook(self):\n        return 1\n", why="an unknown base"
        ),
        Good(
            "import json\n\n\nclass Mixin:\n    def _hook(self):\n        return 1\n\n\nclass Encoder(Mixin, json.JSONEncoder):\n    pass\n",
            why="mixed into a class with an unknown base",
        ),
        Good(
            "class Base:\n    def _hook(self):\n        raise NotImplementedError\n\n\nBase()\n", why="there to be overridden"
        ),
        Good(
            "class Base:\n    def run(self):\n        return self._step()\n\n\nclass Child(Base):\n    def _step(self):\n        return 1\n",
            why="called by the base",
        ),
        Good(
            "class Shell:\n    def _do_quit(self):\n        return 1\n\n    def run(self, name):\n        return getattr(self, '_do_' + name)()\n",
            why="a computed name",
        ),
        Good("class Box:\n    def __enter__(self):\n        return self\n", why="a special method"),
        Good("class Box:\n    def _repr_html_(self):\n        return '<b>box</b>'\n", why="a protocol of notebooks"),
        Good("class Box:\n    def lid(self):\n        return 1\n\n\nBox()\n", why="public: somebody's protocol, perhaps"),
        Good("class Box:\n    @app.event\n    def _on(self):\n        return 1\n", why="a decorator may register it"),
    )

    def check_project(self, index: ProjectIndex) -> Iterator[Finding]:
        """Yield one finding for each method out of reach."""
        from greenlint.rules.dead_code._reachability import unused_definitions  # 10 ms, and only for whole projects

        unused = [
            item for item in unused_definitions(index) if item.definition.kind == "method" and not _overrides(item, index)
        ]
        yield from report(self, unused, index, "method")


def _overrides(item: Unused, index: ProjectIndex) -> bool:
    """Whether its class stands right below one of the standard library that calls the method."""
    holder = item.definition.qualified.rpartition(".")[0]
    return any(
        item.definition.name in _CALLED_BY.get(base, ()) or item.definition.name.startswith(_CALLED_BY_PREFIX.get(base, ()))
        for known in index.files[item.path].classes
        if known.qualified == holder
        for base in known.bases
    )
