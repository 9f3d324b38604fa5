"""Texts that GL232 must and must not report."""

from marks import plain


def _code(pattern: str, call: str = "re.compile({})") -> str:
    """A file that hands the pattern, written as a raw string in whichever quotes it lacks, to a function."""
    quote = "'" if '"' in pattern else '"'
    return f"import re\n\nPATTERN = {call.format(f'r{quote}{pattern}{quote}')}\n"


BAD = {
    name: (text, [3])
    for name, text in {
        "a repeat of a repeat": _code("(a+)+$"),
        "the quote that ends it stands in a turn": _code('"(?:[^"\\\\]|\\\\.|\\\\")*"'),
        "either way to double a quote": _code("'(\\\\'|\\\\\\\\|[^'])*'"),
        "a star of a star": _code("(a*)*b"),
        "a group without a number": _code("(?:a+)+b"),
        "a named group": _code("(?P<word>[a-z]+)*$"),
        "two alike": _code("(a|a)*c"),
        "two that overlap": _code("(a|ab|b)*c"),
        "a choice of classes": _code("([a-z]x?|[a-f0-9])+!"),
        "an optional end": _code("^(\\w+\\s?)*$"),
        "an optional beginning": _code("^(-?\\w+)*$"),
        "words and blanks": _code("^(\\w+\\s*)+:"),
        "twice in one turn": _code("(x+x+)+y"),
        "counted inside": _code("([a-z]{1,10})+$"),
        "counted outside": _code("([a-z]+){2,}$"),
        "many turns": _code("([a-z]+){1,200}$"),
        "lazy": _code("(a+?)+?b"),
        "anything": _code("^(.*,?)*;$"),
        "escapes that overlap": _code('"(\\\\.|[^"])*"'),
        "deep inside": _code("^x(y(a+)*z)?$"),
        "followed by something optional": _code("^(a+)+b?$"),
        "fullmatch": _code("(a|b|ab)+", "re.fullmatch({}, text)"),
        "search": _code("(a+)+$", "re.search({}, text)"),
        "sub": _code("(a+)+b", "re.sub({}, '', text)"),
        "with flags": _code("(a+)+B", "re.compile({}, re.I | re.M)"),
        "verbose": "import re\n\nPATTERN = re.compile(r'''\n  ( [a-z]+   # letters\n  )* $\n''', re.X)\n",
        "bytes": "import re\n\nPATTERN = re.compile(b'(a+)+b')\n",
        "added strings": "import re\n\nPATTERN = re.compile('(a+' + ')+b')\n",
    }.items()
}

BAD |= {
    "by keyword": ("import re\n\ndef f(t):\n    return re.sub(pattern='(a+)+b', repl='', string=t)\n", [4]),
    "by its name": ("import re\n\nWORDS = r'(a+)+b'\n\ndef f(t):\n    return re.match(WORDS, t)\n", [6]),
    "after what is escaped": ("import re\n\ndef f(w, t):\n    return re.match('^' + re.escape(w) + '(.+)+x$', t)\n", [4]),
    "in an f-string": ("import re\n\ndef f(w, t):\n    return re.match(f'{re.escape(w)}(a+)+$', t)\n", [4]),
    "a validator": ("from django.core.validators import RegexValidator\n\nSLUG = RegexValidator(r'^([a-z]+-?)+$')\n", [3]),
    "a validator by keyword": (
        "from django.core.validators import RegexValidator\n\nV = RegexValidator(regex='^(a+)+$')\n",
        [3],
    ),
    "an address": ("from django.urls import re_path\n\nurlpatterns = [re_path(r'^(\\w+/?)+$', view)]\n", [3]),
}

PEDANTIC = {"the package regex": ("import regex\n\nWORDS = regex.compile(r'^(a+)+$')\n", [3])}

SILENT = {
    "what nobody knows": "import re\n\ndef f(w, t):\n    return re.match(w + '(a+)+$', t)\n",
    "in an f-string, unknown": "import re\n\ndef f(w, t):\n    return re.match(f'{w}(a+)+$', t)\n",
    "a name with two values": "import re\n\nP = '(a+)+b'\nif x:\n    P = 'a+b'\n\ndef f(t):\n    return re.match(P, t)\n",
    "an address in plain words": "from django.urls import path\n\nurlpatterns = [path('(a+)+$', view)]\n",
    "another url": "from shop import url\n\nx = url('^(a+)+$')\n",
}

GOOD = plain(
    {
        "one repeat": _code("[a-z]+$"),
        "a string with escapes": _code('"(?:[^"\\\\]|\\\\.)*"'),
        "a doubled quote": _code('"([^"]|"")*"'),
        "what ends it may begin a turn": _code("(ab|a|b)*a"),
        "a separator": _code("^(\\w+\\s)*$"),
        "a separator in front": _code("^(,\\w+)*$"),
        "nothing after it can fail": _code("(a+)+"),
        "what follows takes anything": _code("(.+)+."),
        "what follows is optional": _code("(a+)*b?"),
        "choices that do not overlap": _code("(a|b|cd)*!"),
        "escapes that do not overlap": 'import re\n\nPATTERN = re.compile(r\'"(\\\\.|[^"\\\\])*"\')\n',
        "a fixed number inside": _code("([a-z]{8})+$"),
        "a few turns": _code("([a-z]+){1,3}$"),
        "two repeats side by side": _code("a*a*b"),
        "a look-ahead inside": _code("((?=a)a+)+b"),
        "a boundary inside": _code("(\\b\\w+\\s*)*$"),
        "a back reference": _code("((a)\\2+)+b"),
        "a look-ahead after it": _code("(a+)+(?!b)"),
        "not a literal": "import re\n\ndef f(word):\n    return re.compile(f'({word}+)+$')\n",
        "a name": "import re\n\ndef f(pattern):\n    return re.compile(pattern)\n",
        "flags that are not known": "import re\n\ndef f(flags):\n    return re.compile('(a+)+b', flags)\n",
        "not a pattern": "import re\n\nPATTERN = re.compile('(a+')\n",
        "escaped": "import re\n\nPATTERN = re.escape('(a+)+b')\n",
        "another module": "import re\nimport glob\n\nPATTERN = glob.compile('(a+)+b')\n",
        "their own": "import re\n\ndef compile(x):\n    return x\n\nPATTERN = compile('(a+)+b')\n",
        "braces that are text": _code("(a{x}+)b"),
        "no arguments": "import re\n\ndef f():\n    return re.compile()\n",
    }
)
