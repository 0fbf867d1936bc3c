"""A certificate for a server of the tests, made as an office makes one, and a place to listen at."""

from __future__ import annotations

import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID


def put_certificate(folder: Path, name: str) -> bytes:
    """Put ``server.crt`` and ``server.key`` for a server called *name* into *folder*; gives the one that signed it."""
    signing, own = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    office = _called("The office's own authority")
    root = _certificate(office, office, signing, signing, x509.BasicConstraints(ca=True, path_length=0))
    signed = _certificate(_called(name), office, own, signing, x509.SubjectAlternativeName([x509.DNSName(name)]))
    (folder / "server.crt").write_bytes(signed.public_bytes(Encoding.PEM))
    key = folder / "server.key"
    key.touch(mode=0o600)  # PostgreSQL uses no key that others may read
    key.write_bytes(own.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return root.public_bytes(Encoding.PEM)


def free_port() -> int:
    """A port of this computer that nobody listens at."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def _called(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _certificate(
    subject: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    signing: ec.EllipticCurvePrivateKey,
    extension: x509.ExtensionType,
) -> x509.Certificate:
    now = datetime.now(UTC)
    built = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=2))
        .add_extension(extension, critical=True)
    )
    return built.sign(signing, hashes.SHA256())
