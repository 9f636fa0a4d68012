package io.gds.engine.postgres.internal.pooler;

import io.gds.database.Secret;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.spi.Command;
import io.gds.database.spi.CommandResult;
import io.gds.engine.postgres.internal.PostgresEngine;
import io.gds.engine.postgres.internal.config.ConnectionSpec;
import io.gds.engine.postgres.internal.config.HostPort;
import io.gds.engine.postgres.internal.config.PoolerSpec;
import io.gds.engine.postgres.internal.sql.Identifier;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The dead man's timer of a pause, on the pooler's own host: a process that outlives ours and resumes the pooler when nobody
 * else does. Its token is a directory that belongs to the pooler, so that a later pause ends an earlier timer; the token's
 * file carries the key of the step that paused. Thread-safe.
 */
final class PoolerTimer {
    /** What has become of a timer. */
    enum State {
        /** It is gone: it was ended, has done its work, or never was. */
        GONE,
        /** It waits. */
        WATCHING,
        /** It resumes the pooler just now. */
        FIRED
    }

    private static final String DIRECTORY = "/tmp/gds-pooler-";
    private static final int KEY_LENGTH = 16;

    private final PostgresEngine engine;
    private final PoolerSpec pooler;
    private final PoolerHost host;
    private final String directory;
    private final String key;

    /**
     * @param step what names the step that pauses, the same on every attempt
     */
    PoolerTimer(PostgresEngine engine, PoolerSpec pooler, PoolerHost host, String step) {
        this.engine = engine;
        this.pooler = pooler;
        this.host = host;
        this.directory = DIRECTORY + digest(engine.spec().name() + " " + pooler.name() + " " + pooler.address());
        this.key = digest(step);
    }

    /**
     * Starts it, in place of any other of this pooler, and returns when it waits.
     *
     * @param limits when it acts
     * @param found the files that would change, as they are now
     * @param variants by member, those of them that must be others when that member is primary
     */
    void arm(PauseLimits limits, Map<String, byte[]> found, Map<HostPort, Map<String, byte[]>> variants) {
        String fresh = "rm -rf -- \"$1\" && mkdir -m 700 -- \"$1\"";
        host.run(Command.of("sh", "-c", fresh, "sh", directory)).orElseThrow();
        List<String> files = new ArrayList<>(new TreeMap<>(found).keySet());
        List<HostPort> members =
                engine.spec().members().stream().map(m -> m.address()).toList();
        for (int f = 0; f < files.size(); f++) {
            String file = files.get(f);
            host.write(directory + "/found-" + f, found.getOrDefault(file, new byte[0]));
            for (HostPort member : members) {
                byte[] variant = variants.getOrDefault(member, Map.of()).get(file);
                if (variant != null) {
                    host.write(directory + "/variant-" + f + "-" + word(member), variant);
                }
            }
        }
        write("files", files);
        write("members", members.stream().map(a -> a.host() + " " + a.port()).toList());
        write(
                "resume",
                pooler.databases().stream()
                        .map(d -> "RESUME " + Identifier.of(d).sql())
                        .toList());
        ConnectionSpec cluster = engine.spec().connection();
        secret("console-secret", pooler.password());
        secret("cluster-secret", cluster.password());
        write("pooler.sh", List.of(PoolerHost.script()));
        write("armed-" + key, List.of());
        host.launch(Command.of("sh", directory + "/pooler.sh", "timer", directory, key)
                .with(
                        Long.toString(limits.total().toSeconds()),
                        Long.toString(limits.last().toSeconds()))
                .with(pooler.address().host(), Integer.toString(pooler.address().port()))
                .with(pooler.user(), pooler.sslMode(), cluster.user(), cluster.database(), cluster.sslMode()));
        awaitAlive();
    }

    private void awaitAlive() {
        String look = "n=0; until [ -e \"$1/alive\" ]; do n=$((n + 1)); [ $n -le 50 ] || exit 1; sleep 0.1; done";
        CommandResult alive = host.run(Command.of("sh", "-c", look, "sh", directory));
        if (!alive.succeeded()) {
            throw GdsDatabaseException.environment("PG-POOLER-TIMER")
                    .message("pooler " + pooler.name() + ": the dead man's timer does not run on " + host
                            + "; nothing was paused. " + alive.error().strip())
                    .remedy("check that its shell can leave a process behind (" + directory + ").")
                    .retryable()
                    .build();
        }
    }

    /** What has become of the timer of this step; one that has fired and is at it for a minute died over it. */
    State state() {
        return state(run("[ ! -e \"$1/armed-$2\" ] && [ ! -e \"$1/resuming-$2\" ] || echo watching; "
                + "[ ! -e \"$1/fired-$2\" ] || [ -n \"$(find \"$1/fired-$2\" -cmin +0)\" ] || echo fired"));
    }

    /**
     * Says that we are about to resume: it holds back for a while, unless it was faster, and the files that it has for this
     * primary take their places. One command, since clients wait for it. Idempotent.
     */
    State take(Optional<HostPort> primary) {
        return state(host.run(Command.of("sh", "-c", "[ ! -e \"$1\" ] || sh \"$@\"", "sh", directory + "/pooler.sh")
                        .with(
                                "take",
                                directory,
                                key,
                                primary.map(PoolerTimer::word).orElse("")))
                .orElseThrow()
                .output());
    }

    private static State state(String seen) {
        return seen.contains("fired") ? State.FIRED : seen.contains("watching") ? State.WATCHING : State.GONE;
    }

    private static String word(HostPort member) {
        return member.host() + "-" + member.port();
    }

    /** Ends it and removes all that belongs to it; one that has fired ends by itself. Idempotent. */
    void disarm() {
        // the token goes first: between the two a timer must see that it is over; a later pause's token stays
        run("rm -f -- \"$1/armed-$2\" \"$1/resuming-$2\"; find \"$1/fired-$2\" -cmin +0 -delete 2> /dev/null; "
                + "for t in \"$1\"/armed-* \"$1\"/resuming-* \"$1\"/fired-*; do [ ! -e \"$t\" ] || exit 0; done; "
                + "rm -rf -- \"$1\"");
    }

    private String run(String script) {
        return host.run(Command.of("sh", "-c", script, "sh", directory, key))
                .orElseThrow()
                .output();
    }

    /** Where its token is. */
    String directory() {
        return directory;
    }

    private void write(String name, List<String> lines) {
        String text = lines.stream().map(l -> l + "\n").collect(Collectors.joining());
        host.write(directory + "/" + name, text.getBytes(StandardCharsets.UTF_8));
    }

    private void secret(String name, String reference) {
        Secret secret = engine.context().secrets().resolve(reference);
        host.write(directory + "/" + name, secret.reveal().getBytes(StandardCharsets.UTF_8));
    }

    private static String digest(String text) {
        try {
            byte[] sum = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sum).substring(0, KEY_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
