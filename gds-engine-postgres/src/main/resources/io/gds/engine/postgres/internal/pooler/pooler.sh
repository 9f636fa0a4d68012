#!/bin/sh
# What must be done on a pooler's own host.
#
# replace FILE BYTES
#     makes standard input the content of a file, at once and with owner, mode and labels as they were; BYTES tell an input
#     that was cut off when its sender died
# take DIR KEY [HOST-PORT]
#     says that its orchestrator is about to resume: the timer holds back for a while; the files that were prepared for that
#     primary take their places; prints what has become of the timer
# timer DIR KEY SOFT HARD  HOST PORT USER SSLMODE  DBUSER DATABASE DBSSLMODE
#     the dead man's timer of a pause: unless DIR/armed-KEY is gone by then, it points the pooler to whoever is primary and
#     resumes it; after SOFT seconds when there is a primary, after HARD seconds in any case. Whoever renames the token decides.
#     DIR holds: members (host port), files (paths), found-FILE, variant-FILE-HOST-PORT, resume (commands), two secrets.
export LC_ALL=C

replace() {
    file=$(readlink -f -- "$1") || return 1
    new=$(dirname -- "$file")/.$(basename -- "$file").gds-new
    if cp --preserve=all -- "$file" "$new" && cat > "$new" &&
        [ "$(stat -c %s -- "$new")" = "$2" ] &&
        [ "$(stat -c %u:%g:%a -- "$file")" = "$(stat -c %u:%g:%a -- "$new")" ] &&
        sync -- "$new" && mv -f -- "$new" "$file"; then
        return 0
    fi
    rm -f -- "$new"
    return 1
}

ask() { # password sslmode host port user database question
    PGPASSWORD=$1 PGSSLMODE=$2 PGDATABASE=$6 PGCONNECT_TIMEOUT=2 PGOPTIONS='' \
        timeout 5 psql -X -q -A -t -w -h "$3" -p "$4" -U "$5" -c "$7" < /dev/null 2> /dev/null
}

console() {
    ask "$console_secret" "$sslmode" "$host" "$port" "$user" pgbouncer "$1" > /dev/null
}

primary() { # prints the member that has left recovery
    while read -r address service; do
        answer=$(ask "$cluster_secret" "$dbsslmode" "$address" "$service" "$dbuser" "$database" 'SELECT pg_is_in_recovery()')
        if [ "$answer" = f ]; then
            echo "$address-$service"
            return 0
        fi
    done < "$dir/members"
    return 1
}

watched() {
    [ -e "$dir/armed-$key" ] || [ -e "$dir/resuming-$key" ]
}

known() { # a file, its number: whether it is one that we found or wrote; what somebody else changed is left alone
    for one in "$dir/found-$2" "$dir/variant-$2-"*; do
        ! cmp -s -- "$1" "$one" || return 0
    done
    return 1
}

point() { # host-port of the primary
    number=0
    while read -r path; do
        wanted=$dir/variant-$number-$1
        [ -e "$wanted" ] || wanted=$dir/found-$number # as it was found it is right for this primary
        if ! cmp -s -- "$path" "$wanted" && known "$path" "$number"; then
            replace "$path" "$(stat -c %s -- "$wanted")" < "$wanted"
        fi
        number=$((number + 1))
    done < "$dir/files"
}

take() { # host-port of the primary, or nothing
    mv -- "$dir/armed-$key" "$dir/resuming-$key" 2> /dev/null
    if [ -e "$dir/resuming-$key" ]; then
        [ -z "$1" ] || point "$1"
        echo watching
    elif [ -e "$dir/fired-$key" ]; then
        echo fired
    fi
}

fire() {
    if now=$(primary); then
        point "$now"
        console RELOAD
    fi
    while read -r command; do
        [ -e "$dir/fired-$key" ] || exit 0
        console "$command" || { sleep 1; console "$command"; }
    done < "$dir/resume"
}

timer() {
    trap '' HUP INT
    console_secret=$(cat "$dir/console-secret")
    cluster_secret=$(cat "$dir/cluster-secret")
    rm -f -- "$dir/console-secret" "$dir/cluster-secret"
    : > "$dir/alive"
    waited=0
    while [ "$waited" -lt "$soft" ] || { [ "$waited" -lt "$hard" ] && ! primary > /dev/null; }; do
        sleep 1
        waited=$((waited + 1))
        watched || exit 0
    done
    patience=10 # somebody who is at it just now gets it done
    until mv -- "$dir/armed-$key" "$dir/fired-$key" 2> /dev/null; do
        if [ "$patience" -gt 0 ] && [ -e "$dir/resuming-$key" ]; then
            sleep 1
            patience=$((patience - 1))
        else
            mv -- "$dir/resuming-$key" "$dir/fired-$key" 2> /dev/null || exit 0
            break
        fi
    done
    fire
    [ ! -e "$dir/fired-$key" ] || rm -rf -- "$dir"
}

case $1 in
replace)
    replace "$2" "$3"
    ;;
take)
    dir=$2 key=$3
    take "$4"
    ;;
timer)
    dir=$2 key=$3 soft=$4 hard=$5 host=$6 port=$7 user=$8 sslmode=$9
    shift 9
    dbuser=$1 database=$2 dbsslmode=$3
    timer
    ;;
*)
    exit 64
    ;;
esac
