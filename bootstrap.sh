#!/bin/sh
# The one place for what make does, so that a machine without make loses nothing:
#   sh bootstrap.sh            .venv with everything from requirements.lock, the handbook command, the pages' scripts
#   sh bootstrap.sh browser    Chromium, Chinese fonts and the like, which the browser tests need
#   sh bootstrap.sh TASK ...   a task of the list at the end (site, test, serve, ...); what follows goes to its command
set -eu
cd "$(dirname "$0")"
venv=.venv
bin=$venv/bin
stamp=$venv/bootstrap.stamp

say() { printf '%s\n' "$*"; }
fail() { say "bootstrap: $*" >&2; exit 1; }
is_root() { [ "$(id -u)" = 0 ]; }
has() { command -v "$1" >/dev/null 2>&1; }

apt_install() {
  say "Installing with apt-get: $*"
  export DEBIAN_FRONTEND=noninteractive
  apt-get -q update && apt-get -q install -y --no-install-recommends "$@"
}

fits() { "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' >/dev/null 2>&1; }

# A name on PATH proves nothing (version managers put up shims for versions that are off), so each is run.
find_python() {
  for python in ${PYTHON:+"$PYTHON"} python3.11 python3.12 python3.13 python3; do
    if fits "$python"; then say "$python"; return; fi
  done
  fail "no Python 3.11, 3.12 or 3.13 found; install one (Debian: apt-get install python3), or set PYTHON=/path/to/it"
}

# Debian splits ensurepip off into python3-venv; without it venv leaves a half-made folder behind.
make_venv() {
  rm -rf "$venv"
  python=$(find_python)
  say "Making $venv with $python"
  if "$python" -m venv "$venv" >/dev/null 2>&1; then return; fi
  rm -rf "$venv"
  if ! is_root || ! has apt-get; then
    fail "$python cannot make a virtual environment; install its venv module (Debian: sudo apt-get install python3-venv)"
  fi
  apt_install python3-venv
  "$python" -m venv "$venv" || { rm -rf "$venv"; fail "$python still cannot make a virtual environment"; }
}

# Scripts in a venv name their interpreter in full: a checkout that was moved or copied needs a new one.
venv_is_ours() { fits "$bin/python" && head -n 3 "$bin/pip" 2>/dev/null | grep -qF "$PWD/$bin/python"; }

# Runs pip, shows how far it is in place of its talk, and gives the talk (also kept in the log) when it fails.
pip_install() {
  total=$1; shift
  log=$venv/pip.log
  { "$bin/python" -m pip install --disable-pip-version-check --no-input "$@" 2>&1 || say "pip failed"; } | {
    n=0; failed=
    while IFS= read -r line; do
      say "$line" >>"$log"
      case $line in
        "Collecting "*==* | "Requirement already satisfied: "*==*)
          n=$((n + 1))
          if [ -t 1 ]; then printf '\r  %d of %d packages' "$n" "$total"
          elif [ $((n % 20)) = 0 ]; then say "  $n of $total packages"; fi ;;
        "Installing collected packages: "*)
          if [ -t 1 ]; then printf '\r'; fi
          say "  all here; unpacking" ;;
        "pip failed") failed=yes ;;
      esac
    done
    if [ "$failed" ]; then tail -n 25 "$log" >&2; fail "pip failed (whole log: $log)"; fi
  }
}

# Prints the blocks (name, hashes) of the named packages of the lock.
locked() {
  awk -v names=" $* " '/^[a-z0-9]/ { split($1, part, "=="); on = index(names, " " part[1] " ") } on' requirements.lock
}

install() {
  wanted="$PWD $(cat requirements.lock pyproject.toml | cksum)"
  if [ "$(cat "$stamp" 2>/dev/null)" = "$wanted" ] && fits "$bin/python"; then return; fi
  venv_is_ours || make_venv
  rm -f "$stamp" "$venv/pip.log"
  count=$(grep -c '^[a-z0-9].*==' requirements.lock)
  say "Installing $count packages from requirements.lock"
  # What builds packages comes first, from the lock too, so that nothing unpinned is fetched to build the others.
  locked setuptools >"$venv/build.lock"
  pip_install 1 --quiet --require-hashes -r "$venv/build.lock"
  pip_install "$count" --use-pep517 --no-build-isolation --require-hashes -r requirements.lock
  pip_install 1 --quiet --no-deps --no-build-isolation -e .
  say "$wanted" >"$stamp"
}

