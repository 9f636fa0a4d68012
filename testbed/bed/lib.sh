# shellcheck shell=bash
# Settings and names shared by every script here. Source it from bash. README.md tells what each setting means.
set -euo pipefail
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

TB=${GDS_TESTBED_DIR:-/var/cache/gds-testbed}   # base trees and beds
REGISTRY=/run/gds-testbed                       # one per machine, whatever TB is: who owns which bed id
KEYRING=/usr/share/keyrings/debian-archive-keyring.gpg
CG=/sys/fs/cgroup/unified; [ -d $CG ] || CG=/sys/fs/cgroup      # a hybrid or a pure cgroup2 host
NODES="n1 n2 n3"                                # etcd, Patroni, PostgreSQL
ALL="$NODES px"                                 # px: HAProxy and PgBouncer

now()   { date +%s.%N; }
since() { awk -v a="$1" -v b="$(now)" 'BEGIN { printf "%.2f s", b - a }'; }
say()   { echo "[$(date +%T)] $*" >&2; }
skip()  { echo "SKIP: patroni testbed: $*"; exit 77; }
die()   { echo "patroni testbed: $*" >&2; exit 1; }

await() { # seconds, what is awaited, command...
    local end=$((SECONDS + $1)) what=$2; shift 2
    until "$@" >/dev/null 2>&1; do
        [ $SECONDS -lt $end ] || die "gave up waiting for $what"
        sleep 0.2                       # each look is some processes, on hosts that are busy starting
    done
}

started_at() { # when the process began, in clock ticks; tells a process from a later one of the same id
    awk '{ sub(/^.*\) /, ""); print $20 }' "/proc/$1/stat" 2>/dev/null
}

suite_settings() { # suite
    case $1 in
    bookworm) PG_MAJOR=15 ;;
    trixie) PG_MAJOR=17 ;;
    *) die "unknown suite '$1'; expected bookworm or trixie" ;;
    esac
}

# The packages of one minor, which belong together.
minor_packages() { echo "postgresql-$PG_MAJOR" "postgresql-client-$PG_MAJOR" libpq5; }
minor_files() { # version
    local p
    for p in $(minor_packages); do echo "${p}_$1_$(dpkg --print-architecture).deb"; done
}

# Where the packages come from: the host's own apt sources, unless the environment says otherwise.
mirror() { # "" or "-security"
    apt-get indextargets --format '$(RELEASE) $(REPO_URI) $(ORIGIN)' 'Created-By: Packages' 2>/dev/null |
        awk -v want="$1" '$3 != "" && $3 != "Debian" { next }
                          { kind = ($1 ~ /-security/) ? "-security" : ($1 ~ /-/) ? "other" : "" }
                          kind == want { sub("/$", "", $2); print $2; exit }'
}
mirrors() {
    MIRROR=${GDS_TESTBED_MIRROR:-$(mirror "")}
    SECURITY=${GDS_TESTBED_SECURITY_MIRROR:-$(mirror -security)}
    [ -n "$MIRROR" ] && [ -n "$SECURITY" ] ||
        skip "no Debian mirrors in this host's apt sources; set GDS_TESTBED_MIRROR and GDS_TESTBED_SECURITY_MIRROR"
}

# The names of one bed. Everything that the kernel keeps in one list for all (links, namespaces, cgroups) carries the id.
bed() { # id
    [[ $1 =~ ^[0-9]+$ ]] || die "bed id: found '$1', expected a number"
    ID=$1 BED=$TB/beds/$1 NET=10.77.$1 BRIDGE=gds$1
    [ ! -e "$BED/settings" ] || . "$BED/settings"
}
# What nodes write stays in memory where there is enough: a bed is thrown away anyway, and a crash of a node is none of the host,
# so its disk would keep nothing that memory does not. The base tree below stays where it is.
in_memory() {
    case ${GDS_TESTBED_MEMORY:-auto} in
    auto) ;;
    off) return 0 ;;
    *) die "GDS_TESTBED_MEMORY: found '$GDS_TESTBED_MEMORY', expected auto or off" ;;
    esac
    [ "$(awk '$1 == "MemAvailable:" { print int($2 / 1024) }' /proc/meminfo)" -gt 8000 ] || return 0
    mount -t tmpfs -o size=4g,mode=755 tmpfs "$BED"
}
alone_with_bed() { # one script at a time works on a bed; those that it calls are part of it
    [ -z "${GDS_TESTBED_LOCKED:-}" ] || return 0
    exec 7<"$REGISTRY/$ID" || die "no bed $ID; the beds of this machine: $(ls $REGISTRY)"
    flock -w 600 7 || die "bed $ID: another script still works on it"
    [ "$REGISTRY/$ID" -ef /proc/self/fd/7 ] || die "bed $ID was taken down meanwhile"
    export GDS_TESTBED_LOCKED=1
}
ip_of() {
    case $1 in
    px) echo "$NET.20" ;;
    n[1-3]) echo "$NET.1${1#n}" ;;
    *) die "unknown node '$1'; expected one of $ALL" ;;
    esac
}
# One address of hardware for one of the network, whoever comes and goes. A bridge without an address of its own takes over
# that of one of its ports: when that port went, the others could not reach the bed's gateway for a minute or two.
mac_of() { printf '02:67:64:73:%02x:%02x' "$ID" "${1##*.}"; }

in_node() { # node, command...: as root, in all namespaces of the node
    local n=$1 pid; shift
    pid=$(cat "$BED/$n/init" 2>/dev/null) || die "$n is not running"
    nsenter --target "$pid" --all env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8 HOME=/root "$@"
}
at_once() { # nodes, command...: the command with each node's name in place of NODE, at the same time
    local nodes=$1 n pids=() p failed=0; shift
    for n in $nodes; do "${@//NODE/$n}" & pids+=($!); done
    for p in "${pids[@]}"; do wait "$p" || failed=1; done
    return $failed
}
sql() { # node, statement. Debian's own psql is a Perl program that starts this one, and much is asked many times.
    in_node "$1" setpriv --reuid=postgres --regid=postgres --init-groups "/usr/lib/postgresql/$PG_MAJOR/bin/psql" -XAtqc "$2"
}
