package io.gds.database.testkit.mssql;

import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A replica of a group. Guarded by the group's lock. */
final class Replica {
    private final UUID id;
    private final SqlInstance instance;
    private final Map<String, ReplicaDatabase> databases = new LinkedHashMap<>();
    private final Map<HadrView, List<List<@Nullable Object>>> frozen = new EnumMap<>(HadrView.class);
    private ReplicaSettings settings;
    private ReplicaRole role = ReplicaRole.SECONDARY;
    private boolean running = true;
    private boolean connected;
    private boolean hanging;
    private int turn;
    private int lastError;
    private @Nullable Instant lastErrorAt;

    Replica(UUID id, SqlInstance instance, ReplicaSettings settings) {
        this.id = id;
        this.instance = instance;
        this.settings = settings;
    }

    UUID id() {
        return id;
    }

    SqlInstance instance() {
        return instance;
    }

    String name() {
        return instance.serverName();
    }

    ReplicaSettings settings() {
        return settings;
    }

    void settings(ReplicaSettings now) {
        settings = now;
    }

    ReplicaRole role() {
        return role;
    }

    void role(ReplicaRole now) {
        role = now;
    }

    /** Whether its server takes part: it is up and no longer upgrades its own databases. */
    boolean isRunning() {
        return running;
    }

    void running(boolean now) {
        running = now;
    }

    /** Whether it and the primary hear each other. */
    boolean isConnected() {
        return connected;
    }

    void connected(boolean now) {
        connected = now;
    }

    /** Its server runs and says nothing to anybody. */
    boolean isHanging() {
        return hanging;
    }

    void hanging(boolean now) {
        hanging = now;
    }

    boolean isAlive() {
        return running && !hanging;
    }

    /** Makes whatever was to happen later with its connection not happen; gives back what tells the next one apart. */
    int nextTurn() {
        return ++turn;
    }

    boolean isTurn(int of) {
        return turn == of;
    }

    /** Why its last connection was lost, or did not come to be. */
    void error(int number, Instant at) {
        lastError = number;
        lastErrorAt = at;
    }

    int lastError() {
        return lastError;
    }

    @Nullable
    Instant lastErrorAt() {
        return lastErrorAt;
    }

    void add(ReplicaDatabase database) {
        databases.put(database.name().toLowerCase(Locale.ROOT), database);
    }

    /** In the order in which they joined; none on a witness. */
    List<ReplicaDatabase> databases() {
        return List.copyOf(databases.values());
    }

    @Nullable
    ReplicaDatabase database(String name) {
        return databases.get(name.toLowerCase(Locale.ROOT));
    }

    boolean isReady() {
        return settings.hasDatabases() && databases.values().stream().allMatch(ReplicaDatabase::isReady);
    }

    /** What its views show instead of the truth; empty when they show the truth. */
    Map<HadrView, List<List<@Nullable Object>>> frozen() {
        return frozen;
    }
}
