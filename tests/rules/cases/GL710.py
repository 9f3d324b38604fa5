"""Texts that GL710 must and must not report."""

_FLASK = "from flask import Flask\napp = Flask(__name__)\n"

BAD = {
    "made on the spot": ("from shop import make_app\n\ndef main():\n    make_app().run(debug=True)\n", [4]),
    "flask at module level": (_FLASK + "app.run(debug=True)\n", [3]),
    "flask for others, under the guard": (
        _FLASK + "if __name__ == '__main__':\n    app.run(host='0.0.0.0', debug=True)\n",
        [4],
    ),
    "use_reloader": (_FLASK + "def main():\n    app.run(use_reloader=True)\n", [4]),
    "another name for the application": ("import flask\nsite = flask.Flask(__name__)\nsite.run(debug=True, port=80)\n", [3]),
    "an application from elsewhere": ("from shop import app\napp.run('0.0.0.0', 80, debug=True)\n", [2]),
    "uvicorn": ("import uvicorn\nuvicorn.run('a:app', host='0.0.0.0', reload=True)\n", [2]),
    "uvicorn imported by name": (
        "from uvicorn import run as serve_it\n\ndef main():\n    run = serve_it\n    serve(1)\n"
        "import uvicorn as uv\nuv.run('a:app', reload=True)\n",
        [7],
    ),
    "werkzeug": ("from werkzeug.serving import run_simple\nrun_simple('0.0.0.0', 80, app, use_reloader=True)\n", [2]),
    "dash": ("from dash import Dash\napp = Dash(__name__)\napp.run_server(debug=True)\n", [3]),
    "sanic": ("from sanic import Sanic\napp = Sanic('a')\napp.run(host='0.0.0.0', auto_reload=True)\n", [3]),
    "bottle": ("import bottle\nbottle.run(host='0.0.0.0', reloader=True)\n", [2]),
    "bottle by name": ("from bottle import run\nrun(host='0.0.0.0', port=80, reloader=True)\n", [2]),
    "socketio": ("from flask_socketio import SocketIO\nsocketio = SocketIO(app)\nsocketio.run(app, debug=True)\n", [3]),
    "tornado debug": ("import tornado.web\n\ndef make():\n    return tornado.web.Application(routes, debug=True)\n", [4]),
    "tornado autoreload": ("from tornado import web\nx = web.Application(routes, autoreload=True)\n", [2]),
    "an attribute": ("class S:\n    def start(self):\n        self.app.run(host='0.0.0.0', debug=True)\n", [3]),
    "over several lines": (_FLASK + "app.run(\n    host='0.0.0.0',\n    port=80,\n    debug=True,\n)\n", [6]),
    "the shell": ("import os\nos.system('python manage.py runserver 0.0.0.0:8000')\n", [2]),
    "a process": ("import subprocess\nsubprocess.run(['python', 'manage.py', 'runserver'])\n", [2]),
    "uvicorn as a process": (
        "from subprocess import Popen\n\ndef up():\n    return Popen(('uvicorn', 'a:app', '--reload'))\n",
        [4],
    ),
    "gunicorn in a virtual environment": (
        "import subprocess as sp\nsp.check_call('/venv/bin/gunicorn --reload a:app', shell=True)\n",
        [2],
    ),
    "flask run": ("import os\nos.system('flask --app a run --debug')\n", [2]),
    "Django from Python": ("from django.core.management import call_command\ncall_command('runserver', '0.0.0.0:80')\n", [2]),
    "in a coroutine": ("import uvicorn\nasync def main():\n    uvicorn.run('a:app', reload=True)\n", [3]),
    "after a try": ("import uvicorn\ntry:\n    uvicorn.run('a:app', reload=True)\nfinally:\n    close()\n", [3]),
    "under a condition about something else": (_FLASK + "if port:\n    app.run(host='0.0.0.0', port=port, debug=True)\n", [4]),
}

PEDANTIC = {
    "under the guard": (_FLASK + "if __name__ == '__main__':\n    app.run(debug=True)\n", [4]),
    "for the own machine": ("import uvicorn\nuvicorn.run('a:app', host='127.0.0.1', reload=True)\n", [2]),
    "localhost": (_FLASK + "app.run(host='localhost', debug=True)\n", [3]),
}

