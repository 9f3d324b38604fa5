"""GL317 shell-out-for-builtin."""

from __future__ import annotations

import ast

from greenlint.rules.base import Applicability, Bad, Effect, EffectClass, FileRule, Finding, Fix, Good
from greenlint.rules.data._commands import BUILTINS, STARTERS, command
from greenlint.source.places import is_test

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.rules.data._commands import Command
    from greenlint.source.module import Module

_REPLACEMENTS = {
    ("mkdir", ("-p",)): ("os", "os.makedirs({0}, exist_ok=True)", 1),
    ("mkdir", ()): ("os", "os.mkdir({0})", 1),
    ("rmdir", ()): ("os", "os.rmdir({0})", 1),
    ("mv", ()): ("shutil", "shutil.move({0}, {1})", 2),
    ("cp", ()): ("shutil", "shutil.copy({0}, {1})", 2),
}
"""Command and flags -> the module that must be imported, the call, and the number of operands."""


class ShellOutForBuiltin(FileRule):
    """A process is started for what one call of the standard library does.

    ## Why it wastes

    `os.system` and `subprocess` start a new process, with `os.system` and `shell=True` a shell before it: memory is mapped, programs
    are loaded and linked, output goes through a pipe, only to list a folder, make one, or copy a file. The call in this process
    needs none of that, and works on every system.

    ## When to leave it alone

    When the command must run elsewhere or as somebody else: `sudo`, `ssh` and `docker exec` are other commands, and the rule is
    silent for them. It is silent for pipes, redirections, wild cards and variables of the shell, for options that the call does not
    cover, for `ls` whose output goes to the terminal, and in tests. The fix is unsafe: errors come as other exceptions.

    ## Evidence

    Whole processes, CPython 3.11.7: 100 folders made by `mkdir -p` 0.12 -> 0.04 s of CPU, by 10 processes 0.038 -> 0.028 s,
    start-up included, which is about 0.9 ms of CPU for every process (`python benchmarks/rules/run.py GL317`).
    """

    code = "GL317"
    name = "shell-out-for-builtin"
    effect = Effect(EffectClass.CONSTANT, "starts a process (0.9 ms of CPU each, without a shell)", "bench GL317")
    confidence = 90
    callees = frozenset(name.rpartition(".")[2] for name in STARTERS)
    packages = frozenset({"os", "subprocess"})
    examples = (
        Bad(
            "import os\nimport subprocess\n\nsubprocess.run(['mkdir', '-p', path], check=True)  # once\n",
            fixed="import os\nimport subprocess\n\nos.makedirs(path, exist_ok=True)  # once\n",
            lines=(4,),
        ),
        Bad("import os\n\nos.system(f'rm -rf {folder}')\n"),
        Bad("import subprocess\n\nwho = subprocess.check_output('whoami').decode().strip()\n"),
        Good("import os\n\nos.system('cat a.txt | sort')\n", "a pipe"),
        Good("import subprocess\n\nsubprocess.run(['sudo', 'rm', path])\n", "as another user"),
        Good("import subprocess\n\nsubprocess.run(['git', 'rm', path])\n", "another program"),
    )

    def check(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding when `node` starts a process for one of the commands that the standard library covers."""
        found = command(node, module)
        if found is None or is_test(module.path):
            return
        builtin = BUILTINS.get(found.name)
        if builtin is None or (builtin.captured_only and not found.captured) or not set(found.flags) <= builtin.flags:
            return
        if not builtin.least <= len(found.operands) <= builtin.most:
            return
        if found.name == "date" and not all(isinstance(word, str) and word.startswith("+") for word in found.operands):
            return
        message = f"starts a process for `{found.name}`; `{builtin.call}` does it in this one"
        yield self.finding(node, module, message, fix=_fix(node, found, module))


def _fix(node: ast.Call, found: Command, module: Module) -> Fix | None:
    """The call in place of a statement whose command is a list of words."""
    replacement = _REPLACEMENTS.get((found.name, tuple(found.flags)))
    line = node.args[0]
    if replacement is None or not isinstance(module.parent(node), ast.Expr) or not isinstance(line, (ast.List, ast.Tuple)):
        return None
    package, call, count = replacement
    operands = line.elts[1 + len(found.flags) :]
    if len(operands) != count or module.imports.get(package) != package:
        return None
    if any(isinstance(operand, ast.Starred) for operand in line.elts) or any(k.arg != "check" for k in node.keywords):
        return None
    text = call.format(*(module.text(operand) for operand in operands))
    return FileRule.replace(node, text, module, f"Use {call.partition('(')[0]}", Applicability.UNSAFE)
