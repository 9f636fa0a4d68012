package io.gds.engine.postgres.internal.patroni;

import io.gds.database.spi.Command;
import io.gds.database.spi.CommandResult;
import io.gds.database.spi.HostShell;
import io.gds.engine.postgres.internal.patroni.node.PatroniNode;
import java.util.List;

/** The systemd unit of Patroni on one host, and the server's processes. Thread-safe. */
final class UnitControl {
    private static final String ROOT = "root";

    /**
     * The unit's state, then every process of a server whose working directory is the data directory: the lock file may be
     * gone while processes live, and the program of one that lives may be replaced already.
     */
    private static final String LOOK =
            "systemctl is-active -- \"$1\"; d=$(readlink -f -- \"$2\"); find /proc -maxdepth 2 -name cwd"
                    + " -printf '%h %l\\n' 2>/dev/null | while read -r p c; do if [ \"$c\" = \"$d\" ]; then case \"$(readlink"
                    + " \"$p/exe\")\" in */postgres|*/postgres\\ *) echo \"${p#/proc/}\";; esac; fi; done; true";

    /**
     * What a host shows.
     *
     * @param state systemd's word
     * @param processes processes of the server
     */
    record Look(String state, List<String> processes) {
        boolean isActive() {
            return state.equals("active") || state.equals("activating") || state.equals("reloading");
        }

        boolean isDown() {
            return UnitControl.isDown(state);
        }
    }

    static boolean isDown(String state) {
        return state.equals("inactive") || state.equals("failed");
    }

    private final HostShell shell;
    private final PatroniNode node;

    UnitControl(HostShell shell, PatroniNode node) {
        this.shell = shell;
        this.node = node;
    }

    /** The unit's state alone, in systemd's word. */
    String state() {
        String said = shell.run(Command.of("systemctl", "is-active", node.unit()))
                .output()
                .strip();
        return said.isEmpty() ? "unknown" : said;
    }

    Look look() {
        CommandResult seen = shell.run(Command.of("sh", "-c", LOOK, "sh", node.unit(), node.dataDir())
                        .as(ROOT))
                .orElseThrow();
        List<String> lines = seen.output().lines().map(String::strip).toList();
        return lines.isEmpty()
                ? new Look("unknown", List.of())
                : new Look(lines.get(0), lines.subList(1, lines.size()));
    }

    /** Asks for a stop and returns at once. */
    void requestStop() {
        shell.run(Command.of("systemctl", "stop", "--no-block", node.unit()).as(ROOT))
                .orElseThrow();
    }

    /** Asks for a start and returns at once; a unit that runs is left alone. */
    void requestStart() {
        shell.run(Command.of("systemctl", "reset-failed", node.unit()).as(ROOT)); // also when there is nothing to reset
        shell.run(Command.of("systemctl", "start", "--no-block", node.unit()).as(ROOT))
                .orElseThrow();
    }

    /** Stops a server that its Patroni left behind; in order, and returns at once. */
    void stopServer() {
        Command stop = Command.of(node.binDir() + "/pg_ctl", "stop", "-D", node.dataDir(), "-m", "fast", "-W", "-s");
        shell.run((node.owner().isEmpty() ? stop : stop.as(node.owner()))).orElseThrow();
    }
}
