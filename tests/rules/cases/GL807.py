"""GL807: loaders without workers where a graphics card waits for them."""

D = "from torch.utils.data import DataLoader\n"
C = "model.cuda()\n"
OPEN = "from PIL import Image\nx = Image.open(p)\n"

BAD = {
    "images": (D + C + OPEN + "loader = DataLoader(data)\n", [5]),
    "no workers": (D + C + OPEN + "loader = DataLoader(data, num_workers=0)\n", [5]),
    "cv2": (D + C + "x = cv2.imread(p)\nloader = DataLoader(data)\n", [4]),
    "a folder of images": (D + C + "data = ImageFolder(p)\nloader = DataLoader(data, batch_size=64)\n", [4]),
    "transforms": (D + C + "t = transforms.Compose([])\nloader = DataLoader(data)\n", [4]),
    "torchvision": (D + C + "x = read_image(p)\nloader = DataLoader(data)\n", [4]),
    "a device": (D + "model.to(device)\nx = imread(p)\nloader = DataLoader(data)\n", [4]),
    "by place": (D + C + OPEN + "loader = DataLoader(data, 64, True)\n", [5]),
    "an alias": ("import torch.utils.data as d\n" + C + OPEN + "loader = d.DataLoader(data)\n", [5]),
    "pinned": (D + C + OPEN + "loader = DataLoader(data, pin_memory=True)\n", [5]),
}

GOOD = {
    "workers": D + C + OPEN + "loader = DataLoader(data, num_workers=4)\n",
    "workers of the caller": D + C + OPEN + "loader = DataLoader(data, num_workers=n)\n",
    "options of the caller": D + C + OPEN + "loader = DataLoader(data, **options)\n",
    "no card": D + OPEN + "loader = DataLoader(data)\n",
    "data in memory": D + C + "loader = DataLoader(TensorDataset(x, y))\n",
    "by place": D + C + OPEN + "loader = DataLoader(data, 8, True, None, None, 4)\n",
    "another loader": "import torch\nfrom mine import DataLoader\n" + C + OPEN + "loader = DataLoader(data)\n",
    "only named": D + C + OPEN + "kind = DataLoader\n",
    "no torch": C + OPEN + "loader = DataLoader(data)\n",
    "the processor": D + "model.to('cpu')\n" + OPEN + "loader = DataLoader(data)\n",
}

SILENT = {
    "data in memory": D + "loader = DataLoader(TensorDataset(x, y))\n",
    "data in memory, with a name": D + "data = TensorDataset(x, y)\nloader = DataLoader(dataset=data)\n",
}
