"""Texts that GL602 must and must not report."""

_LOG = "import json, logging\nlog = logging.getLogger(__name__)\n"

BAD = {
    "json.dumps": (_LOG + "def f(x):\n    log.debug('%s', json.dumps(x))\n", [4]),
    "json.dumps imported": (_LOG + "from json import dumps as j\ndef f(x):\n    log.debug('%s', j(x))\n", [5]),
    "json.dumps in the message": (_LOG + "def f(x):\n    log.debug(json.dumps(x))\n", [4]),
    "in an f-string": (_LOG + "def f(x):\n    log.debug(f'x {json.dumps(x)}')\n", [4]),
    "in %": (_LOG + "def f(x):\n    log.debug('x %s' % json.dumps(x))\n", [4]),
    "in format": (_LOG + "def f(x):\n    log.debug('x {}'.format(json.dumps(x)))\n", [4]),
    "pformat": (_LOG + "import pprint\ndef f(x):\n    log.debug(pprint.pformat(x))\n", [5]),
    "a stack": (_LOG + "import traceback\ndef f():\n    log.debug('%s', traceback.format_stack())\n", [5]),
    "a comprehension in a loop": (_LOG + "def f(xs):\n    for x in xs:\n        log.debug('%s', [y.name for y in x])\n", [5]),
    "a joined generator in a loop": (
        _LOG + "def f(xs):\n    for x in xs:\n        log.debug('%s', ', '.join(str(y) for y in x))\n",
        [5],
    ),
    "sorted": (_LOG + "def f(xs):\n    log.debug('%s', json.dumps(xs))\n", [4]),
    "list in a loop": (_LOG + "def f(xs):\n    for x in xs:\n        log.debug('%s', list(x))\n", [5]),
    "the functions of logging": ("import json, logging\ndef f(xs):\n    logging.debug('%s', json.dumps(xs))\n", [3]),
    "a logger by name": ("import json; from .logs import logger\ndef f(xs):\n    logger.debug('%s', json.dumps(xs))\n", [3]),
    "a logger of the instance": (
        "import json\nclass A:\n    def f(self, xs):\n        self.log.debug('%s', json.dumps(xs))\n",
        [4],
    ),
    "a constant logger": ("import json; from .logs import _LOGGER\ndef f(xs):\n    _LOGGER.debug('%s', json.dumps(xs))\n", [3]),
    "an array": (_LOG + "def f(a):\n    log.debug('%s', a.tolist())\n", [4]),
    "a frame": (_LOG + "def f(df):\n    log.debug('\\n%s', df.to_string())\n", [4]),
    "a model": (_LOG + "def f(m):\n    log.debug('%s', m.model_dump_json())\n", [4]),
    "a tensor": (_LOG + "import torch\ndef f(t):\n    log.debug('%s', t.item())\n", [5]),
    "a keyword": ("import json\ndef f(log, xs):\n    log.debug('x', rows=json.dumps(xs))\n", [3]),
    "a dict of extra values": (_LOG + "def f(xs):\n    log.debug('x', extra={'n': json.dumps(xs)})\n", [4]),
    "in a loop": (_LOG + "def f(xs):\n    for x in xs:\n        log.debug('%s', sorted(x))\n", [5]),
    "under another condition": (_LOG + "def f(xs):\n    if xs:\n        log.debug('%s', json.dumps(xs))\n", [5]),
    "in async code": (_LOG + "async def f(xs):\n    log.debug('%s', json.dumps(xs))\n", [4]),
    "in try": (_LOG + "def f(xs):\n    try:\n        log.debug('%s', json.dumps(xs))\n    finally:\n        pass\n", [5]),
    "in the else of a test of the level": (
        _LOG + "def f(xs):\n    if xs.ready:\n        pass\n    else:\n        log.debug('%s', json.dumps(xs))\n",
        [7],
    ),
    "a query": (
        "from shop.models import Order\n" + _LOG + "def f():\n    log.debug('%d', Order.objects.filter(paid=True).count())\n",
        [5],
    ),
    "a query through a session": (_LOG + "def f(session):\n    log.debug('%s', session.query(Order).all())\n", [4]),
    "a frame described": (_LOG + "import pandas as pd\ndef f(df):\n    log.debug('%s', df.describe())\n", [5]),
}

