package io.gds.engine.mssql;

import static java.util.Objects.requireNonNull;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.error.InvalidSpecException;
import io.gds.database.plan.Finding;
import io.gds.engine.mssql.internal.build.Build;
import io.gds.engine.mssql.internal.build.BuildCatalogue;
import io.gds.engine.mssql.internal.build.BuildFindings;
import io.gds.engine.mssql.internal.build.BuildRules;
import io.gds.engine.mssql.internal.build.CatalogueReader;
import io.gds.engine.mssql.internal.build.TargetPolicy.Rule;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;

/**
 * Which builds somebody wants, by a catalogue of all that were released: {@code BuildPolicy.of(Path.of("dbatools-buildref-index.json"))
 * .latestCu().soakDays(14).deny("16.0.4235")}. The catalogue is the build index that dbatools publishes.
 *
 * <p>Of {@link #latestCu}, {@link #latestSecurityOnMyBranch}, {@link #behind} and {@link #minBuild} the one that is said last counts.
 * Without any of them, and whatever is said, a build that was taken back is none to go to.
 *
 * <p>Immutable and thread-safe; every method but the factories returns a changed copy, or asks nobody.
 */
public final class BuildPolicy {
    private final String source;
    private final BuildCatalogue catalogue;
    private final BuildRules rules;

    private BuildPolicy(String source, BuildCatalogue catalogue, BuildRules rules) {
        this.source = source;
        this.catalogue = catalogue;
        this.rules = rules;
    }

    /**
     * By a catalogue in a file.
     *
     * @throws InvalidSpecException with every mistake in the file
     * @throws GdsDatabaseException with code {@code GDS-FILE} when it cannot be read
     */
    public static BuildPolicy of(Path catalogue) {
        return of(catalogue.toString(), TextFile.read("catalogue of builds", catalogue));
    }

    /**
     * By a catalogue that the caller has read.
     *
     * @param source where the text comes from, for messages
     * @param json the catalogue, as in {@code dbatools-buildref-index.json}
     * @throws InvalidSpecException with every mistake
     */
    public static BuildPolicy of(String source, String json) {
        return new BuildPolicy(requireNonNull(source, "source"), CatalogueReader.read(source, json), BuildRules.NONE);
    }

    private BuildPolicy with(BuildRules other) {
        return new BuildPolicy(source, catalogue, other);
    }

    /** Wants the newest cumulative update. */
    public BuildPolicy latestCu() {
        return with(rules.rule(Rule.LATEST_CU));
    }

    /** Wants the newest security update of the line that an instance is on, GDR or CU. */
    public BuildPolicy latestSecurityOnMyBranch() {
        return with(rules.rule(Rule.LATEST_SECURITY_ON_MY_BRANCH));
    }

    /**
     * Wants at most so many cumulative updates to be missing: 1 for N-1.
     *
     * @throws IllegalArgumentException when it is less than 0
     */
    public BuildPolicy behind(int cumulativeUpdates) {
        return with(rules.behind(cumulativeUpdates));
    }

    /**
     * Wants these builds or more, each in its version of SQL Server; of other versions it wants nothing.
     *
     * @param builds three or four numbers, for example {@code 16.0.4165.4}
     * @throws IllegalArgumentException when there is none, one is no build, or two are of one version
     */
    public BuildPolicy minBuild(String... builds) {
        return with(rules.atLeast(Arrays.asList(builds)));
    }

    /**
     * Wants builds that were released so many days ago; 0 for any. One whose day nobody knows counts as young.
     *
     * @throws IllegalArgumentException when it is less than 0
     */
    public BuildPolicy soakDays(int days) {
        return with(rules.soak(days));
    }

    /**
     * Never wants these builds, besides those that were denied before.
     *
     * @param builds three or four numbers; the fourth does not matter
     * @throws IllegalArgumentException when one is no build
     */
    public BuildPolicy deny(String... builds) {
        return with(rules.deny(Arrays.asList(builds)));
    }

    /** What is to be said of the catalogue itself: {@code MSSQL-CATALOGUE-OLD} when it was written more than 45 days ago. */
    public List<Finding> ofCatalogue(Clock clock) {
        return new BuildFindings(catalogue, rules, clock).ofCatalogue(source);
    }

    /**
     * What is to be said of an update: {@code MSSQL-BUILD-RETIRED}, {@code -DENIED} and {@code -YOUNG} refuse it, {@code MSSQL-CHANNEL}
     * wants somebody's word, {@code MSSQL-BUILD-BEHIND} and {@code -UNKNOWN} warn.
     *
     * @param instance what the findings are about
     * @param current what runs
     * @param target where the update leads
     * @throws IllegalArgumentException when one of the two is no build
     */
    public List<Finding> judge(String instance, String current, String target, Clock clock) {
        return new BuildFindings(catalogue, rules, clock).of(instance, Build.of(current), Build.of(target));
    }

    /** For people, for example {@code latestCu, soakDays 14 by dbatools-buildref-index.json}. */
    public String describe() {
        return rules.describe() + " by " + source;
    }

    @Override
    public String toString() {
        return describe();
    }
}
