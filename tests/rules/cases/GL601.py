"""Texts that GL601 must and must not report."""

_LOG = "import logging\nlog = logging.getLogger(__name__)\n"

BAD = {
    "an f-string": (_LOG + "def f(x: list):\n    log.debug(f'x {x}')\n", [4]),
    "an f-string with repr": (_LOG + "def f(x: dict):\n    log.debug(f'x {x!r}')\n", [4]),
    "an f-string with a name in it": (_LOG + "def f(x: set):\n    log.debug(f'{x=}')\n", [4]),
    "percent": (_LOG + "def f(x: list):\n    log.debug('x %s' % x)\n", [4]),
    "percent of several": (_LOG + "def f(x: list, y):\n    log.debug('x %s %s' % (y, x))\n", [4]),
    "format": (_LOG + "def f(x: set):\n    log.debug('x {}'.format(x))\n", [4]),
    "format by keyword": (_LOG + "def f(x: list):\n    log.debug('x {a}'.format(a=x))\n", [4]),
    "a comprehension before": (_LOG + "def f(y):\n    x = [z for z in y]\n    log.debug(f'x {x}')\n    return x\n", [5]),
    "a dict before": (_LOG + "def f(y):\n    x = {'a': y}\n    log.debug(f'x {x}')\n    return x\n", [5]),
    "what split gives": (_LOG + "def f(y: str):\n    x = y.split()\n    log.debug(f'x {x}')\n    return x\n", [5]),
    "sorted": (_LOG + "def f(y):\n    x = sorted(y)\n    log.debug('x %s' % (x,))\n    return x\n", [5]),
    "the functions of logging": ("import logging\ndef f(x: list):\n    logging.debug(f'x {x}')\n", [3]),
    "a logger by name": ("from .logs import logger\ndef f(x: list):\n    logger.debug(f'x {x}')\n", [3]),
    "a logger of the instance": ("class A:\n    def f(self, x: list):\n        self.log.debug(f'x {x}')\n", [3]),
    "an attribute": (
        _LOG + "class A:\n    def __init__(self):\n        self.x = []\n    def f(self):\n        log.debug(f'x {self.x}')\n",
        [7],
    ),
    "in a loop": (_LOG + "def f(xs: list):\n    for x in xs:\n        log.debug(f'{x} of {xs}')\n", [5]),
    "with a keyword": (_LOG + "def f(x: list):\n    log.debug(f'x {x}', stacklevel=2)\n", [4]),
    "in async code": (_LOG + "async def f(x: list):\n    log.debug(f'x {x}')\n", [4]),
    "under another condition": (_LOG + "def f(x: list):\n    if x:\n        log.debug(f'x {x}')\n", [5]),
    "several lines": (_LOG + "def f(x: list):\n    log.debug(\n        f'x '\n        f'{x}'\n    )\n", [4]),
    "a subscript of a list": (_LOG + "def f(x: list):\n    log.debug(f'x {x[1:]}')\n", [4]),
}

GOOD = {
    "an argument": _LOG + "def f(x: list):\n    log.debug('x %s', x)\n",
    "a constant list": _LOG + "NAMES = ['a', 'b']\ndef f():\n    log.debug(f'x {NAMES}')\n",
    "a tuple, which is short": _LOG + "def f(x: tuple):\n    log.debug(f'x {x}')\n",
    "a comprehension, which GL602 is about": _LOG + "def f(xs):\n    log.debug(f'x {[x.a for x in xs]}')\n",
    "a name": _LOG + "def f(x):\n    log.debug(f'x {x}')\n",
    "a number": _LOG + "def f(x: int):\n    log.debug(f'x {x}')\n",
    "a text": _LOG + "def f(x: str):\n    log.debug('x %s' % x)\n",
    "a length": _LOG + "def f(x: list):\n    log.debug(f'x {len(x)}')\n",
    "an item": _LOG + "def f(x: list):\n    log.debug(f'x {x[0]}')\n",
    "info, which is mostly on": _LOG + "def f(x: list):\n    log.info(f'x {x}')\n",
    "a warning": _LOG + "def f(x: list):\n    log.warning(f'x {x}')\n",
    "the level is asked": _LOG + "def f(x: list):\n    if log.isEnabledFor(10):\n        log.debug(f'x {x}')\n",
    "the level is asked before": _LOG + "def f(x: list):\n    if not log.isEnabledFor(10):\n        return\n"
    "    log.debug(f'x {x}')\n",
    "debugging is asked": _LOG + "def f(x: list, debug):\n    if debug:\n        log.debug(f'x {x}')\n",
    "on errors": _LOG + "def f(x: list):\n    try:\n        g(x)\n    except ValueError:\n        log.debug(f'x {x}')\n",
    "a constant": _LOG + "def f():\n    log.debug('x')\n",
    "an f-string of nothing": _LOG + "def f():\n    log.debug(f'x')\n",
    "a message by name": _LOG + "def f(x: list):\n    m = f'x {x}'\n    log.debug(m)\n    return m\n",
    "no logger": "def f(parser, x: list):\n    parser.debug(f'x {x}')\n",
    "a function called debug": "def f(x: list):\n    debug(f'x {x}')\n",
    "format of something unknown": _LOG + "def f(m, x: list):\n    log.debug(m.format(x))\n",
    "percent of something unknown": _LOG + "def f(m, x: list):\n    log.debug(m % x)\n",
    "the rest of a division": _LOG + "def f(x: int):\n    log.debug(x % 3)\n",
    "texts joined": _LOG + "def f(x: str):\n    log.debug('x ' + x)\n",
    "no arguments": _LOG + "def f():\n    log.debug()\n",
}

PEDANTIC = {
    "logging.info(f'x {a}')": ("import logging\nlogging.info(f'x {a}')\n", [2]),
    "logging.warning('x %s' % a)": ("import logging\nlogging.warning('x %s' % a)\n", [2]),
    "logging.error('x {}'.format(a))": ("import logging\nlogging.error('x {}'.format(a))\n", [2]),
    "logging.debug('x ' + a)": ("import logging\nlogging.debug('x ' + a)\n", [2]),
    "logger.critical(f'{x}')": ("import logging\nlogger = logging.getLogger(__name__)\nlogger.critical(f'{x}')\n", [3]),
    "logging.log(logging.INFO, f'{x}')": ("import logging\nlogging.log(logging.INFO, f'{x}')\n", [2]),
    "logging.exception(f'fail {e}')": (
        (
            "import logging\ndef f(e):\n    try:\n        g()\n    except Exception as e:\n"
            "        logging.exception(f'fail {e}')\n"
        ),
        [6],
    ),
    "self.logger.info('v: {}'.format(v)) in a method": (
        ("import logging\nclass A:\n    def m(self, v):\n        self.logger.info('v: {}'.format(v))\n"),
        [4],
    ),
    "logging.getLogger('a').warn('%s' % 1)": ("import logging\nlogging.getLogger('a').warn('%s' % 1)\n", [2]),
    "info(f'{x}')": ("from logging import info\ninfo(f'{x}')\n", [2]),
}

SILENT = {
    "asked for the level": "import logging\nlog = logging.getLogger('a')\ndef f(a):\n    if log.isEnabledFor(logging.DEBUG):\n"
    "        log.debug(f'{a.dump()}')\n",
    "nothing is put in": "import logging\nlogging.info(f'done')\n",
}

PEDANTIC |= {
    "the level is off": (
        "import logging\nlog = logging.getLogger('a')\ndef f(a):\n    if log.isEnabledFor(10):\n        pass\n    else:\n"
        "        log.debug(f'{a}')\n",
        [7],
    ),
}
