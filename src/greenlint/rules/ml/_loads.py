"""Calls that load a model from disk, and whether a place runs them again and again."""

from __future__ import annotations

import ast

from greenlint.source.infer import dotted
from greenlint.source.module import FunctionNode

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module
    from greenlint.source.repeat import Loop

LOADERS = frozenset(
    {
        "easyocr.Reader",
        "fasttext.load_model",
        "joblib.load",
        "keras.models.load_model",
        "llama_cpp.Llama",
        "mlflow.pyfunc.load_model",
        "mlflow.sklearn.load_model",
        "onnxruntime.InferenceSession",
        "cloudpickle.load",
        "dill.load",
        "pickle.load",
        "sentence_transformers.CrossEncoder",
        "sentence_transformers.SentenceTransformer",
        "sklearn.externals.joblib.load",
        "spacy.load",
        "tensorflow.keras.models.load_model",
        "tensorflow.saved_model.load",
        "torch.hub.load",
        "torch.jit.load",
        "torch.load",
        "transformers.pipeline",
        "ultralytics.YOLO",
        "whisper.load_model",
        "gensim.downloader.load",
    }
)
"""Qualified names of functions that read a whole model."""
_FORMATS = frozenset(
    {"cloudpickle.load", "dill.load", "joblib.load", "pickle.load", "sklearn.externals.joblib.load", "torch.load"}
)
"""Those that load any object: the name or the path must say that it is a model."""
_WORDS = (
    "model",
    "clf",
    "classifier",
    "net",
    "estimator",
    "pipeline",
    "regress",
    "checkpoint",
    "weights",
    "scaler",
    "vectorizer",
)
CALLEES = frozenset(name.rpartition(".")[2] for name in LOADERS) | {"from_pretrained"}
PACKAGES = frozenset(name.partition(".")[0] for name in LOADERS) | {"diffusers", "transformers", "peft", "tokenizers"}
_CACHES = ("cache", "singleton", "once", "memo", "fixture", "lru", "resource")
_ROUTES = frozenset({"api_route", "delete", "get", "patch", "post", "put", "route", "websocket"})
_JOBS = frozenset({"on_message", "shared_task", "task"})
HANDLERS = frozenset({"handler", "lambda_handler"})


def model_loader(call: ast.Call, module: Module) -> str | None:
    """How the source writes a call that loads a model; None for other calls."""
    func = call.func
    name = module.qualified_name(func)
    if name in LOADERS and (name not in _FORMATS or _is_of_a_model(call, module)):
        return dotted(func)
    if not isinstance(func, ast.Attribute) or func.attr != "from_pretrained" or name is None:
        return None
    return dotted(func) if name.partition(".")[0] in PACKAGES and "Config" not in name else None


def _is_of_a_model(call: ast.Call, module: Module) -> bool:
    holder = module.parent(call)
    text = module.text(call).partition("(")[2]
    if isinstance(holder, ast.Assign):
        text += " ".join(dotted(target) or "" for target in holder.targets)
    if isinstance(holder, ast.Attribute) and holder.attr in ("predict", "predict_proba", "transform"):
        return True
    return any(word in text.lower() for word in _WORDS)


def is_kept(call: ast.Call, module: Module) -> bool:
    """Whether the loaded model outlives the function, or is loaded only where there is none yet."""
    statement = module.statement(call)
    targets = statement.targets if isinstance(statement, ast.Assign) else [getattr(statement, "target", None)]
    if any(isinstance(target, (ast.Attribute, ast.Subscript)) for target in targets):
        return True
    function = module.function(call)
    names = {target.id for target in targets if isinstance(target, ast.Name)}
    for ancestor in module.ancestors(call):
        if isinstance(ancestor, (ast.If, ast.ExceptHandler, ast.IfExp)):
            return True
        if isinstance(ancestor, FunctionNode) and is_cached(ancestor):
            return True
    shared = (n for n in module.nodes(ast.Global, ast.Nonlocal) if module.function(n) is function)
    return any(not names.isdisjoint(node.names) for node in shared)  # type: ignore[attr-defined]


def is_cached(function: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any(word in _text(decorator) for decorator in function.decorator_list for word in _CACHES)


def _text(expression: ast.expr) -> str:
    return (dotted(expression.func if isinstance(expression, ast.Call) else expression) or "").lower()


def answers_requests(function: ast.AST | None) -> bool:
    """Whether a framework calls the function for each request, message or event."""
    if not isinstance(function, FunctionNode):
        return False
    if function.name in HANDLERS:
        return True
    for decorator in function.decorator_list:
        if isinstance(decorator, ast.Call) and isinstance(decorator.func, ast.Attribute) and decorator.func.attr in _ROUTES:
            return bool(decorator.args)
        if _text(decorator).rpartition(".")[2] in _JOBS:
            return True
    return False


def stored_in(loop: ast.AST, module: Module) -> frozenset[str]:
    """The names that a turn of the loop sets."""
    notes = module.notes.setdefault("ml.stored", {})
    if id(loop) not in notes:
        stored = (n.id for n in ast.walk(loop) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store))
        notes[id(loop)] = frozenset(stored)
    found: frozenset[str] = notes[id(loop)]
    return found


def called_in(loop: Loop, module: Module) -> frozenset[str]:
    """The last parts of the names that a turn of the loop calls."""
    notes = module.notes.setdefault("ml.called", {})
    if id(loop) not in notes:
        functions = (n.func for n in ast.walk(loop) if isinstance(n, ast.Call))
        notes[id(loop)] = frozenset(f.attr if isinstance(f, ast.Attribute) else getattr(f, "id", "") for f in functions)
    found: frozenset[str] = notes[id(loop)]
    return found


def depends_on(node: ast.AST, names: frozenset[str]) -> bool:
    """Whether an expression reads one of the names."""
    return any(isinstance(part, ast.Name) and part.id in names for part in ast.walk(node))
