# Waits until a clone accepts writes, by its own lock file. Arguments: unit, data directory, Patroni's log, seconds.
unit=$1 file=$2/postmaster.pid log=$3 left=$(($4 * 5))
while [ "$(sed -n '8s/ *$//p' "$file" 2>/dev/null)" != ready ]; do
    case $(systemctl is-active -- "$unit") in active | activating) ;; *) left=0 ;; esac
    left=$((left - 1))
    if [ $left -le 0 ]; then
        tail -c 1500 -- "$log" >&2
        exit 1
    fi
    sleep 0.2
done
