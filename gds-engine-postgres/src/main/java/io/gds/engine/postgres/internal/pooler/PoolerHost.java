package io.gds.engine.postgres.internal.pooler;

import io.gds.database.plan.Params;
import io.gds.database.spi.Command;
import io.gds.database.spi.CommandResult;
import io.gds.database.spi.HostShell;
import io.gds.engine.postgres.internal.PostgresEngine;
import io.gds.engine.postgres.internal.config.PoolerSpec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** The host of a pooler: its files, and commands as the account that may change them. Thread-safe. */
final class PoolerHost {
    private final HostShell shell;
    private final Optional<String> account;

    private PoolerHost(HostShell shell, Optional<String> account) {
        this.shell = shell;
        this.account = account;
    }

    /** The host; empty when neither the pooler nor the cluster has a shell. */
    static Optional<PoolerHost> of(PostgresEngine engine, PoolerSpec pooler) {
        Optional<Params> settings = pooler.shell().or(() -> engine.spec().shell());
        return settings.map(
                s -> new PoolerHost(engine.shellAt(pooler.address().host(), pooler.shell()), s.optionalString("user")));
    }

    CommandResult run(Command command) {
        return shell.run(as(command));
    }

    void launch(Command command) {
        shell.launch(as(command));
    }

    Optional<byte[]> read(String file) {
        return shell.read(file);
    }

    void write(String file, byte[] content) {
        shell.write(file, content, "600", account.orElse(""));
    }

    /** Replaces a file's content at once; owner, group, mode and labels stay. */
    void replace(String file, byte[] content) {
        // in base 64, since input is text and a configuration may be in any encoding
        String pipe = "base64 -d | sh -c \"$1\" sh replace \"$2\" \"$3\"";
        run(Command.of("sh", "-c", pipe, "sh", script(), file, Integer.toString(content.length))
                        .input(Base64.getEncoder().encodeToString(content)))
                .orElseThrow();
    }

    /** What is run on pooler hosts. */
    static String script() {
        try (InputStream in = PoolerHost.class.getResourceAsStream("pooler.sh")) {
            if (in == null) {
                throw new IllegalStateException("pooler.sh is not in the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("pooler.sh", e);
        }
    }

    private Command as(Command command) {
        return account.map(command::as).orElse(command);
    }

    @Override
    public String toString() {
        return shell.host();
    }
}
