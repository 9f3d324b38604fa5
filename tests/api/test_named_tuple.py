"""Our named tuples behave like those of `typing`."""

from __future__ import annotations

import copy
import inspect
import pickle
import typing
from typing import Any

import pytest

from greenlint.model.energy import Energy, Method
from greenlint.named_tuple import NamedTuple


class Ours(NamedTuple):
    """A place."""

    x: int
    y: int = 2
    name: str = "a"

    @property
    def total(self) -> int:
        return self.x + self.y

    @classmethod
    def origin(cls) -> Ours:
        return cls(0, 0)


class Theirs(typing.NamedTuple):
    """A place."""

    x: int
    y: int = 2
    name: str = "a"


class Bare(NamedTuple):
    pass


def _error(make: Any, *args: Any, **named: Any) -> str:
    with pytest.raises(TypeError) as caught:
        make(*args, **named)
    return str(caught.value)


@pytest.mark.parametrize(("args", "named"), [((1,), {}), ((1, 3), {}), ((), {"x": 5, "name": "b"}), ((1, 2, "c"), {})])
def test_is_the_same_tuple(args: tuple[Any, ...], named: dict[str, Any]) -> None:
    ours, theirs = Ours(*args, **named), Theirs(*args, **named)
    assert ours == theirs
    assert hash(ours) == hash(theirs)
    assert ours._asdict() == theirs._asdict()
    assert ours._replace(y=9) == theirs._replace(y=9)
    assert repr(ours) == repr(theirs).replace("Theirs", "Ours")
    assert (ours.x, ours.y, ours.name) == tuple(ours)


def test_what_a_class_says_of_itself() -> None:
    assert (Ours._fields, Ours._field_defaults, Ours.__match_args__, Ours.__doc__) == (
        Theirs._fields,
        Theirs._field_defaults,
        Theirs.__match_args__,
        Theirs.__doc__,
    )
    assert str(inspect.signature(Ours)) == "(x, y=2, name='a')"
    assert (Ours.__module__, Ours.__qualname__) == (__name__, "Ours")


@pytest.mark.parametrize(("args", "named"), [((), {}), ((1, 2, "c", 4), {}), ((1,), {"z": 2}), ((1,), {"x": 2})])
def test_wrong_arguments_are_named_alike(args: tuple[Any, ...], named: dict[str, Any]) -> None:
    assert _error(Ours, *args, **named) == _error(Theirs, *args, **named).replace("Theirs", "Ours")


def test_cannot_be_changed() -> None:
    for name in ("x", "other"):
        with pytest.raises(AttributeError):
            setattr(Ours(1), name, 3)
    with pytest.raises(TypeError):
        Ours(1)._replace(z=3)  # type: ignore[call-arg]
    assert not hasattr(Ours(1), "__dict__")


def test_copies_and_pickles() -> None:
    value = Ours(1, 5)
    assert pickle.loads(pickle.dumps(value)) == copy.copy(value) == copy.deepcopy(value) == value
    assert type(pickle.loads(pickle.dumps(value))) is Ours


def test_methods_matching_and_no_fields() -> None:
    assert (Ours(1).total, Ours.origin().total, tuple(Bare())) == (3, 0, ())
    match Ours(7):
        case Ours(x, y):
            assert (x, y) == (7, 2)


def test_a_default_before_a_field_without_one_is_refused() -> None:
    with pytest.raises(TypeError, match="follows one that has a default"):
        type(NamedTuple)("Wrong", (), {"__annotations__": {"a": "int", "b": "int"}, "a": 1})


def test_energies_have_no_order_and_no_multiples() -> None:
    """An estimate must not be compared with a measurement because both are tuples of numbers."""
    one = Energy(1.0, 0.0, 0.1, 0.1, "g", Method.MODEL, "model", ("machine",), "process")
    for wrong in (lambda: one < one, lambda: one >= one, lambda: one * 2, lambda: sorted([one, one])):
        with pytest.raises(TypeError, match="are compared by"):
            wrong()
