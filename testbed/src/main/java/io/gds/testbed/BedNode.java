package io.gds.testbed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One host of a bed. Its commands enter the node's namespaces as root, past ssh and sudo, so that what they see is the truth
 * whatever the library did to sshd. Thread-safe.
 */
public final class BedNode {
    private static final Duration COMMAND = Duration.ofMinutes(2);

    private final Bed bed;
    private final String name;
    private final String address;

    BedNode(Bed bed, String name, String address) {
        this.bed = bed;
        this.name = name;
        this.address = address;
    }

    /** n1, n2, n3 or px; also Patroni's name of the member. */
    public String name() {
        return name;
    }

    /** Reachable from this machine. */
    public String address() {
        return address;
    }

    /** Runs a command as root, without a shell, and gives its answer whatever it is; at most two minutes. */
    public CommandResult exec(String... words) {
        List<String> command = new ArrayList<>(List.of("nsenter", "--target", init(), "--all"));
        command.addAll(List.of("env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LANG=C.UTF-8", "HOME=/root"));
        command.addAll(List.of(words));
        return Commands.run(command, Map.of(), COMMAND);
    }

    /** As {@link #exec}, for commands that must succeed; gives what they printed, without surrounding white space. */
    public String run(String... words) {
        CommandResult result = exec(words);
        if (!result.ok()) {
            throw new IllegalStateException(name + ": " + String.join(" ", words) + ": " + result);
        }
        return result.out().strip();
    }

    public void systemctl(String... arguments) {
        List<String> words = new ArrayList<>(List.of("systemctl"));
        words.addAll(List.of(arguments));
        run(words.toArray(new String[0]));
    }

    /** SIGKILL to every process of the node whose command line matches the pattern (as pgrep -f reads it); says whether any did. */
    public boolean kill9(String pattern) {
        CommandResult result = exec("pkill", "-9", "-f", "--", pattern);
        if (result.exitCode() > 1) {
            throw new IllegalStateException(name + ": pkill " + pattern + ": " + result);
        }
        return result.ok();
    }

    /** Pulls the plug: every process is gone at once and the network says no goodbye. Files stay. */
    public void crash() {
        bed.script("node.sh", "crash", Integer.toString(bed.id()), name);
    }

    /** Switches a crashed node on again; returns when sshd answers. What is enabled in systemd (Patroni, etcd) starts by itself. */
    public void boot() {
        bed.script("node.sh", "up", Integer.toString(bed.id()), name);
    }

    /** A file of the node, seen from this machine; also while the node is down. Not for /run, /dev and /proc. */
    public Path path(String absolute) {
        String below = absolute.replaceFirst("^/+", "");
        // Its mount is gone while the node is down; what the node wrote is in its upper layer.
        return bed.folder().resolve(name).resolve(isUp() ? "root" : "upper").resolve(below);
    }

    public boolean isUp() {
        return Files.exists(initFile());
    }

    private Path initFile() {
        return bed.folder().resolve(name).resolve("init");
    }

    private String init() {
        try {
            return Files.readString(initFile()).strip();
        } catch (IOException e) {
            throw new IllegalStateException(name + " of bed " + bed.id() + " is down", e);
        }
    }

    @Override
    public String toString() {
        return name + " (" + address + ")";
    }
}
