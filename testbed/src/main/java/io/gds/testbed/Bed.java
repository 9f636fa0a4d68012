package io.gds.testbed;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * A running bed. It lives as long as it is not closed; if this process dies before, the next start of any bed on this machine
 * removes it. Several beds run side by side. Thread-safe.
 */
public final class Bed implements AutoCloseable {
    private static final Duration BUILD = Duration.ofMinutes(20);
    private static final Duration SCRIPT = Duration.ofMinutes(4);

    private final Scripts scripts;
    private final BedOptions options;
    private final Properties facts;
    private final List<BedNode> nodes = new ArrayList<>();
    private final Thread hook;
    private final BedSql sql = new BedSql(this);
    private final BedApi api = new BedApi();

    private Bed(Scripts scripts, BedOptions options, Properties facts, Thread hook) {
        this.scripts = scripts;
        this.options = options;
        this.facts = facts;
        this.hook = hook;
        for (int i = 1; i <= 3; i++) {
            nodes.add(new BedNode(this, "n" + i, fact("net") + ".1" + i));
        }
        nodes.add(new BedNode(this, "px", fact("net") + ".20"));
    }

    /**
     * Brings up a bed: about 20 seconds, and a minute more the first time on a machine. n1 is the leader; n2 and n3 stream.
     *
     * @throws TestbedUnavailableException if this machine cannot run one
     * @throws IllegalStateException if it should have worked and did not; nothing is left behind then
     */
    public static Bed start(BedOptions options) {
        Scripts scripts = Scripts.unpack();
        scripts.run(SCRIPT, Map.of(), "preflight.sh");
        scripts.run(SCRIPT, Map.of(), "sweep.sh");
        String owner = Long.toString(ProcessHandle.current().pid());
        String id = scripts.run(SCRIPT, Map.of(), "claim.sh", owner).strip();
        Thread hook = new Thread(() -> down(scripts, id), "bed-" + id + "-down");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            Properties facts = new Properties();
            facts.load(new StringReader(scripts.run(
                    BUILD, options.environment(), "up.sh", id, options.edition().suite())));
            return new Bed(scripts, options, facts, hook);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            down(scripts, id);
            Runtime.getRuntime().removeShutdownHook(hook);
            throw e;
        }
    }

    /**
     * Makes everything as it was after the start, whatever was done to it: nodes, packages, cluster, data, n1 the leader. Takes
     * about 5 seconds. Connections of before are broken.
     */
    public void reset() {
        script("reset.sh", fact("id"));
    }

    /** Takes the bed down: processes, links, namespaces, mounts, cgroups, files. Safe to call twice. */
    @Override
    public void close() {
        down(scripts, fact("id"));
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException alreadyShuttingDown) {
            // The hook finds nothing left to do.
        }
    }

    private static void down(Scripts scripts, String id) {
        scripts.run(SCRIPT, Map.of(), "down.sh", id);
    }

    /** What the servers say. */
    public BedSql sql() {
        return sql;
    }

    /** What Patroni says. */
    public BedApi api() {
        return api;
    }

    public BedOptions options() {
        return options;
    }

    /** The number of this bed on this machine: part of its addresses, links, namespaces and folders. */
    public int id() {
        return Integer.parseInt(fact("id"));
    }

    /** n1, n2 and n3, in this order, whatever their roles are. */
    public List<BedNode> members() {
        return List.copyOf(nodes.subList(0, 3));
    }

    /** The traffic node: HAProxy on port 5000, PgBouncer on 6432. */
    public BedNode proxy() {
        return node("px");
    }

    public BedNode node(String name) {
        return nodes.stream()
                .filter(n -> n.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no node '" + name + "'; expected one of " + nodes));
    }

    /** This machine's own address on the bed's network. */
    public String hostAddress() {
        return fact("net") + ".1";
    }

    /** The user whom {@link #sshKey} lets in on every node; sudo asks it for no password. */
    public String sshUser() {
        return "gds";
    }

    public Path sshKey() {
        return folder().resolve("id");
    }

    /** The right host keys of all nodes. */
    public Path knownHosts() {
        return folder().resolve("known_hosts");
    }

    public int pgMajor() {
        return Integer.parseInt(fact("pg.major"));
    }

    /** What the nodes run at the start. */
    public PackageVersion oldMinor() {
        return new PackageVersion(fact("pg.old"));
    }

    /** What waits in the nodes' package repository. */
    public PackageVersion newMinor() {
        return new PackageVersion(fact("pg.new"));
    }

    /** The packages of one minor, which belong together. */
    public List<String> serverPackages() {
        return List.of("postgresql-" + pgMajor(), "postgresql-client-" + pgMajor(), "libpq5");
    }

    /** The version of another package of the base tree, for instance patroni, pgbouncer, haproxy or etcd-server. */
    public PackageVersion packageVersion(String name) {
        return new PackageVersion(fact("package." + name));
    }

    /** Everything of this bed that lies on this machine's disk: node trees, keys, logs. */
    public Path folder() {
        return Path.of(fact("dir"));
    }

    String script(String script, String... arguments) {
        return scripts.run(SCRIPT, Map.of(), script, arguments);
    }

    private String fact(String name) {
        String value = facts.getProperty(name);
        if (value == null) {
            throw new IllegalArgumentException("the bed has no fact '" + name + "'; it has " + facts.keySet());
        }
        return value;
    }

    @Override
    public String toString() {
        return "bed " + id() + " (" + options + ")";
    }
}
