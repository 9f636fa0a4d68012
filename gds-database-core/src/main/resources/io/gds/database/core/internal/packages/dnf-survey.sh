# The installed packages that belong together. Arguments: program, directory of our notes, names of packages if they are
# given. Changes nothing and needs no privilege.
program=$1 notes=$2
shift 2
LC_ALL=C
export LC_ALL
SHAPE='%{NAME}\t%{ARCH}\t%{EVR}\t%{SOURCERPM}\n'

main=${1-}
if [ -z "$main" ]; then
    for path in "$program" "$(readlink -f -- "$program")"; do
        main=$(rpm -qf --qf '%{NAME}\n' -- "$path" 2>/dev/null) && break
        main=
    done
    main=$(echo "$main" | head -n 1)
    [ -n "$main" ] || exit 0
fi
printf 'main\t%s\n' "$main"
[ ! -e "$notes/$main/unfinished" ] || echo unfinished

if [ $# -gt 0 ]; then
    found=$(rpm -q --qf "$SHAPE" -- "$@" 2>/dev/null | grep '	')
else
    source=$(rpm -q --qf '%{SOURCERPM}\n' -- "$main" | head -n 1)
    found=$(rpm -qa --qf "$SHAPE" | awk -F '\t' -v source="${source%-*-*}" '
        { name = $4; sub(/-[^-]*-[^-]*$/, "", name) } name == source')
fi

# Version locks name a package, perhaps with a version behind it, perhaps by a pattern.
list=$(sed -n 's/^[[:space:]]*locklist[[:space:]]*=[[:space:]]*//p' /etc/dnf/plugins/versionlock.conf 2>/dev/null)
held() {
    while read -r entry; do
        case $entry in '' | '#'*) continue ;; esac
        entry=${entry#!}
        case $1 in $entry | ${entry%-*-*}) return 0 ;; esac
    done <"${list:-/nonexistent}"
    return 1
} 2>/dev/null

echo "$found" | while IFS='	' read -r name arch version source; do
    [ -n "$name" ] || continue
    want=install
    ! held "$name" || want=hold
    # A transaction that was killed leaves a package there in two versions.
    state='installed ok'
    [ "$(echo "$found" | awk -F '\t' -v n="$name" -v a="$arch" '$1 == n && $2 == a' | wc -l)" = 1 ] || state='installed twice'
    base=${source%-*-*}
    source=${source#"$base-"}
    printf 'package\t%s\t%s\t%s\t%s\t%s\t%s\n' "$name" "$arch" "${version#0:}" "${source%.src.rpm}" $want "$state"
done
exit 0
