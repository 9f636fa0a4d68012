package io.gds.engine.mssql.internal.kernel;

import io.gds.engine.mssql.internal.group.DatabaseRow;
import io.gds.engine.mssql.internal.group.GroupView;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * How far a replica is behind its primary, in one figure of each kind for all of its databases.
 *
 * @param sendKilobytes what the primary has not sent yet
 * @param redoKilobytes what it has on disk and not redone
 * @param recovery how long redoing that would take at the rate of now: the estimated recovery time; empty where no rate is known
 * @param loss the newest commit here behind the newest on the primary: what force would lose; empty where times are not known
 */
public record Backlog(long sendKilobytes, long redoKilobytes, Optional<Duration> recovery, Optional<Duration> loss) {
    /** Of the replica of an instance, by the primary's word. */
    public static Backlog of(GroupView group, String target) {
        List<DatabaseRow> there = group.primarysWord(target);
        List<DatabaseRow> head = group.primarysWord(group.primaryName());
        return new Backlog(
                sum(there, DatabaseRow::sendQueue),
                sum(there, DatabaseRow::redoQueue),
                there.stream().flatMap(d -> d.recovery().stream()).max(Duration::compareTo),
                there.stream()
                        .flatMap(d -> head.stream()
                                .filter(h -> h.name().equals(d.name()))
                                .flatMap(h -> between(d.lastCommit(), h.lastCommit()).stream()))
                        .max(Duration::compareTo));
    }

    private static long sum(List<DatabaseRow> rows, Function<DatabaseRow, OptionalLong> figure) {
        return rows.stream().map(figure).mapToLong(f -> f.orElse(0)).sum();
    }

    private static Optional<Duration> between(Optional<LocalDateTime> at, Optional<LocalDateTime> head) {
        return at.flatMap(a -> head.map(h -> Duration.between(a, h))).map(d -> d.isNegative() ? Duration.ZERO : d);
    }

    /** For people: {@code 120 KB to send, 40 KB to redo (recovery in about 0.0 s), last commit 0.2 s behind}. */
    public String describe() {
        return sendKilobytes + " KB to send, " + redoKilobytes + " KB to redo"
                + recovery.map(d -> " (recovery in about " + seconds(d) + ")").orElse("")
                + loss.map(d -> ", last commit " + seconds(d) + " behind").orElse("");
    }

    private static String seconds(Duration d) {
        return String.format(Locale.ROOT, "%.1f s", d.toMillis() / 1000.0);
    }
}
