"""GL815: convolutions whose bias the normalisation takes away, and those that keep it, have none, or are not known."""

N = "from torch import nn\n"
C, B = "nn.Conv2d(3, 8, 3)", "nn.BatchNorm2d(8)"
K = "import keras\nfrom keras import layers\n"
KC, KB = "layers.Conv2D(8, 3)", "layers.BatchNormalization()"
INIT = "class A(nn.Module):\n    def __init__(self):\n        super().__init__()\n"
SELF = N + INIT + f"        self.c = {C}\n        self.b = {B}\n"

BAD = {
    "sequential": (N + f"s = nn.Sequential({C}, {B}, nn.ReLU())\n", [2]),
    "two pairs": (N + f"s = nn.Sequential(\n    {C},\n    {B},\n    {C},\n    {B},\n)\n", [3, 5]),
    "a list": (N + f"layers = [{C}, {B}]\n", [2]),
    "more layers": (N + f"layers += [{C}, {B}, nn.ReLU()]\n", [2]),
    "one dimension": (N + "s = nn.Sequential(nn.Conv1d(3, 8, 3), nn.BatchNorm1d(8))\n", [2]),
    "three dimensions": (N + "s = nn.Sequential(nn.Conv3d(3, 8, 3), nn.BatchNorm3d(8))\n", [2]),
    "transposed": (N + "s = nn.Sequential(nn.ConvTranspose2d(3, 8, 3), nn.BatchNorm2d(8))\n", [2]),
    "instances": (N + "s = nn.Sequential(nn.Conv2d(3, 8, 3), nn.InstanceNorm2d(8))\n", [2]),
    "synchronised": (N + "s = nn.Sequential(nn.Conv2d(3, 8, 3), nn.SyncBatchNorm(8))\n", [2]),
    "the whole name": ("import torch\ns = torch.nn.Sequential(torch.nn.Conv2d(3, 8, 3), torch.nn.BatchNorm2d(8))\n", [2]),
    "an alias": ("import torch.nn as tn\ns = tn.Sequential(tn.Conv2d(3, 8, 3), tn.BatchNorm2d(8))\n", [2]),
    "imported classes": (
        "from torch.nn import BatchNorm2d, Conv2d, Sequential\ns = Sequential(Conv2d(3, 8, 3), BatchNorm2d(8))\n",
        [2],
    ),
    "named layers": (N + f"s = nn.Sequential(OrderedDict([('c', {C}), ('b', {B})]))\n", [2]),
    "keywords": (N + f"s = nn.Sequential(nn.Conv2d(3, 8, kernel_size=3, stride=2, padding=1), {B})\n", [2]),
    "attributes": (SELF + "    def forward(self, x):\n        return self.b(self.c(x))\n", [5]),
    "an activation around": (SELF + "    def forward(self, x):\n        return relu(self.b(self.c(x)))\n", [5]),
    "step by step": (SELF + "    def forward(self, x):\n        x = self.c(x)\n        x = self.b(x)\n        return x\n", [5]),
    "returned": (SELF + "    def forward(self, x):\n        y = self.c(x)\n        return self.b(y)\n", [5]),
    "sequential in a class": (N + INIT + f"        self.s = nn.Sequential({C}, {B})\n", [5]),
    "after other layers": (N + f"s = nn.Sequential(nn.ReLU(), {C}, {B})\n", [2]),
    "a function": (N + "def block(i, o):\n    return nn.Sequential(nn.Conv2d(i, o, 3, 1, 1), nn.BatchNorm2d(o))\n", [3]),
    "a tuple": (N + f"parts = ({C}, {B})\n", [2]),
    "lazy": (N + "s = nn.Sequential(nn.LazyConv2d(8, 3), nn.LazyBatchNorm2d())\n", [2]),
    "in a dictionary": (N + f"s = nn.Sequential(OrderedDict({{'c': {C}, 'b': {B}}}))\n", [2]),
    "appended": (N + f"parts = []\nparts.append({C})\nparts.append({B})\n", [3]),
    "added by name": (N + f"s.add_module('c', {C})\ns.add_module('b', {B})\n", [2]),
    "local names": (N + f"def f():\n    c = {C}\n    b = {B}\n    return nn.Sequential(c, b)\n", [3]),
    "local names that are called": (N + f"def f(x):\n    c = {C}\n    b = {B}\n    return b(c(x))\n", [3]),
    "Keras": (K + f"m = keras.Sequential([{KC}, {KB}])\n", [3]),
    "Keras of TensorFlow": (
        "import tensorflow as tf\n"
        "m = tf.keras.Sequential([tf.keras.layers.Conv2D(8, 3), tf.keras.layers.BatchNormalization()])\n",
        [2],
    ),
    "no activation": (K + f"m = keras.Sequential([layers.Conv2D(8, 3, activation=None), {KB}])\n", [3]),
    "Keras, added": (K + f"m = keras.Sequential()\nm.add({KC})\nm.add({KB})\n", [4]),
    "Keras, step by step": (K + f"def f(x):\n    x = {KC}(x)\n    x = {KB}(x)\n    return x\n", [4]),
    "Keras, at once": (K + f"def f(x):\n    return {KB}({KC}(x))\n", [4]),
    "Keras, other names": (K + f"def f(x):\n    y = {KC}(x)\n    z = {KB}(y)\n    return z\n", [4]),
    "Keras, a class": (
        K + f"class A(keras.Model):\n    def __init__(self):\n        self.c = {KC}\n        self.b = {KB}\n\n"
        "    def call(self, x, training):\n        return self.b(self.c(x), training=training)\n",
        [5],
    ),
}

