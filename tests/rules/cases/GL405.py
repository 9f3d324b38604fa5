"""GL405: querysets that are fetched to be counted, tested or cut, and those whose rows are used as well."""

BAD = {
    "a query of SQLAlchemy": ("n = len(session.query(User).all())\n", [1]),
    "a query of Flask-SQLAlchemy": ("n = len(User.query.filter_by(a=1).all())\n", [1]),
    "a part of a relation": ("import django\nn = len(user.groups.filter(a=1))\n", [2]),
    "a number": ("n = len(User.objects.filter(a=1))\n", [1]),
    "all": ("n = len(User.objects.all())\n", [1]),
    "a number that is returned": ("def f():\n    return len(User.objects.exclude(a=1))\n", [2]),
    "through the module": ("n = len(models.User.objects.filter(a=1))\n", [1]),
    "a long chain": ("n = len(User.objects.filter(a=1).exclude(b=2).order_by('c'))\n", [1]),
    "values": ("n = len(User.objects.filter(a=1).values_list('id'))\n", [1]),
    "a name": ("def f():\n    users = User.objects.filter(a=1)\n    return len(users)\n", [3]),
    "compared with a limit": ("if len(User.objects.filter(a=1)) > limit:\n    go()\n", [1]),
    "printed": ("print(len(User.objects.all()))\n", [1]),
    "in a text": ("x = f'{len(User.objects.all())} users'\n", [1]),
    "a test": ("if User.objects.filter(a=1):\n    go()\n", [1]),
    "not": ("if not User.objects.filter(a=1):\n    go()\n", [1]),
    "a test of a name": ("def f():\n    found = User.objects.filter(a=1)\n    if found:\n        go()\n", [3]),
    "bool": ("x = bool(User.objects.filter(a=1))\n", [1]),
    "a conditional expression": ("x = 1 if User.objects.filter(a=1) else 2\n", [1]),
    "while": ("while User.objects.filter(a=1):\n    step()\n", [1]),
    "assert": ("def f():\n    assert User.objects.filter(a=1)\n", [2]),
    "the first of a list": ("x = list(User.objects.all())[0]\n", [1]),
    "ten of a list": ("x = list(User.objects.filter(a=1))[:10]\n", [1]),
    "a comprehension": ("x = [len(Post.objects.filter(user=u)) for u in users]\n", [1]),
    "async": ("async def f():\n    return len(User.objects.filter(a=1))\n", [2]),
    "an else": ("def f(a):\n    if a:\n        return 0\n    else:\n        return len(User.objects.filter(a=a))\n", [5]),
    "the default manager": ("n = len(User._default_manager.filter(a=1))\n", [1]),
    "a lambda": ("f = lambda a: len(User.objects.filter(a=a))\n", [1]),
}

D = "import django\n"

BAD |= {
    "a test of a session": ("def f(session):\n    if session.query(User).filter(User.a == 1).all():\n        go()\n", [2]),
    "bool of a session": ("def f(db):\n    return bool(db.query(User).filter_by(a=1).all())\n", [2]),
    "not under a name": ("def f(s):\n    rows = s.query(User).all()\n    if not rows:\n        go()\n", [3]),
    "scalars": ("def f(s):\n    if not s.scalars(select(User).where(User.a == 1)).all():\n        go()\n", [2]),
    "the length of scalars": ("def f(s):\n    return len(s.execute(select(User)).scalars().all())\n", [2]),
}

PEDANTIC = {
    "all of something": ("n = len(query.all())\n", [1]),
    "a related manager": (D + "n = len(user.groups.all())\n", [2]),
    "a test of a related manager": (D + "if user.groups.all():\n    go()\n", [2]),
    "a list that is walked": ("for u in list(User.objects.filter(a=1)):\n    use(u)\n", [1]),
    "a whole table": ("for u in User.objects.all():\n    use(u)\n", [1]),
    "len as a method": ("n = User.objects.filter(a=1).len()\n", [1]),
    "distinct rows": ("n = len(User.objects.filter(a=1).distinct())\n", [1]),
}

GOOD = {
    "the first of a session": "def f(s):\n    if s.query(User).filter_by(a=1).first():\n        go()\n",
    "rows of a session that are used": "def f(s):\n    rows = s.query(User).all()\n    if rows:\n        use(rows)\n",
    "a bounded select": "def f(s):\n    if s.scalars(select(User).limit(1)).all():\n        go()\n",
    "count": "n = User.objects.filter(a=1).count()\n",
    "exists": "if User.objects.filter(a=1).exists():\n    go()\n",
    "used as well": "def f():\n    users = User.objects.filter(a=1)\n    print(len(users))\n    for u in users:\n"
    "        use(u)\n",
    "tested, then used": "def f():\n    users = User.objects.filter(a=1)\n    if users:\n        use(users[0])\n",
    "a slice": "n = len(User.objects.all()[:10])\n",
    "compared with zero, the matter of GL410": "x = len(User.objects.filter(a=1)) > 0\n",
    "a list": "n = len(rows)\n",
    "a filter of something else": "n = len(frame.filter(a=1))\n",
    "the builtin filter": "n = len(list(filter(None, rows)))\n",
    "a function of its own called len": "from x import len\nn = len(User.objects.all())\n",
    "a custom method": "n = len(User.objects.active())\n",
    "get": "if User.objects.get(a=1):\n    go()\n",
    "first": "if User.objects.filter(a=1).first():\n    go()\n",
    "a list that is kept": "rows = list(User.objects.all())\n",
    "the last of a list": "x = list(User.objects.all())[-1]\n",
    "a variable index": "x = list(User.objects.all())[i]\n",
    "a sliced queryset": "x = User.objects.all()[0]\n",
    "a name of two things": "def f(a):\n    x = User.objects.all()\n    if a:\n        x = []\n    return len(x)\n",
    "an argument": "def f(users):\n    return len(users)\n",
    "read twice": "def f():\n    x = User.objects.filter(a=1)\n    return len(x), list(x)\n",
    "a class called in capitals": "n = len(USERS.objects.all())\n",
    "a test of a function": "if all(rows):\n    go()\n",
    "or": "x = User.objects.filter(a=1) or None\n",
    "a loop over a filter": "for u in User.objects.filter(a=1):\n    use(u)\n",
    "deleted": "User.objects.filter(a=1).delete()\n",
}

BAD |= {
    "a list that is only counted": ("from x import P\n\ndef f():\n    return len(list(P.objects.all()))\n", [4]),
    "an alias of one letter": ("from x import Person as P\n\ndef f(n):\n    return bool(P.objects.filter(name=n))\n", [4]),
}

BAD |= {
    "a comprehension that is counted": (
        "from shop.models import Item\nx = len([i for i in Item.objects.filter(a=1)])\n",
        [2],
    ),
    "a queryset among other conditions": (
        "from shop.models import Item\ndef f(x):\n    if x and Item.objects.filter(a=1):\n        return 1\n",
        [3],
    ),
}
PEDANTIC |= {
    "ones that are added": ("from shop.models import Item\nx = sum(1 for _ in Item.objects.filter(a=1))\n", [2]),
}
