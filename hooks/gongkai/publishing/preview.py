"""The preview while clerks work: what is not hand-written is made when a browser asks for it."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from threading import Event, Lock
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from gongkai.html.artifacts import Artifact

from .writing import write

Late = Callable[[], Iterable[Artifact]]
_MISSING = "404.html"


class Preview:
    """The site as it was last built, of which only what was asked for stands in its folder."""

    def __init__(self) -> None:
        """Offer nothing yet."""
        self.is_on = False
        """Whether a server shows the site while it is built anew."""
        self._folder = Path()
        self._offered: dict[str, Artifact] = {}
        self._late: dict[str, Late] = {}
        self._is_whole = Event()
        self._lock = Lock()

    def begin(self) -> None:
        """Let browsers wait until the next `offer`."""
        self._is_whole.clear()

    def offer(self, folder: Path, artifacts: Iterable[Artifact], late: Mapping[str, Late]) -> None:
        """Offer artifacts.

        Args:
            folder: where those asked for are written.
            artifacts: what there is.
            late: what there is below a folder of the site, told only when that is asked for.
        """
        with self._lock:
            self._folder, self._late = folder, dict(late)
            self._offered = {artifact.path: artifact for artifact in artifacts}
        self._is_whole.set()

    def end(self) -> None:
        """Let no browser wait any longer: the build has failed."""
        self._is_whole.set()

    def put(self, path: str) -> bool:
        """Put what a path leads to into the folder; tell whether there is anything."""
        self._is_whole.wait()
        file = path if Path(path).suffix else f"{path.rstrip('/')}/index.html".lstrip("/")
        with self._lock:
            for place in [place for place in self._late if file.startswith(place)]:
                found = self._late.pop(place)()
                self._offered |= {artifact.path: artifact for artifact in found}
            if artifact := self._offered.pop(file, None):
                write([artifact], self._folder)
            return (self._folder / file).is_file()

    def around(self, application: WSGIApplication, mount: str) -> WSGIApplication:
        """Return a server's application that makes what is asked for before it is served.

        Args:
            application: serves files of the folder.
            mount: the path below which it serves them, with a slash at both ends.
        """

        def served(environ: WSGIEnvironment, respond: StartResponse) -> Iterable[bytes]:
            path = environ["PATH_INFO"].encode("latin-1").decode("utf-8", "replace")
            inner = path.removeprefix(mount)
            is_page = not Path(inner).suffix or inner.endswith(".html")
            if path.startswith(mount) and not self.put(inner) and is_page:
                # The page for what is missing lists what is wrong, and reloads itself like any.
                environ["PATH_INFO"] = mount + _MISSING
            return application(environ, respond)

        return served


PREVIEW = Preview()
"""The one of this process: it stays when the generator loads its hooks anew."""
