"""One file per part of the portal; importing a page puts it onto the blueprint."""

from __future__ import annotations

from gateway.portal.pages import (
    admin,
    after,
    agency,
    archive,
    calendars,
    cases,
    check,
    correct,
    desk,
    docs,
    documents,
    editing,
    find,
    form,
    guide,
    incidents,
    licences,
    materials,
    me,
    migrations,
    orders,
    processes,
    ratings,
    service,
    session,
    standards,
    standards_codes,
    standards_compare,
    standards_coverage,
    standards_mapping,
    standards_twins,
    successions,
    supervise,
    task,
    trying,
)

PAGES = (
    find, guide, form, materials, check, cases, correct, me, licences, session, desk, task, orders, agency, supervise,
    admin, docs, standards, standards_codes, standards_compare, standards_coverage, standards_mapping, standards_twins,
    editing,
    ratings, after, processes, incidents, migrations, service, trying, calendars, successions,
    archive, documents,
)  # fmt: skip
