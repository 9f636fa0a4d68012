package io.gds.engine.postgres.internal.patroni.api;

import io.gds.database.plan.Params;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the members of a fake cluster share: the DCS and the servers. Its rules are those of Patroni's {@code api.py} of
 * the version it plays. Guarded by its own lock.
 */
final class FakeCluster {
    /** The versions whose answers differ. */
    enum Version {
        V3_0("3.0.2"),
        V3_3("3.3.2"),
        V4_0("4.0.4"),
        V4_1("4.1.0");

        final String text;

        Version(String text) {
            this.text = text;
        }

        boolean isAtLeast(Version other) {
            return compareTo(other) >= 0;
        }
    }

    /** How the next switchover goes. */
    enum Ending {
        SUCCEEDS,
        ELSEWHERE,
        FAILS,
        UNKNOWN,
        NOT_WRITTEN
    }

    /** How the next restart goes. */
    enum Restarting {
        SUCCEEDS,
        STILL_STARTING,
        FAILS,
        THROWS,
        BUSY
    }

    final Version version;
    final List<String> members = new ArrayList<>();
    String leader = "";
    Map<String, Object> config = new TreeMap<>(Map.of("loop_wait", 10L));
    final Map<String, String> scheduledRestarts = new HashMap<>();
    String scheduledSwitchover = "";
    /** Empty means asynchronous. */
    final List<String> synchronousStandbys = new ArrayList<>();

    boolean synchronousMode;
    boolean goodCandidates = true;
    boolean configGone;
    boolean dcsDown;
    boolean withoutSwitchover;
    int lostRaces;
    Ending switchoverEnds = Ending.SUCCEEDS;
    Restarting restarts = Restarting.SUCCEEDS;
    final Map<String, Integer> runs = new LinkedHashMap<>();
    final Map<String, Integer> installed = new LinkedHashMap<>();
    /** Everything that had an effect, in order. */
    final List<String> effects = new ArrayList<>();

    FakeCluster(Version version, String... names) {
        this.version = version;
        this.members.addAll(List.of(names));
        this.leader = names[0];
        for (String each : names) {
            runs.put(each, 150018);
            installed.put(each, 150018);
        }
    }

    boolean isPaused() {
        return Boolean.TRUE.equals(config.get("pause"));
    }

    synchronized List<String> effects() {
        return List.copyOf(effects);
    }

    synchronized void change(Runnable change) {
        change.run();
    }

    String patroniJson(String name) {
        boolean leads = name.equals(leader);
        Map<String, Object> all = new TreeMap<>();
        String word = version.isAtLeast(Version.V4_0) ? "primary" : "master";
        all.put("state", "running");
        all.put("postmaster_start_time", "2026-08-28 19:39:26.352526+00:00");
        all.put("role", leads ? word : "replica");
        all.put("server_version", runs.get(name));
        all.put(
                "xlog",
                leads
                        ? Params.of("location", 67109056)
                        : Params.of("received_location", 67109056, "replayed_location", 67109056, "paused", false));
        all.put("timeline", 1);
        all.put("dcs_last_seen", 1724873966);
        all.put("database_system_identifier", "7710725564224423925");
        Params patroni = Params.of("version", version.text, "scope", "demo");
        all.put("patroni", version.isAtLeast(Version.V3_3) ? patroni.with("name", name) : patroni);
        if (isPaused()) {
            all.put("pause", true);
        }
        if (!leads && version.isAtLeast(Version.V3_3)) {
            all.put("replication_state", "streaming");
        }
        return Params.of(all).toJson();
    }

    String clusterJson() {
        List<Params> rows = new ArrayList<>();
        for (String name : members) {
            boolean leads = name.equals(leader);
            Map<String, Object> row = new TreeMap<>();
            row.put("name", name);
            row.put("role", leads ? "leader" : synchronousStandbys.contains(name) ? "sync_standby" : "replica");
            row.put("state", leads || !version.isAtLeast(Version.V3_3) ? "running" : "streaming");
            row.put("api_url", "http://127.0.0.1:1/patroni");
            row.put("host", "127.0.0.1");
            row.put("port", 5432);
            row.put("timeline", 1);
            if (!leads) {
                row.put("lag", 0);
            }
            rows.add(Params.of(row));
        }
        Params all = Params.of("members", rows);
        all = isPaused() ? all.with("pause", true) : all;
        all = version.isAtLeast(Version.V3_3) ? all.with("scope", "demo") : all;
        return (scheduledSwitchover.isEmpty()
                        ? all
                        : all.with("scheduled_switchover", Params.of("at", scheduledSwitchover, "from", leader)))
                .toJson();
    }
}
