"""One command, one function, one commit; every collaborator is an argument."""

from services.datahub.handlers.accounting import accesses_about, record_consents
from services.datahub.handlers.licensing import (
    check_licences,
    held_licences,
    one_licence,
    register_issued,
    register_licences,
    revoke,
    revoke_licence,
    verify,
)
from services.datahub.handlers.supplying import list_sources, match, prefill, publish_sources, test_source

__all__ = [
    "accesses_about",
    "check_licences",
    "held_licences",
    "list_sources",
    "match",
    "one_licence",
    "prefill",
    "publish_sources",
    "record_consents",
    "register_issued",
    "register_licences",
    "revoke",
    "revoke_licence",
    "test_source",
    "verify",
]
