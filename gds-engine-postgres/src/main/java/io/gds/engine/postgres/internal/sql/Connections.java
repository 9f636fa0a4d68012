package io.gds.engine.postgres.internal.sql;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.spi.Secrets;
import io.gds.engine.postgres.internal.config.HostPort;
import io.gds.engine.postgres.internal.config.MemberSpec;
import io.gds.engine.postgres.internal.config.PostgresSpec;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Connections to members, to whichever of them is primary, and to the application's endpoint.
 *
 * <p>No pool: for each target one idle connection is kept and used again when it is still valid; a second caller at the same
 * time gets a connection of its own. Thread-safe.
 */
public final class Connections implements AutoCloseable {
    /** The limit of a statement unless its caller sets another one. */
    public static final Duration STATEMENT_LIMIT = Duration.ofSeconds(20);

    private static final int VALIDITY_SECONDS = 2;

    private final PostgresSpec spec;
    private final Dialer dialer;
    private final Map<Target, AtomicReference<@Nullable Connection>> idle = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /** Connections for a cluster; nothing is opened yet. */
    public Connections(PostgresSpec spec, Secrets secrets) {
        this.spec = spec;
        this.dialer = new Dialer(spec.connection(), secrets);
    }

    /** Works on one member, whatever its role, in the application's database. */
    public <T> T onMember(String member, Work<T> work) {
        MemberSpec found = spec.member(member);
        Target target = Target.any(
                "member " + member, List.of(found.address()), spec.connection().database());
        return reusing(target, work);
    }

    /** Works on the member that is primary now, in the application's database. */
    public <T> T onPrimary(Work<T> work) {
        return reusing(primary(spec.connection().database()), work);
    }

    /** Works on the member that is primary now, in another database; that connection is not kept. */
    public <T> T onPrimary(String database, Work<T> work) {
        return once(primary(database), work);
    }

    /** Works through the application's own endpoint, as the application does. */
    public <T> T onEndpoint(Work<T> work) {
        return reusing(
                Target.primary(
                        "endpoint " + HostPort.jdbc(spec.endpoint()),
                        spec.endpoint(),
                        spec.connection().database()),
                work);
    }

    /** Works on the primary without any limit of time but that of keep-alive: for copies of whole tables. */
    public <T> T unhurried(String database, Work<T> work) {
        return once(primary(database).unhurried(), s -> work.on(s.within(Duration.ZERO)));
    }

    /**
     * Opens a connection of the caller's own to a member; the caller closes it.
     *
     * @param database the database to log in to
     */
    public Connection open(String member, String database) {
        MemberSpec found = spec.member(member);
        Target target = Target.any("member " + member, List.of(found.address()), database);
        try {
            return dialer.dial(target);
        } catch (SQLException e) {
            throw SqlErrors.translate(target.name(), e);
        }
    }

    /** Opens a connection of the caller's own to the application's endpoint; the caller closes it. */
    public Connection openEndpoint() {
        Target target =
                Target.primary("endpoint", spec.endpoint(), spec.connection().database());
        try {
            return dialer.dial(target);
        } catch (SQLException e) {
            throw SqlErrors.translate(target.name(), e);
        }
    }

    /** Gives up connections that nobody uses just now: before a database is dropped, or a server is stopped. */
    public void releaseIdle() {
        idle.values().forEach(Connections::closeIdle);
    }

    private static void closeIdle(AtomicReference<@Nullable Connection> kept) {
        Dialer.closeQuietly(kept.getAndSet(null));
    }

    private Target primary(String database) {
        return Target.primary(
                "primary of " + spec.name(),
                spec.members().stream().map(MemberSpec::address).toList(),
                database);
    }

    private <T> T once(Target target, Work<T> work) {
        try (Connection connection = dialer.dial(target)) {
            return work.on(new Session(connection, STATEMENT_LIMIT));
        } catch (SQLException e) {
            throw SqlErrors.translate(target.name(), e);
        }
    }

    private <T> T reusing(Target target, Work<T> work) {
        AtomicReference<@Nullable Connection> kept = idle.computeIfAbsent(target, t -> new AtomicReference<>());
        @Nullable Connection connection = null;
        boolean sound = false;
        try {
            connection = usable(kept.getAndSet(null), target);
            T result = work.on(new Session(connection, STATEMENT_LIMIT));
            sound = true;
            return result;
        } catch (SQLException e) {
            sound = !SqlErrors.isConnectionFailure(e);
            throw SqlErrors.translate(target.name(), e);
        } finally {
            keepOrClose(kept, connection, sound);
        }
    }

    private Connection usable(@Nullable Connection found, Target target) throws SQLException {
        if (closed) {
            throw GdsDatabaseException.user("GDS-CLOSED")
                    .message("the engine of " + spec.name() + " is closed.")
                    .remedy("open the cluster again.")
                    .build();
        }
        if (found != null && found.isValid(VALIDITY_SECONDS) && dialer.stillFits(found, target)) {
            return found;
        }
        Dialer.closeQuietly(found);
        return dialer.dial(target);
    }

    private void keepOrClose(
            AtomicReference<@Nullable Connection> kept, @Nullable Connection connection, boolean sound) {
        if (connection == null) {
            return;
        }
        boolean keep = sound && Dialer.reset(connection);
        if (!keep || !kept.compareAndSet(null, connection)) {
            Dialer.closeQuietly(connection);
        } else if (closed) {
            releaseIdle();
        }
    }

    @Override
    public void close() {
        closed = true;
        releaseIdle();
    }
}
