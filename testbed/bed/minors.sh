#!/bin/bash
# minors.sh SUITE: prints the oldest and the newest minor of the suite's PostgreSQL that its package index offers, as package
# versions: "15.18-0+deb12u1 15.20-0+deb12u1". Right after a point release of Debian the index offers one alone; the minor before it
# lies in the pool for some time still, and is found there by its name: "17.11-0+deb13u1 17.12-0+deb13u1 http://.../postgresql-17".
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

# What was found today is good enough, and yesterday's is better than nothing.
if [ -z "$(find "$A/minors" -mmin -720 2>/dev/null)" ] || ! cmp -s "$A/sources.list" "$A/sources.used"; then
    if apt-get "${apt[@]}" update >"$A/update.log" 2>&1 && ! grep -q '^[EW]: Failed' "$A/update.log"; then
        apt-cache "${apt[@]}" madison postgresql-$PG_MAJOR | awk '{ print $3 }' | sort -V -u >"$A/minors"
        cp "$A/sources.list" "$A/sources.used"
    else
        [ -e "$A/minors" ] || skip "the package index of Debian $suite cannot be read: $(grep '^[EW]:' "$A/update.log" | head -1)"
    fi
fi

in_pool() { # folder, version: whether all packages of a minor are there
    local file
    for file in $(minor_files "$2"); do
        curl -sfILo /dev/null --max-time 60 "$1/$file" || return 1
    done
}

found=$(cat "$A/minors")
old=$(head -1 <<<"$found") new=$(tail -1 <<<"$found")
[ -n "$old" ] || skip "no postgresql-$PG_MAJOR in the package index of Debian $suite"
if [ "${old%%-*}" != "${new%%-*}" ]; then
    echo "$old $new"
    exit 0
fi
minor=${new%%-*}
for back in 1 2 3; do
    before=${minor%.*}.$((${minor##*.} - back))-${new#*-}
    for pool in "$SECURITY/pool/updates" "$MIRROR/pool"; do
        in_pool "$pool/main/p/postgresql-$PG_MAJOR" "$before" || continue
        echo "$before $new $pool/main/p/postgresql-$PG_MAJOR"
        exit 0
    done
done
skip "only one minor of postgresql-$PG_MAJOR in the package index of Debian $suite: $minor, and none before it in the pool; a patch needs two"
