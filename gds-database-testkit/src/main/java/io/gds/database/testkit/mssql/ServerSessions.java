package io.gds.database.testkit.mssql;

import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Who is logged in, and what they do. Thread-safe. */
public final class ServerSessions {
    private final Map<Integer, Session> all = new TreeMap<>();
    private final Set<Integer> rollingBack = new HashSet<>();
    private final Set<Integer> stubborn = new HashSet<>();

    /**
     * A session.
     *
     * @param id its number
     * @param login whose; empty of a background process
     * @param database where it is
     * @param since when it logged in, by the server's clock
     * @param application the client's name
     * @param host the client's machine
     * @param statement what it runs now; null when it sleeps
     */
    public record Session(
            int id,
            String login,
            String database,
            LocalDateTime since,
            String application,
            String host,
            @Nullable String statement) {
        /** Whether it is a client's. */
        boolean isUsers() {
            return !login.isEmpty();
        }
    }

    ServerSessions() {}

    /** Somebody logged in; the test's own people too. */
    public synchronized void add(Session session) {
        all.put(session.id(), session);
    }

    /** A session that stays for as long as it rolls back when it is killed. */
    public synchronized void addWithMuchToUndo(Session session) {
        add(session);
        stubborn.add(session.id());
    }

    /** Whoever is there. */
    public synchronized List<Session> all() {
        return new ArrayList<>(all.values());
    }

    synchronized @Nullable Session find(int id) {
        return all.get(id);
    }

    synchronized void move(int id, String database) {
        all.computeIfPresent(
                id, (i, s) -> new Session(i, s.login(), database, s.since(), s.application(), s.host(), s.statement()));
    }

    synchronized void remove(int id) {
        all.remove(id);
        rollingBack.remove(id);
    }

    /** Gives back whether the session is gone at once. */
    synchronized boolean kill(int id) {
        if (stubborn.contains(id)) {
            rollingBack.add(id);
            return false;
        }
        remove(id);
        return true;
    }

    synchronized boolean isRollingBack(int id) {
        return rollingBack.contains(id);
    }

    /** Whether anybody is in a database, apart from one. */
    synchronized boolean isUsed(String database, int exceptBy) {
        return all.values().stream()
                .anyMatch(s -> s.id() != exceptBy && s.database().equalsIgnoreCase(database));
    }

    synchronized boolean isLoggedIn(String login) {
        return all.values().stream().anyMatch(s -> s.login().equalsIgnoreCase(login));
    }
}
