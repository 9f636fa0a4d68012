package io.gds.engine.mssql.internal.clone;

import io.gds.database.plan.Finding;
import io.gds.engine.mssql.internal.sql.SqlAccess;
import io.gds.engine.mssql.internal.sql.SqlQuery;
import io.gds.engine.mssql.internal.sql.SqlRow;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which databases of an instance are copied.
 *
 * @param names of those that are
 * @param findings what is to be said of them, and of those that are not
 */
record SourceDatabases(List<String> names, List<Finding> findings) {
    private static final int LAST_OF_THE_SYSTEM = 4;
    private static final int PAGE = 8192;
    private static final String ALL =
            "SELECT name, database_id, state_desc, is_encrypted, is_distributor, source_database_id"
                    + " FROM sys.databases ORDER BY name";
    private static final String SIZES =
            "SELECT d.name AS database_name, f.type_desc, SUM(CAST(f.size AS bigint)) AS pages"
                    + " FROM sys.master_files f JOIN sys.databases d ON d.database_id = f.database_id GROUP BY d.name, f.type_desc";

    private record Seen(String name, boolean users, String state, boolean encrypted) {
        static Seen of(SqlRow row) throws SQLException {
            boolean users = row.number("database_id").orElse(0) > LAST_OF_THE_SYSTEM
                    && !row.flag("is_distributor")
                    && row.number("source_database_id").isEmpty();
            return new Seen(row.text("name"), users, row.text("state_desc"), row.flag("is_encrypted"));
        }
    }

    SourceDatabases {
        names = List.copyOf(names);
        findings = List.copyOf(findings);
    }

    /**
     * Chooses.
     *
     * @param wanted by their names; all of users' own when empty
     */
    static SourceDatabases of(SqlAccess source, Set<String> wanted) {
        List<Seen> all = source.call("listing its databases", s -> SqlQuery.rows(s, ALL, Seen::of));
        List<String> names = new ArrayList<>();
        List<Finding> findings = new ArrayList<>();
        for (String name : wanted) {
            if (all.stream().noneMatch(d -> d.name().equalsIgnoreCase(name))) {
                findings.add(block(source, name, "there is none of that name"));
            }
        }
        for (Seen d : all) {
            boolean named = wanted.stream().anyMatch(d.name()::equalsIgnoreCase);
            boolean meant = named || (wanted.isEmpty() && d.users());
            if (named && !d.users()) {
                findings.add(block(source, d.name(), "it is the server's own, or a snapshot"));
            } else if (meant && !d.state().equals("ONLINE")) {
                findings.add(
                        named
                                ? block(source, d.name(), "it is " + d.state())
                                : Finding.warn(
                                        "MSSQL-CLONE-LEFT-OUT",
                                        source.target().name() + ": " + d.name(),
                                        "it is " + d.state(),
                                        "ONLINE",
                                        "see why; it is not copied."));
            } else if (meant) {
                names.add(d.name());
                if (d.encrypted()) {
                    findings.add(Finding.warn(
                            "MSSQL-CLONE-ENCRYPTED",
                            source.target().name() + ": " + d.name(),
                            "it is encrypted",
                            "a sandbox that has its certificate",
                            "bring the certificate there, or the restore fails."));
                }
            }
        }
        if (names.isEmpty()) {
            findings.add(block(source, "all", "there is nothing to copy"));
        }
        return new SourceDatabases(names, findings);
    }

    private static Finding block(SqlAccess source, String name, String why) {
        return Finding.block(
                "MSSQL-CLONE-DATABASE",
                source.target().name() + ": " + name,
                why,
                "databases of users that are ONLINE",
                "name others.");
    }

    /** The bytes that the files of databases take, those of data under {@code DATA} and those of logs under {@code LOG}. */
    static Map<String, Long> bytes(SqlAccess source, List<String> names) {
        Map<String, Long> bytes = new TreeMap<>(Map.of("DATA", 0L, "LOG", 0L));
        source.call("reading the sizes of its databases", s -> {
            SqlQuery.each(s, SIZES, row -> {
                if (names.contains(row.text("database_name"))) {
                    long more = row.number("pages").orElse(0) * PAGE;
                    bytes.merge(row.text("type_desc").equals("LOG") ? "LOG" : "DATA", more, Long::sum);
                }
                return true;
            });
            return true;
        });
        return bytes;
    }
}
