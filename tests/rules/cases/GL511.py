"""GL511: applications that send text uncompressed."""

F = "from fastapi import FastAPI\n"
RUN = "import uvicorn\nuvicorn.run(app, host='0.0.0.0')\n"

BAD = {
    "fastapi": (F + "app = FastAPI()\n" + RUN, [2]),
    "starlette": ("from starlette.applications import Starlette\napp = Starlette(routes=r)\n" + RUN, [2]),
    "flask": ("from flask import Flask\napp = Flask(__name__)\napp.run(host='0.0.0.0')\n", [2]),
    "flask by its module": ("import flask\napp = flask.Flask('a')\napp.run(host='0.0.0.0', port=80)\n", [2]),
    "aiohttp": ("from aiohttp import web\napp = web.Application()\nweb.run_app(app, host='0.0.0.0')\n", [2]),
    "waitress": ("from flask import Flask\nimport waitress\napp = Flask(__name__)\nwaitress.serve(app, host='0.0.0.0')\n", [3]),
    "all addresses of version 6": (F + "app = FastAPI()\nimport uvicorn\nuvicorn.run(app, host='::')\n", [2]),
    "under the entry point": (
        F + "app = FastAPI()\nif __name__ == '__main__':\n    import uvicorn\n    uvicorn.run('a:app', host='0.0.0.0')\n",
        [2],
    ),
    "a factory": ("from flask import Flask\ndef make():\n    return Flask(__name__)\nmake().run(host='0.0.0.0')\n", [3]),
}

PEDANTIC = {
    "one of two is compressed by a function that says so": (
        "from flask import Flask\nfrom flask_compress import Compress\n\ndef plain():\n    return Flask('a')\n\n"
        "def make_compressed():\n    app = Flask('b')\n    Compress(app)\n    return app\n",
        [5],
    ),
    "perhaps behind a proxy": (F + "app = FastAPI()\n", [2]),
    "on this machine": (F + "app = FastAPI()\nimport uvicorn\nuvicorn.run(app, host='127.0.0.1')\n", [2]),
    "django": ("MIDDLEWARE = ['django.middleware.common.CommonMiddleware']\n", [1]),
    "django over several lines": ("MIDDLEWARE = [\n    'django.middleware.security.SecurityMiddleware',\n    'a.B',\n]\n", [1]),
    "django with a type": ("MIDDLEWARE: list[str] = ['django.middleware.common.CommonMiddleware']\n", [1]),
}

GOOD = {
    "fastapi with it": F
    + "from fastapi.middleware.gzip import GZipMiddleware\napp = FastAPI()\napp.add_middleware(GZipMiddleware)\n"
    + RUN,
    "flask with it": "from flask import Flask\nfrom flask_compress import Compress\napp = Flask(__name__)\n"
    "Compress(app)\napp.run(host='0.0.0.0')\n",
    "aiohttp with it": "from aiohttp import web\napp = web.Application()\nr.enable_compression()\n"
    "web.run_app(app, host='0.0.0.0')\n",
    "django with it": "MIDDLEWARE = ['django.middleware.gzip.GZipMiddleware', 'django.middleware.common.CommonMiddleware']\n",
    "other middleware": "MIDDLEWARE = ['scrapy.a.B']\n",
    "an empty list": "MIDDLEWARE = []\n",
    "middleware from elsewhere": "MIDDLEWARE = base + ['a']\n",
    "an application of this file": "import fastapi\nclass FastAPI:\n    pass\napp = FastAPI()\n" + RUN,
    "a router": "from fastapi import APIRouter\nrouter = APIRouter()\n",
    "no application": RUN,
}

BAD |= {
    "a comment on it": (
        "from fastapi import FastAPI\napp = FastAPI()  # no gzip yet\nimport uvicorn\nuvicorn.run(app, host='0.0.0.0')\n",
        [2],
    ),
    "documentation of it": (
        '"""Without compression."""\nfrom fastapi import FastAPI\napp = FastAPI()\nimport uvicorn\n'
        "uvicorn.run(app, host='0.0.0.0')\n",
        [3],
    ),
    "a compressed file that is read": (
        "from fastapi import FastAPI\nimport gzip\napp = FastAPI()\n@app.get('/')\ndef f():\n"
        "    return gzip.open('a.gz').read()\nimport uvicorn\nuvicorn.run(app, host='0.0.0.0')\n",
        [3],
    ),
    "another application has it": (
        "from fastapi import FastAPI\nfrom fastapi.middleware.gzip import GZipMiddleware\nadmin = FastAPI()\n"
        "admin.add_middleware(GZipMiddleware)\napp = FastAPI()\nimport uvicorn\nuvicorn.run(app, host='0.0.0.0')\n",
        [5],
    ),
    "another function has it": (
        "from flask import Flask\nfrom flask_compress import Compress\ndef a():\n    app = Flask('a')\n    Compress(app)\n"
        "    return app\ndef b():\n    app = Flask('b')\n    app.run(host='0.0.0.0')\n",
        [8],
    ),
}

