"""GL510: endpoints that answer with whole tables."""

from textwrap import dedent

D = "from rest_framework import viewsets, generics, mixins\nfrom rest_framework.viewsets import ModelViewSet\n"
F = "from fastapi import FastAPI\napp = FastAPI()\n"

BAD = {
    "a set of views": (D + "class A(ModelViewSet):\n    queryset = X.objects.all()\n    pagination_class = None\n", [5]),
    "by its module": (
        D + "class A(viewsets.ReadOnlyModelViewSet):\n    pagination_class = None\n    queryset = X.objects.all()\n",
        [4],
    ),
    "a list": (D + "class A(generics.ListAPIView):\n    queryset = X.objects.all()\n    pagination_class = None\n", [5]),
    "a list to add to": (
        D + "class A(generics.ListCreateAPIView):\n    queryset = X.objects.all()\n    pagination_class = None\n",
        [5],
    ),
    "a mixin": (
        D + "class A(mixins.ListModelMixin, viewsets.GenericViewSet):\n    queryset = X.objects.all()\n"
        "    pagination_class = None\n",
        [5],
    ),
}

PEDANTIC = {
    "a query that is narrowed": (
        D + "class A(ModelViewSet):\n    queryset = X.objects.filter(on=True)\n    pagination_class = None\n",
        [5],
    ),
    "a query of a method": (
        D + "class A(ModelViewSet):\n    pagination_class = None\n    def get_queryset(self):\n"
        "        return X.objects.all()\n",
        [4],
    ),
    "fastapi, a return": (F + "@app.get('/x')\ndef xs(db):\n    return db.query(X).all()\n", [5]),
    "flask, a comprehension": (
        "from flask import Flask\napp = Flask(__name__)\n@app.route('/x')\ndef xs():\n"
        "    return jsonify([x.to_dict() for x in X.query.all()])\n",
        [5],
    ),
    "asynchronous": (F + "@app.get('/x')\nasync def xs(db):\n    return (await db.execute(select(X))).scalars().all()\n", [5]),
    "pages of the settings, perhaps": (D + "class A(generics.ListAPIView):\n    queryset = X.objects.all()\n", [4]),
}

GOOD = {
    "pages": D + "class A(ModelViewSet):\n    queryset = X.objects.all()\n    pagination_class = Pages\n",
    "pages of the settings": D + "class A(ModelViewSet):\n    queryset = X.objects.all()\n",
    "one object": D + "class A(generics.RetrieveAPIView):\n    queryset = X.objects.all()\n    pagination_class = None\n",
    "another class": D + "class A(Base):\n    queryset = X.objects.all()\n    pagination_class = None\n",
    "a limit": F + "@app.get('/x')\ndef xs(db, limit: int = 9):\n    return db.query(X).limit(limit).all()\n",
    "a filter": F + "@app.get('/x')\ndef xs(db, owner):\n    return db.query(X).filter_by(owner=owner).all()\n",
    "no endpoint": F + "def xs(db):\n    return db.query(X).all()\n",
    "all of a builtin": F + "@app.get('/x')\ndef xs(db):\n    return all(db)\n",
    "no framework": "class A(ModelViewSet):\n    queryset = X.objects.all()\n    pagination_class = None\n",
    "a page": F + "@app.get('/x')\ndef xs(db, page: int):\n    return paginate(db.query(X).all(), page)\n",
    "a base of this project": D + "class A(Paged, ModelViewSet):\n    queryset = X.objects.all()\n",
}

PEDANTIC |= {
    "sorted, pages by the settings": (
        "from rest_framework.viewsets import ReadOnlyModelViewSet\nclass A(ReadOnlyModelViewSet):\n"
        "    queryset = Book.objects.order_by('title')\n",
        [3],
    ),
}

SILENT = {
    "the first fifty": "from django.http import JsonResponse\ndef f(r):\n"
    "    return JsonResponse(list(Book.objects.values()[:50]), safe=False)\n",
}


def marked(text: str) -> tuple[str, list[int]]:
    """A program, and its lines that say `# bad`; all other lines must stay silent."""
    program = dedent(text).lstrip()
    return program, [number for number, line in enumerate(program.splitlines(), 1) if "# bad" in line]


