"""GL407: keys read through the related object, and objects that are used anyway or are no models."""

M = (
    "from django.db import models\n\nclass Book(models.Model):\n    title = models.TextField()\n"
    "    author = models.ForeignKey('A', models.CASCADE)\n"
    "    shop = models.OneToOneField('S', models.CASCADE, null=True)\n\n"
)

BAD = {
    "a loop": (M + "for b in Book.objects.all():\n    use(b.author.id)\n", [9]),
    "pk": (M + "for b in Book.objects.all():\n    use(b.author.pk)\n", [9]),
    "a comprehension": (M + "x = [b.author.id for b in Book.objects.filter(a=1)]\n", [8]),
    "a set": (M + "x = {b.author.id for b in Book.objects.all()}\n", [8]),
    "a dictionary": (M + "x = {b.author.id: b.title for b in Book.objects.all()}\n", [8]),
    "a method": (M + "    def f(self):\n        return self.author.id\n", [9]),
    "a text": (M + "    def __str__(self):\n        return f'{self.title} {self.author.id}'\n", [9]),
    "one to one": (M + "    def f(self):\n        return self.shop.id\n", [9]),
    "a condition": (M + "    def f(self, a):\n        return self.author.id == a\n", [9]),
    "get": (M + "def f(k):\n    b = Book.objects.get(pk=k)\n    return b.author.id\n", [10]),
    "first": (M + "def f(k):\n    b = Book.objects.filter(pk=k).first()\n    return b.author.id\n", [10]),
    "get_object_or_404": (
        M + "def f(k):\n    b = get_object_or_404(Book, pk=k)\n    return b.author.id\n",
        [10],
    ),
    "an annotation": (M + "def f(b: Book):\n    return b.author.id\n", [9]),
    "created": (M + "def f(a):\n    b = Book.objects.create(author=a)\n    return b.author.id\n", [10]),
    "an argument": (M + "def f(b: Book):\n    return ask(author=b.author.id)\n", [9]),
    "twice": (M + "def f(b: Book):\n    return b.author.id, b.author.pk\n", [9, 9]),
    "a name of rows": (M + "def f():\n    rows = Book.objects.all()\n    for b in rows:\n        use(b.author.id)\n", [11]),
    "enumerated later": (M + "def f():\n    rows = Book.objects.all()\n    return [b.author.id for b in rows]\n", [10]),
    "async": (M + "async def f(b: Book):\n    return b.author.id\n", [9]),
    "a nested function": (M + "def f(b: Book):\n    def g():\n        return b.author.id\n    return g\n", [10]),
    "in a subscript": (M + "def f(b: Book, names):\n    return names[b.author.id]\n", [9]),
    "a lambda in a method": (M + "    def f(self):\n        return lambda: self.author.id\n", [9]),
}

D = "import django\n"

PEDANTIC = {
    "an object of another file": ("from shop import Order\n\nfor o in Order.objects.all():\n    use(o.user.pk)\n", [4]),
    "one object of another file": (
        "from shop import Order\n\ndef f(n):\n    o = Order.objects.get(n=n)\n    return o.owner.id\n",
        [5],
    ),
    "some object": (D + "def f(post):\n    return post.user.id\n", [3]),
    "used elsewhere, perhaps": (
        M + "    def f(self, a):\n        if a:\n            use(self.author.name)\n        return self.author.id\n",
        [11],
    ),
    "an object that was just fetched": (M + "def f(k):\n    return Book.objects.get(pk=k).author.id\n", [9]),
    "an object that was just fetched by a query": (
        D + "def f(k):\n    return Book.objects.filter(pk=k).first().author.id\n",
        [3],
    ),
    "an awaited object of another file": (
        "from shop.models import Order\n\nasync def f(n):\n    o = await Order.objects.aget(n=n)\n    return o.owner.id\n",
        [5],
    ),
    "a model of another file": (
        "from shop.models import Order\n\ndef f(o: Order):\n    return Order.objects.filter(a=o.owner.id)\n",
        [4],
    ),
    "an alias": ("from shop.models import Order as O\n\ndef f(k):\n    o = O.objects.get(pk=k)\n    return o.owner.id\n", [5]),
    "self of some class": (D + "class A:\n    def f(self):\n        return self.owner.id\n", [4]),
}

