package io.gds.engine.postgres.internal.patroni.api;

import io.gds.database.plan.Params;
import io.gds.database.spi.JsonReader;
import io.gds.engine.postgres.internal.patroni.api.FakeCluster.Ending;
import io.gds.engine.postgres.internal.patroni.api.FakeCluster.Version;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What one fake member does with a request, rule by rule as {@code do_POST_...} and its like in Patroni. */
final class FakeVerbs {
    private static final OffsetDateTime NOW = OffsetDateTime.parse("2026-01-01T00:00:00Z");

    private final FakeCluster cluster;
    private final String member;

    FakeVerbs(FakeCluster cluster, String member) {
        this.cluster = cluster;
        this.member = member;
    }

    /** The answer; empty when Patroni would drop the connection. */
    Optional<FakeResponse> handle(FakeRequest request) {
        synchronized (cluster) {
            boolean local = request.path().equals("/patroni") || request.path().equals("/health");
            if (cluster.dcsDown && !local) {
                return Optional.empty();
            }
            return Optional.of(
                    switch (request.toString()) {
                        case "GET /patroni" -> FakeResponse.json(200, cluster.patroniJson(member));
                        case "GET /cluster" -> FakeResponse.json(200, cluster.clusterJson());
                        case "GET /config" ->
                            cluster.configGone
                                    ? FakeResponse.error(502)
                                    : FakeResponse.json(
                                            200, Params.of(cluster.config).toJson());
                        case "GET /liveness" -> FakeResponse.bare(200);
                        case "PATCH /config" -> patch(request);
                        case "POST /switchover", "POST /failover" -> switchover(request);
                        case "POST /restart" -> restart(request);
                        case "POST /reload" -> done("reload", 202, "reload scheduled");
                        case "POST /reinitialize" -> reinitialize();
                        case "DELETE /switchover" -> cancelSwitchover();
                        case "DELETE /restart" -> cancelRestart();
                        default -> request.isVerb() ? FakeResponse.error(501) : health(request);
                    });
        }
    }

    private FakeResponse health(FakeRequest request) {
        boolean leads = member.equals(cluster.leader);
        boolean ok =
                switch (request.path()) {
                    case "/", "/primary", "/leader", "/master", "/read-write" -> leads;
                    case "/replica" -> !leads;
                    case "/health", "/read-only" -> true;
                    default -> false;
                };
        return FakeResponse.json(ok ? 200 : 503, cluster.patroniJson(member));
    }

    private FakeResponse patch(FakeRequest request) {
        Optional<Map<String, @Nullable Object>> body = json(request);
        if (body.isEmpty() || body.get().isEmpty()) {
            return FakeResponse.error(request.body().isEmpty() ? 411 : 400);
        }
        if (cluster.configGone) {
            return FakeResponse.error(503);
        }
        if (cluster.lostRaces > 0) {
            cluster.lostRaces--;
            return FakeResponse.error(409);
        }
        merge(cluster.config, body.get());
        return done("patch", 200, Params.of(cluster.config).toJson());
    }

    @SuppressWarnings("unchecked") // JSON objects have text keys
    private static void merge(Map<String, Object> into, Map<String, @Nullable Object> patch) {
        patch.forEach((key, value) -> {
            if (value == null) {
                into.remove(key);
            } else if (value instanceof Map<?, ?> nested) {
                Map<String, Object> child =
                        into.get(key) instanceof Map<?, ?> m ? (Map<String, Object>) m : new TreeMap<>();
                merge(child, (Map<String, @Nullable Object>) nested);
                into.put(key, child);
            } else {
                into.put(key, value);
            }
        });
    }

    private FakeResponse switchover(FakeRequest request) {
        if (cluster.withoutSwitchover && request.path().equals("/switchover")) {
            return FakeResponse.error(501);
        }
        Optional<Map<String, @Nullable Object>> body = json(request);
        if (body.isEmpty() || body.get().isEmpty()) {
            return FakeResponse.error(request.body().isEmpty() ? 411 : 400);
        }
        String leader = String.valueOf(body.get().getOrDefault("leader", ""));
        String candidate = String.valueOf(body.get().getOrDefault("candidate", ""));
        @Nullable Object at = body.get().get("scheduled_at");
        if (cluster.isPaused() && at != null) {
            return FakeResponse.text(400, "Can't schedule switchover in the paused state");
        }
        if (at != null && OffsetDateTime.parse(at.toString()).isBefore(NOW)) {
            return FakeResponse.text(422, "Cannot schedule switchover in the past");
        }
        if (cluster.isPaused() && candidate.isEmpty()) {
            return FakeResponse.text(400, "Switchover is possible only to a specific candidate in a paused state");
        }
        if (leader.equals(candidate) && cluster.version.isAtLeast(Version.V3_3)) {
            return FakeResponse.text(400, "Switchover target and source are the same");
        }
        String limit = at == null ? limitation(leader, candidate) : "";
        if (!limit.isEmpty()) {
            return FakeResponse.text(412, limit);
        }
        if (at != null) {
            cluster.scheduledSwitchover = at.toString();
            return done("schedule switchover", 202, "Switchover scheduled");
        }
        return elect(candidate);
    }

