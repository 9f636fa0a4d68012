package io.gds.testbed;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a change of the cluster must not leave behind on a host: files, package holds, units, processes, server settings. Each
 * entry's key names the thing, its value says how it looks. Immutable.
 */
final class NodeImage {
    /**
     * Files by content where an operator keeps settings, and by name where programs put things for a while. Left out are the
     * files that must change (PgBouncer's, which names the leader's host), those that packages and logins write, and the record of
     * installations that the library keeps on purpose.
     */
    private static final String LOOK =
            """
            find /etc /usr/local /home /root /opt -type f \
                ! -path /etc/pgbouncer/pgbouncer.ini ! -path /etc/ld.so.cache ! -path '/etc/alternatives/*' \
                -exec sha256sum {} + | while read -r sum path; do echo "file $path=$sum"; done
            find /tmp /var/tmp /dev/shm /run/systemd/transient /run/systemd/system /srv -mindepth 1 \
                ! -path '*systemd-private-*' ! -path '/dev/shm/PostgreSQL.*' ! -path /srv/repo ! -path '/srv/repo/*' \
                -printf 'entry %p=%y\\n'
            find /run /var/lib /var/cache /var/log -mindepth 1 -maxdepth 1 ! -path /var/lib/gds-database \
                ! -path /run/needrestart ! -path /run/motd.dynamic -printf 'entry %p=%y\\n'
            apt-mark showhold | while read -r package; do echo "hold $package=held"; done
            systemctl list-units --all --plain --no-legend --type=service,timer,path \
                | awk '$1 !~ /^(systemd-|ssh@|user|apt-daily|postgresql)/ { print "unit " $1 "=there" }'
            for pid in $(cat /sys/fs/cgroup/system.slice/ssh.service/cgroup.procs); do
                name=$(cat /proc/$pid/comm 2>/dev/null) && [ "$name" != sshd ] && echo "process $name of an ssh session=runs"
            done
            sha256sum /var/lib/postgresql/*/main/postgresql.auto.conf 2>/dev/null \
                | while read -r sum path; do echo "file $path=$sum"; done
            """;

    private final Map<String, String> entries;

    private NodeImage(Map<String, String> entries) {
        this.entries = entries;
    }

    static NodeImage of(BedNode node) {
        Map<String, String> entries = new TreeMap<>();
        node.run("sh", "-c", LOOK).lines().forEach(line -> {
            int equals = line.lastIndexOf('=');
            entries.put(line.substring(0, equals), line.substring(equals + 1));
        });
        return new NodeImage(Collections.unmodifiableMap(entries));
    }

    /** What is different on the node now, for people to read; empty if nothing is. */
    List<String> differences(BedNode node) {
        Map<String, String> now = of(node).entries;
        List<String> found = new ArrayList<>();
        entries.forEach((thing, look) -> {
            String other = now.get(thing);
            if (other == null) {
                found.add(node + ": " + thing + " is gone");
            } else if (!other.equals(look)) {
                found.add(node + ": " + thing + " was changed");
            }
        });
        now.keySet().stream()
                .filter(thing -> !entries.containsKey(thing))
                .forEach(thing -> found.add(node + ": " + thing + " is left over"));
        return found;
    }
}
