# Packages as the vendor cuts them, around real programs, and a flat repository of them.
# Arguments: the directory of the repository, then the directory of each version.
set -eu
repo=$1
shift

deb() { # directory of the package, package, version, further fields
    printf 'Package: %s\nSource: mongodb-org\nVersion: %s\nArchitecture: amd64\nMaintainer: Test <test@example.com>\n' \
        "$2" "$3" >"$1/DEBIAN/control"
    printf "Description: for tests\n$4" >>"$1/DEBIAN/control"
    chmod -R go+rX "$1"
    dpkg-deb -Zgzip -z1 --root-owner-group -b "$1" "$repo/$2_$3_amd64.deb" >/dev/null
    rm -r "$1"
}

server() { # version, its directory
    d=$(mktemp -d)
    mkdir -p "$d/DEBIAN" "$d/usr/bin" "$d/usr/lib" "$d/lib/systemd/system" "$d/etc"
    cp "$2/bin/mongod" "$d/usr/bin/"
    [ ! -d "$2/lib" ] || cp "$2"/lib/*.so* "$d/usr/lib/" # what the program looks for beside its own directory
    echo "# of $1" >"$d/etc/mongod.conf"
    echo /etc/mongod.conf >"$d/DEBIAN/conffiles"
    cat >"$d/lib/systemd/system/mongod.service" <<X
[Unit]
Description=MongoDB Database Server
[Service]
User=mongodb
Group=mongodb
ExecStart=/usr/bin/mongod --config /etc/mongod.conf
LimitNOFILE=64000
[Install]
WantedBy=multi-user.target
X
    # The restart is more than the vendor's packages do; the distribution's own do it, and here nothing may come of it.
    cat >"$d/DEBIAN/postinst" <<X
#!/bin/sh
set -e
getent passwd mongodb >/dev/null || useradd --system --user-group --no-create-home mongodb
mkdir -p /var/lib/mongodb /var/log/mongodb
chown mongodb:mongodb /var/lib/mongodb /var/log/mongodb
systemctl daemon-reload
[ -z "\$2" ] || deb-systemd-invoke restart mongod.service
X
    chmod 755 "$d/DEBIAN/postinst"
    deb "$d" mongodb-org-server "$1" 'Depends: libcurl4\n'
}

for home in "$@"; do
    version=${home##*/}
    server "$version" "$home"
    meta=$(mktemp -d)
    mkdir -p "$meta/DEBIAN"
    deb "$meta" mongodb-org "$version" "Depends: mongodb-org-server (= $version)\n"
done

cd "$repo"
for f in *.deb; do
    dpkg-deb -f "$f"
    printf 'Filename: ./%s\nSize: %s\nSHA256: %s\n\n' "$f" "$(stat -c %s "$f")" "$(sha256sum "$f" | cut -d' ' -f1)"
done >Packages
