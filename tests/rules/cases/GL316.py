"""Documents that are read into a DOM to be looked at, and those that are changed or written."""

M = "from xml.dom import minidom\n\n\n"

BAD = {
    "walked": (M + "for n in minidom.parse('a').getElementsByTagName('x'):\n    print(n)\n", [4]),
    "under a name": (
        M + "def f(p):\n    d = minidom.parse(p)\n    return [n.data for n in d.getElementsByTagName('x')]\n",
        [5],
    ),
    "a text": (M + "def f(s):\n    return minidom.parseString(s).documentElement.tagName\n", [5]),
    "the full name": ("import xml.dom.minidom\n\nd = xml.dom.minidom.parse('a')\nprint(d.documentElement)\n", [3]),
    "under another name": ("import xml.dom.minidom as md\n\nd = md.parse('a')\nprint(d)\n", [3]),
    "imported by name": ("from xml.dom.minidom import parse\n\nd = parse('a')\nprint(d)\n", [3]),
    "a text, imported by name": ("from xml.dom.minidom import parseString\n\nd = parseString('<a/>')\nprint(d)\n", [3]),
    "an open file": (M + "with open('a') as f:\n    d = minidom.parse(f)\nprint(d)\n", [5]),
    "a response": (M + "def f(r):\n    return minidom.parseString(r.content).getElementsByTagName('x')[0]\n", [5]),
    "in a method": (M + "class A:\n    def f(self):\n        self.d = minidom.parse(self.p)\n", [6]),
    "in a loop": (M + "def f(ps):\n    for p in ps:\n        print(minidom.parse(p).documentElement)\n", [6]),
    "in a comprehension": (M + "def f(ps):\n    return [minidom.parse(p) for p in ps]\n", [5]),
    "in a coroutine": (M + "async def f(p):\n    d = minidom.parse(p)\n    return d.documentElement\n", [5]),
    "under try": (M + "try:\n    d = minidom.parse('a')\nexcept OSError:\n    d = None\n", [5]),
    "the secure one": ("from defusedxml import minidom\n\nd = minidom.parse('a')\nprint(d)\n", [3]),
    "two of them": (M + "a = minidom.parse('a')\nb = minidom.parse('b')\nprint(a, b)\n", [4, 5]),
    "attributes": (M + "d = minidom.parse('a')\nprint(d.firstChild.getAttribute('x'))\n", [4]),
    "text of nodes": (M + "d = minidom.parse('a')\nprint(d.firstChild.firstChild.nodeValue)\n", [4]),
    "with a buffer": (M + "d = minidom.parse('a', bufsize=9)\nprint(d)\n", [4]),
    "in a lambda": (M + "f = lambda p: minidom.parse(p)\n", [4]),
    "as a default": (M + "def f(d=minidom.parse('a')):\n    return d\n", [4]),
}

PEDANTIC = {
    "handed on": (M + "def f(p):\n    return minidom.parse(p)\n", [5]),
    "a tree that is walked once": (
        "import xml.etree.ElementTree as ET\n\nfor n in ET.parse('a').iter('x'):\n    print(n)\n",
        [3],
    ),
    "a tree, by its root": (
        "import xml.etree.ElementTree as ET\n\ndef f(p):\n    root = ET.parse(p).getroot()\n"
        "    for n in root.findall('x'):\n        print(n)\n",
        [4],
    ),
    "a tree that is used otherwise": ("import xml.etree.ElementTree as ET\n\nprint(ET.parse('a').find('x').text)\n", [3]),
    "lxml": ("from lxml import etree\n\nprint(etree.parse('a').xpath('//x'))\n", [3]),
}

GOOD = {
    "element by element": "import xml.etree.ElementTree as ET\n\nfor _, n in ET.iterparse('a'):\n    n.clear()\n",
    "printed": M + "print(minidom.parseString(s).toprettyxml())\n",
    "printed without indents": M + "d = minidom.parse('a')\nprint(d.toxml())\n",
    "written": M + "d = minidom.parse('a')\nd.writexml(f)\n",
    "an element is added": M + "d = minidom.parse('a')\nd.documentElement.appendChild(x)\n",
    "an element is made": M + "d = minidom.parse('a')\nx = d.createElement('b')\n",
    "an attribute is set": M + "d = minidom.parse('a')\nd.documentElement.setAttribute('a', 'b')\n",
    "an element goes": M + "d = minidom.parse('a')\nd.documentElement.removeChild(x)\n",
    "an attribute goes": M + "d = minidom.parse('a')\nd.documentElement.removeAttribute('x')\n",
    "copied": M + "d = minidom.parse('a')\nprint(d.cloneNode(True))\n",
    "a new document": M + "d = minidom.Document()\n",
    "another parse": "import xml\nimport shop\n\nshop.parse('a')\n",
    "arguments": "import argparse\nimport xml\n\nargparse.ArgumentParser().parse('a')\n",
    "addresses": "import urllib.parse\nimport xml\n\nurllib.parse.urlparse('a')\n",
    "syntax": "import ast\nimport xml\n\nast.parse('a')\n",
    "a tree": "import xml.etree.ElementTree as ET\n\nprint(ET.parse('a').find('x').text)\n",
    "a tree from a text": "import xml.etree.ElementTree as ET\n\nprint(ET.fromstring('<a/>').tag)\n",
    "pulled": "from xml.dom import pulldom\n\nfor e, n in pulldom.parse('a'):\n    print(n)\n",
    "sax": "import xml.sax\n\nxml.sax.parse('a', handler)\n",
    "html": "from lxml import html\n\nhtml.parse('a')\n",
    "expat": "import xml.parsers.expat\n\np = xml.parsers.expat.ParserCreate()\np.Parse('<a/>')\n",
}
