"""The objects of a PDF as pdfminer reads them, but of a stream of objects only those that are asked for.

A tagged file keeps thousands of objects there for screen readers; the count needs ten of them.
"""

from __future__ import annotations

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfparser import PDFParser, PDFStreamParser, PDFSyntaxError
from pdfminer.pdftypes import PDFStream, int_value


class Objects(PDFDocument):
    """A PDF of which the second count asks for objects."""

    def __init__(self, parser: PDFParser) -> None:
        self._streams: dict[int | None, tuple[list[bytes], bytes]] = {}
        super().__init__(parser)

    def _getobj_objstm(self, stream: PDFStream, index: int, objid: int) -> object:
        head, objects = self._in_stream(stream)
        try:
            begin = int(head[2 * index + 1])
            end = int(head[2 * index + 3]) if 2 * index + 3 < len(head) else len(objects)
        except (IndexError, ValueError) as error:
            raise PDFSyntaxError(f"no object {index} in the stream of {objid}") from error
        parser = PDFStreamParser(objects[begin : end if end > begin else None] + b"\n")
        parser.set_document(self)
        return parser.nextobject()[1]

    def _in_stream(self, stream: PDFStream) -> tuple[list[bytes], bytes]:
        """(pairs: number of an object, where it begins; the objects) of a stream of objects."""
        if stream.objid not in self._streams:
            first, data = int_value(stream.get("First")), stream.get_data()
            self._streams[stream.objid] = data[:first].split(), data[first:]
        return self._streams[stream.objid]
