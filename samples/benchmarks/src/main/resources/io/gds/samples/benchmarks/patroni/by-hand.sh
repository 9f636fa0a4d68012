#!/usr/bin/env bash
# A rolling patch of a Patroni cluster as a careful operator would script it: ssh, apt, psql and curl, and every answer waited
# for. No journal and no way back. What it is told, by the environment:
#   MEMBERS      "n1=10.0.0.11 n2=10.0.0.12 ...", named as Patroni names them
#   VERSION      the PostgreSQL version to reach, e.g. 15.20
#   PACKAGES     "postgresql-15=15.20-0+deb12u1 ...", all that belong together
#   TURN         switchover or restart: what is done about the leader
#   SSH_USER SSH_KEY KNOWN_HOSTS PGPASSWORD
#   POOLER       the host of a PgBouncer that is paused meanwhile, or nothing; POOLER_DB its database
set -euo pipefail
for c in ssh psql jq curl; do command -v $c >/dev/null || { echo "missing: $c" >&2; exit 1; }; done

CONFIG=/etc/patroni/config.yml
declare -A IP
NAMES=()
for m in $MEMBERS; do IP[${m%%=*}]=${m#*=}; NAMES+=("${m%%=*}"); done

# One connection for each host, kept for the length of the patch.
SOCKETS=$(mktemp -d)
SSH=(ssh -i "$SSH_KEY" -o UserKnownHostsFile="$KNOWN_HOSTS" -o BatchMode=yes -o LogLevel=ERROR
    -o ControlMaster=auto -o ControlPersist=600 -o ControlPath="$SOCKETS/%h")
finish() {
    local status=$? s
    [ -z "${paused:-}" ] || pooler "RESUME $POOLER_DB" || true
    for s in "$SOCKETS"/*; do [ ! -S "$s" ] || ssh -o ControlPath="$s" -O exit any 2>/dev/null || true; done
    rm -rf "$SOCKETS"
    exit "$status"
}
trap finish EXIT

say()    { printf '%s %s\n' "$(date -u +%H:%M:%S.%3N)" "$*"; }
on()     { local host=$1; shift; "${SSH[@]}" "$SSH_USER@${IP[$host]:-$host}" "$@"; }
sql()    { psql -XAtq -h "${IP[$1]}" -U postgres -d postgres -c "$2"; }
pooler() { psql -XAtq -h "$POOLER" -p 6432 -U postgres -d pgbouncer -c "$1" >/dev/null; }
api()    { local m=$1 path=$2; shift 2; curl -s -m 90 "$@" "http://${IP[$m]}:8008$path"; }
await() { # seconds, what, command...
    local until=$(($(date +%s) + $1)) what=$2; shift 2
    until "$@" 2>/dev/null; do
        [ "$(date +%s)" -lt "$until" ] || { say "waited in vain for $what"; exit 1; }
        sleep 0.1
    done
}
everywhere() { # command..., with each member's name as the last word, all at the same time
    local m p pids=()
    for m in "${NAMES[@]}"; do "$@" "$m" & pids+=($!); done
    for p in "${pids[@]}"; do wait "$p"; done
}

writable() { [ "$(sql "$1" 'select pg_is_in_recovery()')" = f ]; }
runs()     { [[ "$(sql "$1" 'show server_version')" == "$VERSION"* ]]; }
leader()   { local m; for m in "${NAMES[@]}"; do ! writable "$m" || { echo "$m"; return; }; done; return 1; }
stopped()  { ! on "$1" 'pgrep -u postgres -x postgres' >/dev/null; }
idle()     { [ "$(sql "$1" "select count(*) from pg_stat_activity where backend_type = 'client backend'
                 and usename <> 'postgres'")" = 0 ]; }
tagged()   { [ "$(api "$1" /patroni | jq -r '.tags.nofailover // false')" = "$2" ]; }
reached()  { # leader, member, position
    [ "$(sql "$1" "select count(*) from pg_stat_replication
        where application_name = '$2' and state = 'streaming' and replay_lsn >= '$3'")" = 1 ]
}
streams()  { local at; at=$(sql "$1" 'select pg_current_wal_lsn()'); await 120 "$2 streaming from $1" reached "$1" "$2" "$at"; }

fetch() { on "$1" "sudo apt-get -q -q update && sudo apt-get -q -q install -y --download-only $PACKAGES" >/dev/null; }
install() {
    on "$1" "sudo env DEBIAN_FRONTEND=noninteractive NEEDRESTART_MODE=l apt-get -q -q \
        -o DPkg::Lock::Timeout=60 install -y $PACKAGES" >/dev/null 2>&1
}
out_of_service() {
    on "$1" "sudo sed -i.by-hand -E '/^tags:/s/(nofailover|noloadbalance|nosync): false/\\1: true/g' $CONFIG"
    api "$1" /reload -X POST >/dev/null
    await 60 "the tags of $1" tagged "$1" true
    # Commits would hang without it for as long as no other is named.
    ! synchronous || await 60 "another synchronous standby than $1" spared "$1"
    await 30 "the readers of $1 to leave" idle "$1"
}
in_service() {
    on "$1" "sudo mv $CONFIG.by-hand $CONFIG"
    api "$1" /reload -X POST >/dev/null
    await 60 "the tags of $1" tagged "$1" false
}

patch() { # a follower
    say "$1: out of service"
    out_of_service "$1"
    say "$1: stop"
    on "$1" 'sudo systemctl stop patroni'
    await 60 "the server of $1 to end" stopped "$1"
    say "$1: install"
    install "$1"
    say "$1: start"
    on "$1" 'sudo systemctl start patroni'
    await 120 "$1 to run $VERSION" runs "$1"
    streams "$LEADER" "$1"
    say "$1: streams; in service"
    in_service "$1"
}

spared() { # others wait for another one
    [ "$(sql "$LEADER" "select count(*) filter (where sync_state in ('sync', 'quorum') and application_name <> '$1')
        from pg_stat_replication")" != 0 ] &&
        [ "$(sql "$LEADER" "select count(*) from pg_stat_replication
            where sync_state in ('sync', 'quorum') and application_name = '$1'")" = 0 ]
}
synchronous() { api "$LEADER" /config | jq -e '.synchronous_mode // false | tostring != "false"' >/dev/null; }
standby()     { candidate=$(api "$LEADER" /cluster | jq -re '[.members[] | select(.role == "sync_standby") | .name][0]'); }
ordered() { # by Patroni; refused for as long as it has no candidate
    local code
    code=$(api "$LEADER" /switchover -o /dev/null -w '%{http_code}' -H 'Content-Type: application/json' \
        -d "{\"leader\": \"$LEADER\", \"candidate\": \"$candidate\"}")
    say "switchover answers $code"
    [ "$code" = 200 ]
}
pause() {
    [ -n "${POOLER:-}" ] || return 0
    paused=yes
    pooler "PAUSE $POOLER_DB"
}
reroute() { # to the leader-to-be
    [ -n "${POOLER:-}" ] || return 0
    on "$POOLER" "sudo sed -i '/^$POOLER_DB *=/s/host=[^ ]*/host=${IP[$1]}/' /etc/pgbouncer/pgbouncer.ini"
    pooler RELOAD
}
resume() {
    [ -n "${POOLER:-}" ] || return 0
    pooler "RESUME $POOLER_DB"
    paused=""
}
checkpoint() { sql "$1" CHECKPOINT; }

hand_over() {
    candidate=${FOLLOWERS[0]}
    ! synchronous || await 60 "a synchronous standby" standby
    say "switchover from $LEADER to $candidate"
    checkpoint "$candidate" & checkpoint "$LEADER"; wait $!
    pause
    await 60 "Patroni to switch over" ordered & local order=$!
    reroute "$candidate"
    await 60 "$candidate to be the leader" writable "$candidate"
    resume
    say "$candidate takes writes"
    wait "$order"
    former=$LEADER LEADER=$candidate
    # Until it streams again, stopping Patroni would leave its server running.
    streams "$LEADER" "$former"
    patch "$former"
}
restart_in_place() {
    say "$LEADER: install beside the running server"
    install "$LEADER"
    checkpoint "$LEADER"
    pause
    say "$LEADER: restart"
    api "$LEADER" /restart -X POST -H 'Content-Type: application/json' -d "{\"postgres_version\": \"$VERSION\"}" >/dev/null
    await 120 "$LEADER to run $VERSION" runs "$LEADER"
    await 120 "$LEADER to take writes" writable "$LEADER"
    resume
    say "$LEADER: restarted"
    for m in "${FOLLOWERS[@]}"; do streams "$LEADER" "$m"; done
}

LEADER=$(leader)
FOLLOWERS=()
for m in "${NAMES[@]}"; do [ "$m" = "$LEADER" ] || FOLLOWERS+=("$m"); done
say "leader $LEADER, to $VERSION"
everywhere fetch
for m in "${FOLLOWERS[@]}"; do patch "$m"; done
case $TURN in
switchover) hand_over ;;
restart) restart_in_place ;;
*) say "TURN: found '$TURN', expected switchover or restart"; exit 2 ;;
esac
for m in "${NAMES[@]}"; do
    runs "$m" || { say "$m does not run $VERSION"; exit 1; }
    [ "$m" = "$LEADER" ] || streams "$LEADER" "$m"
done
say "done"