FLASK = """
from flask import Flask, jsonify, render_template, request
from flask.views import MethodView
from flask_restful import Resource
from .models import db, User, Post, Item
app = Flask(__name__)

@app.route("/a")
def a():
    users = User.query.all()  # bad
    output = []
    for user in users:
        output.append({"first_name": user.first_name, "last_name": user.last_name})
    return jsonify({"users": output})

@app.route("/b")
def b():
    return render_template("home_page.html", users=User.query.order_by(User.name).all())  # bad

@app.route("/c")
def c():
    q = User.query
    if request.args.get("x"):
        q = q.filter_by(x=1)
    return jsonify([u.id for u in q.all()])  # ok

@app.route("/d")
def d():
    rows = db.session.execute(db.select(User)).scalars().all()  # bad
    return [r.to_dict() for r in rows]

@app.route("/e")
def e():
    rows = db.session.execute(db.select(User).filter_by(a=1)).scalars().all()  # ok
    return [r.to_dict() for r in rows]

@app.route("/f")
def f():
    for u in User.query.all():  # ok
        u.seen = True
    db.session.commit()
    return "ok"

class UserList(Resource):
    def get(self):
        return users_schema.dump(User.query.all())  # bad

class Posts(MethodView):
    def get(self):
        posts = Post.query.all()  # bad
        return jsonify([p.title for p in posts])

    def post(self):
        x = Post.query.all()  # ok
        return ""

@app.route("/g")
def g():
    n = len(User.query.all())  # ok
    return jsonify(n=n)

@app.route("/h")
def h():
    return jsonify([i.serialize() for i in db.session.query(Item)])  # bad

@app.route("/i")
def i():
    rows = db.session.execute("SELECT id, name FROM items ORDER BY name").fetchall()  # bad
    return jsonify([dict(r) for r in rows])

@app.route("/j")
def j():
    rows = db.session.execute("SELECT id, name FROM items WHERE owner = :o", {"o": 1}).fetchall()  # ok
    return jsonify([dict(r) for r in rows])

@app.route("/k")
def k():
    cur = mysql.connection.cursor()
    cur.execute("select * from items")
    rv = cur.fetchall()  # bad
    return jsonify(rv)

@app.route("/l")
def l():
    with engine.connect() as conn:
        result = conn.execute(text("SELECT * FROM items"))  # bad
        return jsonify([dict(row) for row in result])

@app.route("/m")
def m():
    c = get_db().cursor()
    c.execute("SELECT * FROM items")
    return jsonify([dict(row) for row in c])  # bad

@app.route("/n")
def n():
    users = User.query.all()[:10]  # ok
    return jsonify([u.id for u in users])

@app.route("/o/<int:id>")
def o(id):
    return jsonify(User.query.get(id).name)  # ok

@app.route("/p")
def p():
    return jsonify(find_users())

def find_users():
    return [u.to_dict() for u in User.query.all()]  # bad

@app.route("/q")
def q():
    df = pd.read_sql("SELECT * FROM sales", engine)  # bad
    return df.to_json(orient="records")

@app.route("/r")
def r():
    return jsonify(User.objects())  # bad

@app.route("/s")
def s():
    return jsonify([model_to_dict(u) for u in User.select()])  # bad

@app.route("/t")
def t():
    return jsonify(list(User.select().dicts()))  # bad

@app.route("/u")
def u():
    return jsonify(list(User.select().where(User.a == 1).dicts()))  # ok

@app.route("/v")
def v():
    docs = [d.to_dict() for d in db.collection("users").stream()]  # bad
    return jsonify(docs)

@app.route("/w")
def w():
    d = db.collection("users").document("x").get()  # ok
    return jsonify(d.to_dict())

@app.route("/x")
def x():
    data = []
    for doc in mongo.db.users.find():  # bad
        doc["_id"] = str(doc["_id"])
        data.append(doc)
    return jsonify(data)

@app.route("/y")
def y():
    return dumps(mongo.db.users.find({}, {"_id": 0}))  # bad

@app.route("/z")
def z():
    return dumps(mongo.db.users.find({"a": 1}))  # ok

@app.route("/aa")
def aa():
    return dumps(list(mongo.db.users.find().limit(10)))  # ok

@app.route("/ab")
def ab():
    return jsonify(db.session.query(func.count(User.id)).all())  # ok
"""

