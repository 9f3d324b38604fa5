"""Texts that GL211 must and must not report."""

from marks import marked, plain

BAD = marked(
    {
        "by the name of the argument": """
import re

def f(xs):
    for x in xs:
        print(re.fullmatch(pattern="e+", string=x))  # !
""",
        "search": """
import re

def f(lines):
    for line in lines:
        if re.search('[0-9]+', line):  # !
            print(line)
""",
        "match": """
import re

def f(lines):
    return [line for line in lines if re.match(r'\\s*#', line)]  # !
""",
        "sub": """
import re

def f(lines):
    return [re.sub(r'\\s+', ' ', line) for line in lines]  # !
""",
        "split": """
import re

def f(lines):
    return [re.split('[,;]', line) for line in lines]  # !
""",
        "findall": """
import re

def f(lines):
    for line in lines:
        print(re.findall('[a-z]+', line))  # !
""",
        "finditer": """
import re

def f(lines):
    for line in lines:
        for found in re.finditer('[a-z]+', line):  # !
            print(found)
""",
        "fullmatch": """
import re

def f(lines):
    return all(re.fullmatch('[a-z]+', line) for line in lines)  # !
""",
        "compile": """
import re

def f(lines):
    for line in lines:
        pattern = re.compile('[a-z]+')  # !
        print(pattern.findall(line))
""",
        "compile and use": """
import re

def f(lines):
    for line in lines:
        print(re.compile('[a-z]+', re.I).findall(line))  # !
""",
        "with flags": """
import re

def f(lines):
    for line in lines:
        print(re.search('[a-z]+', line, re.IGNORECASE))  # !
""",
        "bytes": """
import re

def f(lines):
    for line in lines:
        print(re.search(b'[a-z]+', line))  # !
""",
        "strings side by side": """
import re

def f(lines):
    for line in lines:
        print(re.search('[a-z]+' '[0-9]', line))  # !
""",
        "strings added": """
import re

def f(lines):
    for line in lines:
        print(re.search('[a-z]+' + '[0-9]', line))  # !
""",
        "an alias": """
import re as regex

def f(lines):
    for line in lines:
        print(regex.search('[a-z]+', line))  # !
""",
        "the function imported": """
from re import search

def f(lines):
    for line in lines:
        print(search('[a-z]+', line))  # !
""",
        "while": """
import re

def f(text):
    while re.search('[(][)]', text):  # !
        text = text.replace('()', '')
""",
        "async": """
import re

async def f(stream):
    async for line in stream:
        print(re.search('[a-z]+', line))  # !
""",
        "in a condition": """
import re

def f(lines):
    for line in lines:
        if line.startswith('#'):
            continue
        elif re.search('[a-z]+', line):  # !
            print(line)
""",
        "the regex package": """
import regex

def f(lines):
    for line in lines:
        print(regex.search('[a-z]+', line))  # !
""",
        "at module level": """
import re
for line in lines:
    print(re.search('[a-z]+', line))  # !
""",
        "walrus": """
import re

def f(lines):
    for line in lines:
        if found := re.search('[a-z]+', line):  # !
            print(found)
""",
        "lines of a file": """
import re

def f(path):
    with open(path) as file:
        for line in file:
            print(re.sub('[a-z]+', '', line))  # !
""",
    }
)

GOOD = plain(
    {
        "at the top": """
import re

WORD = re.compile('[a-z]+')

def f(lines):
    return [WORD.search(line) for line in lines]
""",
        "before the loop": """
import re

def f(lines):
    word = re.compile('[a-z]+')
    return [word.search(line) for line in lines]
""",
        "no loop": """
import re

def f(line):
    return re.search('[a-z]+', line)
""",
        "a pattern that is given": """
import re

def f(lines, word):
    return [re.search(word, line) for line in lines]
""",
        "a pattern of the item": """
import re

def f(words, text):
    return [re.search(word, text) for word in words]
""",
        "a formatted pattern": """
import re

def f(words, text):
    return [re.search(f'{word}s?', text) for word in words]
""",
        "an f-string": """
import re

def f(lines, word):
    return [re.search(f'{word}s?', line) for line in lines]
""",
        "escape": """
import re

def f(words):
    return [re.escape(word) for word in words]
""",
        "a short loop": """
import re

def f(a, b):
    for text in (a, b):
        print(re.search('[a-z]+', text))
""",
        "a few turns": """
import re

def f(text):
    for _ in range(3):
        text = re.sub('[a-z]+', '', text)
""",
        "left at once": """
import re

def f(lines):
    for line in lines:
        return re.search('[a-z]+', line)
""",
        "the iterable": """
import re

def f(text):
    for part in re.split('[,;]', text):
        print(part)
""",
        "the iterable of a comprehension": """
import re

def f(text):
    return [part.strip() for part in re.split('[,;]', text)]
""",
        "a method of a string": """
import re

def f(lines):
    return [line.split(',') for line in lines]
""",
        "their own function": """
def search(pattern, text):
    return None

def f(lines):
    return [search('[a-z]+', line) for line in lines]
""",
        "another module": """
import fnmatch
import re

def f(names):
    return [name for name in names if fnmatch.fnmatch(name, '*.py')]
""",
        "a method called match": """
import re

def f(rules, text):
    return [rule.match('[a-z]+') for rule in rules]
""",
        "a function in a loop": """
import re

def f(rows):
    for row in rows:
        row.test = lambda text: re.search('[a-z]+', text)
""",
        "a function defined in a loop": """
import re

for name in names:
    def f(text):
        return re.search('[a-z]+', text)
""",
        "a loop over a constant": """
import re

def f():
    return [re.sub('[a-z]+', '', name) for name in NAMES]
""",
        "a found name": """
import re

def f(lines):
    for line in lines:
        raise ValueError(re.search('[a-z]+', line))
""",
    }
)

PEDANTIC = {
    "re.match('a', x)": ("import re\nfor x in ['a', 'b']:\n    re.match('a', x)\n", [3]),
    "p = re.compile('a+')": ("import re\ndef f(s):\n    p = re.compile('a+')\n    return p.match(s)\n", [3]),
    "return re.compile('x').match(s) in a method": (
        "import re\nclass A:\n    def m(self, s):\n        return re.compile('x').match(s)\n",
        [4],
    ),
    "re.search(PATTERN, x)": ("import re\nPATTERN = 'x'\ndef f(xs):\n    for x in xs:\n        re.search(PATTERN, x)\n", [5]),
    "r.findall('a', 'b')": ("import re as r\nfor i in range(3):\n    r.findall('a', 'b')\n", [3]),
    "an argument hides the module": ("import re\ndef f(re, xs):\n    for x in xs:\n        re.match('a', x)\n", []),
}
