#!/bin/bash
# claim.sh OWNER-PID [ID]: takes a free bed id (or this one) for the process, or for nobody in particular ("hand"), and
# prints it. A bed whose owner died is swept by the next start of any bed; one claimed by hand stays until down.sh.
. "$(dirname "$0")/lib.sh"
owner=$1 wanted=${2:-}
[ -z "$wanted" ] || { [[ $wanted =~ ^[0-9]{1,3}$ ]] && [ "$wanted" -ge 1 ] && [ "$wanted" -le 250 ]; } ||
    die "bed id: found '$wanted', expected a number from 1 to 250"
mkdir -p $REGISTRY "$TB/beds"

free_net() { # neither the bridge nor a route to its addresses exists
    ! ip link show "gds$1" >/dev/null 2>&1 && [ -z "$(ip -4 route show to match "10.77.$1.1" | grep -v '^default' || true)" ]
}
claim=$(mktemp -d $REGISTRY/.claim-XXXXXX); trap 'rm -rf "$claim"' EXIT
printf 'OWNER=%s\nOWNER_STARTED=%s\nBED=%s\n' "$owner" "$([ "$owner" = hand ] || started_at "$owner")" "$TB/beds/" >"$claim/owner"
for id in ${wanted:-$(seq 1 250)}; do
    free_net "$id" || continue
    sed -i "s|^BED=.*|BED=$TB/beds/$id|" "$claim/owner"
    # A rename onto a folder with something in it fails: whoever comes first has the id.
    if mv -T "$claim" "$REGISTRY/$id" 2>/dev/null; then
        trap - EXIT; chmod 755 "$REGISTRY/$id"; echo "$id"; exit 0
    fi
done
skip "no free bed id${wanted:+: $wanted is in use}; the beds of this machine are in $REGISTRY"
