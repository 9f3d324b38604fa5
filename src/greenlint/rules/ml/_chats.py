"""Calls that have a language model write text, and what bounds how much it writes."""

from __future__ import annotations

import ast

TYPE_CHECKING = False
if TYPE_CHECKING:
    from greenlint.source.module import Module

_ANSWER = frozenset({"max_tokens", "max_completion_tokens"})
_BY_END = (
    ("chat.completions.create", frozenset[str](), _ANSWER),
    ("chat.completions.parse", frozenset[str](), _ANSWER),
    ("ChatCompletion.create", frozenset({"openai"}), _ANSWER),
    ("ChatCompletion.acreate", frozenset({"openai"}), _ANSWER),
    ("responses.create", frozenset({"openai"}), frozenset({"max_output_tokens"})),
    ("responses.parse", frozenset({"openai"}), frozenset({"max_output_tokens"})),
    ("chat.complete", frozenset({"mistralai"}), _ANSWER),
    ("chat.complete_async", frozenset({"mistralai"}), _ANSWER),
    ("generate_content", frozenset({"google", "vertexai"}), frozenset({"config", "generation_config"})),
    ("generate_content_async", frozenset({"google", "vertexai"}), frozenset({"config", "generation_config"})),
)
"""How the callee ends, the packages that say whose it is (none where the end says so itself), and the arguments that bound it.

`messages.create` of Anthropic is not here, for it cannot be called without `max_tokens`; nor are OpenAI's older
`completions.create`, which stops after 16 tokens by itself."""
_BY_NAME = {
    "langchain_google_genai.ChatGoogleGenerativeAI": frozenset({"max_output_tokens", "max_tokens"}),
    "langchain_groq.ChatGroq": _ANSWER,
    "langchain_mistralai.ChatMistralAI": _ANSWER,
    "langchain_ollama.ChatOllama": frozenset({"num_predict"}),
    "langchain_openai.AzureChatOpenAI": _ANSWER,
    "langchain_openai.ChatOpenAI": _ANSWER,
    "litellm.acompletion": _ANSWER,
    "litellm.completion": _ANSWER,
    "ollama.chat": frozenset({"options"}),
    "ollama.generate": frozenset({"options"}),
}
_EVERYWHERE = frozenset({"extra_body"})
"""Arguments in which anything may be said."""
_SHAPED = frozenset({"functions", "response_format", "text_format", "tools", "format"})
"""Arguments that give the answer a shape, so that it seldom runs on; and of a stream the program may read a part only."""
CALLEES = frozenset([end.rpartition(".")[2] for end, _, _ in _BY_END] + [name.rpartition(".")[2] for name in _BY_NAME])


def is_unbounded(call: ast.Call, module: Module) -> bool:
    """Whether the call has a language model answer at any length; False for other calls and where arguments are handed through."""
    if any(keyword.arg is None for keyword in call.keywords) or any(isinstance(one, ast.Starred) for one in call.args):
        return False
    bounds = _bounds(call, module)
    return bounds is not None and not any(keyword.arg in bounds | _EVERYWHERE for keyword in call.keywords)


def is_shaped(call: ast.Call) -> bool:
    """Whether something else than a bound keeps most answers short."""
    return any(
        keyword.arg in _SHAPED or (keyword.arg == "stream" and not _is_false(keyword.value)) for keyword in call.keywords
    )


def _bounds(call: ast.Call, module: Module) -> frozenset[str] | None:
    by_name = _BY_NAME.get(module.qualified_name(call.func) or "")
    if by_name is not None:
        return by_name
    written = _path(call.func)
    for end, packages, bounds in _BY_END:
        if written.endswith(f".{end}") and (not packages or not packages.isdisjoint(module.packages)):
            return bounds
    return None


def _path(func: ast.expr) -> str:
    """The attributes of the callee, also after a call: ".responses.create" of `OpenAI().responses.create`."""
    path = ""
    while isinstance(func, ast.Attribute):
        path, func = f".{func.attr}{path}", func.value
    return path


def _is_false(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and not node.value
