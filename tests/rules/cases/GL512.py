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

PEDANTIC |= {
    "another view has its own age": (
        "from flask import Flask, send_file, render_template, jsonify, Response\napp = Flask(__name__)\n@app.route('/a')\n"
        "def a():\n    return send_file('a.png')\n@app.route('/b')\ndef b():\n    r = app.make_response(page())\n"
        "    r.headers['Cache-Control'] = 'max-age=9'\n    return r\n",
        [5],
    ),
    "a setting that keeps nothing, beside a file": (
        "from flask import Flask, send_file, render_template, jsonify, Response\napp = Flask(__name__)\n"
        "app.config['SEND_FILE_MAX_AGE_DEFAULT'] = 0\n@app.route('/a')\ndef a():\n    return send_file('a.png')\n",
        [3, 6],
    ),
    "a folder beside a file with an age": (
        "from fastapi.responses import FileResponse\nfrom fastapi.staticfiles import StaticFiles\n"
        "app.mount('/s', StaticFiles(directory='s'))\n@app.get('/a')\ndef a():\n"
        "    return FileResponse('a', headers={'Cache-Control': 'max-age=9'})\n",
        [3],
    ),
    "a setting by call": (
        "from flask import Flask, send_file, render_template, jsonify, Response\napp = Flask(__name__)\n"
        "app.config.update(SEND_FILE_MAX_AGE_DEFAULT=0)\n",
        [3],
    ),
    "a setting in a dictionary": (
        "import whitenoise\nS = {'WHITENOISE_MAX_AGE': 0}\n",
        [2],
    ),
    "whitenoise itself": (
        "from whitenoise import WhiteNoise\napp = WhiteNoise(app, root='s', max_age=0)\n",
        [2],
    ),
    "a page of flask": (
        "from flask import Flask, send_file, render_template, jsonify, Response\napp = Flask(__name__)\n"
        "@app.get('/about')\ndef about():\n    return render_template('about.html')\n",
        [5],
    ),
    "a page of FastAPI": (
        "from fastapi.templating import Jinja2Templates\nt = Jinja2Templates('t')\n@app.get('/about')\n"
        "async def about(request):\n    return t.TemplateResponse('about.html', {'request': request})\n",
        [5],
    ),
    "a page of FastAPI, as it is written now": (
        "from fastapi.templating import Jinja2Templates\nt = Jinja2Templates('t')\n@app.get('/about')\n"
        "async def about(request):\n    return t.TemplateResponse(request=request, name='about.html')\n",
        [5],
    ),
    "a page that is a view by itself": (
        "from django.http import HttpResponse, JsonResponse\nfrom django.views.generic import TemplateView\n"
        "from django.urls import path\nurlpatterns = [path('faq/', TemplateView.as_view(template_name='faq.html'))]\n",
        [4],
    ),
    "a page by a class": (
        "from django.http import HttpResponse, JsonResponse\nfrom django.views.generic import TemplateView\n"
        "from django.urls import path\nclass Faq(TemplateView):\n    template_name = 'faq.html'\n",
        [4],
    ),
    "a page by a class that nobody may keep": (
        "from django.http import HttpResponse, JsonResponse\nfrom django.views.generic import TemplateView\n"
        "from django.urls import path\nfrom django.views.decorators.cache import never_cache\n"
        "from django.utils.decorators import method_decorator\n@method_decorator(never_cache, name='dispatch')\n"
        "class Faq(TemplateView):\n    template_name = 'faq.html'\n",
        [7],
    ),
    "a page that is a view, and that nobody may keep": (
        "from django.http import HttpResponse, JsonResponse\nfrom django.views.generic import TemplateView\n"
        "from django.urls import path\nfrom django.views.decorators.cache import never_cache\n"
        "urlpatterns = [path('faq/', never_cache(TemplateView.as_view(template_name='faq.html')))]\n",
        [5],
    ),
    "a table of literals": (
        "from django.http import HttpResponse, JsonResponse\nfrom django.views.generic import TemplateView\n"
        "from django.urls import path\ndef countries(request):\n"
        "    return JsonResponse({'countries': ['AT', 'DE', 'FR']})\n",
        [5],
    ),
    "a table of literals of flask": (
        "from flask import Flask, send_file, render_template, jsonify, Response\napp = Flask(__name__)\n"
        "@app.route('/units', methods=['GET'])\ndef units():\n    return jsonify(['kg', 'm', 's'])\n",
        [5],
    ),
    "a table by name": (
        "from fastapi import FastAPI\nfrom fastapi.responses import FileResponse, HTMLResponse, Response\napp = FastAPI()\n"
        "UNITS = ['kg', 'm', 's']\n@app.get('/units')\ndef units():\n    return UNITS\n",
        [7],
    ),
    "a text": (
        "from django.http import HttpResponse, JsonResponse\nfrom django.views.generic import TemplateView\n"
        "from django.urls import path\ndef robots(request):\n"
        "    return HttpResponse('User-agent: *\\nDisallow: /admin', content_type='text/plain')\n",
        [5],
    ),
    "a page in the text": (
        "from fastapi import FastAPI\nfrom fastapi.responses import FileResponse, HTMLResponse, Response\napp = FastAPI()\n"
        "@app.get('/', response_class=HTMLResponse)\ndef index():\n    return '<h1>Hello</h1>'\n",
        [6],
    ),
    "what a file holds": (
        "from fastapi import FastAPI\nfrom fastapi.responses import FileResponse, HTMLResponse, Response\napp = FastAPI()\n"
        "@app.get('/site.css')\ndef css():\n    return Response(open('site.css').read(), media_type='text/css')\n",
        [6],
    ),
    "a file of aiohttp": (
        "from aiohttp import web\nasync def f(request):\n    return web.FileResponse('a.png')\n",
        [3],
    ),
    "a file of bottle": (
        "from bottle import static_file, route\n@route('/s/<n>')\ndef f(n):\n    return static_file(n, root='s')\n",
        [4],
    ),
    "a file of sanic": (
        "from sanic.response import file\nasync def f(request):\n    return await file('a.png')\n",
        [3],
    ),
    "a folder of sanic": (
        "from sanic import Sanic\napp = Sanic('a')\napp.static('/s', './s')\n",
        [3],
    ),
    "a folder of falcon": (
        "import falcon\napp = falcon.App()\napp.add_static_route('/s', '/srv/s')\n",
        [3],
    ),
    "a folder of tornado": (
        "import tornado.web\napp = tornado.web.Application([\n    (r'/', Main),\n"
        "    (r'/s/(.*)', tornado.web.StaticFileHandler, {'path': 's'}),\n])\n",
        [4],
    ),
    "a header by a call": (
        "import tornado.web\nclass H(tornado.web.RequestHandler):\n    def get(self):\n"
        "        self.set_header('Cache-Control', 'no-store')\n        self.write(read('site.css'))\n",
        [4],
    ),
    "a header by an attribute": (
        "from flask import Flask, send_file, render_template, jsonify, Response\napp = Flask(__name__)\ndef f():\n"
        "    r = app.send_static_file('a.png')\n    r.cache_control.no_store = True\n    return r\n",
        [5],
    ),
    "a header by a function of Django": (
        "from django.utils.cache import add_never_cache_headers\ndef f(request):\n    r = answer('a.css')\n"
        "    add_never_cache_headers(r)\n    return r\n",
        [4],
    ),
}

