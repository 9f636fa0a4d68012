#!/bin/bash
# node.sh up|crash ID NODE: one node = an overlay over the base tree + namespaces + a real systemd, with its own address on
# the bed's bridge. "crash" pulls the plug: no signal to anybody but SIGKILL, no goodbye on the network.
. "$(dirname "$0")/lib.sh"
bed "$2"; n=$3 D=$BED/$3 NS=gds$2-$3 IP=$(ip_of "$3") CGROUP=$CG/gds$2-$3
alone_with_bed

plug_network() {
    ip link show "$BRIDGE" >/dev/null 2>&1 || die "bed $ID is not up: it has no bridge $BRIDGE"
    ip netns add "$NS"
    ip link add "$NS" type veth peer name eth0 address "$(mac_of "$IP")" netns "$NS"
    ip link set "$NS" master "$BRIDGE" up
    ip -n "$NS" addr add "$IP/24" dev eth0
    ip -n "$NS" link set eth0 up; ip -n "$NS" link set lo up
    ip -n "$NS" route add default via "$NET.1"
}
mount_tree() {
    mkdir -p "$D/upper" "$D/work" "$D/root"
    mount -t overlay overlay -o "lowerdir=$BASE/tree,upperdir=$D/upper,workdir=$D/work" "$D/root"
}
mount_disk() { # the node's small disk, if it has one: a tmpfs that outlives the node's crashes, but not the bed
    local node path size
    for d in $DISKS; do
        IFS=: read -r node path size <<<"$d"
        [ "$node" = "$n" ] || continue
        mkdir -p "$D/disk" "$D/root$path"
        mountpoint -q "$D/disk" || mount -t tmpfs -o "size=$size,mode=755" tmpfs "$D/disk"
        [ "$(ls -A "$D/disk")" ] || chown "$(stat -c %u:%g "$D/root/var/lib/postgresql")" "$D/disk"
        mount --bind "$D/disk" "$D/root$path"
    done
}
boot() {
    mkdir -p "$CGROUP"
    # In its cgroup first, then the namespaces: so a new cgroup2 mount inside shows this subtree only.
    (echo "$BASHPID" >"$CGROUP/cgroup.procs"
        exec setsid nsenter --net="/run/netns/$NS" unshare --mount --uts --ipc --pid --cgroup --fork --kill-child \
            "$HERE/node-init.sh" "$D/root" "$n" "$BASE/repo") >>"$D/console.log" 2>&1 </dev/null 7<&- &
    local holder=$!
    await 20 "$n to begin" pgrep -P $holder
    pgrep -P $holder >"$D/init"
    await 20 "sshd on $n" bash -c "exec 3<>/dev/tcp/$IP/22"
}
kill_processes() {
    # By cgroup, and again until the list is empty, so that no fork escapes.
    local end=$((SECONDS + 10)) procs
    [ -d "$CGROUP" ] || return 0
    while procs=$(find "$CGROUP" -name cgroup.procs -exec cat {} + 2>/dev/null) && [ -n "$procs" ]; do
        [ $SECONDS -lt $end ] || die "$n: processes of $CGROUP do not end: $procs"
        kill -9 $procs 2>/dev/null || true
        sleep 0.05
    done
    find "$CGROUP" -depth -type d -exec rmdir {} + 2>/dev/null || true
}
unmount_tree() {
    local end=$((SECONDS + 10))
    while mountpoint -q "$D/root"; do
        umount -R "$D/root" 2>/dev/null || { [ $SECONDS -lt $end ] || die "$n: $D/root stays busy"; sleep 0.05; }
    done
}

remove() { # whatever of the node is there, also of one that was killed half way up
    ip link del "$NS" 2>/dev/null || true           # first the network, as when a host loses power
    kill_processes
    rm -f "$D/init"
    ip netns del "$NS" 2>/dev/null || true
    unmount_tree
}

case $1 in
up)
    [ ! -e "$D/init" ] || die "$n is already up"
    remove; plug_network; mount_tree; mount_disk
    [ -e "$D/root/etc/machine-id" ] || cp -a "$BED/identity/$n/." "$D/root/"
    boot
    ;;
crash) remove ;;
*) die "node.sh: unknown command '$1'; expected up or crash" ;;
esac