GOOD = {
    "no debugging": _FLASK + "app.run(host='0.0.0.0')\n",
    "off": _FLASK + "app.run(debug=False)\n",
    "as the settings say": _FLASK + "app.run(debug=settings.DEBUG)\n",
    "as an argument says": "import uvicorn\ndef main(reload: bool):\n    uvicorn.run('a:app', reload=reload)\n",
    "debugging without the reloader": _FLASK + "app.run(debug=True, use_reloader=False)\n",
    "under a condition": _FLASK + "if args.debug:\n    app.run(debug=True)\nelse:\n    app.run()\n",
    "by the environment": "import os\n" + _FLASK + "if os.environ.get('MODE') == 'x':\n    app.run(debug=True)\n",
    "a function for developers": "import uvicorn\ndef run_dev():\n    uvicorn.run('a:app', reload=True)\n",
    "a function that reloads": "import uvicorn\ndef watch():\n    uvicorn.run('a:app', reload=True)\n",
    "asyncio": "import asyncio\nasyncio.run(main(), debug=True)\n",
    "another runner": "runner.run(suite, debug=True)\n",
    "a process with a flag of its own": "import subprocess\nsubprocess.run(cmd, debug=True)\n",
    "a keyword of another meaning": "app.configure(debug=True)\n",
    "runserver without the reloader": "import os\nos.system('python manage.py runserver --noreload')\n",
    "Django without it": "from django.core.management import call_command\ncall_command('runserver', use_reloader=False)\n",
    "another command of Django": "from django.core.management import call_command\ncall_command('migrate')\n",
    "uvicorn as a process": "import subprocess\nsubprocess.run(['uvicorn', 'a:app', '--workers', '4'])\n",
    "nginx": "import os\nos.system('nginx -s reload')\n",
    "a flag of another program": "import os\nos.system('tool --reload')\n",
    "tornado": "import tornado.web\nx = tornado.web.Application(routes, debug=options.debug)\n",
    "tornado without the reloader": "import tornado.web\nx = tornado.web.Application(routes, debug=True, autoreload=False)\n",
    "a sentence": "print('python manage.py runserver')\n",
    "grep": "import subprocess\nsubprocess.run(['grep', 'runserver', 'notes.txt'])\n",
    "kwargs": _FLASK + "app.run(**options)\n",
    "only the definition": "def run(app, debug=True):\n    pass\n",
    "an invoke app": "from invoke import app\napp.run('x', debug=True)\n",
}

BAD |= {
    "a configuration of uvicorn": (
        "import uvicorn\ndef main():\n    c = uvicorn.Config('a:app', reload=True)\n    uvicorn.Server(c).run()\n",
        [3],
    ),
    "granian": (
        "from granian import Granian\nGranian('a:app', reload=True).serve()\n",
        [2],
    ),
    "a command in a list of its own": (
        "import subprocess\ncmd = ['uvicorn', 'a:app', '--reload']\nsubprocess.run(cmd)\n",
        [3],
    ),
    "a command with a port": (
        "import os\nport = 80\nos.system(f'uvicorn a:app --port {port} --reload')\n",
        [3],
    ),
    "a command split": (
        "import subprocess\nsubprocess.Popen('flask run --reload'.split())\n",
        [2],
    ),
    "a command of asyncio": (
        "import asyncio\nasync def f():\n    await asyncio.create_subprocess_exec('hypercorn', 'a:app', '--reload')\n",
        [3],
    ),
    "in place of this process": (
        "import os\nos.execlp('gunicorn', 'gunicorn', '--reload', 'a:app')\n",
        [2],
    ),
    "fastapi for developers": (
        "import subprocess\nsubprocess.run(['fastapi', 'dev', 'main.py'])\n",
        [2],
    ),
    "the environment of a command": (
        "import os\nos.system('FLASK_DEBUG=1 flask run')\n",
        [2],
    ),
    "the main of uvicorn": (
        "import uvicorn\nuvicorn.main(['a:app', '--reload'])\n",
        [2],
    ),
    "sanic prepared": (
        "from sanic import Sanic\napp = Sanic('a')\napp.prepare(port=80, auto_reload=True)\n",
        [3],
    ),
    "a table of panels": (
        "import panel as pn\npn.serve(view, autoreload=True)\n",
        [2],
    ),
    "another runserver": (
        "import os\nos.system('python manage.py runserver_plus 0.0.0.0:80')\n",
        [2],
    ),
    "hot reload": (
        "from dash import Dash\napp = Dash(__name__)\napp.run(host='0.0.0.0', dev_tools_hot_reload=True)\n",
        [3],
    ),
    "switched on by one": (
        "from flask import Flask\napp = Flask(__name__)\napp.run(host='0.0.0.0', debug=1)\n",
        [3],
    ),
    "by its place": (
        "from flask import Flask\napp = Flask(__name__)\napp.run('0.0.0.0', 80, True)\n",
        [3],
    ),
    "werkzeug by place": (
        "from werkzeug.serving import run_simple\nrun_simple('0.0.0.0', 80, app, True)\n",
        [2],
    ),
}

