# Sourced by bin/demo and bin/test: sets $root and $python (3.11 or newer), or says what to install.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
python=
for candidate in python3 python3.14 python3.13 python3.12 python3.11; do
  if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    python=$candidate
    break
  fi
done
if [ -z "$python" ]; then
  echo "Fellesjournal needs Python 3.11 or newer, and this machine has $(python3 --version 2>/dev/null || echo none): install python3.11 or newer." >&2
  exit 1
fi
