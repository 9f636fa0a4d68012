package io.gds.engine.postgres.internal.pooler;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.spi.Cancellation;
import io.gds.engine.postgres.internal.PostgresEngine;
import io.gds.engine.postgres.internal.config.HostPort;
import io.gds.engine.postgres.internal.config.PoolerSpec;
import io.gds.engine.postgres.internal.control.Spin;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** One pooler: its console, its configuration, its host. Thread-safe; each call uses connections of its own. */
final class Pooler {
    /** A pooler that has read its configuration shows so at once. */
    private static final Duration RELOAD_LIMIT = Duration.ofSeconds(5);

    private final PostgresEngine engine;
    private final PoolerSpec spec;
    private final Routes routes;

    Pooler(PostgresEngine engine, PoolerSpec spec) {
        this.engine = engine;
        this.spec = spec;
        this.routes = new Routes(engine.spec());
    }

    PoolerSpec spec() {
        return spec;
    }

    /** Its host; empty without a shell. */
    Optional<PoolerHost> host() {
        return PoolerHost.of(engine, spec);
    }

    /** The timer of a pause; empty without a shell. */
    Optional<PoolerTimer> timer(String step) {
        return host().map(h -> new PoolerTimer(engine, spec, h, step));
    }

    PgBouncerConsole console() {
        return PgBouncerConsole.open(spec, engine.context().secrets());
    }

    /** The rows of this cluster's databases, as far as the pooler knows them. */
    List<PoolerDatabase> ours(PgBouncerConsole console) {
        return console.databases().stream()
                .filter(d -> spec.databases().contains(d.name()))
                .toList();
    }

    /** The member that an entry names. */
    Optional<String> memberOf(PoolerDatabase database) {
        return routes.member(database.host(), database.port());
    }

    /** Our databases whose entries name no member: they must follow the primary by themselves. */
    List<Pause.Follow> follows(List<PoolerDatabase> databases) {
        return databases.stream()
                .filter(d -> spec.databases().contains(d.name()) && memberOf(d).isEmpty())
                .map(d -> new Pause.Follow(d.name(), d.host().orElse(""), d.port(), d.database()))
                .toList();
    }

    /** Entries of the configuration that are ours and name a member. */
    Predicate<IniEntry> pointsToMember() {
        return e -> spec.databases().contains(e.name())
                && routes.member(e.host(), e.port()).isPresent();
    }

    /** Where its configuration is: as the spec says, otherwise as it says itself. */
    String configFile(Map<String, String> config) {
        return spec.configFile().orElseGet(() -> config.getOrDefault("conffile", ""));
    }

    /** Its configuration as it is on its host now. */
    PoolerIni configuration(PoolerHost host, String file) {
        if (!file.startsWith("/")) {
            throw GdsDatabaseException.user("PG-POOLER-CONFIG")
                    .message("pooler " + spec.name() + " was started with the configuration \"" + file
                            + "\", expected an absolute path.")
                    .remedy("set configFile of the pooler in the spec.")
                    .build();
        }
        return new IniReader(host.toString(), host::read).read(file);
    }

    /**
     * Pauses one database and returns when its last transaction has ended. A pause that takes longer is taken back over
     * another connection before this throws, so that a long transaction does not hold everybody.
     */
    void pause(String database, Duration limit, Cancellation cancellation) {
        try (PgBouncerConsole console = console()) {
            Cancellation.Registration breaker = cancellation.onCancel(console::abort);
            try {
                console.pause(database, limit);
            } finally {
                breaker.close();
            }
        } catch (PgBouncerConsole.PauseTimeout e) {
            resume(database);
            throw GdsDatabaseException.engine("PG-POOLER-BUSY")
                    .message("pooler " + spec.name() + ": transactions of database " + database + " did not end within "
                            + limit + "; its pause was taken back.")
                    .remedy("end the long transaction, or raise pauseLimit of the pooler; it is tried again.")
                    .retryable()
                    .cause(e)
                    .build();
        }
    }

    /** Lets one database go on, over a connection of its own. Idempotent. */
    void resume(String database) {
        try (PgBouncerConsole console = console()) {
            console.resume(database);
        }
    }

    /**
     * Lets all our databases go on, to the given server where an entry names a member.
     *
     * @param inAnyCase whether they go on although the pooler could not be pointed there, which is told all the same
     */
    void resume(Optional<HostPort> server, boolean inAnyCase) {
        try (PgBouncerConsole console = console()) {
            try {
                server.ifPresent(s -> pointTo(s, console));
            } catch (GdsDatabaseException e) {
                if (inAnyCase) {
                    spec.databases().forEach(console::resume);
                }
                throw e;
            }
            spec.databases().forEach(console::resume);
        }
    }

    /** Usually the timer's files are in place already, and nothing is left but to read them. */
    private void pointTo(HostPort server, PgBouncerConsole console) {
        if (leadTo(server, console)) {
            return;
        }
        console.reload();
        if (leadTo(server, console)) {
            return;
        }
        PoolerHost host = host().orElseThrow(() -> GdsDatabaseException.user("PG-POOLER-CONFIG")
                .message("pooler " + spec.name() + " names a member as host, and there is no shell to change that.")
                .remedy("add shell to the pooler or to the cluster in the spec.")
                .build());
        write(host, configFile(console.config()), server);
        console.reload();
        if (!Spin.until(() -> leadTo(server, console), RELOAD_LIMIT)) {
            throw GdsDatabaseException.engine("PG-POOLER-RELOAD")
                    .message("pooler " + spec.name() + " does not show " + server + " within " + RELOAD_LIMIT
                            + " after RELOAD; it shows " + ours(console) + ".")
                    .remedy("read its log: its configuration is refused or is another file; it is tried again.")
                    .retryable()
                    .build();
        }
    }

    private boolean leadTo(HostPort server, PgBouncerConsole console) {
        return ours(console).stream().allMatch(d -> fits(d, server));
    }

    /** Makes the entries that name a member name this one, in the files. Idempotent. */
    void write(PoolerHost host, String file, HostPort server) {
        configuration(host, file).pointedTo(server, pointsToMember()).forEach(host::replace);
    }

    /** Whether an entry leads to a server, or is none that names a member. */
    boolean fits(PoolerDatabase database, HostPort server) {
        Optional<String> member = memberOf(database);
        return member.isEmpty() || member.equals(engine.spec().memberAt(server).map(m -> m.name()));
    }
}
