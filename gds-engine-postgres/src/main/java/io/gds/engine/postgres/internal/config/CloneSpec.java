package io.gds.engine.postgres.internal.config;

import io.gds.database.spi.SpecFields;
import java.util.Optional;

/**
 * Where clones live.
 *
 * @param host the host of clones, for clusters with Patroni; empty for that of the replica which is copied
 * @param directory the directory on that host; empty for the usual one
 * @param firstPort the first port that clones may use
 * @param lastPort the last one
 * @param replication how to log in for the copy, for clusters with Patroni
 */
public record CloneSpec(
        Optional<String> host,
        Optional<String> directory,
        int firstPort,
        int lastPort,
        Optional<Replication> replication) {
    /** What holds for a cluster whose spec says nothing of clones. */
    public static final CloneSpec USUAL =
            new CloneSpec(Optional.empty(), Optional.empty(), 15432, 15499, Optional.empty());

    /** A clone under Patroni listens on these: server, REST interface, and two of its own etcd. */
    private static final int PORTS_UNDER_PATRONI = 4;

    private static final String USUAL_PORTS = USUAL.firstPort + "-" + USUAL.lastPort;

    /**
     * A login for replication.
     *
     * @param user the role
     * @param password a reference to the password, never the password
     */
    public record Replication(String user, String password) {}

    /** Reads the object {@code clone} of a spec and notes what is wrong with it. */
    static CloneSpec read(SpecFields fields, boolean patroni) {
        if (patroni) {
            fields.only("host", "directory", "portRange", "user", "password");
        } else {
            fields.only("directory", "portRange");
        }
        Optional<String> host = fields.optionalText("host");
        if (host.filter(h -> !HostPort.isHost(h)).isPresent()) {
            fields.wrong("host", "\"" + host.get() + "\"", "a host name or address");
        }
        Optional<String> directory = directory(fields, host.isPresent() || !patroni);
        String range = fields.optionalText("portRange").orElse(USUAL_PORTS);
        String[] ends = range.matches("\\d{1,5}-\\d{1,5}") ? range.split("-", -1) : new String[] {"0", "0"};
        int first = Integer.parseInt(ends[0]);
        int last = Integer.parseInt(ends[1]);
        if (!HostPort.isPort(first) || !HostPort.isPort(last) || first > last) {
            fields.wrong("portRange", "\"" + range + "\"", "two ports such as " + USUAL_PORTS);
        } else if (patroni && last - first + 1 < PORTS_UNDER_PATRONI) {
            fields.wrong("portRange", "\"" + range + "\"", PORTS_UNDER_PATRONI + " ports at least");
        }
        return new CloneSpec(host, directory, first, last, replication(fields, patroni));
    }

    private static Optional<String> directory(SpecFields fields, boolean needed) {
        if (!needed && !fields.has("directory")) {
            return Optional.empty();
        }
        String path = fields.text("directory", "an absolute path on the host of clones");
        if (!path.isEmpty() && !isDirectory(path)) {
            fields.wrong(
                    "directory",
                    "\"" + path + "\"",
                    "an absolute path on the host of clones, of letters, digits and . _ @ : + - only");
        }
        return Optional.of(path);
    }

    /** Nothing that a unit file of systemd would read as something else. */
    public static boolean isDirectory(String path) {
        return path.matches("(/[A-Za-z0-9._@:+-]+)+");
    }

    private static Optional<Replication> replication(SpecFields fields, boolean patroni) {
        boolean any = fields.has("user") || fields.has("password");
        if (!patroni || !any) {
            return Optional.empty();
        }
        return Optional.of(
                new Replication(fields.text("user", "a role that may replicate"), fields.secret("password")));
    }
}
