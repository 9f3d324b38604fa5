"""GLA109 text-asset-not-precompressed: built text that a plain file server sends raw."""

from __future__ import annotations

import os

from greenlint.model.format import format_quantity
from greenlint.rules.base import AssetRule, Effect, EffectClass, Finding, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any, ClassVar

    from greenlint.source.asset import Asset

_BUILT = frozenset(("dist", "build", "public", "_site", "htdocs", "wwwroot", "www", "staticfiles"))
_SERVED = frozenset(("static",))
_LIMIT = 16 << 20  # text above it is data, not part of a page
_GZIP_FRAME = 12  # bytes by which a gzip file exceeds the zlib stream that is tried: 18 of frame against 6
_SETTINGS = {"min-bytes": 8192, "min-gain-bytes": 4096}


class TextAssetNotPrecompressed(AssetRule):
    """A text file in a folder that is served has no compressed copy, and nothing in the project compresses it.

    ## Why it wastes
    Scripts, style sheets, SVG, JSON and HTML shrink to a quarter when they are compressed, and servers that send files as they
    lie send every byte to every visitor. The file is really compressed (gzip, level 9) and the difference reported. A
    compressed copy beside the file (`gzip -9 -k FILE`, or Brotli) costs the CPU time once; compression in the server
    (`gzip on`, WhiteNoise, a middleware) costs it for each cache miss.

    ## When to leave it alone
    The finding cannot know servers that are configured elsewhere: a CDN or a proxy may compress on the way. It is silent
    when a `.gz`, `.br` or `.zst` lies beside the file, when a middleware, build plug-in or server configuration in the project
    compresses, when the project is made for a host that does (Netlify, Vercel, Firebase, Pages), and for the data of Python
    packages, whose users decide. Source maps and files below the limits are never reported.

    ## Options
    `min-bytes` (8192): smallest file; `min-gain-bytes` (4096): smallest saving.

    ## Evidence
    bench GLA109, re-run with `python benchmarks/rules/GLA109/bench.py`; figures in `benchmarks/rules/RESULTS-assets.md`.
    The static files of Django's admin (1.28 MB) take 74 % less with gzip -9, for 0.06 s of CPU once, and 4 ms to unpack all
    of them (CPython 3.11, x86-64). The energy of moving bytes is not measured.
    """

    code = "GLA109"
    name = "text-asset-not-precompressed"
    effect = Effect(EffectClass.TRANSFER, "bytes of every download", "compressed")
    severity = Severity.NOTE
    confidence = 70
    suffixes = (".js", ".mjs", ".css", ".svg", ".json", ".html", ".xml", ".wasm")
    options: ClassVar[Mapping[str, Any]] = _SETTINGS

    def check(self, asset: Asset) -> Iterator[Finding]:
        """Report the bytes that gzip saves. Raises AssetError when the file cannot be read."""
        floor = self.option["min-gain-bytes"]
        if not max(self.option["min-bytes"], floor) <= asset.size <= _LIMIT:
            return
        folders = _BUILT.union(_SERVED).intersection(asset.folders)
        if not folders or asset.in_tests or asset.has_sibling(".gz", ".br", ".zst") or _package_data(asset):
            return
        if asset.size - asset.deflated_size(1) < floor // 2:
            return
        from greenlint.rules.assets._delivery import compresses

        packed = asset.deflated_size(9) + _GZIP_FRAME
        gain = asset.size - packed
        if gain >= floor and not compresses(asset.root):
            yield self._report(asset, packed, gain, 70 if folders & _BUILT else 65)

    def _report(self, asset: Asset, packed: int, gain: int, confidence: int) -> Finding:
        saved, whole = format_quantity(gain, "B"), format_quantity(asset.size, "B")
        message = (
            f"served raw, every download takes {whole}; gzip makes it {format_quantity(packed, 'B')} "
            f"({100 * gain // asset.size} % less): keep a compressed copy beside it or compress in the server"
        )
        effect = Effect(EffectClass.TRANSFER, f"{saved} less per download", "compressed", gain)
        return self.finding(asset, message, effect=effect, confidence=confidence)


def _package_data(asset: Asset) -> bool:
    """True below a folder with an __init__.py: whoever installs the package decides how its files are served."""
    folder, root = os.path.dirname(asset.absolute), asset.root
    for _ in asset.folders:
        if os.path.isfile(os.path.join(folder, "__init__.py")):
            return True
        folder = os.path.dirname(folder)
        if folder == root:
            break
    return False
