# shellcheck shell=bash
# Bringing a bed's cluster to life. Source it after `bed ID`.

streaming() { # all replicas stream from the leader, and have replayed all there is
    [ "$(sql "$1" "select count(*) from pg_stat_replication where state = 'streaming' and application_name in ('n1', 'n2', 'n3')
        and replay_lsn >= pg_current_wal_lsn()")" = 2 ]
}
known() { # what the members tell each other by Patroni's own words: a moment after they stream
    [ "$(curl -s -m 2 "http://$(ip_of "$1"):8008/cluster" | grep -oE '"state": "(running|streaming)"' | wc -l)" = 3 ]
}
writable()    { [ "$(sql "$1" "select pg_is_in_recovery()")" = f ]; }
etcd_well()   { curl -s -m 1 "http://$(ip_of "$1"):2379/health" | grep -q true; }
boot_all()    { at_once "$ALL" "$HERE/node.sh" up "$ID" NODE; }
unplug() {
    at_once "$ALL" "$HERE/node.sh" crash "$ID" NODE
    for n in $ALL; do ! mountpoint -q "$BED/$n/disk" || umount "$BED/$n/disk"; done
}

start_cluster() { # n1 first, so that it is the leader
    for n in $NODES; do await 30 "etcd on $n" etcd_well "$n"; done
    in_node n1 systemctl start patroni
    await 60 "n1 to become leader" writable n1
    at_once "n2 n3" in_node NODE systemctl start patroni
    await 120 "the replicas to stream" streaming n1
    await 60 "the members to know each other" known n1
}
create_cluster() { # from the bare base tree
    local bin=/usr/lib/postgresql/$PG_MAJOR/bin
    boot_all; start_cluster
    sql n1 "create role app login createdb password 'app'"
    sql n1 "create database bench owner app"
    in_node n1 env PGPASSWORD=app "$bin/pgbench" -q -i -s "$SCALE" -h "$(ip_of n1)" -U app bench >"$BED/pgbench.log" 2>&1 ||
        die "pgbench -i failed: $(tail -3 "$BED/pgbench.log")"
    await 120 "the replicas to catch up" streaming n1
}
stop_cluster() { # in order, so that what is on disk starts again without recovery; etcd does not mind the plug being pulled
    at_once "n2 n3" in_node NODE systemctl stop patroni
    in_node n1 systemctl stop patroni
}
patroni_at_boot() { # last, so that a first boot can order things
    at_once "$NODES" in_node NODE ln -s /lib/systemd/system/patroni.service /etc/systemd/system/multi-user.target.wants/
}
