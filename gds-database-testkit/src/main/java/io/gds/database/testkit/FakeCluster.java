package io.gds.database.testkit;

import static java.util.Objects.requireNonNull;

import io.gds.database.plan.ClusterRef;
import io.gds.database.plan.Params;
import io.gds.database.version.EngineVersion;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A cluster that exists in memory: the ground truth of tests. It outlives simulated processes, keeps a log of every real
 * change, and notes every change that broke a rule of safety.
 *
 * <p>Thread-safe. The first member is the primary at the beginning.
 */
public final class FakeCluster {
    /** How long a started follower takes to catch up. */
    static final Duration CATCH_UP = Duration.ofSeconds(2);

    private final String name;
    private final Clock clock;
    private final Map<String, FakeMember> members = new LinkedHashMap<>();
    private final Map<String, FakeCluster> clones = new TreeMap<>();
    private final FakeSettings settings = new FakeSettings();
    private final FakeTables tables = new FakeTables();
    private final FakeFaults faults = new FakeFaults();
    private final FakeAbilities abilities = new FakeAbilities();
    private final List<Effect> effects = new ArrayList<>();
    private final SafetyRules rules = new SafetyRules(this);
    private Map<String, String> found = Map.of();
    private final FakeWork work = new FakeWork(this);
    private int allowedDown = 1;
    private String environment = "production";
    private @Nullable Consumer<Effect> observer;

    private EngineVersion extensions;

    private FakeCluster(String name, EngineVersion version, Clock clock) {
        this.name = requireNonNull(name, "name");
        this.extensions = version;
        this.clock = requireNonNull(clock, "clock");
    }

    /** A cluster whose members are named {@code n1}, {@code n2}, and so on, all on one version. */
    public static FakeCluster of(String name, int members, String version, Clock clock) {
        EngineVersion v = EngineVersion.parse(version);
        FakeCluster c = new FakeCluster(name, v, clock);
        for (int i = 1; i <= members; i++) {
            c.members.put("n" + i, new FakeMember("n" + i, v));
        }
        c.member("n1").primary = true;
        return c;
    }

    /** How many members a run may have down at the same time; 1 unless said. */
    public synchronized FakeCluster allowDown(int many) {
        allowedDown = many;
        return this;
    }

    /** Marks the cluster, for example {@code test}; {@code production} unless said. */
    public synchronized FakeCluster environment(String mark) {
        environment = mark;
        return this;
    }

    /** The version that a forward run wants; a switchover to a member on another one breaks a rule. */
    public FakeCluster target(String version) {
        rules.target(EngineVersion.parse(version));
        return this;
    }

    /** Calls somebody after every real change, on the thread that made it. */
    public synchronized FakeCluster observe(Consumer<Effect> watcher) {
        observer = watcher;
        return this;
    }

    /** What goes wrong here. */
    public FakeFaults faults() {
        return faults;
    }

    /** What its engine can do. */
    public FakeAbilities abilities() {
        return abilities;
    }

