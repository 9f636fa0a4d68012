#!/bin/bash
# minors.sh SUITE: prints the oldest and the newest minor of the suite's PostgreSQL that its package index offers, as package
# versions: "15.18-0+deb12u1 15.20-0+deb12u1". After a point release of Debian the index offers one alone; an older one whose sums are in
# pool.sha256 is then looked for in the mirror's pool: "17.11-0+deb13u1 17.12-0+deb13u1 http://.../postgresql-17".
# Exit 77 with the reason if there are not two.
. "$(dirname "$0")/lib.sh"
suite=$1; suite_settings "$suite"; mirrors

A=$TB/index-$suite              # an apt world of its own: the host's lists and sources stay as they are
mkdir -p "$A/lists/partial" "$A/archives/partial"
exec 8>"$A/lock"; flock 8
for s in "$MIRROR $suite" "$SECURITY $suite-security"; do
    echo "deb ${GDS_TESTBED_APT_OPTIONS-[signed-by=$KEYRING]} $s main"
done >"$A/sources.list"
apt=(-q -o Dir::State="$A" -o Dir::State::Lists="$A/lists" -o Dir::Cache="$A" -o Dir::Cache::Archives="$A/archives"
    -o Dir::Etc::SourceList="$A/sources.list" -o Dir::Etc::SourceParts=/dev/null
    -o APT::Sandbox::User=root -o Acquire::Languages=none -o Acquire::Retries=2)

known_minors() { # those of pool.sha256, the newest first
    sed -n "s/.* postgresql-${PG_MAJOR}_\(.*\)_$(dpkg --print-architecture)\.deb$/\1/p" "$HERE/pool.sha256" | sort -rV
}
in_pool() { # folder, version: whether all packages of a minor are there
    local file
    for file in $(minor_files "$2"); do
        curl -sfIL --retry 2 --max-time 60 -o /dev/null "$1/$file" || return 1
    done
}
older_in_pool() { # version: the next older minor, and the folder that it lies in; nothing if there is none
    local version pool
    for version in $(known_minors); do
        [ "${version%%-*}" != "${1%%-*}" ] && dpkg --compare-versions "$version" lt "$1" || continue
        for pool in "$SECURITY/pool/updates" "$MIRROR/pool"; do
            in_pool "$pool/main/p/postgresql-$PG_MAJOR" "$version" || continue
            echo "$version $pool/main/p/postgresql-$PG_MAJOR"
            return
        done
    done
}
are_two() { [ "$(cut -d- -f1 "$A/found" | sort -u | wc -l)" -gt 1 ]; }

# What was found today is good enough, and yesterday's is better than nothing.
if [ -z "$(find "$A/found" -mmin -720 2>/dev/null)" ] || ! are_two || ! cmp -s "$A/sources.list" "$A/sources.used"; then
    if apt-get "${apt[@]}" update >"$A/update.log" 2>&1 && ! grep -q '^[EW]: Failed' "$A/update.log"; then
        apt-cache "${apt[@]}" madison postgresql-$PG_MAJOR | awk '{ print $3 }' | sort -V -u >"$A/found.new"
        mv "$A/found.new" "$A/found"
        if [ -s "$A/found" ] && ! are_two; then
            { older_in_pool "$(tail -1 "$A/found")"; cat "$A/found"; } >"$A/found.new"
            mv "$A/found.new" "$A/found"
        fi
        cp "$A/sources.list" "$A/sources.used"
    else
        [ -e "$A/found" ] || skip "the package index of Debian $suite cannot be read: $(grep '^[EW]:' "$A/update.log" | head -1)"
    fi
fi

[ -s "$A/found" ] || skip "no postgresql-$PG_MAJOR in the package index of Debian $suite"
read -r new <<<"$(tail -1 "$A/found")"
are_two ||
    skip "only one minor of postgresql-$PG_MAJOR in the package index of Debian $suite: ${new%%-*}, and none of pool.sha256 in the pool; a patch needs two"
read -r old pool <<<"$(head -1 "$A/found")"
echo "$old $new${pool:+ $pool}"
