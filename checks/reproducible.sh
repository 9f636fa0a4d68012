#!/usr/bin/env bash
# Builds the tracked tree twice, in two directories, and compares every archive and SBOM by SHA-256.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

for side in first second; do
    tree=$work/$side/tree-$side
    mkdir -p "$tree"
    git ls-files -z --cached | xargs -0 ls -d 2>/dev/null | tar -cf - -T - | tar -xf - -C "$tree"
    if ! (cd "$tree" && mvn -B -ntp package -DskipTests -Dspotless.check.skip >"$work/$side.log" 2>&1); then
        grep -E '^\[ERROR\]' "$work/$side.log" | head -20
        exit 1
    fi
    (cd "$tree" && find gds-*/target -maxdepth 1 \( -name '*.jar' -o -name 'bom.json' -o -name '*-cyclonedx.json' \) | sort | xargs sha256sum) >"$work/$side.sums"
done

if ! diff "$work/first.sums" "$work/second.sums"; then
    echo "reproducible: the two builds differ in the files above"
    exit 1
fi
count=$(wc -l <"$work/first.sums")
echo "reproducible: $count files, identical twice"
[[ $count -gt 0 ]]
