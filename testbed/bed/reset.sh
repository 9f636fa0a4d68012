#!/bin/bash
# reset.sh ID: the bed as it was after up.sh, with the old minor, whatever was done to it: from the copy of its stopped nodes.
. "$(dirname "$0")/lib.sh"
bed "$1"; alone_with_bed; . "$HERE/cluster.sh"
began=$(now)
unplug
for n in $ALL; do
    rm -rf --one-file-system "$BED/$n"; mkdir "$BED/$n"
    cp -a --reflink=auto "$BED/fresh/$n" "$BED/$n/upper"
done
boot_all; start_cluster; patroni_at_boot
say "bed $ID: reset in $(since "$began")"
