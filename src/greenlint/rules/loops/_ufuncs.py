"""The functions of NumPy that work on one number as on a whole array."""

from __future__ import annotations

UFUNCS = frozenset(
    {"abs", "absolute", "arccos", "arcsin", "arctan", "arctan2", "cbrt", "ceil", "cos", "cosh", "deg2rad", "degrees", "exp"}
    | {"exp2", "expm1", "fabs", "floor", "fmod", "hypot", "isfinite", "isinf", "isnan", "log", "log10", "log1p", "log2"}
    | {"maximum", "minimum", "power", "rad2deg", "radians", "rint", "sign", "sin", "sinh", "sqrt", "square", "tan", "tanh"}
    | {"trunc"}
)
