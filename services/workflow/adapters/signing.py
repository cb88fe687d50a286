"""Signs documents by PAdES (ETSI EN 319 142-1, level B-B) with a key of the house, in a thread of its own.

The key file is PEM: the private key, its certificate, then the certificates of earlier keys, whose documents
stay verifiable. In a development data folder a key is made that says of itself that it is one.
"""

from __future__ import annotations

import asyncio
import io
import os
from collections.abc import Callable, Coroutine
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from eventlet.semaphore import Semaphore

from gdbos_runtime import clock
from gdbos_runtime.offload import offload
from gdbos_runtime.settings import Settings

Result = TypeVar("Result")
DEVELOPMENT = "development-signing.pem"
_NAME = "GDBOS development signature, not for official use"
_NOTICE = "开发环境签名，不具法律效力"
_YEARS = timedelta(days=3650)
_FIELD, _ROOM = "Signature", 8192
"""Bytes kept free for the signature: an EC key with a short chain takes 2,500."""


class PdfSigner:
    """Signs with the key in `path`, which `make` may bring about; without one it is not ready."""

    def __init__(self, path: Path, make: Callable[[Path], None] | None = None) -> None:
        self._path = path
        self._make = make
        self._turn = Semaphore()
        """asn1crypto fills certificates in while they are written out: two threads at once would see them half made."""

    @property
    def ready(self) -> bool:
        return self._make is not None or self._path.is_file()

    @property
    def notice(self) -> str:
        return _NOTICE if self._make else ""

    def sign(self, pdf: bytes) -> bytes:
        with self._turn:
            return offload(self._sign, pdf)

    def holds(self, pdf: bytes) -> bool:
        with self._turn:
            return offload(self._holds, pdf)

    @cached_property
    def _pem(self) -> bytes:
        if self._make and not self._path.exists():
            self._make(self._path)
        return self._path.read_bytes()

    @cached_property
    def _chain(self) -> list[Any]:
        """Our certificates as pyHanko has them, the one in use first."""
        from pyhanko.keys.internal import translate_pyca_cryptography_cert_to_asn1 as translated

        return [translated(each) for each in x509.load_pem_x509_certificates(self._pem)]

    @cached_property
    def _signer(self) -> Any:
        # pyHanko takes a quarter of a second to load, which a start need not pay
        from pyhanko.keys.internal import translate_pyca_cryptography_key_to_asn1
        from pyhanko.sign.signers import SimpleSigner
        from pyhanko_certvalidator.registry import SimpleCertificateStore

        key: Any = serialization.load_pem_private_key(self._pem, None)
        chain = self._chain
        return SimpleSigner(
            signing_cert=chain[0],
            signing_key=translate_pyca_cryptography_key_to_asn1(key),
            cert_registry=SimpleCertificateStore.from_certs(chain),
        )

    @cached_property
    def _trusted(self) -> Any:
        from pyhanko_certvalidator import ValidationContext

        return ValidationContext(trust_roots=self._chain, allow_fetching=False)

    def _sign(self, pdf: bytes) -> bytes:
        from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
        from pyhanko.sign import fields, signers

        kind = fields.SigSeedSubFilter.PADES
        meta = signers.PdfSignatureMetadata(field_name=_FIELD, md_algorithm="sha256", subfilter=kind)
        signer, out = signers.PdfSigner(meta, self._signer), io.BytesIO()
        writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
        _run(signer.async_sign_pdf(writer, output=out, bytes_reserved=_ROOM))
        return out.getvalue()

    def _holds(self, pdf: bytes) -> bool:
        from pyhanko.pdf_utils.reader import PdfFileReader
        from pyhanko.sign.validation import SignatureCoverageLevel, async_validate_pdf_signature

        ours, trusted = {each.dump() for each in self._chain}, self._trusted
        try:
            (found,) = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
            if found.signer_cert.dump() not in ours:
                return False
            status = _run(async_validate_pdf_signature(found, trusted))
        except Exception:  # noqa: BLE001 - altered bytes break the reader anywhere: whatever it says, they are not ours
            return False
        return bool(status.intact and status.valid and status.coverage == SignatureCoverageLevel.ENTIRE_FILE)


class _Loop(asyncio.BaseEventLoop):
    """For coroutines that wait for nothing outside. It has no selector and no socket, which under eventlet would be
    green ones of a thread without a hub."""

    def __init__(self) -> None:
        super().__init__()
        self._selector = self

    def select(self, timeout: float | None) -> list[Any]:
        if timeout != 0:
            raise RuntimeError("a signature waits for nothing")
        return []

    def _process_events(self, events: list[Any]) -> None: ...


def _run(work: Coroutine[Any, Any, Result]) -> Result:
    loop = _Loop()
    try:
        return loop.run_until_complete(work)
    finally:
        loop.close()


def signer_of(settings: Settings) -> PdfSigner:
    """With the key that the settings name; in development with one of its own; else one that is not ready."""
    if settings.signing_pem:
        return PdfSigner(Path(settings.signing_pem))
    development = settings.environment == "development"
    return PdfSigner(settings.data / DEVELOPMENT, make_development_key if development else None)


def make_development_key(path: Path) -> None:
    """An EC key with its own certificate, mode 0600; of several processes the first one's stands."""
    key, name = (
        ec.generate_private_key(ec.SECP256R1()),
        x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, _NAME)]),
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        + _certificate(key, name, clock.now()).public_bytes(serialization.Encoding.PEM)
    )
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _certificate(key: ec.EllipticCurvePrivateKey, name: x509.Name, now: datetime) -> x509.Certificate:
    usage = x509.KeyUsage(True, True, *[False] * 7)  # digital signature, content commitment
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + _YEARS)
        .add_extension(usage, critical=True)
        .sign(key, hashes.SHA256())
    )
