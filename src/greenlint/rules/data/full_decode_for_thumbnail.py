"""GL319 full-decode-for-thumbnail."""

from __future__ import annotations

import ast

from greenlint.rules.base import Bad, Effect, EffectClass, FileRule, Finding, Good
from greenlint.source.names import names_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    from greenlint.source.module import Module
    from greenlint.source.names import Binding

_LARGEST = 640
"""Pixels of the longer side up to which a photograph is decoded at half its size or less."""
_SIZE_UNKNOWN = 40
"""Below the default threshold: the wanted size may be close to that of the picture."""
_OTHER_FORMATS = (".png", ".gif", ".bmp", ".webp", ".svg", ".ico", ".tif", ".tiff")


class FullDecodeForThumbnail(FileRule):
    """A photograph is decoded at its full size to be made small.

    ## Why it wastes

    A JPEG holds its blocks as frequencies, so a decoder can leave out the high ones and give a half, a quarter or an eighth of the size
    at a fraction of the work. `Image.open(p).resize((128, 128))` decodes all pixels first. `Image.thumbnail` asks the decoder for
    the smallest size that is enough, and so does `draft("RGB", size)` before `resize`.

    ## When to leave it alone

    For pictures that are not JPEG, or hardly larger than what is wanted: the rule is silent for other suffixes, and where the function calls
    `draft` or `thumbnail`, and gives confidence 40 where the size is not a pair of numbers of at most 640, and to `ImageOps.fit` and the like. The pixels come out a little different, so
    there is no fix.

    ## Evidence

    Whole processes, CPython 3.11.7, Pillow, five times 128 by 128 pixels out of a JPEG of 3,000 by 3,000: 0.349 -> 0.100 s of CPU, of
    1,500 by 1,500 0.128 -> 0.067 s, and no effect at 400; writing the JPEG is in both (`python benchmarks/rules/run.py GL319`).

    In preview: 8.3 million lines of real code have no finding of this confidence.
    """

    code = "GL319"
    name = "full-decode-for-thumbnail"
    effect = Effect(
        EffectClass.CONSTANT, "decodes all pixels (0.349 -> 0.100 s of CPU for five of 9 megapixels)", "bench GL319"
    )
    confidence = 70
    preview = True
    callees = frozenset({"contain", "cover", "fit", "pad", "resize"})
    packages = frozenset({"PIL"})
    examples = (
        Bad(
            "from PIL import Image\n\nImage.open('photo.jpg').resize((128, 128)).save('small.jpg')\n",
            lines=(3,),
        ),
        Bad(
            "from PIL import Image\n\ndef f(path):\n    with Image.open(path) as image:\n        return image.convert('RGB').resize((224, 224))\n",
            lines=(5,),
        ),
        Good("from PIL import Image\n\nimage = Image.open('photo.jpg')\nimage.thumbnail((128, 128))\n", "asks for less"),
        Good("from PIL import Image\n\nImage.open('icon.png').resize((32, 32))\n", "no JPEG"),
    )

    def check(self, node: ast.Call, module: Module) -> Iterator[Finding]:
        """Yield a finding when `node` makes a picture small that was opened in plain sight."""
        fitted = (module.qualified_name(node.func) or "").startswith("PIL.ImageOps.")
        func = node.func
        if not isinstance(func, ast.Attribute) or (not fitted and func.attr != "resize") or _is_drafted(node, module):
            return
        image: ast.expr | None = func.value
        arguments = [*node.args, *(keyword.value for keyword in node.keywords if keyword.arg == "size")]
        if fitted:
            image, arguments = (arguments[0] if arguments else None), arguments[1:]
        opened = _opened(image, module) if image is not None else None
        if opened is None or _is_other(opened):
            return
        size = arguments[0] if arguments else None
        small = isinstance(size, (ast.Tuple, ast.List)) and all(_is_small(side) for side in size.elts)
        message = "decodes all pixels of the picture to make it small; `thumbnail`, or `draft` before it, decodes a smaller one"
        yield self.finding(node, module, message, confidence=None if small and not fitted else _SIZE_UNKNOWN)


def _is_drafted(node: ast.Call, module: Module) -> bool:
    """Whether the same function asks for a smaller picture."""
    asked = [call for name in ("draft", "thumbnail") for call in module.calls(name)]
    return any(module.scope(call) is module.scope(node) for call in asked)


def _opened(image: ast.expr, module: Module) -> ast.Call | None:
    """The `Image.open` that a picture comes from, conversions in between left out."""
    while isinstance(image, ast.Call) and isinstance(image.func, ast.Attribute) and image.func.attr in ("convert", "copy"):
        image = image.func.value
    if isinstance(image, ast.Name):
        bindings = names_of(module).valid_bindings(image)
        value = bindings[0].value if bindings else None
        while isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute) and value.func.attr == "convert":
            value = value.func.value
        image = value if value is not None and _binds_itself(image.id, bindings[1:]) else image
    if isinstance(image, ast.Call) and module.qualified_name(image.func) == "PIL.Image.open" and image.args:
        return image
    return None


def _binds_itself(name: str, others: list[Binding]) -> bool:
    """Whether all later bindings make the picture out of itself: `image = image.resize(...)`."""
    for binding in others:
        value = binding.value
        if value is None or not any(isinstance(part, ast.Name) and part.id == name for part in ast.walk(value)):
            return False
    return True


def _is_other(opened: ast.Call) -> bool:
    return any(
        isinstance(part, ast.Constant) and isinstance(part.value, str) and part.value.lower().endswith(_OTHER_FORMATS)
        for part in ast.walk(opened.args[0])
    )


def _is_small(side: ast.expr) -> bool:
    return isinstance(side, ast.Constant) and isinstance(side.value, int) and side.value <= _LARGEST
