package io.gds.engine.postgres.internal.patroni.node;

import io.gds.database.spi.Command;
import io.gds.database.spi.CommandResult;
import io.gds.database.spi.HostShell;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A systemd unit that runs Patroni.
 *
 * @param name its name
 * @param interpreter the Python that Patroni runs on
 * @param configFile the file that it is given
 */
record PatroniUnit(String name, String interpreter, String configFile) {
    private static final String ARGUMENTS = "argv[]=";
    private static final String LOCATION = "PATRONI_CONFIG_LOCATION=";

    /** Asks systemd; empty when the unit runs no Patroni that is given a configuration. */
    static Optional<PatroniUnit> read(HostShell shell, String name) {
        CommandResult shown = shell.run(Command.of("systemctl", "show", "-p", "ExecStart", "-p", "Environment", name));
        String start = value(shown.output(), "ExecStart=");
        int from = start.indexOf(ARGUMENTS);
        int to = start.indexOf(" ; ", Math.max(from, 0));
        if (!shown.succeeded() || from < 0 || to < 0) {
            return Optional.empty();
        }
        List<String> words = Arrays.asList(
                start.substring(from + ARGUMENTS.length(), to).strip().split("\\s+"));
        Optional<String> config = words.stream()
                .skip(1)
                .filter(w -> w.startsWith("/") && !w.endsWith("/patroni"))
                .reduce((a, b) -> b)
                .or(() -> Arrays.stream(value(shown.output(), "Environment=").split("\\s+"))
                        .filter(w -> w.startsWith(LOCATION))
                        .map(w -> w.substring(LOCATION.length()))
                        .findFirst());
        return config.map(c -> new PatroniUnit(name, interpreter(shell, words.get(0)), c));
    }

    /** A virtual environment has its own Python, and only that one has what Patroni needs. */
    private static String interpreter(HostShell shell, String program) {
        if (program.contains("/python")) {
            return program;
        }
        String first =
                shell.run(Command.of("head", "-n", "1", "--", program)).output().strip();
        String words = first.startsWith("#!") ? first.substring(2).strip() : "";
        return words.startsWith("/") && words.contains("python") && !words.contains(" ") ? words : "python3";
    }

    private static String value(String shown, String key) {
        return shown.lines()
                .filter(l -> l.startsWith(key))
                .map(l -> l.substring(key.length()))
                .findFirst()
                .orElse("");
    }
}
