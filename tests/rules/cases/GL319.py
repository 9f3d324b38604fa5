"""Pictures that are made small after they were decoded whole, and others."""

P = "from PIL import Image\n\n\n"

BAD = {
    "at once": (P + "Image.open('a.jpg').resize((64, 64))\n", [4]),
    "under a name": (P + "def f(p):\n    im = Image.open(p)\n    return im.resize((64, 64))\n", [6]),
    "under with": (P + "def f(p):\n    with Image.open(p) as im:\n        return im.resize((64, 64))\n", [6]),
    "converted": (P + "def f(p):\n    return Image.open(p).convert('RGB').resize((224, 224))\n", [5]),
    "converted under a name": (P + "def f(p):\n    im = Image.open(p).convert('RGB')\n    return im.resize((224, 224))\n", [6]),
    "converted before": (P + "def f(p):\n    im = Image.open(p)\n    return im.convert('L').resize((99, 99))\n", [6]),
    "its own name again": (P + "def f(p):\n    im = Image.open(p)\n    im = im.resize((64, 64))\n    return im\n", [6]),
    "with a filter": (P + "def f(p):\n    return Image.open(p).resize((64, 64), Image.LANCZOS)\n", [5]),
    "a list as size": (P + "def f(p):\n    return Image.open(p).resize([64, 64])\n", [5]),
    "the full name": ("import PIL.Image\n\nPIL.Image.open('a.jpg').resize((64, 64))\n", [3]),
    "under another name": ("from PIL import Image as I\n\nI.open('a.jpg').resize((64, 64))\n", [3]),
    "in a loop": (P + "def f(ps):\n    for p in ps:\n        Image.open(p).resize((64, 64)).save(p)\n", [6]),
    "in a comprehension": (P + "def f(ps):\n    return [Image.open(p).resize((64, 64)) for p in ps]\n", [5]),
    "in a method": (P + "class A:\n    def f(self):\n        return Image.open(self.p).resize((64, 64))\n", [6]),
    "an open file": (P + "with open('a.jpg', 'rb') as f:\n    Image.open(f).resize((64, 64))\n", [5]),
    "a file of a form": (P + "def f(r):\n    return Image.open(r.files['a']).resize((64, 64))\n", [5]),
    "saved": (P + "Image.open('a.jpg').resize((640, 480)).save('b.jpg')\n", [4]),
    "to an array": ("import numpy as np\n" + P + "x = np.array(Image.open('a.jpg').resize((64, 64)))\n", [5]),
    "in a coroutine": (P + "async def f(p):\n    return Image.open(p).resize((64, 64))\n", [5]),
    "in a lambda": (P + "f = lambda p: Image.open(p).resize((64, 64))\n", [4]),
    "copied": (P + "def f(p):\n    return Image.open(p).copy().resize((64, 64))\n", [5]),
    "the size by name": (P + "def f(p):\n    return Image.open(p).resize(size=(80, 60))\n", [5]),
    "another function asks for less": (
        P + "def f(p):\n    return Image.open(p).resize((64, 64))\n\ndef g(p):\n    im = Image.open(p)\n"
        "    im.thumbnail((9, 9))\n",
        [5],
    ),
}

PEDANTIC = {
    "fitted": ("from PIL import Image, ImageOps\n\ndef f(p):\n    return ImageOps.fit(Image.open(p), (64, 64))\n", [4]),
    "contained under a name": (
        "from PIL import Image, ImageOps as Ops\n\ndef f(p):\n    im = Image.open(p)\n"
        "    return Ops.contain(im, size=(90, 90))\n",
        [5],
    ),
    "a size that is computed": (P + "def f(p, w, h):\n    return Image.open(p).resize((w, h))\n", [5]),
    "a size by name": (P + "def f(p, size):\n    return Image.open(p).resize(size)\n", [5]),
    "a large size": (P + "def f(p):\n    return Image.open(p).resize((1920, 1080))\n", [5]),
}

GOOD = {
    "thumbnail": P + "im = Image.open('a.jpg')\nim.thumbnail((64, 64))\n",
    "a draft": P + "im = Image.open('a.jpg')\nim.draft('RGB', (64, 64))\nim.resize((64, 64))\n",
    "a png": P + "Image.open('a.png').resize((64, 64))\n",
    "a gif in capitals": P + "Image.open('A.GIF').resize((64, 64))\n",
    "a joined png": "import os\n" + P + "Image.open(os.path.join('a', 'b.png')).resize((64, 64))\n",
    "fitted to a picture that is given": "from PIL import ImageOps\n\ndef f(im):\n    return ImageOps.fit(im, (64, 64))\n",
    "another fit": P + "def f(p, model):\n    return model.fit(Image.open(p), (64, 64))\n",
    "a new picture": P + "Image.new('RGB', (9, 9)).resize((64, 64))\n",
    "an array": P + "Image.fromarray(x).resize((64, 64))\n",
    "a picture that is given": P + "def f(im):\n    return im.resize((64, 64))\n",
    "a screen": "from PIL import ImageGrab\n\nImageGrab.grab().resize((64, 64))\n",
    "a window": "from PIL import Image\n\nwindow.resize((64, 64))\n",
    "a function": "from PIL import Image\n\nresize(Image.open('a'), (64, 64))\n",
    "numpy": "import numpy as np\nimport PIL\n\nnp.resize(x, (64, 64))\n",
    "another open": "import PIL\nimport shop\n\nshop.open('a.jpg').resize((64, 64))\n",
    "cut out before": P + "Image.open('a.jpg').crop((0, 0, 9, 9)).resize((64, 64))\n",
    "turned before": P + "Image.open('a.jpg').rotate(9).resize((64, 64))\n",
    "bound to something else": P + "def f(p):\n    im = Image.open(p)\n    im = load(p)\n    return im.resize((64, 64))\n",
    "a part of it": P + "def f(p):\n    im = Image.open(p)\n    return im.split()[0].resize((64, 64))\n",
    "no path": P + "Image.open().resize((64, 64))\n",
    "a frame": "import PIL\nimport cv2\n\ncv2.resize(cv2.imread('a'), (64, 64))\n",
    "a bitmap": P + "Image.open('a.bmp').resize((64, 64))\n",
    "an icon": P + "Image.open('a.ico').resize((16, 16))\n",
}
