package io.gds.engine.mssql;

import static java.util.Objects.requireNonNull;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.error.InvalidSpecException;
import io.gds.database.plan.ChangeRequest;
import io.gds.engine.mssql.internal.mapping.MappingReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The wish to bring every instance of a fleet to the build that a mapping names for it:
 * {@code HotfixRequest.of(Path.of("hotfix_mapping.json"))}.
 *
 * <p>Immutable; every method but the factories returns a changed copy.
 */
public final class HotfixRequest implements ChangeRequest {
    private static final int SERVERS_AT_ONCE = 3;
    private static final Duration STEP = Duration.ofMinutes(30);

    private final String source;
    private final String json;
    private final Set<String> servers;
    private final int serversAtOnce;
    private final Duration stepTimeout;
    private final RestartPolicy restart;
    private final boolean removeOnFailure;
    private final Optional<BuildPolicy> policy;

    private HotfixRequest(
            String source,
            String json,
            Set<String> servers,
            int serversAtOnce,
            Duration stepTimeout,
            RestartPolicy restart,
            boolean removeOnFailure,
            Optional<BuildPolicy> policy) {
        this.source = source;
        this.json = json;
        this.servers = new LinkedHashSet<>(servers);
        this.serversAtOnce = serversAtOnce;
        this.stepTimeout = stepTimeout;
        this.restart = restart;
        this.removeOnFailure = removeOnFailure;
        this.policy = policy;
    }

    /**
     * By a mapping in a file: three servers at once, half an hour for each installer, restarts only told, and what was installed
     * stays when something fails.
     *
     * @throws InvalidSpecException with every mistake in the file
     * @throws GdsDatabaseException with code {@code GDS-FILE} when it cannot be read
     */
    public static HotfixRequest of(Path file) {
        return of(file.toString(), TextFile.read("mapping", file));
    }

    /**
     * By a mapping that the caller has read.
     *
     * @param source where the text comes from, for messages
     * @param json the mapping, as in {@code hotfix_mapping.json}
     * @throws InvalidSpecException with every mistake
     */
    public static HotfixRequest of(String source, String json) {
        MappingReader.read(source, json);
        return new HotfixRequest(
                requireNonNull(source, "source"),
                json,
                Set.of(),
                SERVERS_AT_ONCE,
                STEP,
                RestartPolicy.REPORT,
                false,
                Optional.empty());
    }

    /** Only these servers, by host name, which is all its instances, or by {@code host\instance}, where the default instance
     * is called {@code MSSQLSERVER}; all of them when none is named. */
    public HotfixRequest servers(String... names) {
        return new HotfixRequest(
                source,
                json,
                new LinkedHashSet<>(Arrays.asList(names)),
                serversAtOnce,
                stepTimeout,
                restart,
                removeOnFailure,
                policy);
    }

    /**
     * How many servers are worked on at a time; 3 unless said.
     *
     * @throws IllegalArgumentException when it is less than 1
     */
    public HotfixRequest serversAtOnce(int servers) {
        if (servers < 1) {
            throw new IllegalArgumentException("serversAtOnce: found " + servers + ", expected 1 or more");
        }
        return new HotfixRequest(source, json, this.servers, servers, stepTimeout, restart, removeOnFailure, policy);
    }

    /**
     * How long one installer may take before its server counts as failed; 30 minutes unless said. An installer that takes longer is
     * not ended: nobody can tell what it would leave.
     *
     * @throws IllegalArgumentException when it is not longer than zero
     */
    public HotfixRequest stepTimeout(Duration limit) {
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException("stepTimeout: found " + limit + ", expected more than zero");
        }
        return new HotfixRequest(source, json, servers, serversAtOnce, limit, restart, removeOnFailure, policy);
    }

    /** What is done about hosts that have to be restarted; it is told unless said. */
    public HotfixRequest restart(RestartPolicy how) {
        return new HotfixRequest(
                source, json, servers, serversAtOnce, stepTimeout, requireNonNull(how, "how"), removeOnFailure, policy);
    }

    /** Takes what was installed on a server from it again when a later package fails there. */
    public HotfixRequest removeOnFailure() {
        return new HotfixRequest(source, json, servers, serversAtOnce, stepTimeout, restart, true, policy);
    }

    /** Has the builds that the mapping leads to judged by a policy; what it says stands in the plan as findings. */
    public HotfixRequest policy(BuildPolicy builds) {
        return new HotfixRequest(
                source,
                json,
                servers,
                serversAtOnce,
                stepTimeout,
                restart,
                removeOnFailure,
                Optional.of(requireNonNull(builds, "builds")));
    }

    /** Where the mapping comes from, for messages. */
    public String source() {
        return source;
    }

    /** The mapping, as it was read. */
    public String mapping() {
        return json;
    }

    /** The servers that it is limited to; empty for all. */
    public Set<String> servers() {
        return Set.copyOf(servers);
    }

    /** How many servers are worked on at a time. */
    public int serversAtOnce() {
        return serversAtOnce;
    }

    /** How long one installer may take. */
    public Duration stepTimeout() {
        return stepTimeout;
    }

    /** What is done about hosts that have to be restarted. */
    public RestartPolicy restart() {
        return restart;
    }

    /** Whether a server's failure takes back what was installed there. */
    public boolean removesOnFailure() {
        return removeOnFailure;
    }

    /** By what the builds are judged that the mapping leads to; empty when by nothing. */
    public Optional<BuildPolicy> policy() {
        return policy;
    }

    @Override
    public String describe() {
        return "hotfixes by " + source + (servers.isEmpty() ? "" : " on " + String.join(", ", servers)) + ", "
                + serversAtOnce + " servers at once, restarts " + (restart == RestartPolicy.RESTART ? "done" : "told")
                + policy.map(p -> ", builds judged by " + p.describe()).orElse("");
    }
}
