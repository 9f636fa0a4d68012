#!/bin/bash
# identity.sh ID: writes what makes each node itself (host name, keys, configuration) under BED/identity/NODE, to be laid over
# the base tree at its first boot; and the bed's ssh key and known_hosts.
. "$(dirname "$0")/lib.sh"
bed "$1"
ssh-keygen -q -t ed25519 -N '' -C gds-testbed -f "$BED/id"
# Numbers of the tree's users: the files are written from outside of it.
owner() { awk -F: -v u="$1" '$1 == u { print $3 ":" $4 }' "$BASE/tree/etc/passwd"; }
list() { local n out=""; for n in $NODES; do out+=,${1//NODE/$n}; out=${out//IP/$(ip_of $n)}; done; echo "${out:1}"; }

for n in $ALL; do
    C=$BED/identity/$n; mkdir -p "$C"/etc/{ssh,default,patroni,haproxy,pgbouncer} "$C/home/gds/.ssh"
    echo "$n" >"$C/etc/hostname"
    head -c16 /dev/urandom | od -An -tx1 | tr -d ' \n' >"$C/etc/machine-id"
    { echo "127.0.0.1 localhost"; for x in $ALL; do echo "$(ip_of $x) $x"; done; } >"$C/etc/hosts"
    ssh-keygen -q -t ed25519 -N '' -C "$n" -f "$C/etc/ssh/ssh_host_ed25519_key"
    echo "$(ip_of $n) $(cut -d' ' -f1,2 "$C/etc/ssh/ssh_host_ed25519_key.pub")" >>"$BED/known_hosts"
    cp "$BED/id.pub" "$C/home/gds/.ssh/authorized_keys"
    chown -R "$(owner gds)" "$C/home/gds"; chmod 700 "$C/home/gds/.ssh"
    # What starts at boot, as systemctl enable would write it. Patroni joins later: cluster.sh.
    starts=etcd; [ $n != px ] || starts="haproxy pgbouncer"
    mkdir -p "$C/etc/systemd/system/multi-user.target.wants"
    for u in $starts; do ln -s "/lib/systemd/system/$u.service" "$C/etc/systemd/system/multi-user.target.wants/"; done
done

case $SYNC in
off) sync="synchronous_mode: false" ;;
on) sync="synchronous_mode: true" ;;
strict) sync="synchronous_mode: true, synchronous_mode_strict: true" ;;
quorum) sync="synchronous_mode: quorum" ;;
*) die "GDS_TESTBED_SYNC: found '$SYNC', expected off, on, strict or quorum" ;;
esac
for n in $NODES; do
    C=$BED/identity/$n IP=$(ip_of $n)
    cat >"$C/etc/default/etcd" <<X
ETCD_NAME=$n
ETCD_LISTEN_PEER_URLS=http://$IP:2380
ETCD_LISTEN_CLIENT_URLS=http://$IP:2379,http://127.0.0.1:2379
ETCD_ADVERTISE_CLIENT_URLS=http://$IP:2379
ETCD_INITIAL_ADVERTISE_PEER_URLS=http://$IP:2380
ETCD_INITIAL_CLUSTER=$(list NODE=http://IP:2380)
ETCD_INITIAL_CLUSTER_STATE=new
ETCD_INITIAL_CLUSTER_TOKEN=gds
X
    cat >"$C/etc/patroni/config.yml" <<X
scope: gds
namespace: /service/
name: $n
restapi: {listen: "$IP:8008", connect_address: "$IP:8008"}
etcd3: {hosts: "$(list IP:2379)"}
bootstrap:
  dcs:
    ttl: $TTL
    loop_wait: $LOOP_WAIT
    retry_timeout: $RETRY
    maximum_lag_on_failover: 1048576
    $(sed 's/, /\n    /' <<<"$sync")
    postgresql:
      use_pg_rewind: true
      use_slots: true
      parameters: {wal_level: replica, hot_standby: "on", wal_log_hints: "on", max_wal_senders: 10, max_replication_slots: 10, wal_keep_size: 128MB, max_connections: 100${PARAMETERS:+, $PARAMETERS}}
      pg_hba:
        - local all all peer
        - host all all 127.0.0.1/32 scram-sha-256
        - host all all $NET.0/24 scram-sha-256
        - host replication replicator 127.0.0.1/32 scram-sha-256
        - host replication replicator $NET.0/24 scram-sha-256
  initdb: [{encoding: UTF8}, {locale: C.UTF-8}, data-checksums]
postgresql:
  listen: "$IP,127.0.0.1:5432"
  connect_address: "$IP:5432"
  data_dir: /var/lib/postgresql/$PG_MAJOR/main
  bin_dir: /usr/lib/postgresql/$PG_MAJOR/bin
  pgpass: /var/lib/postgresql/.pgpass_patroni
  authentication:
    superuser: {username: postgres, password: super}
    replication: {username: replicator, password: repl}
    rewind: {username: rewind, password: rewind}
  parameters: {unix_socket_directories: /var/run/postgresql, shared_buffers: 128MB}
watchdog: {mode: off}
tags: {nofailover: false, noloadbalance: false, clonefrom: false, nosync: false}
X
    chown -R "$(owner postgres)" "$C/etc/patroni"
done

# The traffic node. HAProxy's timings are the tuned ones of a careful operator; PgBouncer leads to the leader both by its own
# host= (bench) and through HAProxy (bench_haproxy).
C=$BED/identity/px
cat >"$C/etc/haproxy/haproxy.cfg" <<X
global
  maxconn 500
  stats socket /run/haproxy/admin.sock mode 660 level admin
defaults
  mode tcp
  timeout connect 500ms
  timeout queue 100ms
  retries 1
  timeout client 30m
  timeout server 30m
  timeout check 1s
listen primary
  bind *:5000
  option httpchk OPTIONS /primary
  http-check expect status 200
  default-server inter 300ms fastinter 100ms downinter 100ms fall 2 rise 1 on-marked-down shutdown-sessions
$(for n in $NODES; do echo "  server $n $(ip_of $n):5432 maxconn 200 check port 8008"; done)
X
prepared=""; chroot "$BASE/tree" grep -qsc max_prepared_statements /usr/sbin/pgbouncer && prepared="max_prepared_statements = 100"
cat >"$C/etc/pgbouncer/pgbouncer.ini" <<X
[databases]
bench = host=$(ip_of n1) port=5432
bench_haproxy = host=127.0.0.1 port=5000 dbname=bench
[pgbouncer]
listen_addr = *
listen_port = 6432
unix_socket_dir = /var/run/postgresql
auth_type = plain
auth_file = /etc/pgbouncer/userlist.txt
admin_users = postgres
stats_users = app
pool_mode = transaction
default_pool_size = 20
max_client_conn = 200
server_login_retry = 1
server_check_delay = 0
$prepared
logfile = /var/log/postgresql/pgbouncer.log
pidfile = /var/run/postgresql/pgbouncer.pid
ignore_startup_parameters = extra_float_digits
X
printf '"app" "app"\n"postgres" "super"\n' >"$C/etc/pgbouncer/userlist.txt"
chown -R "$(owner postgres)" "$C/etc/pgbouncer"; chmod 640 "$C"/etc/pgbouncer/*
