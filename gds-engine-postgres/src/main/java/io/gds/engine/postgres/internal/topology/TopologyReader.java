package io.gds.engine.postgres.internal.topology;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.topology.MemberRole;
import io.gds.database.topology.Topology;
import io.gds.engine.postgres.internal.config.MemberSpec;
import io.gds.engine.postgres.internal.config.PostgresSpec;
import io.gds.engine.postgres.internal.sql.Connections;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the topology by asking every configured member itself, all at once, within a deadline. Thread-safe. */
public final class TopologyReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopologyReader.class);
    private static final Duration QUERY_LIMIT = Duration.ofSeconds(5);

    private final PostgresSpec spec;
    private final Connections connections;
    private final Clock clock;
    private final ExecutorService workers;
    private final Duration deadline;

    /** A reader for a cluster. */
    public TopologyReader(PostgresSpec spec, Connections connections, Clock clock) {
        this.spec = spec;
        this.connections = connections;
        this.clock = clock;
        this.deadline = spec.connection().connectTimeout().plus(QUERY_LIMIT.multipliedBy(2));
        AtomicInteger number = new AtomicInteger();
        this.workers = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "gds-postgres-" + spec.name() + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * The cluster as it is now. Members that do not answer in time are in it as unreachable.
     *
     * @throws GdsDatabaseException when a member answers and refuses us (login, permissions): that is no absence
     */
    public Topology read() {
        Map<String, Callable<MemberFacts>> questions = new LinkedHashMap<>();
        for (MemberSpec member : spec.members()) {
            questions.put(
                    member.name(),
                    () -> connections.onMember(
                            member.name(), session -> MemberProbe.ask(member, session.within(QUERY_LIMIT))));
        }
        Map<String, MemberFacts> facts = askAll(questions);
        return new TopologyBuilder(spec, facts, primaryPosition(facts)).build(clock.instant());
    }

    /**
     * Where the primary writes. Read after all standbys have told where they are, so that lag is never understated; unknown
     * when there is not exactly one primary.
     */
    private OptionalLong primaryPosition(Map<String, MemberFacts> facts) {
        List<String> primaries = facts.values().stream()
                .filter(f -> f.role() == MemberRole.PRIMARY)
                .map(f -> f.member().name())
                .toList();
        if (primaries.size() != 1 || facts.size() == 1) {
            return OptionalLong.empty();
        }
        String primary = primaries.get(0);
        Map<String, Long> answer = askAll(Map.of(
                primary,
                () -> connections.onMember(primary, s -> s.within(QUERY_LIMIT)
                        .one(
                                "SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::bigint AS at",
                                row -> row.number("at")))));
        return answer.containsKey(primary) ? OptionalLong.of(answer.get(primary)) : OptionalLong.empty();
    }

    private <T> Map<String, T> askAll(Map<String, Callable<T>> questions) {
        Map<String, T> answers = new HashMap<>();
        try {
            List<String> names = new ArrayList<>(questions.keySet());
            List<Callable<T>> tasks = names.stream().map(questions::get).toList();
            List<Future<T>> futures = workers.invokeAll(tasks, deadline.toMillis(), TimeUnit.MILLISECONDS);
            for (int i = 0; i < names.size(); i++) {
                collect(names.get(i), futures.get(i), answers);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw GdsDatabaseException.environment("GDS-INTERRUPTED")
                    .message("interrupted while reading the topology of " + spec.name() + ".")
                    .remedy("call again if it was not meant.")
                    .cause(e)
                    .build();
        }
        return answers;
    }

    private static <T> void collect(String member, Future<T> future, Map<String, T> answers)
            throws InterruptedException {
        try {
            answers.put(member, future.get());
        } catch (CancellationException e) {
            LOG.debug("member {} did not answer in time", member);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GdsDatabaseException known && isAbsence(known)) {
                LOG.debug("member {} did not answer: {}", member, known.getMessage());
            } else if (e.getCause() instanceof RuntimeException unexpected) {
                // A wrong password or a refused query is not an absent member: whoever asked has to know.
                throw unexpected;
            } else {
                throw new IllegalStateException("reading member " + member, e.getCause());
            }
        }
    }

    private static boolean isAbsence(GdsDatabaseException e) {
        return e.retryable();
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
