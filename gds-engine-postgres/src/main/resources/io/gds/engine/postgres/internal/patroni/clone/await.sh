# Waits until a clone has been promoted, by its own files. Arguments: unit, data directory, Patroni's log, seconds.
unit=$1 data=$2 log=$3 left=$(($4 * 5))
until [ ! -e "$data/standby.signal" ] && [ "$(sed -n '8s/ *$//p' "$data/postmaster.pid" 2>/dev/null)" = ready ]; do
    case $(systemctl is-active -- "$unit") in active | activating) ;; *) left=0 ;; esac
    left=$((left - 1))
    if [ $left -le 0 ]; then
        tail -c 1500 -- "$log" >&2
        exit 1
    fi
    sleep 0.2
done