PEDANTIC |= {
    "a constant": (
        "from flask import Flask\napp = Flask(__name__)\nDEBUG = True\napp.run(debug=DEBUG)\n",
        [4],
    ),
    "an attribute of the application": (
        "from flask import Flask\napp = Flask(__name__)\napp.debug = True\napp.run()\n",
        [3],
    ),
    "a setting of the application": (
        "from flask import Flask\napp = Flask(__name__)\napp.config['DEBUG'] = True\napp.run(port=80)\n",
        [3],
    ),
    "settings of the application": (
        "from flask import Flask\napp = Flask(__name__)\napp.config.update(DEBUG=True, TESTING=False)\napp.run()\n",
        [3],
    ),
    "hypercorn": (
        "from hypercorn.config import Config\nc = Config()\nc.use_reloader = True\n",
        [3],
    ),
    "the environment": (
        "import os\nos.environ['FLASK_DEBUG'] = '1'\n",
        [2],
    ),
    "the environment, if nothing is said": (
        "import os\nos.environ.setdefault('FLASK_ENV', 'development')\n",
        [2],
    ),
    "cherrypy": (
        "import cherrypy\ncherrypy.config.update({'engine.autoreload.on': True})\n",
        [2],
    ),
    "hupper": (
        "import hupper\nhupper.start_reloader('a.main')\n",
        [2],
    ),
    "the reloader of werkzeug": (
        "from werkzeug.serving import run_with_reloader\nrun_with_reloader(main)\n",
        [2],
    ),
    "the reloader of tornado": (
        "import tornado.autoreload\ntornado.autoreload.start()\n",
        [2],
    ),
    "files are watched": (
        "from watchfiles import run_process\nrun_process('src', target=main)\n",
        [2],
    ),
    "a function called after it": (
        "from flask import Flask\napp = Flask(__name__)\ndef with_reloader():\n    app.run(use_reloader=True)\n",
        [4],
    ),
    "a function called after debugging": (
        "from flask import Flask\napp = Flask(__name__)\ndef debug_server():\n    app.run(debug=True)\n",
        [4],
    ),
}

SILENT = {
    "a constant that is off": "from flask import Flask\napp = Flask(__name__)\nDEBUG = False\napp.run(debug=DEBUG)\n",
    "a constant that changes": (
        "from flask import Flask\napp = Flask(__name__)\nDEBUG = True\nDEBUG = os.getenv('D')\napp.run(debug=DEBUG)\n"
    ),
    "debugging on, and off where it starts": (
        "from flask import Flask\napp = Flask(__name__)\napp.debug = True\napp.run(debug=False)\n"
    ),
    "debugging without a server": "from flask import Flask\napp = Flask(__name__)\napp.debug = True\n",
    "another debug": "parser.debug = True\nparser.run()\n",
    "a configuration without it": "import uvicorn\nc = uvicorn.Config('a:app', debug=True)\n",
    "of developers": "import hupper\ndef run_dev():\n    hupper.start_reloader('a.main')\n",
    "for developers": "import os\nif args.dev:\n    os.environ['FLASK_DEBUG'] = '1'\n",
    "the environment, off": "import os\nos.environ['FLASK_DEBUG'] = '0'\n",
    "a module that is loaded again": "import importlib, sys\nreload = True\nimportlib.reload(sys)\n",
    "an update of something else": "settings.update(DEBUG=True)\n",
    "fastapi in production": "import subprocess\nsubprocess.run(['fastapi', 'run', 'main.py'])\n",
    "a path called dev": "import subprocess\nsubprocess.run(['ls', 'dev'])\n",
    "cherrypy without it": "import cherrypy\ncherrypy.config.update({'engine.autoreload.on': False})\n",
    "a place of something else": "import pool\npool.run('a', 80, True)\n",
}

PEDANTIC |= {
    "options of gunicorn": (
        "from gunicorn.app.base import BaseApplication\noptions = {'bind': '0.0.0.0:80', 'reload': True}\n",
        [2],
    ),
}

SILENT |= {
    "options of gunicorn, off": (
        "from gunicorn.app.base import BaseApplication\noptions = {'bind': '0.0.0.0:80', 'reload': False}\n"
    ),
}
