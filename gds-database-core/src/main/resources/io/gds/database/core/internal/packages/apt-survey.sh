# The installed packages that belong together. Arguments: program, directory of our notes, names of packages if they are
# given. Changes nothing and needs no privilege.
program=$1 notes=$2
shift 2
LC_ALL=C
export LC_ALL
SHAPE='package\t${Package}\t${Architecture}\t${Version}\t${source:Version}\t${db:Status-Want}\t${db:Status-Status} ${db:Status-Eflag}\t${source:Package}\n'

main=${1-}
if [ -z "$main" ]; then
    main=$(dpkg-query -S -- "$program" "$(readlink -f -- "$program")" 2>/dev/null |
        sed -n '/^diversion by /d; s/[,:].*//p' | head -n 1)
    [ -n "$main" ] || exit 0
fi
echo "main	$main"
[ ! -e "$notes/$main/unfinished" ] || echo unfinished
if [ $# -gt 0 ]; then
    dpkg-query -W -f "$SHAPE" -- "$@" 2>/dev/null
else
    source=$(dpkg-query -W -f '${source:Package}\n' -- "$main" | head -n 1)
    dpkg-query -W -f "$SHAPE" | awk -F '\t' -v source="$source" '$8 == source'
fi
exit 0
