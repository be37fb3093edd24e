#!/bin/sh
# Runs a command with its temporary files in memory, where there is room for the suite's thousands of
# small registers and programs may run; else, or where TMPDIR says otherwise, as it is.
room=$(df -Pk /dev/shm 2> /dev/null | awk 'NR == 2 { print $4 }')
if [ -n "${TMPDIR:-}" ] || [ "${room:-0}" -lt 4000000 ]; then exec "$@"; fi
folder=$(mktemp -d /dev/shm/b40-tests-XXXXXX 2> /dev/null) || exec "$@"
trap 'rm -rf "$folder"' EXIT
trap 'exit 130' INT TERM
printf '#!/bin/sh\n' > "$folder/runs" && chmod +x "$folder/runs"
if "$folder/runs" 2> /dev/null; then export TMPDIR="$folder"; fi
"$@"
