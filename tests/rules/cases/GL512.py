"""GL512: files that clients may not keep."""

F = "from flask import Flask, send_file, send_from_directory\napp = Flask(__name__)\n"

BAD = {
    "no tag": (F + "def f():\n    return send_file('a.png', etag=False)\n", [4]),
    "no condition": (F + "def f():\n    return send_file('a.png', conditional=False)\n", [4]),
    "a folder": (F + "def f(n):\n    return send_from_directory('static', n, etag=False)\n", [4]),
    "by its module": ("import flask\ndef f():\n    return flask.send_file('a.png', etag=False, max_age=9)\n", [3]),
    "quart": ("from quart import send_file\nasync def f():\n    return await send_file('a.png', conditional=False)\n", [3]),
}

PEDANTIC = {
    "no age": (F + "def f():\n    return send_file('a.png', max_age=0)\n", [4]),
    "no age by its old name": (F + "def f():\n    return send_file('a.png', cache_timeout=-1)\n", [4]),
    "nothing said": (F + "def f():\n    return send_file('a.png')\n", [4]),
    "a setting": (F + "app.config['SEND_FILE_MAX_AGE_DEFAULT'] = 0\n", [3]),
    "a setting of whitenoise": ("import whitenoise\nWHITENOISE_MAX_AGE = 0\n", [2]),
    "a file nobody may keep": (
        F + "def f():\n    r = make_response(read('logo.svg'))\n    r.headers['Cache-Control'] = 'no-store'\n    return r\n",
        [5],
    ),
    "a file nobody may keep, in a dictionary": (
        F + "def f():\n    return read('site.css'), 200, {'Cache-Control': 'no-store, max-age=0'}\n",
        [4],
    ),
    "a file nobody may keep, of Django": (
        "import django.http\ndef f(request):\n    r = answer('a.pdf')\n    r['Cache-Control'] = 'no-store'\n    return r\n",
        [4],
    ),
    "a file of Django": (
        "from django.http import FileResponse\ndef f(request):\n    return FileResponse(open('terms.pdf', 'rb'))\n",
        [3],
    ),
    "a file of FastAPI": ("from fastapi.responses import FileResponse\ndef f():\n    return FileResponse('map.png')\n", [3]),
    "a page without values": (
        "from django.shortcuts import render\ndef imprint(request):\n    return render(request, 'imprint.html')\n",
        [3],
    ),
    "a page without values that nobody may keep": (
        "from django.shortcuts import render\nfrom django.views.decorators.cache import never_cache\n"
        "@never_cache\ndef imprint(request):\n    return render(request, 'imprint.html')\n",
        [5],
    ),
}

GOOD = {
    "an age": F + "def f():\n    return send_file('a.png', max_age=3600)\n",
    "an age from elsewhere": F + "def f():\n    return send_file('a.png', max_age=AGE)\n",
    "options from elsewhere": F + "def f():\n    return send_file('a.png', **options)\n",
    "a setting": F + "app.config['SEND_FILE_MAX_AGE_DEFAULT'] = 3600\n",
    "a tag": F + "def f():\n    return send_file('a.png', etag=True, max_age=9)\n",
    "a function of this file": "import flask\ndef send_file(n, etag):\n    pass\nsend_file('a', etag=False)\n",
    "another setting": F + "app.config['MAX_CONTENT_LENGTH'] = 0\n",
    "a method": F + "def f(bot):\n    bot.send_file('a.png', etag=False)\n",
    "private": F + "def f():\n    r = make_response(read('bill.pdf'))\n    r.headers['Cache-Control'] = 'private, no-store'\n",
    "an answer of an API": F + "def f():\n    r = jsonify(token)\n    r.headers['Cache-Control'] = 'no-store'\n",
    "a file with an age": "from django.http import FileResponse\nfrom django.views.decorators.cache import cache_control\n"
    "@cache_control(max_age=9)\ndef f(request):\n    return FileResponse(open('terms.pdf', 'rb'))\n",
    "a page with values": "from django.shortcuts import render\ndef f(request):\n"
    "    return render(request, 'a.html', {'n': n()})\n",
    "a page that nobody may keep for its values": "from django.shortcuts import render\n"
    "from django.views.decorators.cache import never_cache\n@never_cache\ndef f(request):\n"
    "    return render(request, 'a.html', {'n': n()})\n",
}

PEDANTIC |= {
    "another file has an age": (
        F + "def f():\n    return send_file('a.png')\ndef g():\n    return send_file('b.png', max_age=9)\n",
        [4],
    ),
    "a folder of FastAPI": ("from fastapi.staticfiles import StaticFiles\napp.mount('/s', StaticFiles(directory='s'))\n", [2]),
    "a folder of aiohttp": ("from aiohttp import web\napp.router.add_static('/s', 's')\n", [2]),
    "a folder of aiohttp among routes": ("from aiohttp import web\napp.add_routes([web.static('/s', 's')])\n", [2]),
}

SILENT = {
    "all answers get an age": F + "def f():\n    return send_file('a.png')\n@app.after_request\ndef g(r):\n"
    "    r.cache_control.max_age = 9\n    return r\n",
    "a middleware for the folder": "from starlette.staticfiles import StaticFiles\ns = StaticFiles(directory='s')\n"
    "def f(r):\n    r.headers['Cache-Control'] = 'public'\n    return r\n",
    "add_static of something else": "from fastapi import FastAPI\nscene.add_static('/s', 's')\n",
    "static of something else": "from aiohttp import web\nx = typing.static('/s', 's')\n",
}
