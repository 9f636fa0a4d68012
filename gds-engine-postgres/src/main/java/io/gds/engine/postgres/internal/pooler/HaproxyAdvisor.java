package io.gds.engine.postgres.internal.pooler;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Finding;
import io.gds.engine.postgres.internal.PostgresEngine;
import io.gds.engine.postgres.internal.config.HaproxySpec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Says what outage to expect of a switchover through an HAProxy, and which of its settings make it longer than it must be. */
public final class HaproxyAdvisor {
    private static final Duration CONNECT = Duration.ofMillis(500);
    private static final Duration QUEUE = Duration.ofMillis(500);
    private static final Duration INTER = Duration.ofSeconds(1);
    private static final Duration QUICK_INTER = Duration.ofMillis(200);

    private final String subject;
    private final HaproxyBackend backend;
    private final List<Finding> out = new ArrayList<>();

    private HaproxyAdvisor(String subject, HaproxyBackend backend) {
        this.subject = subject;
        this.backend = backend;
    }

    /**
     * Reads the configuration on its host.
     *
     * @param promotion how long there is no primary at all, as measured or expected
     */
    public static List<Finding> findings(PostgresEngine engine, HaproxySpec spec, Duration promotion) {
        try {
            Optional<byte[]> file = engine.shellAt(spec.host(), spec.shell()).read(spec.configFile());
            if (file.isEmpty()) {
                return List.of(unread(spec, "there is no " + spec.configFile() + " on " + spec.host()));
            }
            return findings(new String(file.get(), StandardCharsets.UTF_8), spec, promotion);
        } catch (GdsDatabaseException e) {
            return List.of(unread(spec, String.valueOf(e.getMessage())));
        }
    }

    /** What the text of a configuration tells. */
    static List<Finding> findings(String text, HaproxySpec spec, Duration promotion) {
        Optional<HaproxyBackend> backend = HaproxyBackend.of(HaproxyConfig.parse(text), spec.proxy());
        if (backend.filter(b -> !b.servers().isEmpty()).isEmpty()) {
            return List.of(unread(
                    spec, "no listen or backend section " + spec.proxy() + " with servers in " + spec.configFile()));
        }
        HaproxyAdvisor advisor = new HaproxyAdvisor("haproxy " + spec.proxy() + " on " + spec.host(), backend.get());
        advisor.health();
        advisor.times();
        advisor.servers();
        advisor.outage(HaproxyOutage.of(backend.get(), promotion));
        return List.copyOf(advisor.out);
    }

    private static Finding unread(HaproxySpec spec, String observed) {
        return Finding.warn(
                "PG-HAPROXY-CONFIG",
                "haproxy " + spec.proxy() + " on " + spec.host(),
                observed,
                "the section that leads to the primary",
                "correct proxy and configFile in the spec; what outage to expect is not known.");
    }

    /** Only when there is something to gain. */
    private void outage(HaproxyOutage outage) {
        if (!out.isEmpty()) {
            out.add(
                    0,
                    Finding.warn(
                            "PG-HAPROXY-OUTAGE",
                            subject,
                            outage.explained(),
                            "little more than the promotion itself",
                            "change the settings named in the findings below, and reload it."));
        }
    }

    private void health() {
        List<String> blind = backend.servers().stream()
                .filter(s -> !s.checked())
                .map(HaproxyBackend.Server::name)
                .toList();
        if (!blind.isEmpty()) {
            warn(
                    "CHECK",
                    "servers " + blind + " without health checks",
                    "checked servers",
                    "add check to their lines.");
        }
        Optional<String> asked = backend.healthCheck();
        if (asked.isEmpty()) {
            warn(
                    "HTTPCHK",
                    "a connect alone counts as health, so that a standby counts as a primary",
                    "a check that only the primary passes",
                    "set option httpchk OPTIONS /primary and http-check expect status 200, on Patroni's port.");
        } else if (!asked.get().matches("\\S+ (/|/primary|/master|/leader|/read-write)([?].*)?")) {
            warn(
                    "HTTPCHK",
                    "health is asked by " + asked.get(),
                    "a check that only the primary passes",
                    "set option httpchk OPTIONS /primary.");
        }
    }

    private void times() {
        if (backend.connectTimeout().filter(c -> c.compareTo(CONNECT) <= 0).isEmpty()) {
            warn(
                    "CONNECT-TIMEOUT",
                    "timeout connect " + shown(backend.connectTimeout()),
                    CONNECT.toMillis() + "ms at most: it is also the pause between two tries",
                    "set timeout connect 500ms.");
        }
        if (backend.retries() > 1) {
            warn(
                    "RETRIES",
                    "retries " + backend.retries(),
                    "1 at most: each one keeps a client at a server that is gone",
                    "set retries 1.");
        }
        if (backend.queueTimeout().filter(q -> q.compareTo(QUEUE) <= 0).isEmpty()) {
            warn(
                    "QUEUE-TIMEOUT",
                    "timeout queue " + shown(backend.queueTimeout()),
                    QUEUE.toMillis() + "ms at most: so long a client waits although no server is up",
                    "set timeout queue 100ms.");
        }
    }

    private void servers() {
        slow("INTER", "inter", HaproxyBackend.Server::inter, INTER, "300ms");
        slow("FASTINTER", "fastinter", HaproxyBackend.Server::fastInter, QUICK_INTER, "100ms");
        slow("DOWNINTER", "downinter", HaproxyBackend.Server::downInter, QUICK_INTER, "100ms");
        int fall = backend.servers().stream()
                .mapToInt(HaproxyBackend.Server::fall)
                .max()
                .orElse(0);
        if (fall > 2) {
            warn("FALL", "fall " + fall, "2 at most", "set default-server fall 2.");
        }
        int rise = backend.servers().stream()
                .mapToInt(HaproxyBackend.Server::rise)
                .max()
                .orElse(0);
        if (rise > 1) {
            warn("RISE", "rise " + rise, "1: Patroni knows who is primary", "set default-server rise 1.");
        }
        if (!backend.servers().stream().allMatch(HaproxyBackend.Server::endsSessions)) {
            warn(
                    "SESSIONS",
                    "sessions stay with a server that was marked down",
                    "on-marked-down shutdown-sessions: otherwise they hang when its host is lost",
                    "set default-server on-marked-down shutdown-sessions.");
        }
    }

    private void slow(
            String id, String setting, Function<HaproxyBackend.Server, Duration> of, Duration most, String better) {
        Duration slowest = backend.servers().stream()
                .map(of)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        if (slowest.compareTo(most) > 0) {
            warn(
                    id,
                    setting + " " + slowest.toMillis() + "ms",
                    most.toMillis() + "ms at most",
                    "set default-server " + setting + " " + better + ".");
        }
    }

    private void warn(String id, String observed, String expected, String remedy) {
        out.add(Finding.warn("PG-HAPROXY-" + id, subject, observed, expected, remedy));
    }

    private static String shown(Optional<Duration> time) {
        return time.map(t -> t.toMillis() + "ms").orElse("without limit");
    }
}
