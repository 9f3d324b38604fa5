"""GL802: models that are loaded for each use, and those that are kept, differ, or are trained."""

J = "import joblib\n"
F = "def f(rows, path):\n    for row in rows:\n"
M = "        model = joblib.load('model.pkl')\n        use(model.predict(row))\n"
H = "    model = joblib.load('model.pkl')\n    return model.predict(x)\n"

BAD = {
    "pickled": (
        "import pickle\ndef f(rows):\n    for row in rows:\n        with open('m.pkl', 'rb') as file:\n"
        "            use(pickle.load(file).predict(row))\n",
        [5],
    ),
    "used at once, in a function that a loop calls": (
        "import spacy\ndef tokens(t):\n    return spacy.load('de').encode(t)\ndef f(ts):\n    return [tokens(t) for t in ts]\n",
        [3],
    ),
    "a loop": (J + F + M, [4]),
    "a path from outside": (J + F + "        model = joblib.load(path)\n        use(model.predict(row))\n", [4]),
    "used at once": (J + F + "        use(joblib.load('model.pkl').predict(row))\n", [4]),
    "a comprehension": (J + "y = [joblib.load('model.pkl').predict(r) for r in rows]\n", [2]),
    "a while loop": (J + "while rows:\n    model = joblib.load('model.pkl')\n    use(model, rows.pop())\n", [3]),
    "an alias": ("import joblib as jl\nfor r in rows:\n    model = jl.load('m')\n    use(model, r)\n", [3]),
    "an imported function": ("from joblib import load\nfor r in rows:\n    model = load('m')\n    use(model, r)\n", [3]),
    "torch": ("import torch\nfor r in rows:\n    model = torch.load('m.pt')\n    use(model(r))\n", [3]),
    "torch hub": ("import torch\nfor r in rows:\n    use(torch.hub.load('a/b', 'resnet')(r))\n", [3]),
    "transformers": (
        "from transformers import AutoModel\nfor t in texts:\n    m = AutoModel.from_pretrained('bert')\n    use(m(t))\n",
        [3],
    ),
    "a tokenizer": (
        "from transformers import AutoTokenizer\nfor t in texts:\n"
        "    k = AutoTokenizer.from_pretrained('bert')\n    use(k(t))\n",
        [3],
    ),
    "a pipeline": ("from transformers import pipeline\nfor t in texts:\n    use(pipeline('summarization')(t))\n", [3]),
    "sentences": (
        "from sentence_transformers import SentenceTransformer\nfor t in texts:\n"
        "    m = SentenceTransformer('a')\n    use(m.encode(t))\n",
        [3],
    ),
    "spacy": ("import spacy\nfor t in texts:\n    nlp = spacy.load('en')\n    use(nlp(t))\n", [3]),
    "keras": ("from keras.models import load_model\nfor r in rows:\n    m = load_model('m.h5')\n    use(m.predict(r))\n", [3]),
    "flask": (J + "@app.route('/p')\ndef p():\n    x = read()\n" + H, [5]),
    "fastapi": (J + "@app.post('/p')\nasync def p(x):\n" + H, [4]),
    "a job": (J + "@shared_task\ndef p(x):\n" + H, [4]),
    "a job with brackets": (J + "@app.task(bind=True)\ndef p(self, x):\n" + H, [4]),
    "lambda": (J + "def lambda_handler(event, x):\n" + H, [3]),
    "a function that a loop calls": (J + "def p(x):\n" + H + "\nfor r in rows:\n    print(p(r))\n", [3]),
    "a function in a comprehension": (J + "def p(x):\n" + H + "\ndef g(rows):\n    return [p(r) for r in rows]\n", [3]),
    "onnx": ("import onnxruntime as rt\nfor r in rows:\n    use(rt.InferenceSession('m.onnx').run(None, r))\n", [3]),
    "whisper": ("import whisper\nfor r in rows:\n    m = whisper.load_model('base')\n    use(m.transcribe(r))\n", [3]),
}

GOOD = {
    "pickled data": "import pickle\ndef f(rows):\n    for row in rows:\n"
    "        with open('rows', 'rb') as file:\n            use(pickle.load(file), row)\n",
    "a pickle for each": "import pickle\ndef f(paths):\n    for path in paths:\n"
    "        with open(path, 'rb') as file:\n            use(pickle.load(file).predict(x))\n",
    "before the loop": J + "model = joblib.load('m')\nfor r in rows:\n    use(model.predict(r))\n",
    "another model in each turn": J + "for p in paths:\n    model = joblib.load(p)\n    use(model)\n",
    "a path made in the turn": J + "for n in names:\n    p = f'{n}.pkl'\n    model = joblib.load(p)\n    use(model)\n",
    "a path made by a call": J + "for n in names:\n    model = joblib.load(newest('models'))\n    use(model)\n",
    "fresh weights to train": "import torch\nfor fold in folds:\n    model = torch.load('m.pt')\n    model.fit(fold)\n",
    "fine-tuned": "from transformers import AutoModel, Trainer\nfor s in seeds:\n"
    "    m = AutoModel.from_pretrained('b')\n    Trainer(m).train()\n",
    "weights put back": "import torch\nfor r in rows:\n    model.load_state_dict(torch.load('model.pt'))\n    use(model(r))\n",
    "kept in a dictionary": J + "for r in rows:\n    if r not in models:\n        models[r] = joblib.load('model.pkl')\n",
    "loaded when needed": J
    + "model = None\nfor r in rows:\n    if model is None:\n        model = joblib.load('m')\n    use(model, r)\n",
    "until it works": J
    + "while True:\n    try:\n        model = joblib.load('model.pkl')\n        break\n    except OSError:\n"
    "        wait()\n",
    "two turns": J + "for n in (1, 2):\n    model = joblib.load('model.pkl')\n    use(model, n)\n",
    "data, not a model": J + "for r in rows:\n    use(joblib.load('table.pkl'), r)\n",
    "a cache": J + "from functools import cache\n@cache\ndef p(x):\n" + H + "\nfor r in rows:\n    p(r)\n",
    "streamlit's cache": J + "import streamlit as st\n@st.cache_resource\ndef p(x):\n" + H + "\nfor r in rows:\n    p(r)\n",
    "a global": J + "model = None\n@app.route('/p')\ndef p():\n    global model\n    model = joblib.load('model.pkl')\n",
    "an attribute": J + "class A:\n    @app.route('/p')\n    def p(self):\n        self.model = joblib.load('model.pkl')\n",
    "the caller says which": J + "@app.route('/p/<name>')\ndef p(name):\n    return joblib.load(f'model-{name}').predict(1)\n",
    "a program": J + "def main():\n    model = joblib.load('model.pkl')\n    print(model.predict(1))\n\nmain()\n",
    "a loader": J + "def load():\n    model = joblib.load('model.pkl')\n    return model\n",
    "not a call of a library": "for r in rows:\n    use(load('model.pkl'), r)\n",
    "a config": "from transformers import AutoConfig\nfor r in rows:\n    use(AutoConfig.from_pretrained('b'), r)\n",
    "pipeline of one's own": "from mine import pipeline\nimport transformers\nfor r in rows:\n    use(pipeline('a'), r)\n",
    "json": "import json\nimport joblib\nfor r in rows:\n    use(json.load(model_file))\n",
}
