package io.gds.engine.mssql.internal.build;

import io.gds.database.plan.Finding;
import io.gds.engine.mssql.internal.build.TargetPolicy.Rule;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a catalogue and the rules of a policy say to updates. It asks nobody. */
public final class BuildFindings {
    private final BuildCatalogue catalogue;
    private final BuildRules rules;
    private final Clock clock;

    /**
     * Judges by a catalogue.
     *
     * @param clock how old builds and catalogue are, is told by it
     */
    public BuildFindings(BuildCatalogue catalogue, BuildRules rules, Clock clock) {
        this.catalogue = catalogue;
        this.rules = rules;
        this.clock = clock;
    }

    /**
     * What is to be said of the catalogue itself.
     *
     * @param source where it comes from, for messages
     */
    public List<Finding> ofCatalogue(String source) {
        if (!catalogue.isStale(clock)) {
            return List.of();
        }
        boolean dated = catalogue.updatedAt().isAfter(Instant.EPOCH);
        LocalDate day = LocalDate.ofInstant(catalogue.updatedAt(), ZoneOffset.UTC);
        return List.of(Finding.warn(
                "MSSQL-CATALOGUE-OLD",
                source,
                dated
                        ? "it was written on " + day + ", " + daysSince(day) + " days ago"
                        : "it does not say when it was written",
                "a catalogue of the last " + BuildCatalogue.STALE.toDays()
                        + " days, which knows of this month's updates",
                "get the present index of dbatools, then plan again."));
    }

    /** What is to be said of an update of an instance from one build to another. */
    public List<Finding> of(String instance, Build from, Build to) {
        List<Finding> out = new ArrayList<>();
        Optional<KnownBuild> known = catalogue.find(to);
        String named = known.map(KnownBuild::describe).orElse(to.toString());
        if (known.isEmpty()) {
            out.add(Finding.warn(
                    "MSSQL-BUILD-UNKNOWN",
                    instance,
                    "the mapping leads it to " + to + ", which the catalogue does not know",
                    "a build that was released",
                    "correct target_build, or get the present index of dbatools."));
        }
        known.filter(KnownBuild::retired)
                .ifPresent(b -> out.add(Finding.block(
                        "MSSQL-BUILD-RETIRED",
                        instance,
                        "the mapping leads it to " + named + ", which Microsoft took back",
                        "a build that stands"
                                + successor(b).map(s -> ", for example " + s).orElse(""),
                        "name another target_build in the mapping.")));
        if (rules.denied().contains(to)) {
            out.add(Finding.block(
                    "MSSQL-BUILD-DENIED",
                    instance,
                    "the mapping leads it to " + named + ", which the policy denies",
                    "another build",
                    "name another target_build in the mapping, or take it from deny."));
        }
        young(instance, to, named).ifPresent(out::add);
        behind(instance, to, named).ifPresent(out::add);
        channel(instance, from, to, named).ifPresent(out::add);
        return List.copyOf(out);
    }

    /** The build that came in the place of one that was taken back. */
    private Optional<String> successor(KnownBuild retired) {
        return catalogue.family(retired.build()).stream()
                .filter(b -> retired.build().isBelow(b.build()) && b.channel() == retired.channel())
                .filter(b -> !b.retired() && !rules.denied().contains(b.build()))
                .findFirst()
                .map(KnownBuild::describe);
    }

    /** A build whose age nobody knows may be of yesterday. */
    private Optional<Finding> young(String instance, Build to, String named) {
        if (rules.soakDays() == 0) {
            return Optional.empty();
        }
        Optional<LocalDate> released = catalogue.releasedBy(to);
        LocalDate youngest = today().minusDays(rules.soakDays());
        if (released.filter(day -> !day.isAfter(youngest)).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(Finding.block(
                "MSSQL-BUILD-YOUNG",
                instance,
                "the mapping leads it to " + named
                        + released.map(day -> ", released on " + day + ", " + daysSince(day) + " days ago")
                                .orElse(", and the catalogue does not say when that was released"),
                "a build that was released " + rules.soakDays() + " days ago or more, by " + youngest,
                released.map(day -> "wait until " + day.plusDays(rules.soakDays()) + ", or name an older target_build.")
                        .orElse("get the present index of dbatools, or name a target_build with a day of its own.")));
    }

    /** What the policy would want of an instance that runs the target already. */
    private Optional<Finding> behind(String instance, Build to, String named) {
        Optional<String> known =
                rules.policyFor(to).flatMap(p -> p.target(catalogue, to, clock)).map(KnownBuild::describe);
        Optional<Build> minimum = rules.minimumFor(to);
        // A minimum may be on another line, or newer than the catalogue, and is wanted all the same.
        Optional<String> wanted =
                minimum.isEmpty() ? known : minimum.filter(to::isBelow).map(m -> known.orElse(m.toString()));
        return wanted.map(w -> Finding.warn(
                "MSSQL-BUILD-BEHIND",
                instance,
                "the mapping leads it to " + named,
                w + " or more, by the policy " + rules.describe(),
                "add a mapping with that target_build."));
    }

    private Optional<Finding> channel(String instance, Build from, Build to, String named) {
        if (catalogue.keepsLine(from, to)) {
            return Optional.empty();
        }
        String here = label(from);
        Optional<String> ownLine = TargetPolicy.of(Rule.LATEST_SECURITY_ON_MY_BRANCH)
                .soak(rules.soakDays())
                .deny(rules.denied())
                .target(catalogue, from, clock)
                .map(KnownBuild::describe);
        return Optional.of(Finding.ack(
                "MSSQL-CHANNEL",
                instance,
                "it is on the line " + here + " with " + from + " and goes over to " + label(to) + " with " + named,
                "a build of its own line"
                        + ownLine.map(b -> ", for example " + b).orElse(""),
                "acknowledge it by name: there is no way back to " + here + " but to remove the update."));
    }

    private String label(Build build) {
        return catalogue.channelOf(build).map(Channel::label).orElse("");
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private long daysSince(LocalDate day) {
        return ChronoUnit.DAYS.between(day, today());
    }
}
