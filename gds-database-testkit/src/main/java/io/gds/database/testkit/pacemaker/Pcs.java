package io.gds.database.testkit.pacemaker;

import io.gds.database.testkit.linux.LinuxHost;
import io.gds.database.testkit.linux.LinuxProgram;
import java.util.List;

/**
 * {@code pcs} on one host, in the forms that are sent.
 *
 * <p>Source: pcs(8) of 0.10 and 0.11: the latter has {@code move-with-constraint} and {@code --promoted}.
 */
final class Pcs implements LinuxProgram {
    private static final Exit OLD_WORD =
            Exit.failed(1, "Error: Specified option '--promoted' is not supported in this command");

    private final PacemakerCluster cluster;
    private final LinuxHost host;

    Pcs(PacemakerCluster cluster, LinuxHost host) {
        this.cluster = cluster;
        this.host = host;
    }

    private boolean isNew() {
        return Integer.parseInt(cluster.pcsVersion().split("\\.", -1)[1]) >= 11;
    }

    @Override
    public Exit run(List<String> words, String user) {
        if (words.equals(List.of("--version"))) {
            return Exit.good(cluster.pcsVersion() + "\n");
        }
        if (!user.equals("root")) {
            return Exit.failed(1, "Error: Please authenticate yourself to the local pcsd");
        }
        return switch (String.join(" ", words.subList(0, Math.min(2, words.size())))) {
            case "status xml" -> Exit.good(ClusterText.status(cluster));
            case "cluster cib" ->
                words.equals(List.of("cluster", "cib", "scope=constraints"))
                        ? Exit.good(ClusterText.constraints(cluster))
                        : unknown(words);
            case "node standby" -> standby(words, true);
            case "node unstandby" -> standby(words, false);
            case "resource move", "resource move-with-constraint" -> move(words);
            case "resource clear" -> clear(words);
            default -> unknown(words);
        };
    }

    private Exit unknown(List<String> words) {
        return host.unknown("pcs " + String.join(" ", words));
    }

    private Exit standby(List<String> words, boolean on) {
        if (words.size() != 3) {
            return unknown(words);
        }
        if (cluster.node(words.get(2)).isEmpty()) {
            return Exit.failed(1, "Error: Node '" + words.get(2) + "' does not appear to exist in configuration");
        }
        cluster.standby(words.get(2), on);
        return Exit.good("");
    }

    private Exit move(List<String> words) {
        if (words.size() != 5) {
            return unknown(words);
        }
        boolean withConstraint = words.get(1).equals("move-with-constraint");
        if (isNew() != withConstraint || isNew() != words.get(4).equals("--promoted")) {
            // what 0.11 calls a move waits for minutes and clears by itself: nobody of ours wants that
            return isNew() ? unknown(words) : OLD_WORD;
        }
        if (!isNew() && !words.get(4).equals("--master")) {
            return unknown(words);
        }
        if (!words.get(2).equals(cluster.resource())) {
            return Exit.failed(1, "Error: when specifying --master you must use the promotable clone id");
        }
        if (cluster.node(words.get(3)).isEmpty()) {
            return Exit.failed(
                    1, "Error: error moving/banning/clearing resource: Error performing operation: Node not found");
        }
        cluster.move(words.get(3));
        return Exit.good("");
    }

    private Exit clear(List<String> words) {
        if (words.size() != 3 || !words.get(2).equals(cluster.resource())) {
            return unknown(words);
        }
        cluster.clear();
        return Exit.good("");
    }
}
