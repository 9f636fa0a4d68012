# One installation on this host, whoever asked for it and whether or not anybody still watches.
# Arguments: directory of this package, number of the attempt, patience in seconds, packages.
# Begun again after any crash it finishes what it finds. Before it stands the script of the package system: held(),
# versions(), transact(), settle() and whole().
dir=$1 attempt=$2 patience=$3
shift 3
umask 022
LC_ALL=C
HOME=${HOME:-/root}
export LC_ALL HOME

exec 9>>"$dir/lock"
flock -w 5 9 || exit 0 # somebody else's is under way
# Begun late, after another attempt: whoever asked for this one has long been answered.
[ "$(cat "$dir/attempt" 2>/dev/null || echo 0)" = "$attempt" ] || exit 0

keep() { # name; the new content comes from standard input; whole or not at all, also after a power cut
    cat >"$dir/$1.new" && sync "$dir/$1.new" && mv -f "$dir/$1.new" "$dir/$1"
}

patiently() { # a command; again for as long as somebody else's lock is in its way
    deadline=$(($(date +%s) + patience))
    while :; do
        "$@" >"$dir/step" 2>&1
        code=$?
        cat "$dir/step"
        [ $code -ne 0 ] && grep -Eq "$LOCKED" "$dir/step" && [ "$(date +%s)" -lt $deadline ] || break
        sleep 1
    done
    rm -f "$dir/step"
    return $code
}

install() {
    resumed=
    [ ! -e "$dir/unfinished" ] || resumed=yes
    [ -n "$resumed" ] || versions "$@" | keep before || return
    # While this file exists nobody can tell what is installed: see survey.
    { cat "$dir/unfinished" 2>/dev/null; held "$@"; } | sort -u | keep unfinished || return
    transact "$@"
    ended=$?
    now=$(versions "$@")
    # One release or the other, and nothing between.
    if settle && { [ "$now" = "$(printf '%s\n' "$@")" ] || [ "$now" = "$(cat "$dir/before")" ]; } && whole "$@"; then
        rm -f "$dir/unfinished"
    fi
    return $ended
}

rm -f "$dir/result"
printf '%s\n' "$*" | keep wanted || exit
echo $((attempt + 1)) | keep attempt || exit
install "$@" >"$dir/log" 2>&1 </dev/null
echo $? | keep result
