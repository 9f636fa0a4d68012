package io.gds.engine.mongo.internal.kernel;

import io.gds.engine.mongo.internal.topology.ConfiguredMember;
import io.gds.engine.mongo.internal.topology.MemberState;
import io.gds.engine.mongo.internal.topology.MemberView;
import io.gds.engine.mongo.internal.topology.SetConfig;
import io.gds.engine.mongo.internal.topology.SetStatus;
import io.gds.engine.mongo.internal.topology.SetViews;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who should follow whom, so that majority writes go on without a break. A write is acknowledged by members that pull from the
 * primary; one that follows a member which ends, or which has just stepped down, stalls for about a second until it has found
 * another source. Decides by what was seen, and asks and changes nothing.
 */
public final class SyncSources {
    /**
     * A member that should follow another one.
     *
     * @param member who
     * @param upstream whom
     */
    public record Move(String member, String upstream) {}

    private final SetViews views;

    /** Of a set as it was just seen. */
    public SyncSources(SetViews views) {
        this.views = views;
    }

    /** Whether members may follow others than the primary at all; without, nothing can be arranged before a step-down. */
    public boolean canBeArranged() {
        return views.config().map(SetConfig::chainingAllowed).orElse(false);
    }

    /** Voters with data that follow a member which is about to end: they follow the primary instead. */
    public List<Move> beforeStop(String member) {
        Optional<String> primary = views.primary().map(v -> v.member().name());
        if (primary.isEmpty() || primary.get().equals(member) || !canBeArranged()) {
            return List.of();
        }
        return views.followersOf(member).stream()
                .filter(f -> !f.equals(primary.get()) && countsForWrites(f))
                .map(f -> new Move(f, primary.get()))
                .toList();
    }

    /**
     * Voters with data that should follow the next primary before the old one steps down: as many as make a write majority
     * with it, those first that follow it already.
     */
    public List<Move> beforeStepDown(String target) {
        if (!canBeArranged()) {
            return List.of();
        }
        List<String> following = followers(target);
        List<Move> out = new ArrayList<>();
        int needed = neededBehind(target);
        for (MemberView v : views.all()) {
            String name = v.member().name();
            if (following.size() + out.size() < needed
                    && !v.writablePrimary()
                    && !name.equals(target)
                    && !following.contains(name)
                    && v.state() == MemberState.SECONDARY
                    && countsForWrites(name)) {
                out.add(new Move(name, target));
            }
        }
        return List.copyOf(out);
    }

    /** Whether enough members follow the next primary for majority writes to go on right after the step-down. */
    public boolean areArrangedFor(String target) {
        return followers(target).size() >= neededBehind(target);
    }

    /** A member that is back follows the next primary, so that the step-down finds it there; nobody moves who need not. */
    public List<Move> afterReturn(String member, String target) {
        boolean sensible = canBeArranged()
                && !member.equals(target)
                && countsForWrites(member)
                && views.of(target)
                        .filter(v -> v.state() == MemberState.SECONDARY)
                        .isPresent()
                && views.of(member)
                        .filter(v -> v.state() == MemberState.SECONDARY)
                        .isPresent()
                && !views.followersOf(member).contains(target);
        return sensible && sourceOf(member).filter(target::equals).isEmpty()
                ? List.of(new Move(member, target))
                : List.of();
    }

    /**
     * Whether majority writes go on while this member looks for its new source, which takes it about a second when the request
     * comes at the wrong moment.
     */
    public boolean isHarmless(Move move) {
        long pulling = views.all().stream()
                .map(v -> v.member().name())
                .filter(m -> !m.equals(move.member()) && countsForWrites(m))
                .filter(m -> views.of(m).filter(MemberView::writablePrimary).isPresent()
                        || sourceOf(m).filter(s -> !s.equals(move.member())).isPresent())
                .count();
        return pulling >= Outage.of(views, Set.of()).writeMajority();
    }

    /** Secondaries that acknowledge majority writes and follow nobody just now, without one of them. */
    public List<String> idle(String without) {
        return views.all().stream()
                .filter(v -> v.state() == MemberState.SECONDARY)
                .map(v -> v.member().name())
                .filter(m ->
                        !m.equals(without) && countsForWrites(m) && sourceOf(m).isEmpty())
                .toList();
    }

    /** The old primary follows nobody for a while and does not count. */
    private List<String> followers(String target) {
        return views.followersOf(target).stream()
                .filter(this::countsForWrites)
                .filter(f -> views.of(f).filter(v -> !v.writablePrimary()).isPresent())
                .toList();
    }

    private int neededBehind(String target) {
        int itself = countsForWrites(target) ? 1 : 0;
        return Outage.of(views, Set.of()).writeMajority() - itself;
    }

    /** Whom a member says that it follows, by its name in the spec. */
    public Optional<String> sourceOf(String member) {
        return views.of(member)
                .flatMap(MemberView::status)
                .flatMap(SetStatus::syncSource)
                .flatMap(a -> views.spec().at(a))
                .map(m -> m.name());
    }

    private boolean countsForWrites(String member) {
        return views.configured(member)
                .filter(ConfiguredMember::isVoter)
                .filter(ConfiguredMember::bearsData)
                .isPresent();
    }
}
