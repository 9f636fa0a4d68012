# Bringing a bed's cluster to life. Source it after `bed ID`.

streaming() { # all replicas stream from the leader, and have replayed all there is
    [ "$(sql "$1" "select count(*) from pg_stat_replication where state = 'streaming' and application_name in ('n1', 'n2', 'n3')
        and replay_lsn >= pg_current_wal_lsn()")" = 2 ]
}
writable()  { [ "$(sql "$1" "select pg_is_in_recovery()")" = f ]; }
etcd_well() { curl -s -m 1 "http://$(ip_of "$1"):2379/health" | grep -q true; }
boot_all()  { local n p=(); for n in $ALL; do "$HERE/node.sh" up "$ID" "$n" & p+=($!); done; for n in "${p[@]}"; do wait "$n"; done; }

start_cluster() { # n1 first, so that it is the leader
    in_all "$NODES" systemctl start --no-block etcd
    for n in $NODES; do await 30 "etcd on $n" etcd_well "$n"; done
    in_node n1 systemctl start patroni
    await 60 "n1 to become leader" writable n1
    in_all "n2 n3" systemctl start patroni
    await 120 "the replicas to stream" streaming n1
}
# What the nodes start by themselves when they boot: asked for last, so that a first boot can order things.
start_at_boot() {
    in_all "$NODES" systemctl -q enable etcd patroni
    in_node px systemctl -q enable --now haproxy pgbouncer
}
