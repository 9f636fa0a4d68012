#!/bin/bash
# node-init.sh ROOT NAME REPO: runs inside new namespaces, makes them look like a host's, and becomes its systemd.
set -e
R=$1 NAME=$2 REPO=$3
mount --make-rprivate /
mount -t proc proc "$R/proc"
mount -t sysfs -o ro sysfs "$R/sys"
mount -t cgroup2 cgroup2 "$R/sys/fs/cgroup"
mount -t tmpfs -o mode=755 tmpfs "$R/dev"
for d in null zero full random urandom tty; do touch "$R/dev/$d"; mount --bind "/dev/$d" "$R/dev/$d"; done
mkdir "$R/dev/pts" "$R/dev/shm"
mount -t devpts -o newinstance,ptmxmode=0666,mode=620,gid=5 devpts "$R/dev/pts"
ln -s pts/ptmx "$R/dev/ptmx"; ln -s /proc/self/fd "$R/dev/fd"
for i in 0:stdin 1:stdout 2:stderr; do ln -s "/proc/self/fd/${i%:*}" "$R/dev/${i#*:}"; done
mount -t tmpfs -o mode=1777 tmpfs "$R/dev/shm"
mount -t tmpfs -o mode=755 tmpfs "$R/run"
mount --bind -o ro "$REPO" "$R/srv/repo"
hostname "$NAME"
cd "$R"; mkdir -p .old; pivot_root . .old; umount -l /.old
exec env -i container=gds PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 /lib/systemd/systemd --system --log-target=journal
