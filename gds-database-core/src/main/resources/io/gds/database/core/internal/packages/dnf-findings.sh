# What could get in the way of an installation. Arguments: packages. Changes nothing.
LC_ALL=C
export LC_ALL

pid=$(holder "$(rpm --eval '%{_dbpath}')/.rpm.lock")
[ -z "$pid" ] || printf 'lock\t%s\t%s\t%s\n' 'the database of rpm' "$pid" "$(tr '\0' ' ' <"/proc/$pid/cmdline" 2>/dev/null)"

cat /etc/dnf/plugins/post-transaction-actions.d/*.action 2>/dev/null | while read -r line; do
    case $line in '#'* | '') continue ;; *restart*) ;; *) continue ;; esac
    for name; do
        case $name in ${line%%:*}) printf 'restarter\t%s\n' "$line" && break ;; esac
    done
done
exit 0
