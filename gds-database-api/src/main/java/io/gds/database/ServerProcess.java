package io.gds.database;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One session or background process of a server. Immutable. */
public final class ServerProcess {
    private final String id;
    private final String user;
    private final String database;
    private final String state;
    private final String statement;
    private final @Nullable Instant startedAt;
    private final Map<String, String> attributes;

    /**
     * A process.
     *
     * @param id what {@code kill} takes
     * @param user who; empty for a background process
     * @param database where; empty for none
     * @param state the product's word
     * @param statement what it runs or ran last; empty for none
     * @param startedAt since when; null when not known
     * @param attributes more
     */
    public ServerProcess(
            String id,
            String user,
            String database,
            String state,
            String statement,
            @Nullable Instant startedAt,
            Map<String, String> attributes) {
        this.id = requireNonNull(id, "id");
        this.user = requireNonNull(user, "user");
        this.database = requireNonNull(database, "database");
        this.state = requireNonNull(state, "state");
        this.statement = requireNonNull(statement, "statement");
        this.startedAt = startedAt;
        this.attributes = Map.copyOf(attributes);
    }

    /** What {@code kill} takes. */
    public String id() {
        return id;
    }

    /** Who; empty for a background process. */
    public String user() {
        return user;
    }

    /** Where; empty for none. */
    public String database() {
        return database;
    }

    /** The product's word for its state. */
    public String state() {
        return state;
    }

    /** What it runs or ran last. */
    public String statement() {
        return statement;
    }

    /** Since when it exists. */
    public Optional<Instant> startedAt() {
        return Optional.ofNullable(startedAt);
    }

    /** More, by the product's names. */
    public Map<String, String> attributes() {
        return attributes;
    }

    @Override
    public String toString() {
        return id + " " + user + "@" + database + " " + state;
    }
}
