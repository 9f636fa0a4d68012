package io.gds.engine.mongo.internal.kernel;

import io.gds.database.plan.Params;
import io.gds.database.version.EngineVersion;
import io.gds.engine.mongo.internal.client.Answer;
import io.gds.engine.mongo.internal.client.OpTime;
import io.gds.engine.mongo.internal.config.MemberSpec;
import io.gds.engine.mongo.internal.config.MongoSpec;
import io.gds.engine.mongo.internal.topology.ConfiguredMember;
import io.gds.engine.mongo.internal.topology.MemberState;
import io.gds.engine.mongo.internal.topology.MemberView;
import io.gds.engine.mongo.internal.topology.SeenMember;
import io.gds.engine.mongo.internal.topology.SetConfig;
import io.gds.engine.mongo.internal.topology.SetStatus;
import io.gds.engine.mongo.internal.topology.SetViews;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bson.Document;

/** A set as tests make it up: every member in service and of one mind, until something is said otherwise. */
final class SeenSet {
    private static final Instant NOW = Instant.parse("2026-03-03T21:00:00Z");

    private final Map<String, ConfiguredMember> members = new LinkedHashMap<>();
    private final Map<String, MemberState> states = new TreeMap<>();
    private final Map<String, String> follows = new TreeMap<>();
    private final Map<String, Duration> lags = new TreeMap<>();
    private boolean chaining = true;

    /** A member with a vote; the first one is the primary. */
    SeenSet member(String name, double priority) {
        return member(name, priority, 1, false, Duration.ZERO);
    }

    SeenSet arbiter(String name) {
        return member(name, 0, 1, true, Duration.ZERO);
    }

    SeenSet member(String name, double priority, int votes, boolean arbiter, Duration delay) {
        boolean first = members.isEmpty();
        members.put(
                name,
                new ConfiguredMember(members.size(), address(name), arbiter, false, priority, votes, delay, Map.of()));
        states.put(name, first ? MemberState.PRIMARY : arbiter ? MemberState.ARBITER : MemberState.SECONDARY);
        return this;
    }

    SeenSet state(String name, MemberState state) {
        states.put(name, state);
        return this;
    }

    SeenSet follows(String name, String upstream) {
        follows.put(name, upstream);
        return this;
    }

    SeenSet lag(String name, Duration lag) {
        lags.put(name, lag);
        return this;
    }

    SeenSet withoutChaining() {
        chaining = false;
        return this;
    }

    static String address(String name) {
        return name + ":27017";
    }

    /** What is seen of it; members in state DOWN are silent. */
    SetViews views() {
        List<Params> specs = members.keySet().stream()
                .map(n -> Params.of("name", n, "host", n, "port", 27017L))
                .toList();
        MongoSpec spec = MongoSpec.of(Params.of("name", "orders", "environment", "test", "members", specs));
        Map<String, MemberView> answered = new LinkedHashMap<>();
        Map<String, String> silent = new LinkedHashMap<>();
        for (MemberSpec m : spec.members()) {
            if (states.get(m.name()) == MemberState.DOWN) {
                silent.put(m.name(), "refused");
            } else {
                answered.put(m.name(), view(m));
            }
        }
        return new SetViews(spec, answered, silent, NOW);
    }

    private MemberView view(MemberSpec m) {
        List<SeenMember> seen = new ArrayList<>();
        members.keySet().forEach(n -> seen.add(seen(n)));
        Optional<String> source = Optional.ofNullable(follows.get(m.name())).map(SeenSet::address);
        MemberState state = states.getOrDefault(m.name(), MemberState.UNKNOWN);
        SetStatus status = new SetStatus("orders", state, 7, source, Optional.of(at()), Optional.of(at()), false, seen);
        SetConfig config = new SetConfig(
                "orders",
                3,
                7,
                "0123456789abcdef01234567",
                chaining,
                List.copyOf(members.values()),
                Answer.of(new Document()));
        return new MemberView(
                m,
                EngineVersion.parse("6.0.5"),
                "community",
                state == MemberState.PRIMARY,
                Optional.of(status),
                Optional.of(config),
                Optional.of(new MemberView.Compatibility("6.0", Optional.empty())));
    }

    private SeenMember seen(String name) {
        MemberState state = states.getOrDefault(name, MemberState.UNKNOWN);
        Instant written = NOW.minus(lags.getOrDefault(name, Duration.ZERO));
        return new SeenMember(
                address(name), state, state != MemberState.DOWN, Optional.of(written), Duration.ofHours(1), "");
    }

    private static OpTime at() {
        return new OpTime((int) NOW.getEpochSecond(), 1, 7);
    }
}