GOOD = {
    "no bias": N + f"s = nn.Sequential(nn.Conv2d(3, 8, 3, bias=False), {B})\n",
    "a bias on purpose": N + f"s = nn.Sequential(nn.Conv2d(3, 8, 3, bias=True), {B})\n",
    "a bias of the caller": N + f"def f(b):\n    return nn.Sequential(nn.Conv2d(3, 8, 3, bias=b), {B})\n",
    "by place": N + f"s = nn.Sequential(nn.Conv2d(3, 8, 3, 1, 1, 1, 1, False), {B})\n",
    "options of the caller": N + f"s = nn.Sequential(nn.Conv2d(3, 8, 3, **options), {B})\n",
    "arguments of the caller": N + f"s = nn.Sequential(nn.Conv2d(*sizes), {B})\n",
    "an activation between": N + f"s = nn.Sequential({C}, nn.ReLU(), {B})\n",
    "normalised first": N + f"s = nn.Sequential({B}, {C})\n",
    "no normalisation": N + f"s = nn.Sequential({C}, nn.ReLU())\n",
    "groups keep the bias": N + f"s = nn.Sequential({C}, nn.GroupNorm(2, 8))\n",
    "layers keep the bias": N + f"s = nn.Sequential({C}, nn.LayerNorm(8))\n",
    "linear": N + "s = nn.Sequential(nn.Linear(3, 8), nn.BatchNorm1d(8))\n",
    "not side by side": N + f"a = {C}\nb = {B}\n",
    "arguments of something else": N + f"s = choose({C}, {B})\n",
    "applied after an activation": SELF + "    def forward(self, x):\n        return self.b(relu(self.c(x)))\n",
    "added up": SELF + "    def forward(self, x):\n        return self.b(self.c(x) + x)\n",
    "used twice": SELF + "    def forward(self, x):\n        y = self.c(x)\n        return self.b(self.c(x)) + y\n",
    "normalises two": SELF + "    def forward(self, x):\n        return self.b(self.c(x)) + self.b(x)\n",
    "kept as well": SELF + "    def forward(self, x):\n        y = self.c(x)\n        z = self.b(y)\n        return y + z\n",
    "never applied": SELF + "    def forward(self, x):\n        return self.c(x)\n",
    "another library": "import torch\nfrom mine import nn\ns = nn.Sequential(nn.Conv2d(3, 8, 3), nn.BatchNorm2d(8))\n",
    "options of the norm": N + f"s = nn.Sequential({C}, nn.BatchNorm2d(**options))\n",
    "Keras, no bias": K + f"m = keras.Sequential([layers.Conv2D(8, 3, use_bias=False), {KB}])\n",
    "Keras, an activation": K + f"m = keras.Sequential([layers.Conv2D(8, 3, activation='relu'), {KB}])\n",
    "Keras, a layer in between": K + f"m = keras.Sequential([{KC}, layers.ReLU(), {KB}])\n",
    "Keras, used twice": K + f"def f(x):\n    y = {KC}(x)\n    z = {KB}(y)\n    return z + y\n",
    "Keras, added to another": K + f"m.add({KC})\nn.add({KB})\n",
    "Keras, something between": K + f"m.add({KC})\nm.add(layers.ReLU())\nm.add({KB})\n",
    "a local name that is used twice": N + f"def f(x):\n    c = {C}\n    b = {B}\n    return b(c(x)) + c(x)\n",
}
