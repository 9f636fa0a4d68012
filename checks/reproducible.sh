#!/usr/bin/env bash
# Builds the tracked tree twice, in two directories, and compares every archive and SBOM by SHA-256.
#   checks/reproducible.sh           builds both
#   checks/reproducible.sh --built   takes what was just built here for the first one; whatever else lies there shows as a difference
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

sums() { find gds-*/target -maxdepth 1 \( -name '*.jar' -o -name 'bom.json' -o -name '*-cyclonedx.json' \) | sort | xargs sha256sum; }

sides="first second"
if [ "${1:-}" = --built ]; then
    sums >"$work/first.sums"
    sides=second
fi
# Of the second build only the archives are wanted: no tests, and no checkers, which change no byte of a class.
archives=(package -Dmaven.test.skip=true -Dfast -Dmaven.javadoc.skip=false -Dmaven.source.skip=false -Dcyclonedx.skip=false)
for side in $sides; do
    tree=$work/$side/tree-$side
    mkdir -p "$tree"
    git ls-files -z --cached | xargs -0 ls -d 2>/dev/null | tar -cf - -T - | tar -xf - -C "$tree"
    if ! (cd "$tree" && mvn -B -ntp "${archives[@]}" >"$work/$side.log" 2>&1); then
        grep -E '^\[ERROR\]' "$work/$side.log" | head -20
        exit 1
    fi
    (cd "$tree" && sums) >"$work/$side.sums"
done

if ! diff "$work/first.sums" "$work/second.sums"; then
    echo "reproducible: the two builds differ in the files above"
    exit 1
fi
count=$(wc -l <"$work/first.sums")
echo "reproducible: $count files, identical twice"
[[ $count -gt 0 ]]
