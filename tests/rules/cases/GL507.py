"""GL507: files that are fetched at each run, and those that are kept, that change, or that nobody knows."""

P = "import pandas as pd\n"
R = "import requests\n"
U = "from urllib.request import urlopen, urlretrieve\n"
CSV = "'https://example.org/data/iris.csv'"

BAD = {
    "read_csv": (P + f"d = pd.read_csv({CSV})\n", [2]),
    "read_csv by its name": (f"from pandas import read_csv\nd = read_csv({CSV}, sep=';')\n", [2]),
    "by keyword": (P + f"d = pd.read_csv(filepath_or_buffer={CSV})\n", [2]),
    "read_excel": (P + "d = pd.read_excel('http://example.org/a.xlsx')\n", [2]),
    "read_parquet": (P + "d = pd.read_parquet('https://example.org/a.parquet')\n", [2]),
    "a constant": (P + f"URL = {CSV}\nd = pd.read_csv(URL)\n", [3]),
    "urlretrieve": (U + f"urlretrieve({CSV}, 'iris.csv')\n", [2]),
    "urlopen": (U + "data = urlopen('https://example.org/a.zip').read()\n", [2]),
    "by its module": ("import urllib.request\nurllib.request.urlretrieve('https://example.org/a.tar.gz', 'a')\n", [2]),
    "requests": (R + "open('m.bin', 'wb').write(requests.get('https://example.org/m.bin').content)\n", [2]),
    "a session": (R + "s = requests.Session()\nr = s.get('https://example.org/a.pdf')\n", [3]),
    "httpx": ("import httpx\nr = httpx.get('https://example.org/a.png')\n", [2]),
    "main": (U + f"def main():\n    urlretrieve({CSV}, 'a.csv')\n", [3]),
    "an asynchronous main": (
        "import httpx\nasync def main():\n    async with httpx.AsyncClient() as c:\n"
        "        return await c.get('https://example.org/a.gz')\n",
        [4],
    ),
    "the entry point": (U + f"if __name__ == '__main__':\n    urlretrieve({CSV}, 'a.csv')\n", [3]),
    "a version in the address": (U + "urlretrieve('https://example.org/a.zip?v=3', 'a.zip')\n", [2]),
    "ftp": (U + "urlretrieve('ftp://example.org/a.dat', 'a.dat')\n", [2]),
    "two": (P + f"a = pd.read_csv({CSV})\nb = pd.read_csv('https://example.org/b.tsv')\n", [2, 3]),
    "in a with": (U + "with urlopen('https://example.org/words.txt') as f:\n    words = f.read().split()\n", [2]),
    "in a try": (U + "try:\n    urlretrieve('https://example.org/a.jpg', 'a.jpg')\nexcept OSError:\n    pass\n", [3]),
    "in a class body": (P + f"class A:\n    DATA = pd.read_csv({CSV})\n", [3]),
    "with a limit": (R + "r = requests.get('https://example.org/m.h5', timeout=5)\n", [2]),
}

PEDANTIC = {
    "a function": (P + f"def load():\n    return pd.read_csv({CSV})\n", [3]),
    "a method called main": (P + f"class A:\n    def main(self):\n        return pd.read_csv({CSV})\n", [4]),
    "a look for another file further down": (
        "import os\n"
        + U
        + f"def main():\n    urlretrieve({CSV}, 'a.csv')\n    if not os.path.exists('b.csv'):\n        make()\n",
        [4],
    ),
    "a checksum after it": (
        "import hashlib\n" + U + f"def main():\n    urlretrieve({CSV}, 'a')\n    check(sha256('a'))\n",
        [4],
    ),
}

GOOD = {
    "it looks first": "import os\n" + U + f"if not os.path.exists('a.csv'):\n    urlretrieve({CSV}, 'a.csv')\n",
    "it looks first, with a path": "from pathlib import Path\n"
    + U
    + f"p = Path('a.csv')\nif not p.is_file():\n    urlretrieve({CSV}, p)\n",
    "it tries the file first": P
    + f"try:\n    d = pd.read_csv('a.csv')\nexcept FileNotFoundError:\n    d = pd.read_csv({CSV})\n",
    "a cache": P + f"@memory.cache\ndef main():\n    return pd.read_csv({CSV})\n",
    "a cache of functions": "import functools\n" + P + f"@functools.lru_cache\ndef main():\n    return pd.read_csv({CSV})\n",
    "a session that keeps": "import requests_cache\n"
    + R
    + "s = requests_cache.CachedSession()\nr = s.get('https://example.org/a.csv')\n",
    "a condition": R + "r = requests.get('https://example.org/a.csv', headers={'If-None-Match': tag})\n",
    "an API": R + "r = requests.get('https://example.org/api/weather')\n",
    "JSON of an API": R + "r = requests.get('https://example.org/now.json')\n",
    "a page": U + "urlopen('https://example.org/')\n",
    "an address from elsewhere": U + "def main(url):\n    urlretrieve(url, 'a.csv')\n",
    "an address of the arguments": "import sys\n" + U + "urlretrieve(sys.argv[1], 'a.csv')\n",
    "an address that is made": U + "urlretrieve(f'https://example.org/{day}.csv', 'a.csv')\n",
    "a local file": P + "d = pd.read_csv('iris.csv')\n",
    "this machine": U + "urlretrieve('http://localhost/a.csv', 'a.csv')\n",
    "post": R + "requests.post('https://example.org/a.csv', data=d)\n",
    "urlopen with data": U + "urlopen('https://example.org/a.csv', data)\n",
    "another address by the parameters": R + "requests.get('https://example.org/a.csv', params={'day': day})\n",
    "a fixture": "import pytest\n" + P + f"@pytest.fixture\ndef main():\n    return pd.read_csv({CSV})\n",
    "a read_csv of this file": P + f"def read_csv(u):\n    pass\nread_csv({CSV})\n",
    "two addresses": P + f"URL = {CSV}\nURL = other\nd = pd.read_csv(URL)\n",
    "a checksum": "import hashlib\n" + U + f"urlretrieve({CSV}, 'a')\nassert sha256('a') == SUM\n",
}
