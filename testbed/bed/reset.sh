#!/bin/bash
# reset.sh ID: the bed as it was after up.sh, with the old minor, whatever was done to it. The first reset makes the cluster
# anew and keeps a copy of its stopped nodes; later ones start from that copy.
. "$(dirname "$0")/lib.sh"
bed "$1"; alone_with_bed; . "$HERE/cluster.sh"
began=$(now)

unplug() {
    local n
    at_once "$ALL" "$HERE/node.sh" crash "$ID" NODE
    for n in $ALL; do ! mountpoint -q "$BED/$n/disk" || umount "$BED/$n/disk"; done
}
trees_from() { # folder with one tree per node, or nothing for bare ones
    local n
    for n in $ALL; do
        rm -rf --one-file-system "$BED/$n"
        [ -z "${1:-}" ] || { mkdir -p "$BED/$n"; cp -a --reflink=auto "$1/$n" "$BED/$n/upper"; }
    done
}

unplug
if [ ! -d "$BED/fresh" ]; then
    trees_from; create_cluster; stop_cluster; unplug
    rm -rf "$BED/fresh.part"; mkdir "$BED/fresh.part"
    for n in $ALL; do mv -T "$BED/$n/upper" "$BED/fresh.part/$n"; done
    mv -T "$BED/fresh.part" "$BED/fresh"
fi
trees_from "$BED/fresh"; boot_all; start_cluster; patroni_at_boot
say "bed $ID: reset after $(since "$began")"
