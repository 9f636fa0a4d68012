package io.gds.engine.mssql;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.error.InvalidSpecException;
import io.gds.database.plan.ClusterRef;
import io.gds.database.plan.Params;
import io.gds.engine.mssql.internal.config.ActiveServers;
import io.gds.engine.mssql.internal.config.TargetSpec;
import io.gds.engine.mssql.internal.config.TargetsFile;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The instances of a fleet, as {@code sql_targets.json} lists them. A spec that says {@code targetsFile: sql_targets.json} needs
 * nothing of this; a program that makes its spec itself gives it {@link #spec()}.
 *
 * <p>Immutable and thread-safe.
 */
public final class SqlTargets {
    private final TargetsFile file;

    private SqlTargets(TargetsFile file) {
        this.file = file;
    }

    /**
     * Reads a file.
     *
     * @throws InvalidSpecException with every mistake in the file
     * @throws GdsDatabaseException with code {@code GDS-FILE} when it cannot be read
     */
    public static SqlTargets of(Path file) {
        return of(file.toString(), TextFile.read("list of targets", file));
    }

    /**
     * Reads a text.
     *
     * @param source where the text comes from, for messages
     * @param json the list, as in {@code sql_targets.json}
     * @throws InvalidSpecException with every mistake: line and JSON pointer, what was found, what was expected
     */
    public static SqlTargets of(String source, String json) {
        return new SqlTargets(TargetsFile.read(source, json));
    }

    /**
     * The servers that earlier runs were about and that still count, as the newest run about each had its instances:
     *
     * <pre>{@code SqlTargets.ofActive(patcher.runs().servers(), patcher.runs().clusters())}</pre>
     *
     * @param servers the history's servers, each with {@code name} and {@code isActive}
     * @param clusters the clusters of earlier runs, the newest first; read no further than needed
     * @throws GdsDatabaseException with code {@code MSSQL-NO-TARGET} when no server of a fleet of SQL Server is active
     */
    public static SqlTargets ofActive(List<Params> servers, Stream<ClusterRef> clusters) {
        return new SqlTargets(ActiveServers.of(servers, clusters));
    }

    /** The part of a cluster spec that it stands for: the key {@code targets}, with secrets by reference. */
    public Params spec() {
        return file.spec();
    }

    /** The names of all instances in plans, in the order of the file: {@code server}, or {@code server\instance}. */
    public List<String> names() {
        return file.targets().stream().map(TargetSpec::name).toList();
    }

    /** The names of those that plans take in. */
    public List<String> enabledNames() {
        return file.targets().stream()
                .filter(TargetSpec::enabled)
                .map(TargetSpec::name)
                .toList();
    }
}
