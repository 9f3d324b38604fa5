"""GL314 read-to-hash."""

from __future__ import annotations

import ast

from greenlint.rules.base import Applicability, Bad, Edit, Effect, EffectClass, FileRule, Finding, Fix, Good
from greenlint.rules.data._files import is_small_by_nature, open_mode, read_file
from greenlint.source.flow import final_use
from greenlint.source.infer import kind_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_CHECKSUMS = frozenset({"zlib.crc32", "zlib.adler32", "binascii.crc32"})
_SECOND = frozenset({"hashlib.new", "hmac.digest", "hmac.new"})
"""Functions whose second argument is what they hash."""
_DIGESTS = frozenset({"blake2b", "blake2s", "md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sha3_256", "sha3_512"})


class ReadToHash(FileRule):
    """A file is read into memory in one piece only to be hashed.

    ## Why it wastes

    A hash takes its input in pieces of any size and keeps none of it. `read()` holds the whole file at once;
    `hashlib.file_digest` (Python 3.11) reads through one small buffer, and `update` in a loop does the same before that.

    ## When to leave it alone

    Files that are known to be small, and contents that are needed for something else too: the rule only speaks where the hash is the
    one use, and is silent for files below /proc, /sys and /etc. Reading whole files for their lines is the business of GL301
    alone. The fix needs Python 3.11, which is why it is unsafe.

    ## Evidence

    Whole processes, CPython 3.11.7, set-up included: 100 MiB peak memory 121 -> 17 MB and CPU 0.17 -> 0.12 s, 20 MiB 37 -> 17 MB
    (`python benchmarks/rules/run.py GL314`).
    Too few places in the 8.3 million lines of public code that were looked at (two, both right) to say how often it is right: the rule stays
    in preview.
    """

    code = "GL314"
    name = "read-to-hash"
    preview = True
    effect = Effect(EffectClass.MEMORY, "holds the whole file (121 -> 17 MB for 100 MiB)", "bench GL314")
    confidence = 90
    callees = frozenset({"read", "read_bytes"})
    packages = frozenset({"hashlib", "hmac", "zlib", "binascii"})
    examples = (
        Bad(
            "import hashlib\n\nwith open(path, 'rb') as f:\n    digest = hashlib.sha256(f.read()).hexdigest()  # all\n",
            fixed="import hashlib\n\nwith open(path, 'rb') as f:\n    digest = hashlib.file_digest(f, 'sha256').hexdigest()  # all\n",
            lines=(4,),
        ),
        Bad(
            "import hashlib\n\ndef f(path):\n    h = hashlib.md5()\n    with open(path, 'rb') as f:\n        data = f.read()\n"
            "    h.update(data)\n    return h.hexdigest()\n",
            lines=(6,),
        ),
        Bad(
            "import hashlib\nfrom pathlib import Path\n\nname = hashlib.sha1(Path(path).read_bytes()).hexdigest()\n", lines=(4,)
        ),
        Good(
            "import hashlib\n\ndef f(p):\n    b = open(p, 'rb').read()\n    return hashlib.md5(b).digest(), b\n", "kept as well"
        ),
        Good("import hashlib\n\nwith open(path, 'rb') as f:\n    digest = hashlib.file_digest(f, 'md5')\n", "in chunks"),
        Good("import hashlib\n\nwith open(path, 'rb') as f:\n    digest = hashlib.md5(f.read(4096))\n", "only the start"),
    )

    def check(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding when the one use of what `node` reads is a hash."""
        opened = read_file(node, module)
        if opened is None or is_small_by_nature(opened, module):
            return
        call = _hashing(final_use(node, module), module)
        if call is not None:
            message = "reads the whole file to hash it; use `hashlib.file_digest` (Python 3.11), or feed the hash in chunks"
            yield self.finding(node, module, message, fix=_fix(node, call, opened, module))


def _hashing(value: ast.expr, module: Module) -> ast.Call | None:
    """The call that hashes `value` and is given nothing else."""
    call = module.parent(value)
    if not isinstance(call, ast.Call):
        return None
    if module.qualified_name(call.func) in _SECOND:
        return call if call.args[1:2] == [value] else None
    if call.args != [value]:
        return None
    if isinstance(call.func, ast.Attribute) and call.func.attr == "update":
        return call if kind_of(call.func.value, module) == "hash" else None
    return call if kind_of(call, module) == "hash" or module.qualified_name(call.func) in _CHECKSUMS else None


def _fix(node: ast.Call, call: ast.Call, opened: ast.Call, module: Module) -> Fix | None:
    """`hashlib.file_digest(f, "sha256")` for `hashlib.sha256(f.read())` of a file opened in binary."""
    func, read = call.func, node.func
    if not (isinstance(func, ast.Attribute) and isinstance(func.value, ast.Name) and isinstance(read, ast.Attribute)):
        return None
    if read.attr != "read" or call.args != [node] or call.keywords or func.attr not in _DIGESTS:
        return None
    if module.imports.get(func.value.id) != "hashlib" or open_mode(opened, module) not in ("rb", "br"):
        return None
    end = module.span(func)[1]
    text = f"file_digest({module.text(read.value)}, '{func.attr}')"
    edit = Edit(end - len(func.attr), module.span(call)[1], text)
    return Fix("Use hashlib.file_digest", (edit,), Applicability.UNSAFE)
