#!/bin/bash
# sweep.sh: takes down every bed of this machine whose owner is dead, and nothing else.
. "$(dirname "$0")/lib.sh"
for entry in "$REGISTRY"/[0-9]*/owner; do
    [ -e "$entry" ] || continue
    . "$entry"
    [ "$OWNER" != hand ] && [ "$(started_at "$OWNER" || true)" != "$OWNER_STARTED" ] || continue
    id=$(basename "$(dirname "$entry")")
    say "sweeping bed $id: its owner, process $OWNER, is gone"
    GDS_TESTBED_DIR=$(dirname "$(dirname "$BED")") "$HERE/down.sh" "$id" ||
        ! grep -qs "$OWNER_STARTED" "$entry" # or somebody else has just done it
done
find "$REGISTRY" -maxdepth 1 -name '.claim-*' -mmin +5 -exec rm -rf {} + 2>/dev/null || true
