package io.gds.engine.mongo.internal.topology;

import io.gds.engine.mongo.internal.config.MongoSpec;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What every member says, asked at about the same time. No single view is trusted: a status is built from heartbeats and can
 * be seconds old.
 *
 * @param spec the set
 * @param answered by the member's name
 * @param silent by the member's name, why it did not answer
 * @param observedAt when
 */
public record SetViews(
        MongoSpec spec, Map<String, MemberView> answered, Map<String, String> silent, Instant observedAt) {
    /** Copies. */
    public SetViews {
        answered = Map.copyOf(answered);
        silent = Map.copyOf(silent);
    }

    /** What a member says itself; empty when it did not answer. */
    public Optional<MemberView> of(String member) {
        return Optional.ofNullable(answered.get(member));
    }

    /** All that answered, in the order of the spec. */
    public List<MemberView> all() {
        return spec.members().stream()
                .map(m -> answered.get(m.name()))
                .filter(v -> v != null)
                .toList();
    }

    /**
     * The one member that says that it accepts writes. One that was deposed and does not know it yet has an earlier term and
     * does not count.
     */
    public Optional<MemberView> primary() {
        List<MemberView> claim =
                all().stream().filter(MemberView::writablePrimary).toList();
        long newest = claim.stream().mapToLong(SetViews::term).max().orElse(-1);
        List<MemberView> current = claim.stream().filter(v -> term(v) == newest).toList();
        return current.size() == 1 ? Optional.of(current.get(0)) : Optional.empty();
    }

    private static long term(MemberView v) {
        return v.status().map(SetStatus::term).orElse(-1L);
    }

    /** The newest configuration that any member has. */
    public Optional<SetConfig> config() {
        return all().stream()
                .map(MemberView::config)
                .flatMap(Optional::stream)
                .max(Comparator.comparingLong(SetConfig::term).thenComparingLong(SetConfig::version));
    }

    /** The members that the newest configuration has, as it has them. */
    public Collection<ConfiguredMember> configured() {
        return config().map(SetConfig::members).orElse(List.of());
    }

    /** How the configuration has a member of the spec. */
    public Optional<ConfiguredMember> configured(String member) {
        return config().flatMap(c -> c.at(spec.member(member).address()));
    }

    /** Who says that it follows this member. */
    public List<String> followersOf(String member) {
        String address = spec.member(member).address();
        return all().stream()
                .filter(v -> v.status()
                        .flatMap(SetStatus::syncSource)
                        .filter(address::equals)
                        .isPresent())
                .map(v -> v.member().name())
                .toList();
    }
}
