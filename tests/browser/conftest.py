"""The browser rig: the site built once, served on this machine alone, and a Chromium that tells what it asked for."""

import fcntl
import functools
import os
import shutil
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
VIEWPORTS = {
    "desktop": {"width": 1280, "height": 900},
    "tablet": {"width": 820, "height": 1180},
    "phone": {"width": 390, "height": 844},
}
FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Whatever asks for another host is told at once that there is none, so that no test waits for the network.
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
]


def pytest_collection_modifyitems(items):
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def site_dir(tmp_path_factory, worker_id):
    """The built site: the folder that HANDBOOK_SITE names, or one build that all xdist workers share."""
    if given := os.environ.get("HANDBOOK_SITE"):
        return Path(given).resolve()
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent
    site, outcome = shared / "site", shared / "site.outcome"
    with (shared / "site.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # the first to come builds, the others wait here
        if not outcome.exists():
            command = [sys.executable, "-m", "mkdocs", "build", "-q", "-d", str(site)]
            # Official wording must not slip into what is tested because a shell has the originals set.
            env = {name: value for name, value in os.environ.items() if name != "HANDBOOK_ORIGINALS"}
            build = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
            outcome.write_text("" if build.returncode == 0 else build.stdout + build.stderr, encoding="utf-8")
    if failure := outcome.read_text(encoding="utf-8"):
        pytest.fail(f"the site does not build:\n{failure}", pytrace=False)
    return site


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, format, *args):
        pass


@pytest.fixture(scope="session")
def site_url(site_dir):
    """Where the site is served, without a slash at the end."""
    handler = functools.partial(QuietHandler, directory=str(site_dir))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="session")
def browser():
    chromium = shutil.which("chromium")
    if not chromium:
        pytest.fail(
            "Chromium is missing; install it with `sh bootstrap.sh browser` as root, "
            "or `sudo apt-get install chromium fonts-noto-cjk poppler-utils libatomic1`",
            pytrace=False,
        )
    with sync_playwright() as playwright:
        # Playwright's own headless switch would ask for the old mode, which Debian's Chromium no longer has.
        started = playwright.chromium.launch(executable_path=chromium, args=FLAGS, ignore_default_args=["--headless"])
        yield started
        started.close()


@pytest.fixture
def viewport(request):
    """A key of VIEWPORTS; `@pytest.mark.parametrize("viewport", ["desktop", "phone"], indirect=True)`."""
    return VIEWPORTS[getattr(request, "param", "desktop")]


@pytest.fixture
def color_scheme(request):
    """`light` or `dark`; parametrised like `viewport`."""
    return getattr(request, "param", "light")


@dataclass
class Heard:
    """What the pages of one test did that they should not; a test that provokes an error clears the list."""

    host: str
    foreign: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def url(self, url):
        parts = urlsplit(url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.netloc != self.host:
            self.foreign.append(url)

    def console(self, message):
        if message.type == "error":
            self.errors.append(f"{message.text} ({message.location.get('url', '')})")

    def all(self):
        return [f"asked another host: {url}" for url in self.foreign] + self.errors


@pytest.fixture
def heard(site_url):
    return Heard(urlsplit(site_url).netloc)


@pytest.fixture
def page(browser, heard, viewport, color_scheme):
    """A page in a context of its own; the test fails if it asked another host for anything or logged an error."""
    context = browser.new_context(viewport=viewport, color_scheme=color_scheme)
    context.on("request", lambda request: heard.url(request.url))
    context.on("console", heard.console)
    context.on("weberror", lambda error: heard.errors.append(f"uncaught: {error.error}"))
    context.on("page", lambda opened: opened.on("websocket", lambda socket: heard.url(socket.url)))
    yield context.new_page()
    context.close()
    if faults := heard.all():
        pytest.fail("\n".join(faults), pytrace=False)
