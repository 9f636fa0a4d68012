package io.gds.engine.mongo.internal.kernel;

import io.gds.engine.mongo.internal.topology.ConfiguredMember;
import io.gds.engine.mongo.internal.topology.MemberState;
import io.gds.engine.mongo.internal.topology.MemberView;
import io.gds.engine.mongo.internal.topology.SeenMember;
import io.gds.engine.mongo.internal.topology.SetStatus;
import io.gds.engine.mongo.internal.topology.SetViews;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What a set would be left with while some of its members are down. A member counts as healthy when it answers us, is in
 * service by its own word, and the primary hears its heartbeats.
 *
 * @param down who would be down
 * @param voters the healthy voters that are left
 * @param majority how many votes elect a primary and keep one
 * @param bearers the healthy voters with data that are left and acknowledge at once: not far behind, nor on purpose
 * @param writeMajority how many of those acknowledge a majority write
 * @param electable who is left and might be elected
 */
public record Outage(
        Set<String> down,
        List<String> voters,
        int majority,
        List<String> bearers,
        int writeMajority,
        List<String> electable) {
    private static final Set<MemberState> IN_SERVICE =
            Set.of(MemberState.PRIMARY, MemberState.SECONDARY, MemberState.ARBITER);

    /** Copies. */
    public Outage {
        down = Set.copyOf(down);
        voters = List.copyOf(voters);
        bearers = List.copyOf(bearers);
        electable = List.copyOf(electable);
    }

    /** Computes it from what was just seen. */
    public static Outage of(SetViews views, Set<String> down) {
        List<MemberView> left = views.all().stream()
                .filter(v -> !down.contains(v.member().name()))
                .filter(v -> isHealthy(views, v))
                .toList();
        List<ConfiguredMember> all = List.copyOf(views.configured());
        int voting = (int) all.stream().filter(ConfiguredMember::isVoter).count();
        int majority = voting / 2 + 1;
        int bearing =
                (int) all.stream().filter(m -> m.isVoter() && m.bearsData()).count();
        Target target = new Target(views);
        List<String> prompt = names(views, left, m -> m.isVoter() && m.bearsData()).stream()
                .filter(m -> target.lag(m)
                        .filter(l -> l.compareTo(Target.MOST_LAG) <= 0)
                        .isPresent())
                .toList();
        return new Outage(
                down,
                names(views, left, ConfiguredMember::isVoter),
                majority,
                prompt,
                Math.min(majority, bearing),
                names(views, left, ConfiguredMember::mayLead));
    }

    /**
     * The worst of all that may be when this member goes down, and so many others besides those that are down already: whoever
     * goes down side by side is asked for one by one.
     */
    public static Outage worst(SetViews views, String member, int others) {
        List<String> rest = views.all().stream()
                .filter(v -> !v.writablePrimary())
                .map(v -> v.member().name())
                .filter(m -> !m.equals(member))
                .toList();
        return worst(views, Set.of(member), rest, Math.min(others, rest.size()));
    }

    private static Outage worst(SetViews views, Set<String> down, List<String> rest, int more) {
        if (more <= 0) {
            return of(views, down);
        }
        return IntStream.range(0, rest.size())
                .mapToObj(i -> {
                    Set<String> also = new LinkedHashSet<>(down);
                    also.add(rest.get(i));
                    return worst(
                            views, also, rest.subList(i + 1, rest.size()), Math.min(more - 1, rest.size() - i - 1));
                })
                .min(Comparator.comparing(Outage::keepsPrimary)
                        .thenComparing(Outage::keepsMajorityWrites)
                        .thenComparingInt(o -> o.bearers().size()))
                .orElseGet(() -> of(views, down));
    }

    private interface Trait {
        boolean has(ConfiguredMember m);
    }

    private static List<String> names(SetViews views, List<MemberView> left, Trait trait) {
        return left.stream()
                .map(v -> v.member().name())
                .filter(n -> views.configured(n).filter(trait::has).isPresent())
                .toList();
    }

    private static boolean isHealthy(SetViews views, MemberView v) {
        return IN_SERVICE.contains(v.state())
                && views.primary()
                        .flatMap(MemberView::status)
                        .flatMap((SetStatus s) -> s.at(v.member().address()))
                        .map(SeenMember::healthy)
                        .orElse(false);
    }

    /** Whether a primary stays, or can be elected. */
    public boolean keepsPrimary() {
        return voters.size() >= majority && !electable.isEmpty();
    }

    /** Whether majority writes go on; without, they wait, and the servers keep more and more history meanwhile. */
    public boolean keepsMajorityWrites() {
        return bearers.size() >= writeMajority;
    }

    /** In words: what is left and what is needed. */
    public String describe() {
        return "with " + down + " down: voters " + voters + " of " + majority + " needed, data-bearing voters "
                + bearers + " of " + writeMajority + " needed, electable " + electable;
    }
}