GOOD = {
    "the value itself": _LOG + "def f(x):\n    log.debug('%s', x)\n",
    "an attribute": _LOG + "def f(x):\n    log.debug('%s', x.name)\n",
    "a cheap call": _LOG + "def f(x):\n    log.debug('%d', len(x))\n",
    "str": _LOG + "def f(x):\n    log.debug('%s', str(x))\n",
    "another level": _LOG + "def f(xs):\n    log.info('%s', sorted(xs))\n",
    "an error": _LOG + "def f(xs):\n    log.error('%s', sorted(xs))\n",
    "the level is asked": _LOG + "def f(xs):\n    if log.isEnabledFor(logging.DEBUG):\n        log.debug('%s', sorted(xs))\n",
    "the level is asked elsewhere in the function": (
        _LOG + "def f(xs):\n    if not log.isEnabledFor(10):\n        return\n    log.debug('%s', sorted(xs))\n"
    ),
    "debugging is asked": _LOG + "def f(xs, debug):\n    if debug:\n        log.debug('%s', sorted(xs))\n",
    "settings are asked": _LOG + "def f(xs):\n    if settings.DEBUG and xs:\n        log.debug('%s', sorted(xs))\n",
    "verbosity is asked": _LOG + "def f(xs, o):\n    if o.verbose > 2:\n        log.debug('%s', sorted(xs))\n",
    "on errors": _LOG + "def f(xs):\n    try:\n        g(xs)\n    except ValueError:\n        log.debug('%s', sorted(xs))\n",
    "in a lambda, computed later": _LOG + "def f(xs):\n    log.debug('%s', Lazy(lambda: sorted(xs)))\n",
    "no logger": "def f(parser, xs):\n    parser.debug('%s', sorted(xs))\n",
    "a function called debug": "def f(xs):\n    debug('%s', sorted(xs))\n",
    "a method of a call": "def f(xs):\n    get().debug('%s', sorted(xs))\n",
    "no arguments": _LOG + "def f():\n    log.debug()\n",
    "starred": _LOG + "def f(a):\n    log.debug(*a)\n",
    "item of something that is no tensor": _LOG + "def f(t):\n    log.debug('%s', t.item())\n",
    "own sorted": _LOG + "def sorted(x):\n    return x\ndef f(xs):\n    log.debug('%s', sorted(xs))\n",
    "sorted outside the call": _LOG + "def f(xs):\n    xs = sorted(xs)\n    log.debug('%s', xs)\n    return xs\n",
    "one comprehension outside a loop": _LOG + "def f(xs):\n    log.debug('%s', [x.name for x in xs])\n",
    "an empty dict": _LOG + "def f():\n    log.debug('%s', dict())\n",
    "a literal": _LOG + "def f(a):\n    log.debug('%s', {'a': a})\n",
    "a query that waits": _LOG + "def f():\n    log.debug('%s', Order.objects.all())\n",
    "the query of an address": _LOG + "def f(url):\n    log.debug('%s', url.query.get('page'))\n",
    "a list called objects": _LOG + "def f(scene):\n    log.debug('%d', scene.objects.count(1))\n",
    "info of little work": _LOG + "def f(xs):\n    for x in xs:\n        log.info('%s', sorted(x))\n",
}

PEDANTIC = {
    "info": (_LOG + "def f(x):\n    log.info('%s', json.dumps(x))\n", [4]),
    "a joined list": (_LOG + "def f(xs):\n    for x in xs:\n        log.debug('%s', ', '.join(x))\n", [5]),
    "a sum": (_LOG + "def f(xs):\n    for x in xs:\n        log.debug('%d', sum(x))\n", [5]),
    "a dictionary of something": (_LOG + "def f(x):\n    log.debug('%s', x.to_dict())\n", [4]),
    "the level is asked for another message": (
        _LOG
        + "def f(x):\n    log.debug('%s', json.dumps(x))\n    if log.isEnabledFor(10):\n        log.debug('%s', sorted(x))\n",
        [4],
    ),
    "a comprehension outside a loop": (_LOG + "def f(xs):\n    log.debug('%s', [x.name for x in xs])\n", [4]),
}
