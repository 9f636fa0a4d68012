package io.gds.database.core.internal.backup;

import com.fasterxml.jackson.databind.JsonNode;
import io.gds.database.error.GdsDatabaseException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * What {@code pgbackrest info --output=json} says about one stanza. A backup is good when its pages and those of the
 * backups it builds upon were without error, when it is one of the database as it is now and not of one before an upgrade, and when the log that it needs to become
 * consistent is in the archive.
 *
 * @param source who answered, for messages
 * @param stanza its name
 */
record PgBackRestInfo(String source, String stanza) {
    private static final int OK = 0;
    private static final int NO_BACKUP = 2;
    private static final int REPOSITORIES_DIFFER = 4;

    /** A database of a repository; releases before 2.32 know one repository and do not say which. */
    private record Key(long repository, long id) {
        static Key of(JsonNode database, String id) {
            return new Key(
                    database.path("repo-key").asLong(1), database.path(id).asLong());
        }
    }

    /**
     * The end of the newest good backup.
     *
     * @throws GdsDatabaseException with code {@code GDS-BACKUP-CHECK} when the stanza is in no state to tell
     */
    Optional<Instant> newest(String json) {
        JsonNode all = TimeText.json(source, json);
        JsonNode mine = StreamSupport.stream(all.spliterator(), false)
                .filter(s -> s.path("name").asText().equals(stanza))
                .findFirst()
                .orElseThrow(() -> TimeText.wrong(source, "no stanza \"" + stanza + "\"", "its state"));
        int code = mine.path("status").path("code").asInt(-1);
        if (code != OK && code != NO_BACKUP && code != REPOSITORIES_DIFFER) {
            throw GdsDatabaseException.environment("GDS-BACKUP-CHECK")
                    .message(source + ": stanza \"" + stanza + "\" has status " + code + " ("
                            + mine.path("status").path("message").asText() + "), expected 0 (ok).")
                    .remedy("run pgbackrest info and check on that host, and correct what they name.")
                    .build();
        }
        Set<Key> current = current(mine.path("db"));
        Map<Key, JsonNode> archives = new HashMap<>();
        mine.path("archive").forEach(a -> archives.put(Key.of(a.path("database"), "id"), a));
        Set<String> damaged = new HashSet<>();
        mine.path("backup").forEach(b -> {
            if (b.path("error").asBoolean(false)) {
                damaged.add(b.path("label").asText());
            }
        });
        return StreamSupport.stream(mine.path("backup").spliterator(), false)
                .filter(b -> !damaged.contains(b.path("label").asText()))
                .filter(b -> StreamSupport.stream(b.path("reference").spliterator(), false)
                        .noneMatch(r -> damaged.contains(r.asText())))
                .filter(b -> current.contains(Key.of(b.path("database"), "id")))
                .filter(b -> hasItsLog(b.path("archive"), archives.get(Key.of(b.path("database"), "id"))))
                .map(b -> b.path("timestamp").path("stop"))
                .filter(JsonNode::isIntegralNumber)
                .map(t -> Instant.ofEpochSecond(t.asLong()))
                .max(Comparator.naturalOrder());
    }

    /** Of each repository the database with the highest id: the others are of former majors or former clusters. */
    private static Set<Key> current(JsonNode databases) {
        Map<Long, Key> newest = new HashMap<>();
        for (JsonNode d : databases) {
            Key key = Key.of(d, "id");
            newest.merge(key.repository(), key, (a, b) -> a.id() > b.id() ? a : b);
        }
        return new HashSet<>(newest.values());
    }

    /** What the archive does not say is not held against the backup: one taken off line needs no log. */
    private static boolean hasItsLog(JsonNode needed, @Nullable JsonNode archive) {
        if (archive == null) {
            return true;
        }
        return !isAfter(archive.path("min"), needed.path("start"))
                && !isAfter(needed.path("stop"), archive.path("max"));
    }

    /** The names of log segments, timeline first, sort as text. */
    private static boolean isAfter(JsonNode left, JsonNode right) {
        if (!left.isTextual() || !right.isTextual()) {
            return false;
        }
        return left.asText().compareTo(right.asText()) > 0;
    }
}
