#!/bin/bash
# up.sh ID SUITE: the whole bring-up of a claimed bed; prints its facts as NAME=value lines. The settings come from the
# environment (README.md) and stay with the bed. If anything fails the bed is taken down again.
. "$(dirname "$0")/lib.sh"
bed "$1"; SUITE=$2; suite_settings "$SUITE"
alone_with_bed
trap 'code=$?; [ $code = 0 ] || "$HERE/down.sh" "$ID"' EXIT
began=$(now)
BASE=$("$HERE/base.sh" "$SUITE") || { code=$?; echo "$BASE"; exit $code; }
. "$BASE/versions"
mkdir -p "$BED"
in_memory
{
    printf '%s=%q\n' SUITE "$SUITE" BASE "$BASE" PG_MAJOR "$PG_MAJOR" PG_OLD "$PG_OLD" PG_NEW "$PG_NEW" \
        TTL "${GDS_TESTBED_TTL:-20}" LOOP_WAIT "${GDS_TESTBED_LOOP_WAIT:-2}" RETRY "${GDS_TESTBED_RETRY:-3}" \
        SYNC "${GDS_TESTBED_SYNC:-off}" PARAMETERS "${GDS_TESTBED_PARAMETERS:-}" SCALE "${GDS_TESTBED_SCALE:-1}" \
        DISKS "${GDS_TESTBED_DISKS:-}"
} >"$BED/settings"
bed "$ID"; . "$HERE/cluster.sh"
"$HERE/identity.sh" "$ID"
ip link add "$BRIDGE" address "$(mac_of "$NET.1")" type bridge; ip addr add "$NET.1/24" dev "$BRIDGE"; ip link set "$BRIDGE" up
create_cluster; stop_cluster; unplug
mkdir "$BED/fresh"
for n in $ALL; do mv -T "$BED/$n/upper" "$BED/fresh/$n"; done
"$HERE/reset.sh" "$ID"
say "bed $ID: ready after $(since "$began")"

cat <<X
id=$ID
net=$NET
dir=$BED
suite=$SUITE
pg.major=$PG_MAJOR
pg.old=$PG_OLD
pg.new=$PG_NEW
$(sed 's/ /=/; s/^/package./' "$BASE/packages")
X
