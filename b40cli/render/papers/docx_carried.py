"""A file that a DOCX carries: a part of custom XML, which office programs keep when they save."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from docx.document import Document

SPACE = "urn:b40:record"


def carried(document: Document, text: str) -> None:
    """The text in a part of its own, as the verifier looks for it."""
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    held = b64encode(text.encode()).decode()
    blob = f'<record xmlns="{SPACE}">{held}</record>'.encode()
    package = document.part.package
    place = package.next_partname("/customXml/item%d.xml")
    part = Part(PackURI(place), "application/xml", blob, package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_XML)
