package io.gds.engine.postgres.internal.control;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.spi.Command;
import io.gds.database.spi.CommandResult;
import io.gds.engine.postgres.internal.PostgresEngine;
import java.io.IOException;
import java.io.InputStream;

/**
 * The dead man's timer of a switchover, on the host of the old primary: a process of its own that brings writes back when
 * the orchestrator dies between stop and promotion. While the token is {@code armed} the old primary would be started again;
 * once it is {@code promoting} the candidate would be promoted. Who renames the token decides.
 */
public final class Guard {
    private static final String DIRECTORY = "/gds_guard";
    private static final int PATIENCE_SECONDS = 8;
    private static final int LIFE_SECONDS = 24 * 3600;

    private final PostgresEngine engine;
    private final String from;
    private final String dataDir;
    private final String token;

    /** The guard of a switchover away from a member. */
    public Guard(PostgresEngine engine, String from) {
        this.engine = engine;
        this.from = from;
        this.dataDir = engine.layout().dataDir(from);
        this.token = dataDir + DIRECTORY;
    }

    /** Puts the token there and starts the timer. */
    public void arm(String to) {
        String user = engine.spec().serverUser().orElse("");
        run(Command.of("sh", "-c", "rm -rf -- \"$1\" && mkdir -m 700 -- \"$1\"", "sh", token))
                .orElseThrow();
        engine.shell(from).write(token + "/guard.sh", script(), "700", user);
        engine.shell(from).write(token + "/armed", new byte[0], "600", user);
        String log = engine.spec().member(from).logFile().orElse(dataDir + "/gds-start.log");
        String pgCtl = engine.packages().orElseThrow().programs(from) + "/pg_ctl";
        Command guard = Command.of("/bin/sh", token + "/guard.sh", token, Integer.toString(PATIENCE_SECONDS), pgCtl)
                .with(dataDir, log, engine.layout().dataDir(to), Integer.toString(LIFE_SECONDS));
        engine.shell(from).launch(as(guard));
    }

    /** Whether the timer still watches: it has not started the old primary again. */
    public boolean isWatching() {
        return exists("/armed") || exists("/promoting");
    }

    /** Whether there is a token at all, in whatever state. */
    public boolean isThere() {
        return run(Command.of("test", "-d", token)).succeeded();
    }

    /**
     * Decides for the promotion: from here on the timer would promote the candidate. Stands between stop and promotion, so
     * the usual case costs one command. Without a guard there is nothing to decide.
     *
     * @throws GdsDatabaseException when the timer was faster: the old primary serves again, and nothing may be promoted
     */
    public void decidePromotion() {
        boolean decided =
                run(Command.of("mv", token + "/armed", token + "/promoting")).succeeded();
        if (!decided && isThere() && !exists("/promoting")) {
            throw GdsDatabaseException.engine("PG-GUARD-FIRED")
                    .message("the dead man's timer has started " + from + " again; nothing was promoted.")
                    .remedy("nothing: the switchover is tried again or taken back.")
                    .retryable()
                    .build();
        }
    }

    /** Ends the timer; idempotent. */
    public void disarm() {
        run(Command.of("rm", "-rf", "--", token)).orElseThrow();
    }

    private boolean exists(String file) {
        return engine.shell(from).read(token + file).isPresent();
    }

    private CommandResult run(Command c) {
        return engine.shell(from).run(as(c));
    }

    private Command as(Command c) {
        return engine.spec().serverUser().map(c::as).orElse(c);
    }

    private static byte[] script() {
        try (InputStream in = Guard.class.getResourceAsStream("guard.sh")) {
            if (in == null) {
                throw new IllegalStateException("guard.sh is not in the jar");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException("guard.sh", e);
        }
    }
}
