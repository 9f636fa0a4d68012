#!/bin/bash
# Can a bed run here? Prints "ok", or "SKIP: patroni testbed: <reason>" and exits with 77. Changes nothing that stays.
. "$(dirname "$0")/lib.sh"

[ "$(uname -s)" = Linux ] || skip "needs Linux, this is $(uname -s)"
[ "$(id -u)" = 0 ] || skip "needs uid 0 (mounts, network namespaces); run the tests as root"
for c in debootstrap:debootstrap unshare:util-linux nsenter:util-linux setpriv:util-linux flock:util-linux ip:iproute2 \
    curl:curl ssh-keygen:openssh-client apt-get:apt dpkg-deb:dpkg pgrep:procps; do
    command -v ${c%:*} >/dev/null || skip "command '${c%:*}' is missing (Debian package ${c#*:})"
done
[ -n "${GDS_TESTBED_APT_OPTIONS+set}" ] || [ -e "$KEYRING" ] ||
    skip "the keys of Debian's archive are missing: $KEYRING (Debian package debian-archive-keyring)"
unshare --mount --uts --ipc --pid --net --cgroup --fork true 2>/dev/null ||
    skip "namespaces are not permitted here (a container without CAP_SYS_ADMIN?)"
grep -qw overlay /proc/filesystems || modprobe overlay 2>/dev/null || skip "this kernel has no overlayfs"
grep -qw cgroup2 /proc/filesystems || skip "this kernel has no cgroup2"
[ -w $CG/cgroup.procs ] || skip "no writable cgroup2 hierarchy at $CG"
mkdir -p "$TB/beds" $REGISTRY 2>/dev/null || skip "cannot create $TB or $REGISTRY"
[ "$(stat -f -c %T "$TB")" != overlayfs ] || skip "$TB lies on overlayfs; set GDS_TESTBED_DIR to a plain disk"
[ "$(df -Pm "$TB" | awk 'NR == 2 { print $4 }')" -gt 4000 ] || skip "less than 4 GB free under $TB"

probe=gdspf$$
ip netns add $probe 2>/dev/null || skip "cannot create network namespaces"
trap 'ip netns del $probe' EXIT
ip link add $probe type veth peer name eth0 netns $probe 2>/dev/null || skip "cannot create veth pairs"
ip link add ${probe}b type bridge 2>/dev/null || skip "cannot create bridges"
ip link del ${probe}b
echo ok