    private String limitation(String leader, String candidate) {
        if (!leader.equals(cluster.leader)) {
            return "leader name does not match";
        }
        if (!candidate.isEmpty() && cluster.synchronousMode && !cluster.synchronousStandbys.contains(candidate)) {
            return "candidate name does not match with sync_standby";
        }
        if (!candidate.isEmpty() && !cluster.members.contains(candidate)) {
            return "candidate does not exists";
        }
        if (candidate.isEmpty() && cluster.synchronousMode && cluster.synchronousStandbys.isEmpty()) {
            return "switchover is not possible: can not find sync_standby";
        }
        if (cluster.members.size() == 1) {
            return "switchover is not possible: cluster does not have members except leader";
        }
        return cluster.goodCandidates ? "" : "switchover is not possible: no good candidates have been found";
    }

    private FakeResponse elect(String candidate) {
        String first = cluster.members.stream()
                .filter(m -> !m.equals(cluster.leader))
                .findFirst()
                .orElseThrow();
        String chosen = candidate.isEmpty() ? first : candidate;
        String other = cluster.members.stream()
                .filter(m -> !m.equals(cluster.leader) && !m.equals(chosen))
                .findFirst()
                .orElse(first);
        String word = cluster.version.isAtLeast(Version.V3_3) ? "failover" : "switchover";
        switch (cluster.switchoverEnds) {
            case FAILS:
                return FakeResponse.text(503, "Switchover failed");
            case NOT_WRITTEN:
                return FakeResponse.text(503, "failed to write " + word + " key into DCS");
            default:
                boolean elsewhere = cluster.switchoverEnds == Ending.ELSEWHERE;
                cluster.leader = elsewhere ? other : chosen;
                cluster.effects.add("switchover to " + cluster.leader);
        }
        if (cluster.switchoverEnds == Ending.UNKNOWN) {
            return FakeResponse.text(503, "Switchover status unknown");
        }
        return cluster.switchoverEnds == Ending.ELSEWHERE
                ? FakeResponse.text(200, "Switched over to \"" + other + "\" instead of \"" + chosen + "\"")
                : FakeResponse.text(200, "Successfully switched over to \"" + chosen + "\"");
    }

    private FakeResponse restart(FakeRequest request) {
        Map<String, @Nullable Object> body = json(request).orElse(new TreeMap<>());
        @Nullable Object at = body.get("schedule");
        if (cluster.isPaused() && at != null) {
            return FakeResponse.text(500, "Can't schedule restart in the paused state");
        }
        for (String key : body.keySet()) {
            if (!key.matches("schedule|role|postgres_version|timeout|restart_pending")) {
                return FakeResponse.text(400, "Unknown filter for the scheduled restart: " + key);
            }
        }
        if (at != null) {
            if (cluster.scheduledRestarts.containsKey(member)) {
                return FakeResponse.text(409, "Another restart is already scheduled");
            }
            cluster.scheduledRestarts.put(member, at.toString());
            return done("schedule restart", 202, "Restart scheduled");
        }
        if (!matches(body)) {
            return FakeResponse.text(503, "restart conditions are not satisfied");
        }
        return switch (cluster.restarts) {
            case BUSY -> FakeResponse.text(503, "reinitialize already in progress");
            case FAILS -> FakeResponse.text(503, "restart failed");
            case THROWS -> FakeResponse.text(400, "restart failed");
            case STILL_STARTING -> FakeResponse.text(503, "postgres is still starting");
            case SUCCEEDS -> {
                cluster.runs.put(member, cluster.installed.get(member));
                yield done("restart", 200, "restarted successfully");
            }
        };
    }

    /** The traps: the key restart_pending counts whatever its value, and 3.3 compares the role with its own old word. */
    private boolean matches(Map<String, @Nullable Object> filter) {
        if (filter.containsKey("restart_pending")) {
            return false;
        }
        @Nullable Object role = filter.get("role");
        String own = member.equals(cluster.leader)
                ? cluster.version.isAtLeast(Version.V4_0) ? "primary" : "master"
                : "replica";
        if (role != null && !role.equals(own)) {
            return false;
        }
        @Nullable Object version = filter.get("postgres_version");
        if (version == null) {
            return true;
        }
        String[] parts = version.toString().split("\\.", -1);
        return cluster.runs.get(member) < Integer.parseInt(parts[0]) * 10_000 + Integer.parseInt(parts[1]);
    }

    private FakeResponse reinitialize() {
        return member.equals(cluster.leader)
                ? FakeResponse.text(503, "I am the leader, can not reinitialize")
                : done("reinitialize", 200, "reinitialize started");
    }

    private FakeResponse cancelSwitchover() {
        if (cluster.scheduledSwitchover.isEmpty()) {
            return FakeResponse.text(404, "no switchover is scheduled");
        }
        if (cluster.lostRaces > 0) {
            cluster.lostRaces--;
            return FakeResponse.error(409);
        }
        cluster.scheduledSwitchover = "";
        return done("cancel switchover", 200, "scheduled switchover deleted");
    }

    private FakeResponse cancelRestart() {
        return cluster.scheduledRestarts.remove(member) == null
                ? FakeResponse.text(404, "no restarts are scheduled")
                : done("cancel restart", 200, "scheduled restart deleted");
    }

    private FakeResponse done(String effect, int code, String text) {
        cluster.effects.add(effect + " on " + member);
        return text.startsWith("{") ? FakeResponse.json(code, text) : FakeResponse.text(code, text);
    }

    private static Optional<Map<String, @Nullable Object>> json(FakeRequest request) {
        try {
            return request.body().map(JsonReader::object);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
