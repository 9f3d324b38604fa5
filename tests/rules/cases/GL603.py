"""Texts that GL603 must and must not report; the names of files are tried in tests/rules/test_production_settings.py."""

_C = "class ProductionConfig(Base):\n"

BAD = {
    "debug": (_C + "    DEBUG = True\n", [2]),
    "annotated": (_C + "    DEBUG: bool = True\n", [2]),
    "another name of the class": ("class Production:\n    DEBUG = True\n", [2]),
    "a short name of the class": ("class ProdSettings:\n    DEBUG = True\n", [2]),
    "at the end of the name": ("class ConfigProd:\n    DEBUG = True\n", [2]),
    "live": ("class LiveConfig:\n    DEBUG = True\n", [2]),
    "templates": (_C + "    TEMPLATE_DEBUG = True\n", [2]),
    "echo": (_C + "    SQLALCHEMY_ECHO = True\n", [2]),
    "a level": (_C + "    LOG_LEVEL = 'DEBUG'\n", [2]),
    "a level in small letters": (_C + "    LOG_LEVEL = 'debug'\n", [2]),
    "a level in one word": (_C + "    LOGLEVEL = 'DEBUG'\n", [2]),
    "a level of logging": ("import logging\n" + _C + "    LOG_LEVEL = logging.DEBUG\n", [3]),
    "a level of something": (_C + "    ROOT_LEVEL = 'DEBUG'\n", [2]),
    "everything": ("import logging\n" + _C + "    LOGGING_LEVEL = logging.NOTSET\n", [3]),
    "trace": (_C + "    LOG_LEVEL = 'TRACE'\n", [2]),
    "a dictionary": (_C + "    LOGGING = {'root': {'level': 'DEBUG', 'handlers': ['a']}}\n", [2]),
    "a handler": (_C + "    LOGGING = {'a': {'class': 'logging.StreamHandler', 'level': 'DEBUG'}}\n", [2]),
    "a nested class": ("class Settings:\n    class Production:\n        DEBUG = True\n", [3]),
    "in a function's class": ("def f():\n    pass\nclass Production:\n    DEBUG = True\n", [4]),
    "under a comment": (_C + "    # all\n    DEBUG = True  # yes\n", [3]),
    "two": (_C + "    DEBUG = True\n    LOG_LEVEL = 'DEBUG'\n", [2, 3]),
}

PEDANTIC = {
    "basicConfig": ("import logging\nlogging.basicConfig(level=logging.DEBUG)\n", [2]),
    "setLevel": ("import logging\nlogging.getLogger().setLevel(logging.DEBUG)\n", [2]),
    "setLevel by name": ("import logging\nlog = logging.getLogger()\nlog.setLevel('DEBUG')\n", [3]),
}

GOOD = {
    "off": _C + "    DEBUG = False\n",
    "from the environment": _C + "    DEBUG = env.bool('DEBUG')\n",
    "info": _C + "    LOG_LEVEL = 'INFO'\n",
    "a level from the environment": _C + "    LOG_LEVEL = os.environ.get('L', 'DEBUG')\n",
    "for developers": "class DevelopmentConfig(Base):\n    DEBUG = True\n",
    "for tests": "class TestConfig(Base):\n    DEBUG = True\n",
    "staging": "class StagingProduction(Base):\n    DEBUG = True\n",
    "a base": "class BaseConfig:\n    DEBUG = True\n",
    "a product": "class ProductConfig:\n    DEBUG = True\n",
    "delivery": "class DeliveryConfig:\n    DEBUG = True\n",
    "under a condition": _C + "    if x:\n        DEBUG = True\n",
    "in a method": _C + "    def f(self):\n        DEBUG = True\n",
    "another name": _C + "    DEBUGGER = True\n",
    "another level": _C + "    ZOOM_LEVEL_MAX = 'DEBUG'\n",
    "a text": _C + "    DEBUG = 'True'\n",
    "a dictionary of something": _C + "    X = {'level': 'DEBUG', 'name': 'a'}\n",
    "a dictionary with info": _C + "    X = {'level': 'INFO', 'handlers': ['a']}\n",
    "a module elsewhere": "DEBUG = True\n",
    "a level elsewhere": "LOG_LEVEL = 'DEBUG'\n",
    "in a function": "import logging\ndef f():\n    logging.basicConfig(level=logging.DEBUG)\n",
    "under a flag": "import logging\nif args.verbose:\n    logging.basicConfig(level=logging.DEBUG)\n",
    "info for all": "import logging\nlogging.basicConfig(level=logging.INFO)\n",
    "without a level": "import logging\nlogging.basicConfig()\n",
    "two targets": _C + "    A = DEBUG = True\n",
}
