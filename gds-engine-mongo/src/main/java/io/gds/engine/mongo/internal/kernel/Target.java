package io.gds.engine.mongo.internal.kernel;

import io.gds.database.topology.Member;
import io.gds.database.topology.MemberRole;
import io.gds.database.topology.Topology;
import io.gds.database.version.EngineVersion;
import io.gds.engine.mongo.internal.topology.ConfiguredMember;
import io.gds.engine.mongo.internal.topology.MemberState;
import io.gds.engine.mongo.internal.topology.MemberView;
import io.gds.engine.mongo.internal.topology.SeenMember;
import io.gds.engine.mongo.internal.topology.SetStatus;
import io.gds.engine.mongo.internal.topology.SetViews;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Who takes over: whom a primary that steps down hands its role to by itself, which is the member of the highest priority, and of
 * several the one with the lowest id. It asks that one to stand at once; were that one kept from standing, nobody would for the
 * length of an election time-out.
 */
public final class Target {
    /**
     * More than this behind, nobody takes over. A primary without writes makes one of no effect every 10 s, and until that has
     * arrived all others look 10 s behind, so it must be more.
     *
     * @see <a href="https://jira.mongodb.org/browse/SERVER-23892">SERVER-23892</a>
     */
    public static final Duration MOST_LAG = Duration.ofSeconds(15);

    private final SetViews views;

    /** Of a set as it was just seen. */
    public Target(SetViews views) {
        this.views = views;
    }

    /**
     * Who will take over when all goes well, whatever version it runs yet.
     *
     * @param t a topology of this engine, or one that a change will leave behind
     */
    public static Optional<String> planned(Topology t) {
        return t.withRole(MemberRole.STANDBY).stream()
                .min(Comparator.<Member>comparingDouble(m -> -priority(m)).thenComparingLong(Target::id))
                .map(Member::name);
    }

    private static long id(Member m) {
        return Long.parseLong(m.attributes().getOrDefault("id", "0"));
    }

    private static double priority(Member m) {
        return Double.parseDouble(m.attributes().getOrDefault("priority", "0"));
    }

    /** The best of some members that runs a version, is in order and not far behind. */
    public Optional<String> among(Predicate<String> allowed, EngineVersion version) {
        return best(v -> allowed.test(v.member().name()) && v.version().sameRelease(version));
    }

    private Optional<String> best(Predicate<MemberView> wanted) {
        return views.all().stream()
                .filter(v -> !v.writablePrimary()
                        && wanted.test(v)
                        && isFit(v.member().name()))
                .map(v -> v.member().name())
                .min(Comparator.<String>comparingDouble(m -> -priority(m))
                        .thenComparingInt(m ->
                                views.configured(m).map(ConfiguredMember::id).orElse(Integer.MAX_VALUE)));
    }

    private double priority(String member) {
        return views.configured(member).map(ConfiguredMember::priority).orElse(0.0);
    }

    /** Whether a member could be elected now and has nearly everything. */
    public boolean isFit(String member) {
        return views.configured(member).filter(ConfiguredMember::mayLead).isPresent()
                && views.of(member)
                        .filter(v -> v.state() == MemberState.SECONDARY)
                        .isPresent()
                && seenByPrimary(member).filter(SeenMember::healthy).isPresent()
                && lag(member).filter(l -> l.compareTo(MOST_LAG) <= 0).isPresent();
    }

    /** How far a member is behind, by the primary's own status; empty when it cannot be told. */
    public Optional<Duration> lag(String member) {
        Optional<Instant> head =
                views.primary().flatMap(p -> seenByPrimary(p.member().name())).flatMap(SeenMember::optimeDate);
        Optional<Instant> at = seenByPrimary(member).flatMap(SeenMember::optimeDate);
        return head.flatMap(h -> at.map(a -> Duration.between(a, h))).map(d -> d.isNegative() ? Duration.ZERO : d);
    }

    /** Healthy voters with data that are too far behind to acknowledge writes at once, and not on purpose. */
    public List<String> behind() {
        return views.all().stream()
                .filter(v -> v.state() == MemberState.SECONDARY)
                .map(v -> v.member().name())
                .filter(m -> views.configured(m)
                        .filter(c -> c.isVoter() && c.bearsData() && c.delay().isZero())
                        .isPresent())
                .filter(m -> lag(m).filter(l -> l.compareTo(MOST_LAG) <= 0).isEmpty())
                .toList();
    }

    /** Whoever should lead instead of a member that does: the newest version first, since that one stays. */
    public Optional<String> instead() {
        return views.all().stream()
                .filter(v -> !v.writablePrimary() && isFit(v.member().name()))
                .map(MemberView::version)
                .max(Comparator.naturalOrder())
                .flatMap(newest -> among(m -> true, newest));
    }

    private Optional<SeenMember> seenByPrimary(String member) {
        return views.primary()
                .flatMap(MemberView::status)
                .flatMap((SetStatus s) -> s.at(views.spec().member(member).address()));
    }
}
