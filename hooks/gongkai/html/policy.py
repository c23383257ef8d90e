"""The security policy of every page: what a browser may load and run."""

_POLICY = {
    "default-src": ("'none'",),
    "script-src": ("'self'",),
    "style-src": ("'self'",),
    "img-src": ("'self'",),
    "form-action": ("'self'",),
    "base-uri": ("'none'",),
}
_RELOADING = {"script-src": ("'unsafe-inline'",), "connect-src": ("'self'",)}
"""What MkDocs' server puts into each page to reload it: a script with a number of its own."""


def policy(*, is_preview: bool) -> str:
    """Return the Content-Security-Policy, the same for pages of every depth.

    No page has a script or a style of its own, so that no hashes are needed; data blocks such as
    JSON-LD are not scripts. Only the clerk's preview may run the script that reloads it.
    """
    more = _RELOADING if is_preview else {}
    names = dict.fromkeys((*_POLICY, *more))
    sources = {name: (*_POLICY.get(name, ()), *more.get(name, ())) for name in names}
    return "; ".join(f"{name} {' '.join(allowed)}" for name, allowed in sources.items())