prepare() { install; scripts; }

# The scripts of the pages are bundled from TypeScript; Node comes with the Python packages of the lock.
scripts() {
  PATH="$PWD/$bin:$PATH"
  export PATH
  wanted=$(cat package.json package-lock.json | cksum)
  if [ "$(cat node_modules/.stamp 2>/dev/null)" != "$wanted" ]; then
    say "Installing what the scripts of the pages are made of (package-lock.json)"
    npm ci --silent --no-fund --no-audit --ignore-scripts >"$venv/npm.log" 2>&1 || { tail -n 25 "$venv/npm.log" >&2; fail "npm failed"; }
    say "$wanted" >node_modules/.stamp
  fi
  npm run --silent build
}

has_cjk_fonts() { dpkg-query -W fonts-noto-cjk >/dev/null 2>&1 || fc-list :lang=zh-cn 2>/dev/null | grep -q .; }

has_pango() { ls /usr/lib*/libpangoft2-1.0.so.0 /usr/lib/*/libpangoft2-1.0.so.0 2>/dev/null | grep -q .; }

# Playwright's driver needs it, and a bare Debian lacks it.
has_libatomic() { ls /usr/lib*/libatomic.so.1 /usr/lib/*/libatomic.so.1 2>/dev/null | grep -q .; }

browser() {
  missing=
  has chromium || missing="$missing chromium"
  has_cjk_fonts || missing="$missing fonts-noto-cjk"
  has pdftotext || missing="$missing poppler-utils"
  has soffice || missing="$missing libreoffice-calc"
  has_pango || missing="$missing libpango-1.0-0 libpangoft2-1.0-0"
  has_libatomic || missing="$missing libatomic1"
  if [ -z "$missing" ]; then return; fi
  if ! is_root || ! has apt-get; then
    fail "the browser tests need$missing (Debian: sudo apt-get install$missing)"
  fi
  # shellcheck disable=SC2086 -- a list of names
  apt_install $missing
}

check() {
  "$bin/ruff" check .
  "$bin/ruff" format --check .
  "$bin/mypy"
  npm run --silent check
}

# One version for all Pythons (fewest), so that every machine builds the same bytes. Pins stay as they are unless
# called with --upgrade. uv is in the venv for this alone; it is not part of the lock.
lock() {
  "$bin/python" -m pip install --quiet --disable-pip-version-check 'uv>=0.5,<1'
  "$bin/uv" pip compile --quiet --universal --fork-strategy fewest --python-version 3.11 --all-extras \
    --generate-hashes --no-emit-index-url --no-header "$@" --output-file requirements.lock pyproject.toml
  say "requirements.lock: $(grep -c '^[a-z0-9].*==' requirements.lock) packages"
}

task=${1:-install}
if [ $# -gt 0 ]; then shift; fi
case $task in
  install) prepare ;;
  browser) browser ;;
  site) prepare; "$bin/handbook" site "$@" ;;
  serve) prepare; "$bin/handbook" serve "$@" ;;
  bench) prepare; "$bin/handbook" probe --verbose; "$bin/python" bench/stages.py "$@" ;;
  schemas) prepare; "$bin/handbook" schemas --write "$@" ;;
  test) prepare; browser; check; "$bin/pytest" -n 2 "$@" ;;
  check) prepare; check ;;
  format) install; "$bin/ruff" check --fix .; "$bin/ruff" format . ;;
  lock) [ -x "$bin/python" ] || make_venv; lock "$@" ;;
  clean) # what was built and cached; .venv stays
    rm -rf site .build plugins/handbook/scripts node_modules .cache .pytest_cache .mypy_cache .ruff_cache .hypothesis
    find bench plugins tests -type d -name __pycache__ -prune -exec rm -rf {} + ;;
  *) fail "unknown task '$task'; known: install browser site test serve check bench format schemas lock clean" ;;
esac
