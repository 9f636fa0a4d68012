#!/bin/sh
# The dead man's timer of a switchover. It lives outside the orchestrating process and acts only when that one has died
# between the stop of the old primary and the promotion: when nobody has been primary for a while, it finishes or takes back,
# whichever the orchestrator had decided. An atomic rename settles who decides.
#   $1 directory of the token   $2 seconds without a primary   $3 pg_ctl   $4 old primary's data   $5 its log
#   $6 candidate's data   $7 most seconds to live
token=$1 patience=$2 pg_ctl=$3 old=$4 log=$5 candidate=$6 life=$7
gone=0
while [ -d "$token" ] && [ "$life" -gt 0 ]; do
    sleep 1
    life=$((life - 1))
    if [ -e "$old/postmaster.pid" ] || [ ! -e "$candidate/standby.signal" ]; then
        gone=0
        continue
    fi
    gone=$((gone + 1))
    [ "$gone" -ge "$patience" ] || continue
    if mv "$token/armed" "$token/fired" 2>/dev/null; then
        "$pg_ctl" start -D "$old" -l "$log" -w -s -t 60
        exit
    fi
    if [ -e "$token/promoting" ]; then
        "$pg_ctl" promote -D "$candidate" -w -s -t 60
        exit
    fi
done
