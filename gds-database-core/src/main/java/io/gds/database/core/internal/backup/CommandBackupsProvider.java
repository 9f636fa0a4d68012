package io.gds.database.core.internal.backup;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonPointer;
import io.gds.database.Secret;
import io.gds.database.plan.Params;
import io.gds.database.spi.BackupCheck;
import io.gds.database.spi.BackupCheckProvider;
import io.gds.database.spi.Command;
import io.gds.database.spi.HostShell;
import io.gds.database.spi.Secrets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Type {@code command}: any program on a host that prints when the newest good backup ended, and nothing when there is
 * none. Settings: {@code host}, {@code command} (a list of words); if needed {@code pointer} (where in printed JSON the
 * time stands), {@code user}, {@code timeout} ({@code PT30S}) and {@code secrets} (names of environment variables, each
 * with a secret reference). Thread-safe.
 */
public final class CommandBackupsProvider implements BackupCheckProvider {
    private static final int MAX_OUTPUT = 1 << 20;

    /** For {@code ServiceLoader}. */
    public CommandBackupsProvider() {}

    @Override
    public String type() {
        return "command";
    }

    @Override
    public BackupCheck open(Params settings, Function<String, HostShell> shells, Secrets secrets) {
        requireNonNull(shells, "shells");
        requireNonNull(secrets, "secrets");
        BackupSettings read = new BackupSettings(settings);
        String host = read.text("host", "the host to run the command on");
        List<String> words = read.texts("command");
        if (words.isEmpty()) {
            read.wrong("command", "no words", "a program and its arguments, each a word of its own");
        }
        Optional<JsonPointer> pointer = read.pointer("pointer");
        Optional<String> user = read.optionalText("user");
        Duration timeout = read.duration("timeout", Duration.ofSeconds(30));
        Map<String, String> environment = read.references("secrets");
        read.done();
        String[] arguments = words.subList(1, words.size()).toArray(String[]::new);
        Command command = Command.of(words.get(0), arguments).timeout(timeout).maxOutput(MAX_OUTPUT);
        Command asUser = user.map(command::as).orElse(command);
        String source = "command \"" + words.get(0) + "\" on " + host;
        return () -> {
            Command whole = asUser;
            for (Map.Entry<String, String> e : environment.entrySet()) {
                Secret secret = secrets.resolve(e.getValue());
                whole = whole.environment(e.getKey(), secret.reveal()).mask(secret);
            }
            String said = shells.apply(host).run(whole).orElseThrow().output();
            return TimeText.read(source, said, pointer);
        };
    }
}
