"""GL803 model-redownload."""

from __future__ import annotations

import ast

from greenlint.rules.base import Applicability, Bad, Effect, EffectClass, FileRule, Finding, Fix, Good
from greenlint.rules.ml._edits import without_keyword
from greenlint.rules.ml._folders import is_thrown_away, is_under_tmp
from greenlint.source.infer import dotted
from greenlint.source.places import is_test

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module

_FORCED = frozenset({"force_download", "force_reload", "force_redownload"})
_FOLDERS = frozenset({"cache_dir", "data_home", "download_root", "model_dir", "local_dir", "cache_folder", "root"})
_DOWNLOADERS = frozenset(
    {"cached_file", "fetch_openml", "from_pretrained", "get_file", "hf_hub_download", "load", "load_dataset", "load_model"}
    | {"load_state_dict_from_url", "pipeline", "snapshot_download", "SentenceTransformer", "fetch_20newsgroups"}
)
_TMP = 50
"""A folder under /tmp outlives the process, but rarely the machine or the container."""
_ASKED = 45
"""Under an `if`, somebody may have asked for a fresh copy."""


class ModelRedownload(FileRule):
    """Model weights or data sets are downloaded again although they are, or could be, in the cache.

    ## Why it wastes

    `force_download=True` ignores the copy in the cache, and a cache in a temporary folder is gone when the process ends: each run
    moves megabytes to gigabytes over the network that have not changed. The default cache asks the server only whether there is
    something new.

    ## When to leave it alone

    To repair a broken copy, or when the point is to measure the download. The rule is silent in `except` handlers, for values that
    are not literally true, and in tests; under an `if` its confidence is 45, for folders below `/tmp` 50.

    ## Evidence

    Whole processes with a server in a process of its own on the same machine, CPython 3.11.7, weights of 32 MB: 40 runs 2.06 -> 1.45 s of CPU and
    1.3 GB -> 32 MB moved, ten runs 1.48 -> 1.29 s, two show no difference (`python benchmarks/rules/run.py GL803`). A real network
    comes on top.

    In preview: five million lines of public code for machine learning hold no finding above the default threshold.
    """

    code = "GL803"
    name = "model-redownload"
    effect = Effect(
        EffectClass.TRANSFER, "downloads what is in the cache (40 runs, 32 MB each: 2.06 -> 1.45 s of CPU)", "bench GL803"
    )
    confidence = 90
    preview = True
    callees = _DOWNLOADERS
    packages = frozenset(
        {"torch", "transformers", "huggingface_hub", "datasets", "tensorflow", "keras", "sentence_transformers", "diffusers"}
        | {"whisper", "sklearn", "torchvision", "timm", "peft"}
    )
    examples = (
        Bad(
            "from transformers import AutoModel\n\nmodel = AutoModel.from_pretrained('bert-base-uncased', force_download=True)\n",
            fixed="from transformers import AutoModel\n\nmodel = AutoModel.from_pretrained('bert-base-uncased')\n",
            lines=(3,),
        ),
        Bad(
            "import tempfile\nfrom huggingface_hub import snapshot_download\n\n"
            "path = snapshot_download('org/name', cache_dir=tempfile.mkdtemp())\n",
            fixed="import tempfile\nfrom huggingface_hub import snapshot_download\n\npath = snapshot_download('org/name')\n",
            lines=(4,),
        ),
        Good(
            "from transformers import AutoModel\nm = AutoModel.from_pretrained('b', force_download=force)\n", "somebody decides"
        ),
        Good(
            "from transformers import AutoModel\ntry:\n    m = AutoModel.from_pretrained('b')\nexcept OSError:\n"
            "    m = AutoModel.from_pretrained('b', force_download=True)\n",
            "repairs a broken copy",
        ),
    )

    def check(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding for each argument that makes `node` download anew."""
        if is_test(module.path) or not node.keywords:
            return
        name = dotted(node.func) or node.func.attr  # type: ignore[attr-defined]
        for keyword in node.keywords:
            sure = self._sure(keyword, node, module)
            if sure is None:
                continue
            what = "keeps its cache in a folder that goes" if keyword.arg in _FOLDERS else "ignores the cache"
            message = f"`{name}` {what} and downloads again in each run; drop `{keyword.arg}`"
            edit = without_keyword(keyword, node, module)
            fix = Fix("Use the cache", (edit,), Applicability.UNSAFE) if edit else None
            yield self.finding(node, module, message, confidence=sure, fix=fix)

    def _sure(self, keyword: ast.keyword, node: ast.Call, module: Module) -> int | None:
        sure = self._literal(keyword, node, module)
        for ancestor in module.ancestors(node):
            if isinstance(ancestor, ast.ExceptHandler):
                return None
            if isinstance(ancestor, (ast.If, ast.IfExp)) and sure is not None:
                sure = min(sure, _ASKED)
        return sure

    def _literal(self, keyword: ast.keyword, node: ast.Call, module: Module) -> int | None:
        value = keyword.value
        if keyword.arg in _FORCED:
            return self.confidence if isinstance(value, ast.Constant) and value.value is True else None
        if keyword.arg == "download_mode":
            text = value.value if isinstance(value, ast.Constant) else (dotted(value) or "").rpartition(".")[2].lower()
            return self.confidence if text == "force_redownload" else None
        if keyword.arg not in _FOLDERS:
            return None
        if is_thrown_away(value, module):
            return self.confidence
        return _TMP if is_under_tmp(value) else None
