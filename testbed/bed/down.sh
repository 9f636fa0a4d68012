#!/bin/bash
# down.sh ID: ends every process of the bed and removes its links, namespaces, mounts, cgroups and files. May be repeated.
. "$(dirname "$0")/lib.sh"
bed "$1"; . "$HERE/cluster.sh"
[ -e "$REGISTRY/$ID" ] || exit 0
alone_with_bed
unplug
ip link del "$BRIDGE" 2>/dev/null || true
left=$(awk -v under="$BED/" 'index($2, under) == 1 { print $2 }' /proc/self/mounts)
[ -z "$left" ] || die "bed $ID: still mounted: $left"
! mountpoint -q "$BED" || umount "$BED"
rm -rf --one-file-system "$BED"
rm -rf "$REGISTRY/$ID"          # last: until here a sweep knows that there is something to take down
