"""GL808: loaders whose batches go to a graphics card from unpinned memory."""

D = "from torch.utils.data import DataLoader\n"
C = "model.cuda()\n"

BAD = {
    "cuda": (D + C + "loader = DataLoader(data)\n", [3]),
    "a device by name": (D + "model.to('cuda')\nloader = DataLoader(data)\n", [3]),
    "a numbered device": (D + "model.to('cuda:1')\nloader = DataLoader(data)\n", [3]),
    "a device": (D + "model.to(device)\nloader = DataLoader(data)\n", [3]),
    "a device of the class": (D + "model.to(self.device)\nloader = DataLoader(data)\n", [3]),
    "a device by keyword": (D + "x.to(device=args.device)\nloader = DataLoader(data)\n", [3]),
    "more options": (D + C + "loader = DataLoader(data, batch_size=64, shuffle=True, num_workers=4)\n", [3]),
    "by place": (D + C + "loader = DataLoader(data, 64, True)\n", [3]),
    "an alias": ("import torch.utils.data as d\n" + C + "loader = d.DataLoader(data)\n", [3]),
    "the whole name": ("import torch\n" + C + "loader = torch.utils.data.DataLoader(data)\n", [3]),
    "from utils": ("from torch.utils import data\n" + C + "loader = data.DataLoader(x)\n", [3]),
    "two loaders": (D + C + "a = DataLoader(x)\nb = DataLoader(y)\n", [3, 4]),
    "in a loop": (D + C + "for x, y in DataLoader(data):\n    step(x, y)\n", [3]),
    "in a function": (D + C + "def f(data):\n    return DataLoader(data, batch_size=8)\n", [4]),
    "in a class": (D + C + "class A:\n    def f(self):\n        self.l = DataLoader(self.d)\n", [5]),
    "several lines": (D + C + "loader = DataLoader(\n    data,\n    batch_size=8,\n)\n", [3]),
    "a dictionary": (D + C + "loaders = {k: DataLoader(v) for k, v in sets.items()}\n", [3]),
    "used before the card": (D + "loader = DataLoader(data)\nfor x in loader:\n    x = x.cuda()\n", [2]),
    "async": (D + C + "async def f():\n    return DataLoader(data)\n", [4]),
    "by keyword": (D + C + "loader = DataLoader(dataset=data)\n", [3]),
}

GOOD = {
    "pinned": D + C + "loader = DataLoader(data, pin_memory=True)\n",
    "not on purpose": D + C + "loader = DataLoader(data, pin_memory=False)\n",
    "the caller decides": D + C + "loader = DataLoader(data, pin_memory=pin)\n",
    "options of the caller": D + C + "loader = DataLoader(data, **options)\n",
    "no card": D + "loader = DataLoader(data)\n",
    "the processor": D + "model.to('cpu')\nloader = DataLoader(data)\n",
    "another type": D + "x.to(torch.float64)\nloader = DataLoader(data)\n",
    "a dtype by keyword": D + "x.to(dtype=t)\nloader = DataLoader(data)\n",
    "another loader": "import torch\nfrom mine import DataLoader\n" + C + "loader = DataLoader(data)\n",
    "all by place": D + C + "loader = DataLoader(data, 8, True, None, None, 4, None, True)\n",
    "only named": D + C + "kind = DataLoader\n",
    "a subclass": D + C + "class L(DataLoader): ...\nloader = L(data)\n",
    "no torch": C + "loader = DataLoader(data)\n",
    "geometric": "from torch_geometric.loader import DataLoader\nimport torch\n" + C + "loader = DataLoader(data)\n",
    "a function cuda": D + "cuda()\nloader = DataLoader(data)\n",
    "an attribute": D + "print(model.cuda)\nloader = DataLoader(data)\n",
    "a path": D + "shutil.move(a, b).to(target)\nloader = DataLoader(data)\n",
    "no argument": D + "x.to()\nloader = DataLoader(data)\n",
    "an annotation": D + C + "def f(loader: DataLoader): ...\n",
    "a check": D + C + "assert isinstance(x, DataLoader)\n",
}

PEDANTIC = {
    "no sign of a card": (D + "loader = DataLoader(data)\n", [2]),
    "pinning is off in a function that moves nothing": (
        D + "def f():\n    for x in DataLoader(d, pin_memory=False):\n        print(x)\n\ndef g():\n    model.cuda()\n",
        [3],
    ),
}

SILENT = {
    "another function uses the card": D
    + "def f():\n    for x in DataLoader(d):\n        print(x)\n\ndef g():\n    model.cuda()\n",
    "batches that stay": D
    + "def f():\n    for x in DataLoader(d):\n        model(x.to('cpu'))\n\ndef g():\n    model.cuda()\n",
}
