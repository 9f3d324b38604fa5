"""GLA101 png-not-optimised: a PNG that the same pixels would fit in fewer bytes, proven by re-encoding it."""

from __future__ import annotations

from greenlint.model.format import format_quantity
from greenlint.rules.base import Applicability, AssetRule, Effect, EffectClass, Finding, Fix

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any, ClassVar

    from greenlint.source.asset import Asset

_LFS = b"version https://git-lfs"


class PngNotOptimised(AssetRule):
    """A PNG takes more bytes than its pixels need.

    ## Why it wastes
    Every clone, install, page view and cache of the file moves and stores the surplus. The file is encoded again, without
    loss, and the bytes that this really saves are reported. Nothing is estimated: what `--fix` writes has been decoded and
    compared with the original, pixel by pixel, before the finding is made.

    The safe fix keeps the header (size, bit depth, colour type, interlacing) and every chunk that changes the picture or
    says something about it: colour profiles, gamma, resolution, transparency, authors, licences, diagram sources. It drops
    the date and program of the last save, and Apple's `iDOT` index, which would be wrong afterwards. When the format stays and
    nothing can be saved, a smaller colour type is tried (a palette, gray, no alpha channel). Every viewer shows the same
    picture, but a program that reads the file gets an array of another shape: that fix is unsafe and not applied
    without `--unsafe-fixes`.

    ## When to leave it alone
    Test inputs whose exact bytes matter: in test folders the fix is unsafe and the confidence 60. Images that a build step
    optimises before they are shipped. Animated, signed or extended PNGs and those with bytes behind their end are never
    reported; nor are images of more than 64 MiB of pixels.

    ## Options
    `min-gain-percent` (10) and `min-gain-bytes` (4096): both must be reached.

    ## Evidence
    bench GLA101, re-run with `python benchmarks/rules/GLA101/bench.py`; figures in `benchmarks/rules/RESULTS-assets.md`.
    Of 160 real PNGs above 4 kB from six public repositories, 44 were reported and 1.39 of 13.7 MB (10.2 %) saved without
    touching the format; Pillow's `optimize=True` reaches the limits on 9 of them. The results decode in the same or less CPU
    time (screenshot of 1280x800: 7.0 to 3.2 ms). The trial costs 22 ms of CPU per file (median; 90 % within 187 ms).
    """

    code = "GLA101"
    name = "png-not-optimised"
    effect = Effect(EffectClass.TRANSFER, "bytes of every download, clone and install", "re-encoded")
    confidence = 95
    suffixes = (".png",)
    options: ClassVar[Mapping[str, Any]] = {"min-gain-percent": 10, "min-gain-bytes": 4096}

    def check(self, asset: Asset) -> Iterator[Finding]:
        """Report the gain of re-encoding. Raises AssetError when the file is empty, cut off, damaged or no PNG."""
        from greenlint.rules.assets.png.container import parse
        from greenlint.rules.assets.png.optimise import MAX_INFLATED, decode, reduce, reencode

        if asset.size > MAX_INFLATED:
            return
        data = asset.data()
        if data.startswith(_LFS):
            return
        floor = max(self.option["min-gain-bytes"], len(data) * self.option["min-gain-percent"] // 100, 1)
        picture = decode(data) if len(data) > floor else None
        if picture is None:
            parse(data)  # too small to gain anything, but a broken file is still worth a line
            return
        if (smaller := reencode(picture, floor)) is not None:
            applicability = Applicability.UNSAFE if asset.in_tests else Applicability.SAFE
            fix = Fix("Re-encode without loss", (), applicability, "png-optimise")
            yield self._report(asset, len(data), len(smaller), "re-encoding it without loss", 95, fix)
        elif (smaller := reduce(picture, floor)) is not None:
            fix = Fix("Store in a smaller colour type", (), Applicability.UNSAFE, "png-reduce")
            yield self._report(asset, len(data), len(smaller), "a smaller colour type with the same pixels", 80, fix)

    def _report(self, asset: Asset, before: int, after: int, how: str, confidence: int, fix: Fix) -> Finding:
        gain = before - after
        saved, whole = format_quantity(gain, "B"), format_quantity(before, "B")
        effect = Effect(EffectClass.TRANSFER, f"{saved} less per download, clone and install", "re-encoded", gain)
        message = f"{how} saves {saved} of {whole} ({100 * gain // before} %)"
        return self.finding(asset, message, effect=effect, confidence=min(confidence, 60 if asset.in_tests else 95), fix=fix)
