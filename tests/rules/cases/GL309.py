"""Texts that GL309 must and must not report."""

BAD = {
    "safe_load of an open file": ("import yaml\nwith open(p) as f:\n    d = yaml.safe_load(f)\n", [3]),
    "alias of the module": ("import yaml as y\nd = y.safe_load(open(p))\n", [2]),
    "imported function": ("from yaml import safe_load\nd = safe_load(open(p))\n", [2]),
    "all documents": ("import yaml\nfor d in yaml.safe_load_all(stream):\n    use(d)\n", [2]),
    "full_load": ("import yaml\nd = yaml.full_load(stream)\n", [2]),
    "full_load_all": ("import yaml\nd = list(yaml.full_load_all(stream))\n", [2]),
    "load with Loader by keyword": ("import yaml\nd = yaml.load(stream, Loader=yaml.SafeLoader)\n", [2]),
    "load with Loader by position": ("import yaml\nd = yaml.load(stream, yaml.FullLoader)\n", [2]),
    "load with the general loader": ("import yaml\nd = yaml.load(stream, Loader=yaml.Loader)\n", [2]),
    "imported loader": ("from yaml import SafeLoader, load\nd = load(stream, Loader=SafeLoader)\n", [2]),
    "loader of the submodule": ("import yaml\nimport yaml.loader\nd = yaml.load(s, yaml.loader.SafeLoader)\n", [3]),
    "in a comprehension": ("import yaml\nds = [yaml.safe_load(p.read_text()) for p in paths]\n", [2]),
    "in an async function": ("import yaml\nasync def f(r):\n    return yaml.safe_load(await r.text())\n", [3]),
    "import inside the function": (
        "def f(p):\n    import yaml\n    with open(p) as s:\n        return yaml.safe_load(s) or {}\n",
        [4],
    ),
    "walrus": ("import yaml\nif (d := yaml.safe_load(stream)):\n    use(d)\n", [2]),
    "in a lambda": ("import yaml\nread = lambda s: yaml.safe_load(s)\n", [2]),
    "in a method with try": (
        "import yaml\nclass A:\n    def read(self):\n        try:\n            return yaml.safe_load(self.stream)\n"
        "        except yaml.YAMLError:\n            return None\n",
        [5],
    ),
    "several lines": ("import yaml\nd = yaml.load(\n    stream,\n    Loader=yaml.SafeLoader,\n)\n", [2]),
    "text of a parameter": ("import yaml\ndef f(text: str):\n    return yaml.safe_load(text)\n", [3]),
    "text that is read": ("import yaml\nfrom pathlib import Path\nt = Path('a.yml').read_text()\nd = yaml.safe_load(t)\n", [4]),
    "in a match": ("import yaml\nmatch kind:\n    case 'y':\n        d = yaml.safe_load(s)\n", [4]),
    "name bound to a text in one branch only": (
        "import yaml\ndef f(p):\n    t = ''\n    if p:\n        t = p.read()\n    return yaml.safe_load(t)\n",
        [6],
    ),
}
PEDANTIC = {
    "safe_dump": ("import yaml\nyaml.safe_dump(rows, stream)\n", [2]),
    "dump": ("import yaml\ntext = yaml.dump(rows, sort_keys=False)\n", [2]),
    "dump by its name": ("from yaml import dump_all as put\nput(documents, stream)\n", [2]),
}

GOOD = {
    "a dumper of its own": "import yaml\nyaml.dump(rows, Dumper=Fast)\n",
    "a dumper by position": "import yaml\nyaml.dump(rows, stream, yaml.CSafeDumper)\n",
    "representers of its own": "import yaml\nyaml.add_representer(Row, show)\nyaml.dump(rows)\n",
    "the loader in C": "import yaml\nd = yaml.load(s, Loader=yaml.CSafeLoader)\n",
    "the loader in C, imported": "from yaml import CSafeLoader, load\nd = load(s, Loader=CSafeLoader)\n",
    "fallback by getattr": "import yaml\nL = getattr(yaml, 'CSafeLoader', yaml.SafeLoader)\nd = yaml.load(s, Loader=L)\n",
    "fallback by import": (
        "import yaml\ntry:\n    from yaml import CSafeLoader as L\nexcept ImportError:\n"
        "    from yaml import SafeLoader as L\n"
        "d = yaml.load(s, Loader=L)\n"
    ),
    "own loader": "import yaml\nclass L(yaml.SafeLoader):\n    pass\nd = yaml.load(s, Loader=L)\n",
    "loader as a parameter": "import yaml\ndef f(s, L=yaml.SafeLoader):\n    return yaml.load(s, Loader=L)\n",
    "constructors are registered": "import yaml\nyaml.add_constructor('!x', f, yaml.SafeLoader)\nd = yaml.safe_load(s)\n",
    "resolvers are registered": "import yaml\nyaml.SafeLoader.add_implicit_resolver('!x', r, None)\nd = yaml.safe_load(s)\n",
    "a literal": "import yaml\nd = yaml.safe_load('a: 1')\n",
    "bytes": "import yaml\nd = yaml.safe_load(b'a: 1')\n",
    "a literal of several lines": 'import yaml\nd = yaml.safe_load("""\na: 1\nb: 2\n""")\n',
    "an f-string": "import yaml\nd = yaml.safe_load(f'a: {x}')\n",
    "a dedented literal": "import textwrap\nimport yaml\nd = yaml.safe_load(textwrap.dedent('''\n    a: 1\n'''))\n",
    "a name of a literal": "import yaml\nTEXT = 'a: 1'\nd = yaml.safe_load(TEXT)\n",
    "a formatted literal": "import yaml\nd = yaml.safe_load('a: {}'.format(x))\n",
    "a literal with operator": "import yaml\nd = yaml.safe_load('a: %s' % x)\n",
    "a literal in memory": "import io\nimport yaml\nd = yaml.safe_load(io.StringIO('a: 1'))\n",
    "another library": "from ruamel import yaml\nd = yaml.safe_load(s)\n",
    "a relative module": "from . import yaml\nd = yaml.safe_load(s)\n",
    "a method of that name": "import yaml\nd = self.safe_load(s)\n",
    "own function of that name": "import yaml\ndef safe_load(s):\n    return s\nd = safe_load(s)\n",
    "load of json": "import json\nimport yaml\nd = json.load(f)\nyaml.dump(d, g)\n",
    "dumping": "import yaml\nyaml.safe_dump(data, stream)\n",
    "no argument": "import yaml\nd = yaml.safe_load()\n",
    "no loader": "import yaml\nd = yaml.load(s)\n",
    "the base loader": "import yaml\nd = yaml.load(s, Loader=yaml.BaseLoader)\n",
    "only mentioned": "import yaml\nread = yaml.safe_load\n",
}
