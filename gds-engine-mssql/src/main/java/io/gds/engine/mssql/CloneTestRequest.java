package io.gds.engine.mssql;

import static java.util.Objects.requireNonNull;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.error.InvalidSpecException;
import io.gds.database.plan.ChangeRequest;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The wish to try an update out on copies of databases: they are backed up, restored on the sandbox that the spec names, updated there
 * by the packages that production would get, checked, and dropped. Of production nothing is changed.
 *
 * <p>Immutable; every method but the factories returns a changed copy.
 */
public final class CloneTestRequest implements ChangeRequest {
    private static final Duration COPY = Duration.ofHours(24);
    private static final Duration QUERY = Duration.ofMinutes(5);

    private final Setup setup;
    private final Optional<HotfixRequest> hotfixes;
    private final String source;
    private final Set<String> databases;
    private final List<SmokeQuery> queries;
    private final Duration copyTimeout;
    private final Duration queryTimeout;
    private final boolean waits;

    /** Where the mapping comes from. */
    private enum Setup {
        /** From the request. */
        REQUEST,
        /** From the spec. */
        SPEC,
        /** Nothing is installed. */
        NONE
    }

    private CloneTestRequest(
            Setup setup,
            Optional<HotfixRequest> hotfixes,
            String source,
            Set<String> databases,
            List<SmokeQuery> queries,
            Duration copyTimeout,
            Duration queryTimeout,
            boolean waits) {
        this.setup = setup;
        this.hotfixes = hotfixes;
        this.source = source;
        this.databases = new LinkedHashSet<>(databases);
        this.queries = List.copyOf(queries);
        this.copyTimeout = copyTimeout;
        this.queryTimeout = queryTimeout;
        this.waits = waits;
    }

    private static CloneTestRequest of(Setup setup, Optional<HotfixRequest> hotfixes) {
        return new CloneTestRequest(setup, hotfixes, "", Set.of(), List.of(), COPY, QUERY, false);
    }

    /**
     * With the packages of a mapping in a file.
     *
     * @throws InvalidSpecException with every mistake in the file
     * @throws GdsDatabaseException with code {@code GDS-FILE} when it cannot be read
     */
    public static CloneTestRequest of(Path mapping) {
        return of(HotfixRequest.of(mapping));
    }

    /** With the packages, the restarts and the time for an installer that hotfixes of the same mapping would have. */
    public static CloneTestRequest of(HotfixRequest hotfixes) {
        return of(Setup.REQUEST, Optional.of(hotfixes));
    }

    /** With the packages of the spec's own mapping, {@code packages.mapping}. */
    public static CloneTestRequest bySpec() {
        return of(Setup.SPEC, Optional.empty());
    }

    /** Nothing is installed: copies are restored and checked by what the sandbox runs. */
    public static CloneTestRequest withoutSetup() {
        return of(Setup.NONE, Optional.empty());
    }

    /** The instance whose databases are copied; the only one of the spec, or the primary of its first group, unless said. */
    public CloneTestRequest source(String target) {
        return new CloneTestRequest(
                setup,
                hotfixes,
                requireNonNull(target, "target"),
                databases,
                queries,
                copyTimeout,
                queryTimeout,
                waits);
    }

    /** Only these databases; all of users' own when none is named. */
    public CloneTestRequest databases(String... names) {
        Set<String> chosen = new LinkedHashSet<>(Arrays.asList(names));
        return new CloneTestRequest(setup, hotfixes, source, chosen, queries, copyTimeout, queryTimeout, waits);
    }

    /** Adds a query to the only database that is copied. */
    public CloneTestRequest smokeQuery(String name, String sql) {
        return with(new SmokeQuery(name, Optional.empty(), sql));
    }

    /**
     * Adds a query.
     *
     * @param name for people
     * @param database by its name in production; the copy is asked
     * @param sql it may not write, and must give a row
     * @throws IllegalArgumentException when there is one of that name
     */
    public CloneTestRequest smokeQuery(String name, String database, String sql) {
        return with(new SmokeQuery(name, Optional.of(database), sql));
    }

    private CloneTestRequest with(SmokeQuery query) {
        if (queries.stream().anyMatch(q -> q.name().equals(query.name()))) {
            throw new IllegalArgumentException("smokeQuery.name: found \"" + query.name() + "\" again");
        }
        List<SmokeQuery> more = new ArrayList<>(queries);
        more.add(query);
        return new CloneTestRequest(setup, hotfixes, source, databases, more, copyTimeout, queryTimeout, waits);
    }

    /**
     * How long the backup, the restore and the check of one database may each take; a day unless said.
     *
     * @throws IllegalArgumentException when it is not longer than zero
     */
    public CloneTestRequest copyTimeout(Duration limit) {
        return new CloneTestRequest(
                setup, hotfixes, source, databases, queries, positive("copyTimeout", limit), queryTimeout, waits);
    }

    /**
     * How long a smoke query may take; five minutes unless said.
     *
     * @throws IllegalArgumentException when it is not longer than zero
     */
    public CloneTestRequest queryTimeout(Duration limit) {
        return new CloneTestRequest(
                setup, hotfixes, source, databases, queries, copyTimeout, positive("queryTimeout", limit), waits);
    }

    private static Duration positive(String what, Duration limit) {
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException(what + ": found " + limit + ", expected more than zero");
        }
        return limit;
    }

    /** Keeps the copies until somebody approves the gate {@code clones-seen}; those of a test that failed go at once. */
    public CloneTestRequest waitBeforeDrop() {
        return new CloneTestRequest(setup, hotfixes, source, databases, queries, copyTimeout, queryTimeout, true);
    }

    /** What is installed, as a request brought it; empty when the spec says it, or nothing is installed. */
    public Optional<HotfixRequest> hotfixes() {
        return hotfixes;
    }

    /** Whether the packages are those of the spec's own mapping. */
    public boolean isBySpec() {
        return setup == Setup.SPEC;
    }

    /** The instance whose databases are copied; empty when there is only one that can be meant. */
    public String source() {
        return source;
    }

    /** The databases that it is limited to; empty for all. */
    public Set<String> databases() {
        return new LinkedHashSet<>(databases);
    }

    /** The queries, in their order. */
    public List<SmokeQuery> smokeQueries() {
        return queries;
    }

    /** How long a copy may take. */
    public Duration copyTimeout() {
        return copyTimeout;
    }

    /** How long a query may take. */
    public Duration queryTimeout() {
        return queryTimeout;
    }

    /** Whether somebody is waited for before the copies are dropped. */
    public boolean waitsBeforeDrop() {
        return waits;
    }

    @Override
    public String describe() {
        return "clone test of " + (databases.isEmpty() ? "all databases" : String.join(", ", databases))
                + (setup == Setup.NONE ? ", nothing installed" : "") + ", " + queries.size() + " smoke queries";
    }
}