GOOD = {
    "an unknown object beside a manager": "from shop import Order\n\ndef f(post):\n"
    "    Order.objects.create()\n    return post.user.id\n",
    "the key": M + "for b in Book.objects.all():\n    use(b.author_id)\n",
    "its own key": M + "for b in Book.objects.all():\n    use(b.id)\n",
    "the request": D + "def f(request):\n    return request.user.id\n",
    "the request of self": D + "class V:\n    def f(self):\n        return self.request.user.id\n",
    "no Django": "def f(post):\n    return post.user.id\n",
    "a text field": M + "    def f(self):\n        return self.title.id\n",
    "a stored key": M + "    def f(self):\n        self.author.id = 1\n",
    "a deleted key": M + "    def f(self):\n        del self.author.id\n",
    "a key to another column": "from django.db import models\n\nclass B(models.Model):\n"
    "    a = models.ForeignKey('A', models.CASCADE, to_field='code')\n\n    def f(self):\n        return self.a.id\n",
    "a parent link": "from django.db import models\n\nclass B(models.Model):\n"
    "    a = models.OneToOneField('A', models.CASCADE, parent_link=True)\n\n    def f(self):\n        return self.a.id\n",
    "the object": M + "    def f(self):\n        return self.author\n",
    "another attribute": M + "    def f(self):\n        return self.author.name\n",
    "the settings": D + "def f(settings):\n    return settings.site.id\n",
    "a class": D + "def f(models):\n    return models.User.id\n",
    "a private attribute": D + "def f(a):\n    return a._user.id\n",
    "a call": D + "def f(a):\n    return a.user().id\n",
    "an event": D + "def f(event):\n    return event.user.id\n",
    "the name id alone": D + "def f(user):\n    return user.id\n",
    "a deeper chain": D + "def f(a):\n    return a.b.c.d.id\n",
    "a subscript": D + "def f(a):\n    return a[0].user.id\n",
    "a static method": M + "    @staticmethod\n    def f(self):\n        return self.title\n",
}

SILENT = {
    "the related object is used": M + "    def f(self):\n        return self.author.id, self.author.name\n",
    "the related object is used before": M + "    def f(self, a):\n        use(self.author.name)\n        if a:\n"
    "            return self.author.id\n",
    "the related object is set": M + "    def f(self, a):\n        self.author = a\n        return self.author.id\n",
    "the related object of another file is used": D + "def f(post):\n    return post.user.id, post.user.name\n",
    "fetched with the object": D + "def f(k):\n    return Book.objects.select_related('author').get(pk=k).author.id\n",
    "a call": D + "def f(a):\n    return a.get(pk=1).user.id\n",
    "another annotation": "from shop.forms import Order\nfrom shop.models import Item\n\ndef f(o: Order):\n"
    "    return Item.objects.filter(a=o.owner.id)\n",
}

B = (
    "from django.db import models\n\nclass Book(models.Model):\n"
    "    author = models.ForeignKey('Author', models.CASCADE, null=True)\n\n    def key(self):\n"
)

PEDANTIC |= {
    "asked for before": (B + "        if self.author:\n            return self.author.id\n", [8]),
    "asked for in the same line": (B + "        return self.author and self.author.pk\n", [7]),
    "or None": (B + "        return self.author.id if self.author is not None else None\n", [7]),
    "of the first row": (B + "        return Book.objects.filter(a=1)[0].author.id\n", [7]),
}

SILENT |= {
    "asked for, and used": B + "        if self.author:\n            return self.author.id, self.author.name\n",
}
