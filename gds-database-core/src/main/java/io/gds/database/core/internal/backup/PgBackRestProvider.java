package io.gds.database.core.internal.backup;

import static java.util.Objects.requireNonNull;

import io.gds.database.plan.Params;
import io.gds.database.spi.BackupCheck;
import io.gds.database.spi.BackupCheckProvider;
import io.gds.database.spi.Command;
import io.gds.database.spi.CommandResult;
import io.gds.database.spi.HostShell;
import io.gds.database.spi.Secrets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Type {@code pgbackrest}: asks {@code pgbackrest info} on a host of the cluster or of the repository. Settings:
 * {@code host}, {@code stanza}; if needed {@code user} (who may run it), {@code program}, {@code arguments} (more words,
 * for example {@code --repo=2}) and {@code timeout} ({@code PT30S}). Thread-safe.
 */
public final class PgBackRestProvider implements BackupCheckProvider {
    private static final int MAX_OUTPUT = 8 << 20;

    /** For {@code ServiceLoader}. */
    public PgBackRestProvider() {}

    @Override
    public String type() {
        return "pgbackrest";
    }

    @Override
    public BackupCheck open(Params settings, Function<String, HostShell> shells, Secrets secrets) {
        requireNonNull(shells, "shells");
        BackupSettings read = new BackupSettings(settings);
        String host = read.text("host", "the host to run pgbackrest on");
        String stanza = read.text("stanza", "the stanza's name");
        Optional<String> user = read.optionalText("user");
        String program = read.optionalText("program").orElse("pgbackrest");
        List<String> arguments = read.texts("arguments");
        Duration timeout = read.duration("timeout", Duration.ofSeconds(30));
        read.done();
        Command command = Command.of(program, "info", "--output=json", "--stanza=" + stanza)
                .with(arguments.toArray(String[]::new))
                .timeout(timeout)
                .maxOutput(MAX_OUTPUT);
        Command asUser = user.map(command::as).orElse(command);
        return () -> {
            CommandResult result = shells.apply(host).run(asUser).orElseThrow();
            String source = "pgbackrest on " + host;
            if (result.truncated()) {
                throw TimeText.wrong(source, "more than " + MAX_OUTPUT + " characters", "less");
            }
            return new PgBackRestInfo(source, stanza).newest(result.output());
        };
    }
}
