# What could get in the way of an installation. Arguments: packages. Changes nothing.
LC_ALL=C
export LC_ALL

inode=$(stat -c %i "$(rpm --eval '%{_dbpath}')/.rpm.lock" 2>/dev/null) &&
    pid=$(awk -v inode="$inode" '$2 == "POSIX" { n = split($6, at, ":"); if (at[n] == inode) { print $5; exit } }' /proc/locks) &&
    [ -n "$pid" ] && printf 'lock\t%s\t%s\t%s\n' 'the database of rpm' "$pid" "$(tr '\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null)"

cat /etc/dnf/plugins/post-transaction-actions.d/*.action 2>/dev/null | while read -r line; do
    case $line in '#'* | '') continue ;; *restart*) ;; *) continue ;; esac
    for name; do
        case $name in ${line%%:*}) printf 'restarter\t%s\n' "$line" && break ;; esac
    done
done
exit 0
