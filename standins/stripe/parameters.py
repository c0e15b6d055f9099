"""Parameters as Stripe's library sends them, held against that library's own types, however deep."""

import types
from collections.abc import Iterable
from typing import Any, ForwardRef, Literal, NotRequired, Required, Union, get_args, get_origin

import typing_extensions
from stripe import params
from stripe._request_options import RequestOptions

from standins.stripe.refusals import Refused, invalid

Bag = dict[str, Any]
NOT_SENT = frozenset(RequestOptions.__annotations__)  # the library takes these for itself


def unflatten(pairs: Iterable[tuple[str, str]]) -> Bag:
    """`a[b][0]=x` as `{"a": {"b": ["x"]}}`; texts stay texts."""
    root: Bag = {}
    for name, value in pairs:
        node, steps = root, name.replace("]", "").split("[")
        for step in steps[:-1]:
            node = node.setdefault(step, {})
            if not isinstance(node, dict):
                raise invalid(f"Invalid parameter name: {name}", name)
        node[steps[-1] or str(len(node))] = value
    return {name: _lists(value) for name, value in root.items()}


def _lists(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if value and all(key.isdigit() for key in value):
        return [_lists(value[key]) for key in sorted(value, key=int)]
    return {key: _lists(inner) for key, inner in value.items()}


def checked(given: Bag, shape: str) -> Bag:
    """`given` with numbers and truths made of the texts; refuses what `stripe.params.<shape>` does not know."""
    return _Types(shape).bag(given, _find(shape), "")


def _find(shape: str) -> Any:
    group, _, name = shape.rpartition(".")
    return getattr(getattr(params, group) if group else params, name)


class _Types:
    """One walk along a parameter type; names in quotes are looked up in the module it was declared in."""

    def __init__(self, shape: str) -> None:
        root = _find(shape)
        self.names = vars(__import__(root.__module__, fromlist=["*"]))

    def bag(self, given: Any, shape: Any, path: str) -> Bag:
        if not isinstance(given, dict):
            raise invalid(f"Invalid object: {path}", path)
        known = {name: kind for name, kind in shape.__annotations__.items() if path or name not in NOT_SENT}
        return {
            name: self.value(value, self._of(known, name, path), _join(path, name)) for name, value in given.items()
        }

    def value(self, given: Any, kind: Any, path: str) -> Any:
        """`given` as one of the kinds that `kind` allows; the first that takes it."""
        refusal: Refused | None = None
        for one in self.kinds(kind):
            try:
                return self.one(given, one, path)
            except Refused as no:
                refusal = refusal or no
        raise refusal or invalid(f"Invalid value for {path}", path)

    def one(self, given: Any, kind: Any, path: str) -> Any:
        origin = get_origin(kind)
        if hasattr(kind, "__total__"):
            return self.bag(given, kind, path)
        if origin is list:
            return self._list(given, get_args(kind)[0], path)
        if origin is dict or kind is dict:
            return _texts(given, path)
        if origin is Literal:
            return _one_of(given, get_args(kind), path)
        return _scalar(given, kind, path)

    def kinds(self, kind: Any) -> list[Any]:
        """The alternatives of a union, quotes and NotRequired taken off. `Literal | str` is the library's way to let
        newer values through; the API itself refuses them, so the plain `str` beside a Literal is left out."""
        kind = self._named(kind)
        origin = get_origin(kind)
        if origin in (NotRequired, Required, typing_extensions.NotRequired, typing_extensions.Required):
            return self.kinds(get_args(kind)[0])
        if origin not in (Union, types.UnionType):
            return [kind]
        found = [inner for part in get_args(kind) for inner in self.kinds(part)]
        if any(get_origin(one) is Literal for one in found):
            found = [one for one in found if one is not str]
        return [one for one in found if getattr(one, "__name__", "") != "UntypedStripeObject"]

    def _list(self, given: Any, inner: Any, path: str) -> list[Any]:
        if not isinstance(given, list):
            raise invalid(f"Invalid array: {path}", path)
        return [self.value(value, inner, f"{path}[{i}]") for i, value in enumerate(given)]

    def _named(self, kind: Any) -> Any:
        while isinstance(kind, ForwardRef | str):
            text = kind.__forward_arg__ if isinstance(kind, ForwardRef) else kind
            kind = eval(text, self.names)  # the library's own source, not input
        return kind

    def _of(self, known: Bag, name: str, path: str) -> Any:
        if name not in known:
            full = _join(path, name)
            raise Refused(f"Received unknown parameter: {full}", code="parameter_unknown", param=full)
        return known[name]


def _join(path: str, name: str) -> str:
    return f"{path}[{name}]" if path else name


def _texts(given: Any, path: str) -> dict[str, str]:
    """Metadata: at most 50 keys of 40 characters, values of 500. https://docs.stripe.com/metadata"""
    if not isinstance(given, dict) or not all(isinstance(value, str) for value in given.values()):
        raise invalid(f"Invalid hash of texts: {path}", path)
    if len(given) > 50 or any(len(key) > 40 or len(value) > 500 for key, value in given.items()):
        raise invalid(f"{path} holds at most 50 keys of 40 characters with values of 500.", path)
    return given


def _one_of(given: Any, allowed: tuple[Any, ...], path: str) -> Any:
    if given not in allowed:
        choices = ", ".join(str(one) for one in allowed)
        raise invalid(f"Invalid {path}: must be one of {choices}", path)
    return given


def _scalar(given: Any, kind: Any, path: str) -> Any:
    if not isinstance(given, str):
        raise invalid(f"Invalid value for {path}", path)
    if kind is bool:
        return _one_of(given, ("true", "false"), path) == "true"
    if kind is int:
        if not given.removeprefix("-").isdecimal():
            raise Refused(f"Invalid integer: {given}", code="parameter_invalid_integer", param=path)
        return int(given)
    return given
