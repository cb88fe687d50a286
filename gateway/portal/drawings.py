"""Drawings that come from elsewhere as whole SVG files, made part of a page."""

from __future__ import annotations

import re
from itertools import count

from flask import g
from markupsafe import Markup, escape

_OWN = re.compile(r"<style>[^<]*</style>|<title>[^<]*</title>")
_MARKER = re.compile(r'(id="|url\(#)a(?=["\)])')


def inline(svg: str, title: str, description: str = "") -> Markup:
    """The drawing with a name and a description for those who cannot see it; `bpmn.css` styles it, because the
    content policy lets no style stand in a page. Empty for no drawing."""
    if not svg:
        return Markup("")
    numbers = g.setdefault("drawings", count(1))
    name = f"drawing{next(numbers)}"
    own = _MARKER.sub(rf"\g<1>{name}-a", _OWN.sub("", svg))
    labels = f'<title id="{name}-t">{escape(title)}</title><desc id="{name}-d">{escape(description)}</desc>'
    head, sign, rest = own.partition(">")
    opened = f'{head} class="bpmn" aria-labelledby="{name}-t" aria-describedby="{name}-d"'
    return Markup(opened + sign + labels + rest)  # noqa: S704 - drawn by our own service, its texts escaped there
