"""Puts off what PySide6 loads to explain its functions until somebody asks for an explanation.

Each time that it is imported it loads and compiles the parser of signatures, the generator of type stubs and what they
need of Python. They serve help texts and the messages of wrong calls, so the first window does without them.
"""

from __future__ import annotations

import builtins
import importlib.util
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from threading import RLock
from types import ModuleType
from typing import Any

NOBODY: frozenset[str] = frozenset()
EXPLAINING = {
    "shibokensupport.signature": frozenset({"errorhandler", "layout", "parser"}),
    "shibokensupport.signature.lib": frozenset({"enum_sig", "pyi_generator", "tool"}),
}
"""Package -> its modules that fill themselves when they are first asked; not ``mapping``, whose inside PySide6 uses."""
SELDOM_USED = {
    "shiboken6": frozenset({"tempfile", "textwrap", "traceback"}),
    "shibokensupport.feature": frozenset({"inspect"}),
    "shibokensupport.signature.loader": frozenset({"traceback"}),
    "shutil": frozenset({"bz2", "lzma"}),
    "signature_bootstrap": frozenset({"traceback"}),
    "zipfile": frozenset({"bz2", "lzma"}),
}
"""Module -> those that it names but uses only in seldom cases: it alone gets a stand-in for each."""
_LOADING = RLock()
_BEING_FILLED: set[str] = set()


@contextmanager
def explanations_put_off() -> Iterator[None]:
    """Inside the block these modules are not loaded yet; a release of PySide6 that has others loads them as ever."""
    import_now = builtins.__import__

    def import_late(
        name: str,
        globals: Any = None,  # noqa: A002  # as Python names them
        locals: Any = None,  # noqa: A002
        fromlist: Any = (),
        level: int = 0,
    ) -> ModuleType:
        if not fromlist:
            asks = globals.get("__name__", "") if globals else ""
            if name in SELDOM_USED.get(asks, NOBODY) and name not in sys.modules:
                return _stand_in(name)
        for each in EXPLAINING.get(name, NOBODY).intersection(fromlist or ()):
            _put_off(import_now(name, globals, locals, ("__name__",), level), each)
        module = import_now(name, globals, locals, fromlist, level)
        if "feature" in (fromlist or ()) and name == "shibokensupport":
            module.feature._mod_uses_pyside = _asks_for_no_feature  # noqa: SLF001  # the one place that reads sources
        return module

    builtins.__import__ = import_late
    try:
        yield
    finally:
        builtins.__import__ = import_now
        if getattr(builtins, "__orig_import__", None) is import_late:  # PySide6 kept what it found
            builtins.__dict__["__orig_import__"] = import_now


def _asks_for_no_feature(_module: ModuleType) -> bool:
    """Nothing here wants PySide6's ``__feature__`` (snake_case names), so no source is read to look for it."""
    return False


def _stand_in(name: str) -> ModuleType:
    """Known only to the module that gets it; it loads the real one when it is first asked for something (PEP 562)."""
    module = ModuleType(name)
    module.__dict__["__getattr__"] = lambda wanted: getattr(importlib.import_module(name), wanted)
    return module


def _put_off(package: ModuleType, name: str) -> None:
    """Put an empty module in the place of one that is not loaded yet."""
    full_name = f"{package.__name__}.{name}"
    spec = None if full_name in sys.modules else importlib.util.find_spec(full_name)
    if spec is None:
        return
    module = importlib.util.module_from_spec(spec)
    module.__file__ = full_name.replace(".", "/") + ".py"  # looked at when modules are listed; the same once it is full
    module.__dict__["__getattr__"] = partial(_fill, module, full_name)
    sys.modules[full_name] = module
    setattr(package, name, module)


def _fill(module: ModuleType, full_name: str, wanted: str) -> object:
    """Load the module into itself, once, and look again; other threads wait for it here."""
    with _LOADING:
        if full_name in _BEING_FILLED:
            raise AttributeError(wanted)  # asked for by itself, before it came to define it
        if "__getattr__" in module.__dict__:
            _BEING_FILLED.add(full_name)
            try:
                _load_into(module, full_name)
            finally:
                _BEING_FILLED.remove(full_name)
            del module.__dict__["__getattr__"]
    return getattr(module, wanted)


def _load_into(module: ModuleType, full_name: str) -> None:
    spec = module.__spec__
    if spec is None or spec.loader is None:
        raise ImportError(full_name)
    published, spec.name = spec.name, full_name  # PySide6 publishes it under another name
    try:
        spec.loader.exec_module(module)
    finally:
        spec.name = published
