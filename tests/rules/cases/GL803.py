"""GL803: downloads that ignore the cache or throw it away, and those that somebody asks for."""

A = "from transformers import AutoModel\n"
H = "from huggingface_hub import hf_hub_download, snapshot_download\n"
TMP = "import tempfile\n"

BAD = {
    "force_download": (A + "m = AutoModel.from_pretrained('b', force_download=True)\n", [2]),
    "in a function": (A + "def f(n):\n    return AutoModel.from_pretrained(n, force_download=True)\n", [3]),
    "in a loop": (A + "for n in names:\n    use(AutoModel.from_pretrained(n, force_download=True))\n", [3]),
    "among other arguments": (A + "m = AutoModel.from_pretrained('b', force_download=True, revision='main')\n", [2]),
    "on several lines": (A + "m = AutoModel.from_pretrained(\n    'b',\n    force_download=True,\n)\n", [2]),
    "hub file": (H + "p = hf_hub_download('a', 'b.bin', force_download=True)\n", [2]),
    "hub snapshot": (H + "p = snapshot_download(repo_id='a', force_download=True)\n", [2]),
    "an alias": ("import huggingface_hub as hub\np = hub.snapshot_download('a', force_download=True)\n", [2]),
    "torch hub": ("import torch\nm = torch.hub.load('a/b', 'c', force_reload=True)\n", [2]),
    "keras": ("import tensorflow as tf\np = tf.keras.utils.get_file('a', u, force_download=True)\n", [2]),
    "data sets": ("from datasets import load_dataset\nd = load_dataset('a', download_mode='force_redownload')\n", [2]),
    "data sets by name": (
        "import datasets\nd = datasets.load_dataset('a', download_mode=datasets.DownloadMode.FORCE_REDOWNLOAD)\n",
        [2],
    ),
    "a temporary cache": (TMP + A + "m = AutoModel.from_pretrained('b', cache_dir=tempfile.mkdtemp())\n", [3]),
    "a temporary cache with a name": (
        TMP + A + "d = tempfile.mkdtemp()\nm = AutoModel.from_pretrained('b', cache_dir=d)\n",
        [4],
    ),
    "a temporary folder": (
        TMP + A + "with tempfile.TemporaryDirectory() as d:\n    m = AutoModel.from_pretrained('b', cache_dir=d)\n",
        [4],
    ),
    "its name": (TMP + A + "d = tempfile.TemporaryDirectory()\nm = AutoModel.from_pretrained('b', cache_dir=d.name)\n", [4]),
    "a place in it": (
        TMP + "import os\n" + H + "d = tempfile.mkdtemp()\np = snapshot_download('a', cache_dir=os.path.join(d, 'hub'))\n",
        [5],
    ),
    "a path in it": (
        TMP
        + "from pathlib import Path\n"
        + H
        + "d = Path(tempfile.mkdtemp())\np = snapshot_download('a', local_dir=d / 'x')\n",
        [5],
    ),
    "written as text": (TMP + H + "p = snapshot_download('a', cache_dir=str(tempfile.mkdtemp()))\n", [3]),
    "whisper": (TMP + "import whisper\nm = whisper.load_model('base', download_root=tempfile.mkdtemp())\n", [3]),
    "torch weights": (
        TMP + "from torch.hub import load_state_dict_from_url\nw = load_state_dict_from_url(u, model_dir=tempfile.mkdtemp())\n",
        [3],
    ),
    "async": (H + "async def f():\n    return snapshot_download('a', force_download=True)\n", [3]),
}

GOOD = {
    "the default": A + "m = AutoModel.from_pretrained('b')\n",
    "told not to": A + "m = AutoModel.from_pretrained('b', force_download=False)\n",
    "somebody decides": A + "def f(force):\n    return AutoModel.from_pretrained('b', force_download=force)\n",
    "an option": A + "m = AutoModel.from_pretrained('b', force_download=args.force)\n",
    "repair": A + "try:\n    m = AutoModel.from_pretrained('b')\nexcept OSError:\n"
    "    m = AutoModel.from_pretrained('b', force_download=True)\n",
    "on request": A + "if args.update:\n    m = AutoModel.from_pretrained('b', force_download=True)\n",
    "an expression": A + "m = AutoModel.from_pretrained('b', force_download=not path)\n",
    "a lasting cache": A + "m = AutoModel.from_pretrained('b', cache_dir='cache')\n",
    "a cache from the settings": A + "m = AutoModel.from_pretrained('b', cache_dir=settings.cache)\n",
    "no cache_dir": A + "m = AutoModel.from_pretrained('b', cache_dir=None)\n",
    "local only": A + "m = AutoModel.from_pretrained('b', local_files_only=True)\n",
    "data sets reuse": "from datasets import load_dataset\nd = load_dataset('a', download_mode='reuse_dataset_if_exists')\n",
    "resumed": H + "p = snapshot_download('a', resume_download=True)\n",
    "saved to a temporary folder": TMP + A + "m = AutoModel.from_pretrained('b')\nm.save_pretrained(tempfile.mkdtemp())\n",
    "loaded from a temporary folder": TMP + A + "d = tempfile.mkdtemp()\nm = AutoModel.from_pretrained(d)\n",
    "the system's folder": TMP + H + "p = snapshot_download('a', cache_dir=tempfile.gettempdir())\n",
    "a folder of the user": H + "p = snapshot_download('a', cache_dir='~/hub')\n",
    "no library": "m = load_model('b', force_download=True)\n",
    "another function": A + "m = download('b', force_download=True)\n",
    "bound twice": TMP + H + "d = tempfile.mkdtemp()\nif x:\n    d = home\np = snapshot_download('a', cache_dir=d)\n",
    "a star": H + "p = snapshot_download('a', **options)\n",
    "number one": A + "m = AutoModel.from_pretrained('b', force_download=1)\n",
}
