#!/bin/bash
# down.sh [ID | --all | --base]: ends one bed, every bed of this machine, or every bed and the base trees too.
set -euo pipefail
bed=$(cd "$(dirname "$0")" && pwd)/bed
registry=/run/gds-testbed
case ${1:-} in
--all | --base)
    for entry in "$registry"/[0-9]*; do [ ! -e "$entry" ] || "$bed/down.sh" "$(basename "$entry")"; done
    [ "$1" != --base ] || rm -rf --one-file-system "${GDS_TESTBED_DIR:-/var/cache/gds-testbed}"
    ;;
[0-9]*) "$bed/down.sh" "$1" ;;
*) echo "usage: down.sh ID | --all | --base; the beds of this machine: $(ls "$registry" 2>/dev/null)" >&2; exit 2 ;;
esac