    /** How plans refer to this cluster. */
    public synchronized ClusterRef reference() {
        return new ClusterRef(FakeProvider.ID, name, Params.of("environment", environment));
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /** The members' names, in order. */
    public synchronized List<String> names() {
        return List.copyOf(members.keySet());
    }

    /** Members that are up and accept writes as far as they know. */
    public synchronized List<String> primaries() {
        tick();
        return members.values().stream()
                .filter(m -> m.primary && m.isUp())
                .map(m -> m.name)
                .toList();
    }

    /** Whether an application could write now. */
    public synchronized boolean isWritable() {
        return primaries().size() == 1 && setting("cluster/writes").isEmpty();
    }

    /** The version that runs; empty while the member is down. */
    public synchronized Optional<EngineVersion> running(String member) {
        tick();
        return Optional.ofNullable(member(member).running);
    }

    /** The version that a start would run. */
    public synchronized EngineVersion installed(String member) {
        return member(member).installed;
    }

    /** The version of the extensions. */
    public synchronized EngineVersion extensions() {
        return extensions;
    }

    /** Whether the member is down. */
    public synchronized boolean isDown(String member) {
        return running(member).isEmpty();
    }

    /** How far a follower trails, in milliseconds; empty when nobody can tell. */
    public synchronized Optional<Long> lag(String member) {
        tick();
        FakeMember m = member(member);
        if (!m.isUp() || primaries().isEmpty() || faults.isUnreachable(member, clock.instant())) {
            return Optional.empty();
        }
        if (faults.lagsForEver(member) && m.upSince.isAfter(Instant.MIN)) {
            return Optional.of(1_000_000L);
        }
        Instant now = clock.instant();
        return Optional.of(
                m.caughtUpAt.isAfter(now) ? Duration.between(now, m.caughtUpAt).toMillis() : 0L);
    }

    /** A setting; empty when it has its default. */
    public synchronized String setting(String key) {
        tick();
        return settings.get(key);
    }

    /** Settings that do not have their default. */
    public synchronized Map<String, String> settings() {
        tick();
        return settings.all();
    }

    /** Every real change so far. */
    public synchronized List<Effect> effects() {
        return List.copyOf(effects);
    }

    /** Rules of safety that some change broke; empty when all is well. */
    public synchronized List<String> violations() {
        return rules.broken();
    }

    /** All that should be equal between two runs that ended in the same way. */
    public synchronized Map<String, String> snapshot() {
        tick();
        Map<String, String> out = new TreeMap<>();
        members.forEach((n, m) -> out.put(
                n,
                (m.primary && m.isUp() ? "primary" : m.isUp() ? "follower" : "down") + " " + m.running + " of "
                        + m.installed));
        settings.all().forEach((k, v) -> out.put("setting " + k, v));
        out.put("extensions", "of " + extensions);
        clones.keySet().forEach(c -> out.put("clone " + c, "there"));
        tables.names().forEach(t -> out.put("table " + t, "there"));
        return out;
    }

    /** The snapshot before the first change. */
    public synchronized Map<String, String> found() {
        return effects.isEmpty() ? snapshot() : Map.copyOf(found);
    }

    /** Ends a member's process from outside, as a failing machine would. */
    public synchronized void kill(String member) {
        FakeMember m = member(member);
        if (m.isUp()) {
            m.running = null;
            record(Effect.Kind.DIED, member, "", "");
        }
    }

    /** Changes roles from outside, in order, as an administrator would: the former primary follows. */
    public synchronized void handOver(String to) {
        members.values().forEach(m -> m.primary = false);
        member(to).primary = true;
        record(Effect.Kind.PROMOTED, to, "", "");
    }

    /** Starts a member from outside, as an administrator would. */
    public void restart(String member) {
        work.start(member, Hands.nobody());
    }

    synchronized FakeMember member(String member) {
        return Optional.ofNullable(members.get(member))
                .orElseThrow(() -> new IllegalArgumentException("no member " + member + " in " + members.keySet()));
    }

    synchronized int allowedDown() {
        return allowedDown;
    }

    synchronized List<String> downByUs() {
        return members.values().stream()
                .filter(m -> !m.isUp() && m.stoppedByUs)
                .map(m -> m.name)
                .toList();
    }

    Clock clock() {
        return clock;
    }

    FakeTables tables() {
        return tables;
    }

    /** Fails as a call to a member fails that cannot be reached. */
    synchronized void reach(String member) {
        tick();
        if (faults.isUnreachable(member, clock.instant())) {
            throw FakeFaults.noAnswer(member);
        }
    }

    synchronized Optional<FakeCluster> clone(String id) {
        return Optional.ofNullable(clones.get(id));
    }

    synchronized List<String> clones() {
        return List.copyOf(clones.keySet());
    }

    /** Changes of this cluster. */
    FakeWork work() {
        return work;
    }

    Map<String, FakeMember> membersByName() {
        return members;
    }

    Map<String, FakeCluster> clonesById() {
        return clones;
    }

    FakeSettings settingsStore() {
        return settings;
    }

    SafetyRules rules() {
        return rules;
    }

    void extensions(EngineVersion version) {
        extensions = version;
    }

    void remember(Map<String, String> asFound) {
        found = asFound;
    }

    synchronized int record(Effect.Kind kind, String subject, String detail, String step) {
        Effect e = new Effect(effects.size() + 1, clock.instant(), kind, subject, detail, step);
        effects.add(e);
        rules.after(e);
        if (observer != null) {
            observer.accept(e);
        }
        return e.number();
    }

    /** What happens by itself as time passes. */
    private synchronized void tick() {
        Instant now = clock.instant();
        for (FakeMember m : members.values()) {
            Instant dies = m.diesAt;
            if (m.isUp() && dies != null && !dies.isAfter(now)) {
                m.running = null;
                m.crashedInReplay = true;
                m.diesAt = null;
                record(Effect.Kind.DIED, m.name, "in replay", "");
            }
        }
        for (String key : settings.expire(now)) {
            record(Effect.Kind.EXPIRED, key, "", "");
        }
    }

    @Override
    public synchronized String toString() {
        return name + " " + snapshot();
    }
}
