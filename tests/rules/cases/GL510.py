"""GL510: endpoints that answer with whole tables."""

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
    "fastapi": (F + "@app.get('/x')\ndef xs(db):\n    return db.query(X).all()\n", [5]),
    "flask": (
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
