"""GL406: foreign keys read object by object, and those that came along, are keys, or no relations."""

M = (
    "from django.db import models\n\nclass Book(models.Model):\n    title = models.TextField()\n"
    "    author = models.ForeignKey('A', models.CASCADE)\n"
    "    shop = models.OneToOneField('S', models.CASCADE, null=True)\n\n"
)

BAD = {
    "a usual name": ("from x import Post\nfor p in Post.objects.all():\n    use(p.owner.mail)\n", [3]),
    "a loop": (M + "for b in Book.objects.all():\n    use(b.author.name)\n", [9]),
    "a filter": (M + "for b in Book.objects.filter(x=1):\n    use(b.author.name)\n", [9]),
    "sorted": (M + "for b in Book.objects.order_by('x'):\n    use(b.author.name)\n", [9]),
    "a comprehension": (M + "x = [b.author.name for b in Book.objects.all()]\n", [8]),
    "a set": (M + "x = {b.author.name for b in Book.objects.exclude(a=1)}\n", [8]),
    "a dictionary": (M + "x = {b.title: b.author.name for b in Book.objects.all()}\n", [8]),
    "a generator": (M + "x = sum(b.author.age for b in Book.objects.all())\n", [8]),
    "a condition": (M + "x = [b for b in Book.objects.all() if b.author.old]\n", [8]),
    "one to one": (M + "for b in Book.objects.all():\n    use(b.shop.town)\n", [9]),
    "two relations": (M + "for b in Book.objects.all():\n    use(b.author.name, b.shop.town)\n", [9, 9]),
    "twice the same": (M + "for b in Book.objects.all():\n    use(b.author.name)\n    use(b.author.age)\n", [9]),
    "a name": (M + "def f():\n    books = Book.objects.all()\n    for b in books:\n        use(b.author.name)\n", [11]),
    "a name that is narrowed": (
        M + "def f(a):\n    q = Book.objects.all()\n    if a:\n        q = q.filter(a=a)\n    for b in q:\n"
        "        use(b.author.name)\n",
        [13],
    ),
    "a list around": (M + "for b in list(Book.objects.all()):\n    use(b.author.name)\n", [9]),
    "an iterator": (M + "for b in Book.objects.all().iterator():\n    use(b.author.name)\n", [9]),
    "in a text": (M + "for b in Book.objects.all():\n    print(f'{b.author.name}')\n", [9]),
    "deeper": (M + "for b in Book.objects.all():\n    use(b.author.town.name)\n", [9]),
    "a method of the author": (M + "for b in Book.objects.all():\n    b.author.greet()\n", [9]),
    "within an if": (M + "for b in Book.objects.all():\n    if b.title:\n        use(b.author.name)\n", [10]),
    "a name proved by select_related": (
        "def f():\n    for b in Post.objects.all():\n        use(b.writer.mail)\n\ndef g():\n"
        "    return Post.objects.select_related('writer')\n",
        [3],
    ),
    "a name proved by a condition": (
        "def f(x):\n    for b in Post.objects.filter(writer__team__name=x):\n        use(b.writer.mail)\n",
        [3],
    ),
    "a method of the class": (
        M + "class Shelf:\n    def show(self):\n        for b in Book.objects.all():\n            use(b.author.name)\n",
        [11],
    ),
    "async": (M + "async def f():\n    async for b in Book.objects.all():\n        use(b.author.name)\n", [10]),
}

BAD |= {
    "a usual name of another file": ("from x import Post\nfor p in Post.objects.all():\n    use(p.author.name)\n", [3]),
    "many to many": (
        "from django.db import models\n\nclass Film(models.Model):\n    actors = models.ManyToManyField('Actor')\n\n"
        "def cast():\n    return [list(film.actors.all()) for film in Film.objects.filter(year=1999)]\n",
        [7],
    ),
    "a class method": (
        "from django.db import models\n\nclass Seat(models.Model):\n    room = models.ForeignKey('Room', models.CASCADE)\n\n"
        "    @classmethod\n    def show(cls):\n        return [seat.room.floor for seat in cls.objects.all()]\n",
        [8],
    ),
}

PEDANTIC = {
    "a manager": ("for p in Post.objects.all():\n    use(p.tags.all())\n", [2]),
    "a reverse manager": ("from x import Post\nreplies = [r for p in Post.objects.all() for r in p.reply_set.all()]\n", [2]),
    "a model of another file": ("from x import Post\nfor p in Post.objects.all():\n    use(p.writer.mail)\n", [3]),
    "a comprehension over one": ("from x import Post\nx = [p.writer.mail for p in Post.objects.filter(a=1)]\n", [2]),
}

GOOD = {
    "a text called title": "for p in Post.objects.all():\n    use(p.author.title())\n",
    "many to many, prefetched": "for p in Post.objects.prefetch_related('tags'):\n    use(p.tags.all())\n",
    "a method called cls": "class A:\n    def f(self, cls):\n        for p in cls.objects.all():\n"
    "            use(p.author.mail)\n",
    "a parent, which may be a property": "for p in Post.objects.all():\n    use(p.parent.name)\n",
    "select_related": M + "for b in Book.objects.select_related('author'):\n    use(b.author.name)\n",
    "select_related later": M + "for b in Book.objects.filter(a=1).select_related('author'):\n    use(b.author.name)\n",
    "prefetch_related": M + "for b in Book.objects.prefetch_related('author'):\n    use(b.author.name)\n",
    "a name with select_related": M
    + "def f():\n    q = Book.objects.all()\n    q = q.select_related('author')\n    for b in q:\n        use(b.author.name)\n",
    "the key": M + "for b in Book.objects.all():\n    use(b.author_id)\n",
    "the key of the object, the matter of GL407": M + "for b in Book.objects.all():\n    use(b.author.id)\n",
    "a field of text": M + "for b in Book.objects.all():\n    use(b.title.lower())\n",
    "the object itself": M + "for b in Book.objects.all():\n    use(b.author)\n",
    "one object": M + "b = Book.objects.get(a=1)\nuse(b.author.name)\n",
    "a list": M + "for b in books:\n    use(b.author.name)\n",
    "values": M + "for b in Book.objects.values('author'):\n    use(b.author.name)\n",
    "values_list": M + "for b in Book.objects.values_list('author', flat=True):\n    use(b.author.name)\n",
    "a date": "for p in Post.objects.all():\n    use(p.at.year)\n",
    "a file": "for p in Post.objects.all():\n    use(p.image.url)\n",
    "a manager": "for p in Post.objects.all():\n    use(p.tags.all())\n",
    "a reverse set": "for p in Post.objects.all():\n    use(p.reply_set.count())\n",
    "another loop's variable": M + "for b in Book.objects.all():\n    pass\nfor b in other:\n    use(b.author.name)\n",
    "a custom manager method": M + "for b in Book.objects.with_author():\n    use(b.author.name)\n",
    "stored": M + "for b in Book.objects.all():\n    b.author.name = 1\n",
    "two targets": M + "for a, b in Book.objects.all():\n    use(b.author.name)\n",
    "no model": "class Book:\n    author = 1\n\nfor b in Book.all():\n    use(b.author.name)\n",
    "a slice of unknown length": M + "for b in rows[:5]:\n    use(b.author.name)\n",
    "a private attribute": "for p in Post.objects.all():\n    use(p._state.db)\n",
}
