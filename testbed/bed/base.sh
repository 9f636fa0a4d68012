#!/bin/bash
# base.sh SUITE: prints the folder of the suite's base: tree/ (the read-only lower layer of every node, with the old minor)
# and repo/ (both minors as a flat apt repository). Builds it if there is none yet for these versions and this script.
. "$(dirname "$0")/lib.sh"
suite=$1; suite_settings "$suite"; mirrors
minors=$("$HERE/minors.sh" "$suite") || { code=$?; echo "$minors"; exit $code; }
read -r old new pool <<<"$minors"
key=$suite-${old%%-*}-${new%%-*}-$(printf '%s' "$minors$(minor_files "$old")$(cat "$0")" | sha256sum | cut -c1-8)
BASE=$TB/base-$key

exec 8>"$TB/base.lock"; flock 8                 # a second process waits for the first one's tree
[ ! -d "$BASE" ] || { touch "$BASE"; echo "$BASE"; exit 0; }
for other in "$TB"/base-"$suite"-*; do          # of older versions, without a bed, and not used for a day
    [ -d "$other" ] && [ -n "$(find "$other" -maxdepth 0 -mmin +1440)" ] || continue
    grep -qsxF "BASE=$other" "$TB"/beds/*/settings || rm -rf --one-file-system "$other"
done

began=$(now); say "building the base tree $key (once, about a minute)"
W=$TB/building-$suite T=$W/tree
! mountpoint -q "$T/proc" || umount "$T/proc"   # what an aborted build left
rm -rf "$W"; mkdir -p "$W/repo" "$TB/archives-$suite"
log=$TB/building-$suite.log
failed() { die "building the base tree failed; the end of $log: $(tail -3 "$log")"; }
debootstrap --variant=minbase --cache-dir="$TB/archives-$suite" "$suite" "$T" "$MIRROR" >"$log" 2>&1 || failed
mount -t proc proc "$T/proc"; trap 'umount "$T/proc"' EXIT
in_tree() { chroot "$T" env -i DEBIAN_FRONTEND=noninteractive LC_ALL=C PATH=/usr/sbin:/usr/bin:/sbin:/bin "$@"; }

# While building only: nothing starts, the host's network is used.
printf '#!/bin/sh\nexit 101\n' >"$T/usr/sbin/policy-rc.d"; chmod 755 "$T/usr/sbin/policy-rc.d"
printf 'deb %s %s main\ndeb %s %s-security main\n' "$MIRROR" "$suite" "$SECURITY" "$suite" >"$T/etc/apt/sources.list"
cp /etc/resolv.conf "$T/etc/resolv.conf"
cat >"$T/etc/apt/apt.conf.d/90testbed" <<X
APT::Install-Recommends "false"; APT::Install-Suggests "false"; APT::Sandbox::User "root"; Acquire::Languages "none";
X
printf 'path-exclude=/usr/share/%s/*\n' doc man locale >"$T/etc/dpkg/dpkg.cfg.d/90testbed"
mkdir -p "$T/etc/postgresql-common"
echo 'create_main_cluster = false' >"$T/etc/postgresql-common/createcluster.conf"

fetch() { # version, pool or nothing: the packages of a minor into /srv; from a pool only what a signed index has vouched for once
    local f p specs=()
    if [ -n "${2:-}" ]; then
        for f in $(minor_files "$1"); do
            curl -sSfL --retry 2 --max-time 300 -o "$T/srv/$f" "$2/$f" || return 1
            (cd "$T/srv" && grep -F " $f" "$HERE/pool.sha256" | sha256sum -c --status -) ||
                { echo "$2/$f has another SHA-256 than pool.sha256 says"; return 1; }
        done
    else
        for p in $(minor_packages); do specs+=("$p=$1"); done
        in_tree sh -c 'cd /srv && apt-get -q download "$@"' download "${specs[@]}"
    fi
}
in_tree apt-get -q update >>"$log" 2>&1 || failed
fetch "$old" "$pool" >>"$log" 2>&1 || failed
fetch "$new" >>"$log" 2>&1 || failed
in_tree apt-get -q install -y $(minor_files "$old" | sed 's|^|/srv/|') patroni python3-etcd python3-psycopg2 etcd-server \
    etcd-client haproxy pgbouncer pgbackrest systemd systemd-sysv dbus openssh-server sudo needrestart iproute2 procps curl \
    ca-certificates >>"$log" 2>&1 || failed
# The same packages, faster to unpack: each test patches several nodes.
for f in "$T"/srv/*.deb; do
    { dpkg-deb -R "$f" "$W/raw" && dpkg-deb -Zzstd -z3 -b "$W/raw" "$W/repo/$(basename "$f")"; } >>"$log" 2>&1 || failed
    rm -rf "$W/raw" "$f"
done
(cd "$W/repo" && for f in *.deb; do
    dpkg-deb -f "$f"
    printf 'Filename: ./%s\nSize: %s\nSHA256: %s\n\n' "$f" "$(stat -c %s "$f")" "$(sha256sum "$f" | cut -d' ' -f1)"
done >Packages
    printf 'Suite: local\nDate: %s\nSHA256:\n %s %s Packages\n' "$(date -Ru)" \
        "$(sha256sum Packages | cut -d' ' -f1)" "$(stat -c %s Packages)" >Release)

# From here on the tree is a host without any network but the bed's. With copy: (unlike file:) apt really downloads.
mkdir -p "$T/srv/repo"
echo 'deb [trusted=yes] copy:/srv/repo ./' >"$T/etc/apt/sources.list"
rm -rf "$T"/var/lib/apt/lists/* "$T"/var/cache/apt/*.bin "$T"/var/cache/apt/archives/*.deb
rm -f "$T/usr/sbin/policy-rc.d" "$T"/etc/ssh/ssh_host_* "$T/etc/machine-id" "$T/etc/resolv.conf"
for u in etcd haproxy pgbouncer patroni postgresql apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer \
    e2scrub_all.timer fstrim.timer e2scrub_reap; do
    in_tree systemctl -q disable $u >/dev/null 2>&1 || true
done
for u in systemd-udevd.service systemd-udev-trigger.service systemd-udevd-control.socket systemd-udevd-kernel.socket \
    getty.target console-getty.service systemd-logind.service systemd-modules-load.service systemd-sysctl.service \
    kmod-static-nodes.service systemd-remount-fs.service sys-kernel-config.mount sys-kernel-debug.mount \
    sys-kernel-tracing.mount dev-hugepages.mount dev-mqueue.mount; do
    ln -sf /dev/null "$T/etc/systemd/system/$u"
done
in_tree useradd -m -s /bin/bash gds
echo 'gds ALL=(ALL) NOPASSWD: ALL' >"$T/etc/sudoers.d/gds"; chmod 440 "$T/etc/sudoers.d/gds"
printf 'UseDNS no\nPasswordAuthentication no\n' >"$T/etc/ssh/sshd_config.d/gds.conf"

umount "$T/proc"; trap - EXIT
printf 'PG_MAJOR=%s\nPG_OLD=%s\nPG_NEW=%s\n' "$PG_MAJOR" "$old" "$new" >"$W/versions"
in_tree dpkg-query -W -f '${Package} ${Version}\n' patroni etcd-server haproxy pgbouncer pgbackrest needrestart >"$W/packages"
mv -T "$W" "$BASE"              # only a finished tree has this name
say "base tree $key: $(since "$began"), $(du -smx "$BASE/tree" | cut -f1) MB"
echo "$BASE"