SILENT |= {
    "all answers get an age, by a middleware": (
        "from fastapi import FastAPI\nfrom fastapi.responses import FileResponse, HTMLResponse, Response\napp = FastAPI()\n"
        "@app.middleware('http')\nasync def ages(request, call_next):\n    r = await call_next(request)\n"
        "    r.headers['Cache-Control'] = 'max-age=9'\n    return r\n@app.get('/a')\ndef a():\n"
        "    return FileResponse('a.png')\n"
    ),
    "a middleware that is a class": (
        "from fastapi import FastAPI\nfrom fastapi.responses import FileResponse, HTMLResponse, Response\napp = FastAPI()\n"
        "class Ages(BaseHTTPMiddleware):\n    async def dispatch(self, request, call_next):\n"
        "        r = await call_next(request)\n        r.headers['Cache-Control'] = 'max-age=9'\n        return r\n"
        "@app.get('/a')\ndef a():\n    return FileResponse('a.png')\n"
    ),
    "an age given afterwards": (
        "from flask import Flask, send_file, render_template, jsonify, Response\napp = Flask(__name__)\n@app.route('/a')\n"
        "def a():\n    r = send_file('a.png')\n    r.headers['Cache-Control'] = 'max-age=9'\n    return r\n"
    ),
    "a sign of life": (
        "from flask import Flask, send_file, render_template, jsonify, Response\napp = Flask(__name__)\n"
        "@app.get('/health')\ndef health():\n    return jsonify({'status': 'ok', 'db': 'ok', 'queue': 'ok'})\n"
    ),
    "a word": (
        "from flask import Flask, send_file, render_template, jsonify, Response\napp = Flask(__name__)\n@app.get('/')\n"
        "def index():\n    return 'ok'\n"
    ),
    "a little table": (
        "from fastapi import FastAPI\nfrom fastapi.responses import FileResponse, HTMLResponse, Response\napp = FastAPI()\n"
        "@app.get('/')\ndef index():\n    return {'message': 'hello'}\n"
    ),
    "a post": (
        "from fastapi import FastAPI\nfrom fastapi.responses import FileResponse, HTMLResponse, Response\napp = FastAPI()\n"
        "@app.post('/a')\ndef a():\n    return {'a': ['x', 'y', 'z']}\n"
    ),
    "for those who are logged in": (
        "from flask import Flask, send_file, render_template, jsonify, Response\napp = Flask(__name__)\n@app.get('/a')\n"
        "@login_required\ndef a():\n    return render_template('a.html')\n"
    ),
    "a page with values": (
        "from flask import Flask, send_file, render_template, jsonify, Response\napp = Flask(__name__)\n@app.get('/a')\n"
        "def a():\n    return render_template('a.html', user=user())\n"
    ),
    "a page by a class with values": (
        "from django.http import HttpResponse, JsonResponse\nfrom django.views.generic import TemplateView\n"
        "from django.urls import path\nclass Faq(TemplateView):\n    template_name = 'faq.html'\n"
        "    def get_context_data(self):\n        return {'n': n()}\n"
    ),
    "a page kept by the server": (
        "from django.http import HttpResponse, JsonResponse\nfrom django.views.generic import TemplateView\n"
        "from django.urls import path\n"
        "urlpatterns = [path('faq/', cache_page(9)(TemplateView.as_view(template_name='faq.html')))]\n"
    ),
    "an error": (
        "from django.http import HttpResponse, JsonResponse\nfrom django.views.generic import TemplateView\n"
        "from django.urls import path\ndef gone(request):\n"
        "    return HttpResponse('<h1>This page is gone</h1>', status=410)\n"
    ),
    "values": (
        "from fastapi import FastAPI\nfrom fastapi.responses import FileResponse, HTMLResponse, Response\napp = FastAPI()\n"
        "@app.get('/a')\ndef a():\n    return [now(), 'b', 'c', 'd']\n"
    ),
    "no view": (
        "from flask import Flask, send_file, render_template, jsonify, Response\napp = Flask(__name__)\ndef helper():\n"
        "    return '<p>some text</p>'\n"
    ),
    "a form": (
        "from flask import Flask, send_file, render_template, jsonify, Response\napp = Flask(__name__)\n"
        "@app.route('/a', methods=['GET', 'POST'])\ndef a():\n    return render_template('a.html')\n"
    ),
    "the content of a file with an age": (
        "from fastapi import FastAPI\nfrom fastapi.responses import FileResponse, HTMLResponse, Response\napp = FastAPI()\n"
        "@app.get('/a')\ndef a():\n    return Response(open('a.css').read(), headers={'cache-control': 'max-age=9'})\n"
    ),
    "a download of bottle": ("from bottle import static_file\ndef f(n):\n    return static_file(n, root='s', download=n)\n"),
    "private, by a function of Django": (
        "from django.utils.cache import patch_cache_control\ndef f(request):\n    r = answer('a.pdf')\n"
        "    patch_cache_control(r, private=True, no_store=True)\n    return r\n"
    ),
    "no store for an answer": (
        "import tornado.web\nclass H(tornado.web.RequestHandler):\n    def get(self):\n"
        "        self.set_header('Cache-Control', 'no-store')\n"
    ),
    "tornado without files": "import tornado.web\napp = tornado.web.Application([(r'/', Main)])\n",
}

PEDANTIC |= {
    "a static file": (
        "from flask import Flask\napp = Flask(__name__)\n@app.route('/a')\ndef a():\n    return app.send_static_file('a.js')\n",
        [5],
    ),
    "a page under a name": (
        "from flask import Flask, render_template\napp = Flask(__name__)\n@app.route('/a')\ndef a():\n"
        "    html = render_template('a.html')\n    return html\n",
        [5],
    ),
    "a page of a class": (
        "from django.views import View\nfrom django.shortcuts import render\nclass A(View):\n    def get(self, request):\n"
        "        return render(request, 'a.html')\n",
        [5],
    ),
}

SILENT |= {
    "a static file with an age": (
        "from flask import Flask\napp = Flask(__name__)\napp.config['SEND_FILE_MAX_AGE_DEFAULT'] = 9\n@app.route('/a')\n"
        "def a():\n    return app.send_static_file('a.js')\n"
    ),
    "a page under a name, with values": (
        "from flask import Flask, render_template\napp = Flask(__name__)\n@app.route('/a')\ndef a():\n"
        "    html = render_template('a.html', n=n())\n    return html\n"
    ),
}
