"""The keyring of the platform around a key that lies beside the data: on Windows, DPAPI in the machine's scope.

Several Windows accounts share one counter's PC, so that a key of each person's own would give each of them another seal
and break the commune's tie to its hub. Wrapped for the machine, a copy of the folder (a stick, a synchronised disk, a
mail) is worth nothing elsewhere; against whoever takes the whole disk only its encryption helps (``disk_protection``).
Linux has no keyring that every session of a machine shares: there the file's rights guard the key.
"""

import sys
from typing import Any, Protocol

#: A wrapped key begins so; a bare one is 32 bytes of chance.
MARK = b"MOTCUA-WRAPPED-1\n"
_ENTROPY = b"Mot Cua: receipt key"
#: CRYPTPROTECT_UI_FORBIDDEN, and CRYPTPROTECT_LOCAL_MACHINE (wincrypt.h).
_QUIET, _MACHINE = 0x1, 0x4


#: What CryptUnprotectData says of what another machine wrapped: ERROR_INVALID_DATA, NTE_BAD_DATA, NTE_BAD_KEY_STATE.
_FOREIGN = frozenset({13, 0x80090005, 0x8009000B})


class OtherMachine(OSError):
    """This was wrapped by another machine's keyring."""


class Keyring(Protocol):
    """What the platform offers; both raise OSError when it refuses, ``unwrap`` OtherMachine if it can tell."""

    def wrap(self, secret: bytes) -> bytes: ...

    def unwrap(self, blob: bytes) -> bytes: ...


def of_platform() -> Keyring | None:
    """The keyring of this machine; None where there is none."""
    return _DataProtection() if sys.platform == "win32" else None


def is_wrapped(content: bytes) -> bool:
    """Whether a key file's content needs a keyring."""
    return content.startswith(MARK)


def wrapped(secret: bytes, keyring: Keyring) -> bytes | None:
    """The content of a key file that only this machine opens; None when the keyring fails or gives back another."""
    try:
        blob = keyring.wrap(secret)
        return MARK + blob if keyring.unwrap(blob) == secret else None
    except OSError:
        return None


def bare(content: bytes, keyring: Keyring | None) -> bytes:
    """The key in a key file's content. OtherMachine, or OSError when the keyring does not answer."""
    if not is_wrapped(content):
        return content
    if keyring is None:
        raise OtherMachine("wrapped by a keyring that this machine lacks")
    return keyring.unwrap(content.removeprefix(MARK))


class _DataProtection:
    """CryptProtectData and CryptUnprotectData of crypt32 (dpapi.h)."""

    def wrap(self, secret: bytes) -> bytes:
        return self._call("CryptProtectData", secret, _QUIET | _MACHINE)

    def unwrap(self, blob: bytes) -> bytes:
        return self._call("CryptUnprotectData", blob, _QUIET)

    def _call(self, name: str, content: bytes, flags: int) -> bytes:
        import ctypes
        from ctypes import wintypes

        letters = ctypes.POINTER(ctypes.c_char)

        class Blob(ctypes.Structure):
            _fields_ = [("size", wintypes.DWORD), ("data", letters)]

        def blob(data: bytes) -> Blob:
            return Blob(len(data), ctypes.cast(ctypes.create_string_buffer(data, len(data)), letters))

        windows: Any = ctypes
        crypt32 = windows.WinDLL("crypt32", use_last_error=True)
        kernel32 = windows.WinDLL("kernel32", use_last_error=True)
        kernel32.LocalFree.argtypes, kernel32.LocalFree.restype = [wintypes.HLOCAL], wintypes.HLOCAL
        asked = getattr(crypt32, name)
        place = ctypes.POINTER(Blob)
        # Description, reserved and prompt are nothing; both functions have the same shape.
        asked.argtypes = [place, ctypes.c_void_p, place, ctypes.c_void_p, ctypes.c_void_p, wintypes.DWORD, place]
        asked.restype = wintypes.BOOL
        given, entropy, answer = blob(content), blob(_ENTROPY), Blob()
        if not asked(given, None, entropy, None, None, flags, answer):
            error = windows.get_last_error()
            raise OtherMachine(name) if error & 0xFFFFFFFF in _FOREIGN else windows.WinError(error)
        try:
            return ctypes.string_at(answer.data, answer.size)
        finally:
            kernel32.LocalFree(ctypes.cast(answer.data, wintypes.HLOCAL))
