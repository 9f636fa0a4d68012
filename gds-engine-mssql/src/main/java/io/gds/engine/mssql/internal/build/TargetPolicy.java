package io.gds.engine.mssql.internal.build;

import static java.util.Objects.requireNonNull;

import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which build an instance should run. Never one that was taken back, never a denied one, never one below what runs, never another
 * line of updates than the instance is on; where a soak is asked for, none that is younger or whose age nobody knows.
 *
 * @param rule which of the builds
 * @param minimum for {@link Rule#MIN_BUILD} the build that is enough
 * @param behind for {@link Rule#BEHIND} how many cumulative updates may be missing; 0 with every other rule
 * @param soakDays for how many days a build must have been released; 0 for any
 * @param denied builds that are not wanted
 */
public record TargetPolicy(Rule rule, Optional<Build> minimum, int behind, int soakDays, Set<Build> denied) {
    /** Which of the builds. */
    public enum Rule {
        /** The newest cumulative update. */
        LATEST_CU,
        /** The newest security update of the line that the instance is on. */
        LATEST_SECURITY_ON_MY_BRANCH,
        /** The cumulative update that is so many before the newest one: N-1, N-2 and so on. */
        BEHIND,
        /** Nothing when the minimum runs, else the first build from there on. */
        MIN_BUILD
    }

    /** Checks and copies the parts. */
    public TargetPolicy {
        requireNonNull(rule, "rule");
        denied = Set.copyOf(denied);
        if ((rule == Rule.MIN_BUILD) != minimum.isPresent()) {
            throw new IllegalArgumentException("a minimum build belongs to the rule MIN_BUILD, and to no other");
        }
        if (behind < 0 || (behind > 0 && rule != Rule.BEHIND)) {
            throw new IllegalArgumentException(
                    "behind: " + behind + ", expected 0 or more, and 0 without the rule BEHIND");
        }
        if (soakDays < 0) {
            throw new IllegalArgumentException("soakDays: " + soakDays + ", expected 0 or more");
        }
    }

    /** A rule with nothing else. */
    public static TargetPolicy of(Rule rule) {
        return new TargetPolicy(rule, Optional.empty(), 0, 0, Set.of());
    }

    /** At most so many cumulative updates behind the newest one. */
    public static TargetPolicy behind(int updates) {
        return new TargetPolicy(Rule.BEHIND, Optional.empty(), updates, 0, Set.of());
    }

    /** At least this build. */
    public static TargetPolicy atLeast(Build minimum) {
        return new TargetPolicy(Rule.MIN_BUILD, Optional.of(minimum), 0, 0, Set.of());
    }

    /** With builds that have been released for some days only. */
    public TargetPolicy soak(int days) {
        return new TargetPolicy(rule, minimum, behind, days, denied);
    }

    /** Without these builds. */
    public TargetPolicy deny(Set<Build> builds) {
        return new TargetPolicy(rule, minimum, behind, soakDays, builds);
    }

    /**
     * The build to go to.
     *
     * @param current what runs
     * @return empty when the instance is there already, or nothing that is allowed leads further
     */
    public Optional<KnownBuild> target(BuildCatalogue catalogue, Build current, Clock clock) {
        Channel line = catalogue.channelOf(current).orElse(Channel.BASELINE);
        LocalDate youngest =
                LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC).minusDays(soakDays);
        List<KnownBuild> allowed = catalogue.family(current).stream()
                .filter(b -> !b.retired() && !denied.contains(b.build()))
                .filter(b -> soakDays == 0
                        || b.released().filter(day -> !day.isAfter(youngest)).isPresent())
                .filter(b -> line.staysOn(b.channel()) || leaves(line, b))
                .toList();
        return chosen(allowed, line, current).filter(b -> current.isBelow(b.build()));
    }

    /** Who asks for cumulative updates by name goes over to them from the line of security updates. */
    private boolean leaves(Channel line, KnownBuild to) {
        return line == Channel.GDR && (rule == Rule.LATEST_CU || rule == Rule.BEHIND) && to.channel() == Channel.CU;
    }

    private Optional<KnownBuild> chosen(List<KnownBuild> allowed, Channel line, Build current) {
        return switch (rule) {
            case LATEST_CU -> last(allowed, b -> b.channel() == Channel.CU, 0);
            case BEHIND -> last(allowed, b -> b.channel() == Channel.CU, behind);
            case LATEST_SECURITY_ON_MY_BRANCH -> last(allowed, security(line), 0);
            case MIN_BUILD -> firstFrom(allowed, line, current, minimum.orElseThrow());
        };
    }

    private static Predicate<KnownBuild> security(Channel line) {
        return switch (line) {
            case BASELINE, GDR -> b -> b.channel() == Channel.GDR;
            case CU, CU_GDR -> b -> b.channel() == Channel.CU_GDR;
            case AZURE_CONNECT -> b -> b.channel() == Channel.AZURE_CONNECT;
        };
    }

    private static Optional<KnownBuild> last(List<KnownBuild> allowed, Predicate<KnownBuild> which, int before) {
        List<KnownBuild> newestFirst = allowed.stream()
                .filter(which)
                .sorted(Comparator.comparing(KnownBuild::build).reversed())
                .toList();
        return newestFirst.stream().skip(before).findFirst();
    }

    private static Optional<KnownBuild> firstFrom(
            List<KnownBuild> allowed, Channel line, Build current, Build minimum) {
        if (!current.isBelow(minimum)) {
            return Optional.empty();
        }
        return allowed.stream()
                .filter(b -> !b.build().isBelow(minimum) && line.staysOn(b.channel()))
                .min(Comparator.comparing(KnownBuild::build));
    }
}
