"""GL809: models asked about one item per turn, and those that cannot be asked otherwise."""

J = "import joblib\nm = joblib.load('m')\n"
L = "for r in rows:\n"
S = "from sentence_transformers import SentenceTransformer\nm = SentenceTransformer('a')\n"
P = "from transformers import pipeline\np = pipeline('summarization')\n"
Y = "import spacy\nnlp = spacy.load('en')\n"

BAD = {
    "reshape": (J + L + "    use(m.predict(r.reshape(1, -1)))\n", [4]),
    "a list of one": (J + L + "    use(m.predict([r]))\n", [4]),
    "the first answer": (J + L + "    use(m.predict([r])[0])\n", [4]),
    "probabilities": (J + L + "    use(m.predict_proba([r])[0][1])\n", [4]),
    "expand_dims": ("import numpy as np\nimport keras\n" + L + "    use(m.predict(np.expand_dims(r, 0)))\n", [4]),
    "expand_dims by keyword": (
        "import numpy as np\nimport keras\n" + L + "    use(m.predict(np.expand_dims(r, axis=0)))\n",
        [4],
    ),
    "an array of one": ("import numpy as np\n" + J + L + "    use(m.predict(np.array([r])))\n", [5]),
    "None": ("import tensorflow\n" + L + "    use(m.predict(r[None]))\n", [3]),
    "newaxis": ("import keras\nimport numpy as np\n" + L + "    use(m.predict(r[np.newaxis, ...]))\n", [4]),
    "prepared in the turn": (J + L + "    x = scale(r)\n    use(m.predict(x.reshape(1, -1)))\n", [5]),
    "prepared in two steps": (J + L + "    x = parse(r)\n    y = scale(x)\n    use(m.predict([y]))\n", [6]),
    "an attribute of the item": (J + L + "    use(m.predict([r.values]))\n", [4]),
    "a comprehension": (J + "y = [m.predict([r])[0] for r in rows]\n", [3]),
    "a dict comprehension": (J + "y = {k: m.predict([r]) for k, r in rows.items()}\n", [3]),
    "enumerate": (J + "for i, r in enumerate(rows):\n    out[i] = m.predict([r])\n", [4]),
    "iterrows": (J + "for i, r in frame.iterrows():\n    use(m.predict([r]))\n", [4]),
    "a model of the class": (
        "import sklearn\nclass A:\n    def f(self, rows):\n        return [self.m.predict([r]) for r in rows]\n",
        [4],
    ),
    "sentences": (S + "y = [m.encode(t) for t in texts]\n", [3]),
    "sentences in a loop": (S + "for t in texts:\n    use(m.encode(t, convert_to_tensor=True))\n", [4]),
    "sentences one by one in lists": (S + "for t in texts:\n    use(m.encode([t])[0])\n", [4]),
    "a pipeline": (P + "for t in texts:\n    use(p(t)[0])\n", [4]),
    "spacy": (Y + "for t in texts:\n    use(nlp(t).ents)\n", [4]),
    "spacy in a comprehension": (Y + "docs = [nlp(t) for t in texts]\n", [3]),
    "a pipeline of the class": (
        "from transformers import pipeline\nclass A:\n    def __init__(self):\n"
        "        self.p = pipeline('a')\n    def f(self, ts):\n"
        "        return [self.p(t) for t in ts]\n",
        [6],
    ),
}

GOOD = {
    "all at once": J + "y = m.predict(rows)\n",
    "one item, no loop": J + "y = m.predict([row])\n",
    "batches": J + "for batch in batches:\n    use(m.predict(batch))\n",
    "slices": S + "for i in range(0, n, 64):\n    use(m.encode(texts[i:i + 64]))\n",
    "slices with a name": P + "for i in range(0, n, 64):\n    part = texts[i:i + 64]\n    use(p(part))\n",
    "a batch of texts": S + "for batch in loader:\n    use(m.encode(batch['text']))\n",
    "chunks": P + "for chunk in chunks:\n    use(p(chunk))\n",
    "the answer is the next question": J + "x = start\nfor _ in range(n):\n    x = m.predict([x])[0]\n",
    "carried on": J + "h = []\nfor r in rows:\n    h = h + [r]\n    use(m.predict(np.array([h])))\n",
    "a game": J + "for t in range(n):\n    a = m.predict([state])\n    state = env.step(a)\n",
    "a camera": "import keras\nwhile True:\n    f = cap.read()\n    use(m.predict(f[None]))\n",
    "a camera in a for loop": "import keras\nfor i in count():\n    f = cap.read(i)\n    use(m.predict(f[None]))\n",
    "until one fits": J + L + "    if m.predict([r])[0]:\n        break\n",
    "trained in the turn": J + L + "    m.fit(x, y)\n    use(m.predict([r]))\n",
    "another model in each turn": J + "for k in models:\n    use(k.predict([k]))\n",
    "three items": J + "for r in (a, b, c):\n    use(m.predict([r]))\n",
    "the same input": J + "for i in range(n):\n    use(m.predict([row]), i)\n",
    "many rows in each": J + "for part in parts:\n    use(m.predict(part))\n",
    "two items": J + L + "    use(m.predict([r, other]))\n",
    "reshape to a column": J + "for r in rows:\n    use(m.predict(r.reshape(-1, 1)))\n",
    "no learner": "for r in rows:\n    use(m.predict([r]))\n",
    "another encode": S + "for t in texts:\n    use(t.encode('utf-8'))\n",
    "spacy's own way": Y + "for doc in nlp.pipe(texts):\n    use(doc.ents)\n",
    "async": J + "async def f():\n    async for r in stream():\n        use(m.predict([r]))\n",
    "in a nested function": J + "for r in rows:\n    def f(q):\n        return m.predict([q])\n",
}

PEDANTIC = {
    "a network of unknown input": ("import torch\nfor r in rows:\n    use(net(r.unsqueeze(0)))\n", [3]),
    "it may end early": (J + L + "    if m.predict([r])[0]:\n        break\n", [4]),
}
