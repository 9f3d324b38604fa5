"""Commands of the shell that only do what one call of the standard library does, and how a program calls them."""

from __future__ import annotations

import ast
import re

from greenlint.named_tuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from greenlint.source.module import Module

STARTERS: Mapping[str, bool] = {
    "os.popen": True,
    "os.system": True,
    "subprocess.Popen": False,
    "subprocess.call": False,
    "subprocess.check_call": False,
    "subprocess.check_output": False,
    "subprocess.getoutput": True,
    "subprocess.getstatusoutput": True,
    "subprocess.run": False,
}
"""Function that starts a process -> whether a string goes to the shell."""
_READERS = frozenset({"os.popen", "subprocess.check_output", "subprocess.getoutput", "subprocess.getstatusoutput"})
_SPECIAL = re.compile(r"[|&;<>`$*?~\n\\]")
"""What makes a line of the shell more than one command with its words."""


class Command(NamedTuple):
    """A command with its words; `words` are texts or, where they are computed, expressions."""

    words: list[str | ast.expr]
    captured: bool

    @property
    def name(self) -> str:
        """The command without its folder."""
        first = self.words[0] if self.words else ""
        return first.rpartition("/")[2] if isinstance(first, str) else ""

    @property
    def flags(self) -> list[str]:
        """The words that start with a dash."""
        return [word for word in self.words[1:] if isinstance(word, str) and word.startswith("-")]

    @property
    def operands(self) -> list[str | ast.expr]:
        """The other words after the name."""
        return [word for word in self.words[1:] if not (isinstance(word, str) and word.startswith("-"))]


class Builtin(NamedTuple):
    """What does a command's work in this process: the call, the flags that it covers, and how many operands it takes."""

    call: str
    flags: frozenset[str] = frozenset()
    least: int = 0
    most: int = 99
    captured_only: bool = False


def _builtin(call: str, flags: str = "", least: int = 0, most: int = 99, *, captured_only: bool = False) -> Builtin:
    return Builtin(call, frozenset(flags.split()), least, most, captured_only)


BUILTINS: Mapping[str, Builtin] = {
    "basename": _builtin("os.path.basename", "", 1, 1),
    "cat": _builtin("open(...).read()", "", 1, 1),
    "chmod": _builtin("os.chmod", "", 2, 2),
    "cp": _builtin("shutil.copy or shutil.copytree", "-f -p -r -R -rf -a", 2, 2),
    "date": _builtin("datetime.now().strftime", "-u", 0, 1),
    "dirname": _builtin("os.path.dirname", "", 1, 1),
    "env": _builtin("os.environ", "", 0, 0),
    "hostname": _builtin("socket.gethostname", "", 0, 0),
    "kill": _builtin("os.kill", "-9 -15 -KILL -TERM -SIGKILL -SIGTERM", 1, 1),
    "ln": _builtin("os.symlink", "-s -sf", 2, 2),
    "ls": _builtin("os.listdir", "-1 -a -A", 0, 1, captured_only=True),
    "md5sum": _builtin("hashlib.md5", "", 1, 1),
    "mkdir": _builtin("os.makedirs", "-p", 1),
    "mktemp": _builtin("tempfile", "-d", 0, 0),
    "mv": _builtin("shutil.move", "-f", 2, 2),
    "nproc": _builtin("os.cpu_count", "", 0, 0),
    "printenv": _builtin("os.environ", "", 0, 1),
    "pwd": _builtin("os.getcwd", "", 0, 0),
    "readlink": _builtin("os.path.realpath", "-f", 1, 1),
    "realpath": _builtin("os.path.realpath", "", 1, 1),
    "rm": _builtin("os.remove or shutil.rmtree", "-f -r -R -rf -fr -Rf", 1),
    "rmdir": _builtin("os.rmdir", "", 1),
    "sha256sum": _builtin("hashlib.sha256", "", 1, 1),
    "sleep": _builtin("time.sleep", "", 1, 1),
    "test": _builtin("os.path", "-d -e -f -x -r -w", 1, 1),
    "touch": _builtin("pathlib.Path.touch", "", 1),
    "uname": _builtin("platform.uname", "-a -m -n -r -s -v", 0, 0),
    "unlink": _builtin("os.unlink", "", 1, 1),
    "wc": _builtin("a count in Python", "-l -c -w", 1, 1),
    "which": _builtin("shutil.which", "", 1, 1),
    "whoami": _builtin("getpass.getuser", "", 0, 0),
}


def command(node: ast.Call, module: Module) -> Command | None:
    """The one command that a call starts, as far as the text shows it; None for pipes, shells, other users and hosts."""
    called = module.qualified_name(node.func)
    if (
        called is None
        or called not in STARTERS
        or not node.args
        or any(isinstance(argument, ast.Starred) for argument in node.args)
    ):
        return None
    given = {keyword.arg: keyword.value for keyword in node.keywords}
    if given.keys() & {None, "input", "stdin", "preexec_fn", "user", "group", "executable", "env"}:
        return None
    captured = called in _READERS or "capture_output" in given or "stdout" in given
    line = node.args[0]
    if isinstance(line, (ast.List, ast.Tuple)):
        return None if _is_true(given.get("shell")) else Command([_word(word) for word in line.elts], captured)
    if not (STARTERS[called] or _is_true(given.get("shell"))) and not isinstance(line, ast.Constant):
        return None
    words = _split(line)
    return Command(words, captured) if words else None


def _is_true(value: ast.expr | None) -> bool:
    return isinstance(value, ast.Constant) and bool(value.value)


def _word(word: ast.expr) -> str | ast.expr:
    return word.value if isinstance(word, ast.Constant) and isinstance(word.value, str) else word


def _split(line: ast.expr) -> list[str | ast.expr] | None:
    """The words of a line for the shell: a literal, an f-string, `"rm %s" % path`, `"rm " + path`, `"rm {}".format(path)`."""
    text = _text(line, "{}")
    if text is None or _SPECIAL.search(text.replace("%s", "")):
        return None
    return [*text.split()]


def _text(line: ast.expr, hole: str) -> str | None:
    if isinstance(line, ast.Constant):
        return line.value if isinstance(line.value, str) else None
    if isinstance(line, ast.JoinedStr):
        parts = [_text(part, hole) if isinstance(part, ast.Constant) else hole for part in line.values]
        return "".join(part or "" for part in parts)
    if isinstance(line, ast.BinOp) and isinstance(line.op, ast.Mod):
        return _text(line.left, hole)
    if isinstance(line, ast.BinOp) and isinstance(line.op, ast.Add):
        left = _text(line.left, hole)
        return None if left is None else left + (_text(line.right, hole) or hole)
    if isinstance(line, ast.Call) and isinstance(line.func, ast.Attribute) and line.func.attr == "format":
        return _text(line.func.value, hole)
    return None
