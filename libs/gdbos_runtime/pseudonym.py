"""Names for people that tell nothing: a keyed hash of an identifying number.

Two accounts of one person have the same pseudonym, so that the rules on segregation of duties hold, and no
table but the register itself need hold the number. The key is the secret of the installation: without it a
list of all citizen numbers gives nothing away. A new secret makes new pseudonyms: accounts are linked anew.
"""

from __future__ import annotations

import hashlib
import hmac


def pseudonym(number: str, key: bytes) -> str:
    """32 hexadecimal digits for a citizen number or a credit code."""
    return hmac.new(key, b"subject\0" + number.strip().upper().encode(), hashlib.sha256).hexdigest()[:32]
