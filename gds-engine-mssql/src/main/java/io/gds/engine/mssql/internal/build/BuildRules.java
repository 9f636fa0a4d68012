package io.gds.engine.mssql.internal.build;

import io.gds.engine.mssql.internal.build.TargetPolicy.Rule;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What somebody wants of builds, for all families at once.
 *
 * @param rule which builds; empty when anything is good that is not ruled out
 * @param behind for {@link Rule#BEHIND} how many cumulative updates may be missing; else 0
 * @param minimums for {@link Rule#MIN_BUILD} the builds that are enough, one of each family; else none
 * @param soakDays for how many days a build must have been released; 0 for any
 * @param denied builds that are not wanted
 */
public record BuildRules(Optional<Rule> rule, int behind, List<Build> minimums, int soakDays, Set<Build> denied) {
    /** Nothing is wanted but that builds are not taken back. */
    public static final BuildRules NONE = new BuildRules(Optional.empty(), 0, List.of(), 0, Set.of());

    /** Copies the lists. */
    public BuildRules {
        minimums = List.copyOf(minimums);
        denied = Set.copyOf(denied);
    }

    /** With a rule in place of that before. */
    public BuildRules rule(Rule other) {
        return new BuildRules(Optional.of(other), 0, List.of(), soakDays, denied);
    }

    /**
     * At most so many cumulative updates behind the newest.
     *
     * @throws IllegalArgumentException when it is less than 0
     */
    public BuildRules behind(int updates) {
        if (updates < 0) {
            throw new IllegalArgumentException("behind: found " + updates + ", expected 0 or more cumulative updates");
        }
        return new BuildRules(Optional.of(Rule.BEHIND), updates, List.of(), soakDays, denied);
    }

    /**
     * At least these builds, each in its family.
     *
     * @throws IllegalArgumentException when there is none, one is no build number, or two are of one family
     */
    public BuildRules atLeast(List<String> builds) {
        List<Build> read = read("minBuild", builds);
        long families =
                read.stream().map(b -> b.major() + "." + b.minor()).distinct().count();
        if (read.isEmpty() || families < read.size()) {
            throw new IllegalArgumentException(
                    "minBuild: found " + builds + ", expected one build of each version of SQL Server");
        }
        return new BuildRules(Optional.of(Rule.MIN_BUILD), 0, read, soakDays, denied);
    }

    /**
     * With builds that have been released for so many days.
     *
     * @throws IllegalArgumentException when it is less than 0
     */
    public BuildRules soak(int days) {
        if (days < 0) {
            throw new IllegalArgumentException("soakDays: found " + days + ", expected 0 or more days");
        }
        return new BuildRules(rule, behind, minimums, days, denied);
    }

    /**
     * Without these builds either.
     *
     * @throws IllegalArgumentException when one is no build number
     */
    public BuildRules deny(List<String> builds) {
        Set<Build> all = new LinkedHashSet<>(denied);
        all.addAll(read("deny", builds));
        return new BuildRules(rule, behind, minimums, soakDays, all);
    }

    private static List<Build> read(String field, List<String> texts) {
        List<Build> out = new ArrayList<>();
        for (String text : texts) {
            out.add(Build.parse(text)
                    .orElseThrow(() -> new IllegalArgumentException(
                            field + ": found \"" + text + "\", expected a build such as 16.0.4235")));
        }
        return out;
    }

    /** The build that is enough for the family of another one; empty when the rule does not say. */
    Optional<Build> minimumFor(Build any) {
        return minimums.stream().filter(any::sameFamily).findFirst();
    }

    /** The rule for instances of a build's family; empty when there is none for them. */
    Optional<TargetPolicy> policyFor(Build any) {
        return rule.flatMap(r -> switch (r) {
                    case LATEST_CU, LATEST_SECURITY_ON_MY_BRANCH -> Optional.of(TargetPolicy.of(r));
                    case BEHIND -> Optional.of(TargetPolicy.behind(behind));
                    case MIN_BUILD -> minimumFor(any).map(TargetPolicy::atLeast);
                })
                .map(p -> p.soak(soakDays).deny(denied));
    }

    /** For people, for example {@code latestCu, soakDays 14}. */
    public String describe() {
        List<String> words = new ArrayList<>();
        rule.ifPresent(r -> words.add(words(r)));
        if (soakDays > 0) {
            words.add("soakDays " + soakDays);
        }
        if (!denied.isEmpty()) {
            words.add("deny " + joined(denied.stream().sorted().toList()));
        }
        return words.isEmpty() ? "nothing that was taken back" : String.join(", ", words);
    }

    private String words(Rule r) {
        return switch (r) {
            case LATEST_CU -> "latestCu";
            case LATEST_SECURITY_ON_MY_BRANCH -> "latestSecurityOnMyBranch";
            case BEHIND -> "behind " + behind;
            case MIN_BUILD -> "minBuild " + joined(minimums);
        };
    }

    private static String joined(List<Build> builds) {
        return builds.stream().map(Build::toString).collect(Collectors.joining(" "));
    }
}
