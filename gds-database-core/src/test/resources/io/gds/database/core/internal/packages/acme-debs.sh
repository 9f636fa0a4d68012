# Two releases of a product and some that are trouble, as a flat repository. Runs inside the tree; argument: where.
# Scripts of the server package stop at a gate when the test has put one: they read a FIFO that nobody writes.
set -eu
repo=$1
mkdir -p "$repo"

deb() { # package, version, further fields
    d=$(mktemp -d)
    mkdir -p "$d/DEBIAN" "$d/usr/share/acme/$1"
    echo "$2" >"$d/usr/share/acme/$1/version"
    {
        printf 'Package: %s\nVersion: %s\nArchitecture: amd64\nMaintainer: Test <test@example.com>\n' "$1" "$2"
        printf 'Description: for tests\nInstalled-Size: 100\n'
        printf "$3"
    } >"$d/DEBIAN/control"
    case $1 in acme-server)
        mkdir -p "$d/usr/lib/acme/15/bin" "$d/etc/acme"
        cp /bin/cat "$d/usr/lib/acme/15/bin/acmed" # a real program, so that needrestart sees when its file is exchanged
        echo "setting = $2" >"$d/etc/acme/acme.conf"
        echo /etc/acme/acme.conf >"$d/DEBIAN/conffiles"
        for s in preinst prerm postinst; do
            printf '#!/bin/sh\nset -e\nif [ -p /srv/gate-%s ]; then echo $PPID >/srv/at-gate; read x </srv/gate-%s; fi\n' \
                $s $s >"$d/DEBIAN/$s"
            chmod 755 "$d/DEBIAN/$s"
        done
        # As postgresql-15 does.
        echo 'invoke-rc.d acme stop' >>"$d/DEBIAN/prerm"
        echo 'update-rc.d acme defaults; invoke-rc.d acme start' >>"$d/DEBIAN/postinst"
        mkdir -p "$d/etc/init.d"
        printf '#!/bin/sh\n### BEGIN INIT INFO\n# Provides: acme\n# Default-Start: 2 3 4 5\n# Default-Stop: 0 1 6\n### END INIT INFO\necho "$1" >>/srv/service\n' \
            >"$d/etc/init.d/acme"
        chmod 755 "$d/etc/init.d/acme"
        ;;
    esac
    chmod -R go+rX "$d"
    chmod 755 "$d"
    dpkg-deb -Zgzip --root-owner-group -b "$d" "$repo/$1_$2_amd64.deb" >/dev/null
    rm -r "$d"
}

release() { # version, further fields of the server
    deb acme-server "$1" "Source: acme\nDepends: libacme (= $1)${2:-}\n"
    deb libacme "$1" "Source: acme\nMulti-Arch: same\n"
    # Its own version differs from its source's, as after a rebuild for one architecture.
    deb acme-client "$1+b1" "Source: acme ($1)\nDepends: libacme (>= $1)\n"
}

release 15.9-0+deb12u1
release 15.18-0+deb12u1
release 15.20-0+deb12u1
release 15.20-0+deb12u2
release 15.30-1 '\nConflicts: bystander'
release 15.31-1 ', newcomer'
deb acme-server 15.32-1 'Source: acme\nDepends: libacme\n' # and no library of that release
deb bystander 1.0-1 'Depends: libacme\n'
deb newcomer 1.0-1 ''

cd "$repo"
for f in *.deb; do
    dpkg-deb -f "$f"
    printf 'Filename: ./%s\nSize: %s\nSHA256: %s\n\n' "$f" "$(stat -c %s "$f")" "$(sha256sum "$f" | cut -d' ' -f1)"
done >Packages

# Without these invoke-rc.d takes this for a place where services never run.
printf '#!/bin/sh\n' >/sbin/init
printf '#!/bin/sh\necho N 2\n' >/sbin/runlevel
chmod 755 /sbin/init /sbin/runlevel

apt-get -q update
apt-get -q -y install acme-server=15.18-0+deb12u1 libacme=15.18-0+deb12u1 acme-client=15.18-0+deb12u1+b1
rm -f /srv/service