FASTAPI = """
from fastapi import APIRouter, Depends, FastAPI
from fastapi_pagination import Page, paginate
from sqlalchemy import select, func
from .models import Item, Hero
app = FastAPI()
router = APIRouter()

@app.get("/a")
async def a(session=Depends(get)):
    stmt = select(Item)
    result = await session.execute(stmt)  # bad
    return result.scalars().all()

@app.get("/b")
async def b(session=Depends(get)):
    stmt = select(Item).order_by(Item.id)
    return (await session.scalars(stmt)).all()  # bad

@app.get("/c")
async def c(owner: int, session=Depends(get)):
    stmt = select(Item).where(Item.owner == owner)
    return (await session.scalars(stmt)).all()  # ok

@app.get("/d")
async def d():
    return await Item.all()  # bad

@app.get("/e")
async def e():
    return await ItemSchema.from_queryset(Item.all())  # bad

@app.get("/f")
async def f():
    return await database.fetch_all("SELECT * FROM items")  # bad

@app.get("/g")
async def g():
    query = items.select()
    return await database.fetch_all(query)  # bad

@app.get("/h")
async def h():
    return await conn.fetch("SELECT * FROM items")  # bad

@app.get("/i")
async def i():
    return await db.items.find().to_list(length=None)  # bad

@app.get("/j")
async def j():
    return await db.items.find().to_list(100)  # ok

@app.get("/k")
async def k():
    out = []
    async for doc in db.items.find({}):  # bad
        out.append(doc)
    return out

@app.get("/l", response_model=Page[Item])
def l(db=Depends(get)):
    return paginate(db.query(Item).all())  # ok

@app.get("/m")
async def m():
    return await Item.find().to_list()  # bad

@app.get("/n")
async def n():
    return await Item.find(Item.x == 1).to_list()  # ok

@app.get("/o")
def o(session=Depends(get)):
    heroes = session.exec(select(Hero)).all()  # bad
    return heroes

@app.get("/p")
def p(session=Depends(get)):
    return session.exec(select(Hero).limit(5)).all()  # ok

@app.get("/q")
def q(session=Depends(get)):
    return {"n": session.execute(select(func.count(Hero.id))).scalars().all()}  # ok

@router.get("/r")
def r(db=Depends(get)):
    return crud(db)

@router.get("/s")
async def s():
    async with aiosqlite.connect("x.db") as db:
        cursor = await db.execute("SELECT * FROM items")
        rows = await cursor.fetchall()  # bad
        return rows

@router.get("/t")
async def t():
    async with aiosqlite.connect("x.db") as db:
        async with db.execute("SELECT * FROM items") as cursor:
            return await cursor.fetchall()  # bad

@router.get("/u")
async def u():
    async with pool.acquire() as conn:
        rows = await conn.fetch("SELECT id FROM t WHERE a = $1", 1)  # ok
        return [dict(r) for r in rows]

@router.get("/v")
def v(first: int, db=Depends(get)):
    return db.query(Item).all()[:first]  # ok

class Repo:
    @router.get("/w")
    def w(self):
        return self.session.query(Item).all()  # bad

@router.post("/x")
def x(db=Depends(get)):
    db.query(Item).all()  # ok
"""

