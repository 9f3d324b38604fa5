"""GL818 llm-call-unbounded."""

from __future__ import annotations

import ast

from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.rules.ml._chats import CALLEES, is_shaped, is_unbounded
from greenlint.rules.ml._loads import is_cached
from greenlint.source.calls import last_name
from greenlint.source.infer import dotted
from greenlint.source.module import FunctionNode
from greenlint.source.places import is_test
from greenlint.source.repeat import repeating_loops

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module
    from greenlint.source.repeat import Loop

_ATTEMPTS = ("attempt", "retries", "retry", "tries")
_SHAPED = 40
"""The answer has a form, or is read as it comes."""
_ONCE = 25
"""No loop of this file repeats it."""


class LlmCallUnbounded(FileRule):
    """A language model answers once per turn of a loop, at any length, and nothing remembers its answers.

    ## Why it wastes

    A model computes one token after the other, and each takes the same work: the energy of an answer grows with its length. Without a
    bound a model that rambles, repeats itself or explains a label that was to be one word runs on until its own limit,
    thousands of tokens away, once for each item. Pass the most tokens that the program reads (`max_tokens`,
    `max_completion_tokens`, `max_output_tokens`), and keep the answers to questions that come again.

    ## When to leave it alone

    When the whole text is the product, however long. The rule is silent where a bound is given, where arguments are handed
    through (`**options`), in tests, and where a cache is mentioned around the call. Answers with a given form
    (`response_format`, `tools`) and streams get confidence 40; calls outside of loops, and in loops that only try again, 25.

    ## Evidence

    A small model of three-letter sequences stands in for a language model, in the same process: it writes until its text
    ends, or the bound is reached, of which the program reads the first word. Whole processes, CPython 3.11.7: 0.80 -> 0.091 s of
    CPU for 5,000 questions, 0.22 -> 0.069 s for 1,000, 0.11 -> 0.067 s for 200 (`python benchmarks/rules/run.py
    GL818`). The ratio of a real model is that of the lengths of its answers.

    In preview: 2.7 million lines of 30 packages that work with language models hold 26 such calls (`greenlint check --pedantic
    --select GL818`), all but one of them outside of loops; that one only tries again.
    """

    code = "GL818"
    name = "llm-call-unbounded"
    effect = Effect(
        EffectClass.AVOIDED_RUN,
        "answers of any length, once per turn (5,000 questions of a stand-in: 0.80 -> 0.091 s of CPU)",
        "bench GL818",
    )
    confidence = 60
    preview = True
    callees = CALLEES
    examples = (
        Bad(
            "from openai import OpenAI\n\nclient = OpenAI()\n\ndef labels(texts):\n    for text in texts:\n"
            "        yield client.chat.completions.create(model='gpt-4o', messages=ask(text))\n",
            lines=(7,),
        ),
        Good(
            "from openai import OpenAI\n\nclient = OpenAI()\n\ndef labels(texts):\n    for text in texts:\n"
            "        yield client.chat.completions.create(model='gpt-4o', messages=ask(text), max_completion_tokens=5)\n",
            "a bound",
        ),
        Good(
            "from openai import OpenAI\nfrom functools import cache\n\nclient = OpenAI()\n\n@cache\ndef label(text):\n"
            "    return client.chat.completions.create(model='gpt-4o', messages=ask(text))\n",
            "remembered",
        ),
    )

    def check(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding when `node` asks a language model for an answer of any length that nothing remembers."""
        if not is_unbounded(node, module) or is_test(module.path) or _is_remembered(node, module):
            return
        repeated = _is_repeated(node, module)
        confidence = _ONCE if not repeated else _SHAPED if is_shaped(node) else None
        often = ", once per turn" if repeated else ""
        message = f"`{dotted(node.func) or last_name(node.func)}` may answer at any length{often}; bound it by the tokens that are read, and cache what recurs"
        yield self.finding(node, module, message, confidence=confidence)


def _is_repeated(node: ast.Call, module: Module) -> bool:
    """Whether a loop runs `node`, or calls the function that it stands in."""
    function = module.function(node)
    calls = [node, *(module.calls(function.name) if function is not None else ())]
    return any(not _tries_again(loop, module) for call in calls for loop in repeating_loops(call, module))


def _tries_again(loop: Loop, module: Module) -> bool:
    """Whether a loop repeats one question until it is answered: `for attempt in range(5)`."""
    if isinstance(loop, ast.While):
        head = module.text(loop.test)
    elif isinstance(loop, (ast.For, ast.AsyncFor)):
        head = f"{module.text(loop.target)} {module.text(loop.iter)}"
    else:
        return False
    return any(word in head.lower() for word in _ATTEMPTS)


def _is_remembered(node: ast.Call, module: Module) -> bool:
    """Whether something around the call says that answers are kept."""
    if "set_llm_cache" in module.index.calls or module.holds(frozenset({b"litellm.cache", b"enable_cache("})):
        return True
    for ancestor in module.ancestors(node):
        if isinstance(ancestor, FunctionNode):
            return is_cached(ancestor) or any("cache" in name for name in _names(ancestor))
    return False


def _names(function: ast.AST) -> Iterator[str]:
    for node in ast.walk(function):
        if isinstance(node, ast.Name):
            yield node.id.lower()
        elif isinstance(node, ast.Attribute):
            yield node.attr.lower()
