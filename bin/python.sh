# Sourced by bin/demo and bin/test: sets $root and $python (3.11 or newer), or says what to install.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

suits() {
  "$1" -c "import sys, $2; sys.exit(sys.version_info < (3, 11))" 2>/dev/null
}

# The distribution's own comes first, where it can make environments: it is compiled by a profile of what programs
# do, which who compiles one at home seldom does, and everything takes a sixth less with it.
python=
if [[ ":$PATH:" == *:/usr/bin:* ]] && suits /usr/bin/python3 ensurepip; then
  python=/usr/bin/python3
else
  for candidate in python3 python3.14 python3.13 python3.12 python3.11; do
    if suits "$candidate" sys; then
      python=$candidate
      break
    fi
  done
fi
if [ -z "$python" ]; then
  echo "Fellesjournal needs Python 3.11 or newer, and this machine has $(python3 --version 2>/dev/null || echo none): install python3.11 or newer." >&2
  exit 1
fi
