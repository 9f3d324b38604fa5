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
