"""Babel extraction method for Qt Designer forms."""

from __future__ import annotations

import xml.sax
from collections.abc import Collection, Iterator, Mapping
from typing import IO, Any, TypeAlias
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl

from typing_extensions import override

Message: TypeAlias = tuple[int, str, str | tuple[str, str], list[str]]


class _FormStrings(ContentHandler):
    """Collects the translatable ``<string>`` elements with their line numbers."""

    def __init__(self) -> None:
        super().__init__()
        self.messages: list[Message] = []
        self._open: AttributesImpl | None = None
        self._line = 0
        self._text: list[str] = []
        self._muted_lists = 0

    @override
    def startElement(self, name: str, attrs: AttributesImpl) -> None:
        if name == "stringlist" and attrs.get("notr") == "true":
            self._muted_lists += 1
        elif name == "string":
            self._open, self._text = attrs, []
            self._line = self._locator.getLineNumber() or 0  # type: ignore[attr-defined]

    @override
    def characters(self, content: str) -> None:
        if self._open is not None:
            self._text.append(content)

    @override
    def endElement(self, name: str) -> None:
        if name == "stringlist" and self._muted_lists:
            self._muted_lists -= 1
        elif name == "string" and (attrs := self._open) is not None:
            self._open = None
            text = "".join(self._text)
            if not text.strip() or self._muted_lists or attrs.get("notr") == "true":
                return
            hints = [hint] if (hint := attrs.get("extracomment")) else []
            if context := attrs.get("comment"):
                self.messages.append((self._line, "pgettext", (context, text), hints))
            else:
                self.messages.append((self._line, "gettext", text, hints))


def extract_ui(
    fileobj: IO[bytes],
    keywords: Mapping[str, Any],  # noqa: ARG001  # the four parameters are Babel's
    comment_tags: Collection[str],  # noqa: ARG001
    options: Mapping[str, Any],  # noqa: ARG001
) -> Iterator[Message]:
    """Yield every translatable string of a ``.ui`` file.

    Designer's *disambiguation* (``comment=``) becomes ``msgctxt`` and its *comment* (``extracomment=``) becomes a note
    for the translator. Texts that are marked ``notr`` are left out.
    """
    handler = _FormStrings()
    xml.sax.parse(fileobj, handler)  # noqa: S317  # our own forms, not a stranger's file
    yield from handler.messages
