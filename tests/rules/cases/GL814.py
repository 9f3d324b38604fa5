"""GL814: networks that threads of one process run on several cards."""

N = "from torch import nn\n"
B = "loss.backward()\n"

BAD = {
    "nn": (N + B + "m = nn.DataParallel(m)\n", [3]),
    "the whole name": ("import torch\n" + B + "m = torch.nn.DataParallel(m)\n", [3]),
    "imported": ("from torch.nn import DataParallel\n" + B + "m = DataParallel(m)\n", [3]),
    "parallel": ("from torch.nn.parallel import DataParallel\n" + B + "m = DataParallel(m, device_ids=[0, 1])\n", [3]),
    "an alias": ("import torch.nn as tn\n" + B + "m = tn.DataParallel(m).cuda()\n", [3]),
    "if there are several": (N + B + "if torch.cuda.device_count() > 1:\n    m = nn.DataParallel(m)\n", [4]),
    "in a class": (N + B + "class A:\n    def f(self):\n        self.m = nn.DataParallel(self.m)\n", [5]),
    "two": (N + B + "a = nn.DataParallel(a)\nb = nn.DataParallel(b)\n", [3, 4]),
}

GOOD = {
    "distributed": N + B + "m = nn.parallel.DistributedDataParallel(m)\n",
    "no training": N + "m = nn.DataParallel(m)\n",
    "another class": "import torch\nfrom mine import DataParallel\n" + B + "m = DataParallel(m)\n",
    "a check": N + B + "if isinstance(m, nn.DataParallel):\n    m = m.module\n",
    "no torch": B + "m = nn.DataParallel(m)\n",
    "a subclass": N + B + "class P(nn.DataParallel): ...\n",
}

PEDANTIC = {"no training": (N + "m = nn.DataParallel(m)\n", [2])}
