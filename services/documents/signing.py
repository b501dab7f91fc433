"""Signs a paper: PAdES baseline B (ETSI EN 319 142-1) as an addition behind it; its own bytes stay as they are.

Loads pyHanko, which takes most of a second: import it where somebody signs, never at the start.
"""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

from asn1crypto import algos
from asn1crypto import x509 as asn1
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils import content, layout
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore

from services.documents import sign_block
from services.documents.seal_device import SealDevice
from services.documents.sheet import Spot
from services.documents.sign_block import Stamp

LONGEST = 72  # bytes of a DER signature on P-256
NAME = "Signature{}"
FLAT = layout.SimpleBoxLayoutRule(
    layout.AxisAlignment.ALIGN_MID, layout.AxisAlignment.ALIGN_MID, layout.Margins()
)  # fmt: skip


class _Addition(IncrementalPdfFileWriter):
    """Adds signatures and nothing else: a paper stays the PDF/A-2 it is."""

    def _update_meta(self) -> None:
        """Info would be written anew and XMP not, which must agree (ISO 19005-2, 6.6.3)."""

    def ensure_output_version(self, version: object) -> None:
        """PDF/A-2 is PDF 1.7, whatever a signature would like."""

    def register_extension(self, ext: object) -> None:
        """Of PDF 2.0, none."""


class _Drawn(content.PdfContent):
    """A page of a PDF in memory, as what is seen of a signature."""

    def __init__(self, data: bytes, box: layout.BoxConstraints) -> None:
        super().__init__(box=box)
        self._data = data

    def render(self) -> bytes:
        """Brings the page in and shows it."""
        page = self._ensure_writer.import_page_as_xobject(PdfFileReader(io.BytesIO(self._data)))
        self.resources.xobject["/Stamp"] = page
        return b"/Stamp Do"


class _Signer(signers.Signer):
    """Hands what is to be signed to the device."""

    def __init__(self, device: SealDevice) -> None:
        own, *above = (asn1.Certificate.load(c.public_bytes(Encoding.DER)) for c in device.certificates)
        store = SimpleCertificateStore()  # type: ignore[no-untyped-call]
        store.register_multiple(above)
        how = algos.SignedDigestAlgorithm({"algorithm": "sha256_ecdsa"})
        super().__init__(signing_cert=own, cert_registry=store, signature_mechanism=how, embed_roots=True)
        self._device = device

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        return bytes(LONGEST) if dry_run else self._device.sign(data)


class _Timed(signers.PdfSigner):
    """Signs at a given instant instead of the computer's."""

    at: datetime

    def init_signing_session(self, *args: Any, **values: Any) -> Any:
        session = super().init_signing_session(*args, **values)
        session.system_time = self.at
        return session


def sign(data: bytes, device: SealDevice, stamp: Stamp, spot: Spot | None, position: int) -> bytes:
    """The paper with one signature more, its `position`-th. In `spot` it is seen; without one it is not."""
    name, style, field = NAME.format(position), None, fields.SigFieldSpec(NAME.format(position))
    if spot is not None:
        left, low, right, high = (round(side) for side in (spot.x, spot.y, spot.x + spot.width, spot.y + spot.height))
        field = fields.SigFieldSpec(name, on_page=spot.page, box=(left, low, right, high))
        room = layout.BoxConstraints(right - left, high - low)
        drawn = _Drawn(sign_block.draw(stamp, right - left, high - low), room)
        style = StaticStampStyle(border_width=0, background=drawn, background_layout=FLAT, background_opacity=1.0)
    said = signers.PdfSignatureMetadata(
        field_name=name, md_algorithm="sha256", name=stamp.person, subfilter=fields.SigSeedSubFilter.PADES
    )
    signer = _Timed(said, _Signer(device), stamp_style=style, new_field_spec=field)
    signer.at = stamp.at
    out = io.BytesIO()
    signer.sign_pdf(_Addition(io.BytesIO(data)), output=out)
    return out.getvalue()