DJANGO = """
from django.http import JsonResponse, HttpResponse
from django.shortcuts import render, get_object_or_404
from django.views.generic import ListView, TemplateView, DetailView
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core import serializers
from django.views.decorators.http import require_GET
from rest_framework import viewsets, generics
from rest_framework.views import APIView
from rest_framework.response import Response
from rest_framework.decorators import api_view, action
from .models import Book, Author

class BookList(ListView):
    model = Book  # bad
    template_name = "x.html"

class BookList2(LoginRequiredMixin, ListView):
    queryset = Book.objects.all()  # bad

class BookList3(ListView):
    model = Book  # ok
    paginate_by = 20

class BookList4(ListView):
    model = Book  # ok
    def get_queryset(self):
        return Book.objects.filter(owner=self.request.user)

class BookDetail(DetailView):
    model = Book  # ok

class Home(TemplateView):
    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        context["books"] = Book.objects.all()  # bad
        return context

def a(request):
    books = Book.objects.all()  # bad
    context = {"books": books}
    return render(request, "x.html", context)

def b(request):
    data = serializers.serialize("json", Book.objects.all())  # bad
    return HttpResponse(data, content_type="application/json")

def c(request):
    books = Book.objects.all()  # ok
    if "q" in request.GET:
        books = books.filter(title=request.GET["q"])
    return render(request, "x.html", {"books": books})

def d(request):
    books = Book.objects.all()[:5]  # ok
    return render(request, "x.html", {"books": books})

def e(request, pk):
    book = get_object_or_404(Book.objects.all(), pk=pk)  # ok
    return render(request, "x.html", {"book": book})

def f(request):
    form = BookForm(queryset=Book.objects.all())  # ok
    return render(request, "x.html", {"form": form})

@api_view(["GET"])
def g(request):
    books = Book.objects.all()  # bad
    serializer = BookSerializer(books, many=True)
    return Response(serializer.data)

class BookSet(viewsets.ViewSet):
    def list(self, request):
        queryset = Book.objects.all()  # bad
        serializer = BookSerializer(queryset, many=True)
        return Response(serializer.data)

    def retrieve(self, request, pk=None):
        queryset = Book.objects.all()  # ok
        book = get_object_or_404(queryset, pk=pk)
        return Response(BookSerializer(book).data)

    @action(detail=False)
    def all_books(self, request):
        return Response(BookSerializer(Book.objects.all(), many=True).data)  # bad

class Api(APIView):
    def get(self, request):
        return Response(list(Book.objects.values_list("title", flat=True)))  # bad

    def post(self, request):
        Book.objects.all().delete()  # ok
        return Response({})

@require_GET
def h(request):
    data = [{"id": b.id} for b in Book.objects.select_related("author").all()]  # bad
    return JsonResponse({"data": data})

def i(request):
    return JsonResponse({"n": Book.objects.count()})  # ok

def j(request):
    data = list(Book.objects.values())  # bad
    return JsonResponse(data, safe=False)

async def k(request):
    data = [b.title async for b in Book.objects.all()]  # bad
    return JsonResponse(data, safe=False)

def l(request):
    total = sum(b.price for b in Book.objects.all())  # ok
    return JsonResponse({"total": total})

def m(request):
    for b in Book.objects.all():  # ok
        b.refresh()
    return JsonResponse({})

class AuthorSet(viewsets.ModelViewSet):
    queryset = Author.objects.all()  # bad
    serializer_class = X

class AuthorList(generics.ListAPIView):
    serializer_class = X
    def get_queryset(self):
        return Author.objects.all()  # bad

class AuthorList2(generics.ListAPIView):
    serializer_class = X
    def get_queryset(self):
        return Author.objects.filter(x=1)  # ok

def n(request):
    return render(request, "x.html", locals())

def o(request):
    html = template.render({"books": Book.objects.order_by("title")})  # bad
    return HttpResponse(html)

def task():
    return list(Book.objects.all())  # ok
"""

HANDLERS = """
from aiohttp import web
import tornado.web
import falcon
routes = web.RouteTableDef()

@routes.get("/a")
async def a(request):
    rows = session.query(Item).all()  # bad
    return web.json_response([r.id for r in rows])

class H(tornado.web.RequestHandler):
    def get(self):
        items = self.db.query(Item).all()  # bad
        self.write({"items": [i.id for i in items]})

class R:
    def on_get(self, req, resp):
        resp.media = [i.id for i in Session.query(Item).all()]  # bad
"""

NINJA = """
from ninja import NinjaAPI, Router
from ninja.pagination import paginate
from .models import Task
api = NinjaAPI()

@api.get("/tasks", response=list[int])
def tasks(request):
    return Task.objects.all()  # bad

@api.get("/tasks2", response=list[int])
@paginate
def tasks2(request):
    return Task.objects.all()  # ok
"""

STRAWBERRY = """
import strawberry
from .models import Task

@strawberry.type
class Query:
    @strawberry.field
    def tasks(self) -> list[int]:
        return Task.objects.all()  # bad
"""

GRAPHENE = """
import graphene
from .models import Task

class Query(graphene.ObjectType):
    tasks = graphene.List(int)
    def resolve_tasks(self, info):
        return Task.objects.all()  # bad
"""

PEDANTIC |= {
    "flask": marked(FLASK),
    "fastapi": marked(FASTAPI),
    "django": marked(DJANGO),
    "handlers of aiohttp, tornado and falcon": marked(HANDLERS),
    "ninja": marked(NINJA),
    "strawberry": marked(STRAWBERRY),
    "graphene": marked(GRAPHENE),
}

SILENT |= {
    "a row for each group": "from django.http import JsonResponse\ndef f(r):\n"
    "    return JsonResponse(list(Book.objects.values('author').annotate(n=Count('id'))), safe=False)\n",
    "all of something else": "from flask import Flask, jsonify\napp = Flask(__name__)\n@app.get('/x')\ndef f():\n"
    "    return jsonify([p.name for p in Permissions.all()])\n",
    "a search in a text": F + "@app.get('/x')\ndef xs(text):\n    return list(text.find('x'))\n",
    "pages by a decorator": F + "@app.get('/x')\n@paginated\ndef xs(db):\n    return db.query(X).all()\n",
}
