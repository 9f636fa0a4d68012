# What became of an installation. Arguments: its directory, the number of the attempt before it, how many seconds to wait.
dir=$1 before=$2 patience=$3
deadline=$(($(date +%s) + patience))
grace=$(($(date +%s) + 10))
while :; do
    now=$(date +%s)
    if ! [ -d "$dir" ]; then
        echo absent 0
        exit
    elif flock -n "$dir/lock" true; then
        attempt=$(cat "$dir/attempt" 2>/dev/null || echo 0)
        if [ "$attempt" -gt "$before" ]; then
            # Without a result it was killed, or the host was.
            echo "ended $attempt $(cat "$dir/result" 2>/dev/null || echo 137)"
            cat "$dir/wanted" 2>/dev/null || echo
            tail -c 6000 "$dir/log" 2>/dev/null
            exit 0
        elif [ "$now" -ge $grace ] || [ "$now" -ge $deadline ]; then
            echo "absent $attempt"
            exit
        fi
    elif [ "$now" -ge $deadline ]; then
        echo "running $(cat "$dir/attempt" 2>/dev/null || echo 0)"
        exit
    fi
    sleep 0.2
done