PEDANTIC |= {
    "tornado": (
        "import tornado.web\napp = tornado.web.Application([(r'/', Main)])\n",
        [2],
    ),
    "tornado, told not to": (
        "from tornado.web import Application\napp = Application([(r'/', Main)], compress_response=False)\n",
        [2],
    ),
    "tornado, by settings": (
        "from tornado.web import Application\nsettings = {'debug': False}\napp = Application([(r'/', Main)], **settings)\n",
        [3],
    ),
    "litestar": (
        "from litestar import Litestar\napp = Litestar(route_handlers=[f])\n",
        [2],
    ),
    "falcon": (
        "import falcon\napp = falcon.App()\n",
        [2],
    ),
    "falcon, asynchronous": (
        "import falcon.asgi\napp = falcon.asgi.App()\n",
        [2],
    ),
    "bottle": (
        "from bottle import Bottle\napp = Bottle()\n",
        [2],
    ),
    "dash": (
        "from dash import Dash\napp = Dash(__name__)\n",
        [2],
    ),
    "pyramid": (
        "from pyramid.config import Configurator\ndef main(g, **settings):\n    c = Configurator(settings=settings)\n"
        "    return c.make_wsgi_app()\n",
        [3],
    ),
    "django in one file": (
        "from django.conf import settings\nsettings.configure(\n    DEBUG=False,\n"
        "    MIDDLEWARE=['django.middleware.common.CommonMiddleware'],\n)\n",
        [4],
    ),
    "an application in a list of one that has it": (
        "from starlette.applications import Starlette\nfrom starlette.middleware import Middleware\n"
        "from starlette.middleware.gzip import GZipMiddleware\na = Starlette(middleware=[Middleware(GZipMiddleware)])\n"
        "b = Starlette()\n",
        [5],
    ),
}

SILENT = {
    "tornado with it": "import tornado.web\napp = tornado.web.Application([(r'/', Main)], compress_response=True)\n",
    "tornado, settings with it": (
        "import tornado.web\ns = {'compress_response': True}\napp = tornado.web.Application([(r'/', Main)], **s)\n"
    ),
    "tornado, settings from elsewhere": (
        "import tornado.web\ndef f(s):\n    return tornado.web.Application([(r'/', Main)], **s)\n"
    ),
    "litestar with it": (
        "from litestar import Litestar\nfrom litestar.config.compression import CompressionConfig\n"
        "app = Litestar(route_handlers=[f], compression_config=CompressionConfig(backend='gzip'))\n"
    ),
    "dash with it": "from dash import Dash\napp = Dash(__name__, compress=True)\n",
    "below an application that has it": (
        "from fastapi import FastAPI\nfrom fastapi.middleware.gzip import GZipMiddleware\napp = FastAPI()\n"
        "app.add_middleware(GZipMiddleware)\nsub = FastAPI()\napp.mount('/v1', sub)\n"
    ),
    "by hand": (
        "from fastapi import FastAPI\nimport gzip\napp = FastAPI()\n@app.get('/')\ndef f():\n"
        "    return Response(gzip.compress(text()), headers={'Content-Encoding': 'gzip'})\n"
    ),
    "by a function of the project": (
        "from fastapi import FastAPI\nfrom shop.compression import install\napp = FastAPI()\ninstall(app)\n"
    ),
    "by a helper": (
        "from fastapi import FastAPI\napp = FastAPI()\ndef add_gzip(app):\n    app.add_middleware(GZip)\nadd_gzip(app)\n"
    ),
    "django in one file with it": (
        "from django.conf import settings\nsettings.configure(\n"
        "    MIDDLEWARE=['django.middleware.gzip.GZipMiddleware', 'django.middleware.common.CommonMiddleware']\n)\n"
    ),
    "another configure": ("import logging\nlogging.configure(MIDDLEWARE=['django.middleware.common.CommonMiddleware'])\n"),
    "two functions, one of which compresses both": (
        "from flask import Flask\nfrom flask_compress import Compress\nc = Compress()\ndef a():\n    app = Flask('a')\n"
        "    c.init_app(app)\n    return app\n"
    ),
}

PEDANTIC |= {
    "a kind of application": (
        "import tornado.web\nclass App(tornado.web.Application):\n    def __init__(self):\n"
        "        super().__init__([(r'/', Main)], debug=False)\n",
        [2],
    ),
    "a kind of application of FastAPI": (
        "from fastapi import FastAPI\nclass Api(FastAPI):\n    pass\n",
        [2],
    ),
}

SILENT |= {
    "a kind of application, settings from elsewhere": (
        "import tornado.web\nclass App(tornado.web.Application):\n    def __init__(self, **s):\n"
        "        super().__init__([(r'/', Main)], **s)\n"
    ),
    "a kind of application with it": (
        "import tornado.web\nclass App(tornado.web.Application):\n    def __init__(self):\n"
        "        super().__init__([(r'/', Main)], compress_response=True)\n"
    ),
    "another class": "import fastapi\nclass Api(Base):\n    pass\n",
}
