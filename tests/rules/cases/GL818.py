"""GL818: calls of language models that nothing bounds."""

F = "from openai import OpenAI\nclient = OpenAI()\n"
L = "for q in questions:\n    "
C = "client.chat.completions.create(model='m', messages=ask(q)"
A = "import asyncio\nfrom openai import AsyncOpenAI\nclient = AsyncOpenAI()\n"

BAD = {
    "chat": (F + L + f"print({C}))\n", [4]),
    "of an object": (
        f"class A:\n    def f(self, qs):\n        for q in qs:\n            {C.replace('client', 'self.llm')})\n",
        [4],
    ),
    "in a comprehension": (F + f"xs = [{C}) for q in questions]\n", [3]),
    "parsed": (F + L + "client.beta.chat.completions.parse(model='m', messages=ask(q))\n", [4]),
    "responses": (F + L + "client.responses.create(model='m', input=q)\n", [4]),
    "module": ("import openai\n" + L + "openai.chat.completions.create(model='m', messages=ask(q))\n", [3]),
    "the older module": ("import openai\n" + L + "openai.ChatCompletion.create(model='m', messages=ask(q))\n", [3]),
    "asynchronous": (
        A + f"async def f(qs):\n    for q in qs:\n        await {C})\n",
        [6],
    ),
    "litellm": ("import litellm\n" + L + "litellm.completion(model='m', messages=ask(q))\n", [3]),
    "litellm by name": ("from litellm import completion\n" + L + "completion(model='m', messages=ask(q))\n", [3]),
    "litellm by another name": ("from litellm import completion as c\n" + L + "c(model='m', messages=ask(q))\n", [3]),
    "ollama": ("import ollama\n" + L + "ollama.chat(model='m', messages=ask(q))\n", [3]),
    "ollama's generate": ("import ollama\n" + L + "ollama.generate('m', q)\n", [3]),
    "mistral": ("from mistralai import Mistral\n" + L + "client.chat.complete(model='m', messages=ask(q))\n", [3]),
    "gemini": ("import google.generativeai as g\nmodel = g.GenerativeModel('m')\n" + L + "model.generate_content(q)\n", [4]),
    "gemini's client": ("from google import genai\n" + L + "client.models.generate_content(model='m', contents=q)\n", [3]),
    "vertex": ("from vertexai.generative_models import GenerativeModel\n" + L + "model.generate_content(q)\n", [3]),
    "a loop that calls the function": (
        F + f"def one(q):\n    return {C})\nfor q in questions:\n    one(q)\n",
        [4],
    ),
    "until it is done": (F + f"while not done(q):\n    q = {C})\n", [4]),
    "not a stream": (F + L + f"{C}, stream=False)\n", [4]),
}

GOOD = {
    "by LangChain, bounded": "from langchain_openai import ChatOpenAI\nfor q in qs:\n"
    "    ChatOpenAI(model='m', max_tokens=9).invoke(q)\n",
    "max_tokens": F + L + f"{C}, max_tokens=5)\n",
    "max_completion_tokens": F + L + f"{C}, max_completion_tokens=n)\n",
    "max_output_tokens": F + L + "client.responses.create(model='m', input=q, max_output_tokens=5)\n",
    "options of the caller": F + L + "client.chat.completions.create(messages=ask(q), **options)\n",
    "in the body": F + L + f"{C}, extra_body={{'max_tokens': 5}})\n",
    "remembered": "from functools import cache\n" + F + f"@cache\ndef one(q):\n    return {C})\nxs = [one(q) for q in qs]\n",
    "remembered on disk": F + f"@memory.cache\ndef one(q):\n    return {C})\nxs = [one(q) for q in qs]\n",
    "a cache of its own": F + f"def one(q):\n    if q not in cache:\n        cache[q] = {C})\n"
    "    return cache[q]\nxs = [one(q) for q in qs]\n",
    "a cache of the library": "import litellm\nlitellm.cache = litellm.Cache()\n"
    + L
    + "litellm.completion(model='m', messages=ask(q))\n",
    "anthropic, which asks for a bound": "import anthropic\n"
    + L
    + "client.messages.create(model='m', max_tokens=9, messages=ask(q))\n",
    "completions of old, which are short": F + L + "client.completions.create(model='m', prompt=q)\n",
    "litellm with a bound": "import litellm\n" + L + "litellm.completion(model='m', messages=ask(q), max_tokens=5)\n",
    "ollama with options": "import ollama\n" + L + "ollama.chat(model='m', messages=ask(q), options={'num_predict': 5})\n",
    "gemini with a configuration": "from google import genai\n"
    + L
    + "client.models.generate_content(model='m', contents=q, config=config)\n",
    "images": F + L + "client.images.generate(model='m', prompt=q)\n",
    "embeddings": F + L + "client.embeddings.create(model='m', input=q)\n",
    "answers of something else": L + "client.responses.create(input=q)\n",
    "a chat of people": "from slack import client\n" + L + "client.chat(q)\n",
    "their own completion": "from mine import completion\n" + L + "completion(model='m', messages=ask(q))\n",
    "a shell's completion": "import argcomplete\n" + L + "argcomplete.completion(q)\n",
}

PEDANTIC = {
    "a client of its own": ("from openai import OpenAI\nx = OpenAI().chat.completions.create(model='m', messages=m)\n", [2]),
    "by LangChain": ("from langchain_openai import ChatOpenAI\nmodel = ChatOpenAI(model='m')\n", [2]),
    "another attempt": (F + f"for attempt in range(retries):\n    try:\n        {C})\n    except E:\n        pass\n", [5]),
    "until it is answered": (F + f"while tries < n:\n    tries += 1\n    {C})\n", [5]),
    "once": (F + f"{C})\n", [3]),
    "a form": (F + L + f"{C}, response_format=F)\n", [4]),
    "a stream": (F + L + f"{C}, stream=True)\n", [4]),
    "three": (F + f"for q in ('a', 'b', 'c'):\n    {C})\n", [4]),
}
