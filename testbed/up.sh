#!/bin/bash
# up.sh [bookworm|trixie]: a bed for a person to use. It stays until down.sh.
set -euo pipefail
bed=$(cd "$(dirname "$0")" && pwd)/bed
suite=${1:-bookworm}
"$bed/preflight.sh" >&2
"$bed/sweep.sh"
id=$("$bed/claim.sh" hand ${GDS_TESTBED_ID:+"$GDS_TESTBED_ID"}) || { code=$?; echo "$id" >&2; exit $code; }
facts=$("$bed/up.sh" "$id" "$suite") || { code=$?; echo "$facts" >&2; exit $code; }
dir=$(sed -n 's/^dir=//p' <<<"$facts") net=$(sed -n 's/^net=//p' <<<"$facts")
cat <<X
$facts

A shell on n1 (sudo works):   ssh -i $dir/id -o UserKnownHostsFile=$dir/known_hosts gds@$net.11
The cluster:                  ssh ... gds@$net.11 sudo -u postgres patronictl -c /etc/patroni/config.yml list
SQL, as the administrator:    PGPASSWORD=super psql -h $net.11 -U postgres
SQL, as the application:      PGPASSWORD=app psql -h $net.20 -p 5000 -U app bench     (HAProxy; PgBouncer: -p 6432)
The end of it:                $(dirname "$bed")/down.sh $id
X
