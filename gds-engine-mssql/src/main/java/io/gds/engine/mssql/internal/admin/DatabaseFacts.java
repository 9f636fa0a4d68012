package io.gds.engine.mssql.internal.admin;

import io.gds.database.DatabaseMetadata;
import io.gds.engine.mssql.internal.sql.ServerTime;
import io.gds.engine.mssql.internal.sql.SqlName;
import io.gds.engine.mssql.internal.sql.SqlQuery;
import io.gds.engine.mssql.internal.sql.SqlRow;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * What the server knows of a database. One that is not online has no collation to tell.
 *
 * <p>Source: sys.databases, sys.master_files (sizes in pages of 8 KB; no rows without VIEW ANY DEFINITION).
 */
record DatabaseFacts(
        String name,
        OptionalLong sizeBytes,
        String owner,
        Optional<Instant> createdAt,
        String collation,
        Map<String, String> attributes)
        implements DatabaseMetadata {
    private static final int PAGE = 8192;
    private static final String FACTS =
            "SELECT name, database_id, state_desc, SUSER_SNAME(owner_sid) AS owner, create_date,"
                    + " collation_name, recovery_model_desc, compatibility_level, user_access_desc, is_read_only, is_encrypted,"
                    + " containment_desc FROM sys.databases WHERE name = ?";
    private static final String SIZES = "SELECT type_desc, SUM(CAST(size AS bigint)) AS pages FROM sys.master_files"
            + " WHERE database_id = (SELECT database_id FROM sys.databases WHERE name = ?) GROUP BY type_desc";

    DatabaseFacts {
        attributes = Map.copyOf(attributes);
    }

    /** Empty when there is no such database. */
    static Optional<DatabaseFacts> read(Statement s, SqlName name) throws SQLException {
        ServerTime clock = ServerTime.read(s);
        Map<String, Long> bytes = new TreeMap<>();
        SqlQuery.each(
                s,
                SIZES,
                row -> bytes.put(row.text("type_desc"), row.number("pages").orElse(0) * PAGE),
                name.plain());
        return SqlQuery.first(s, FACTS, row -> facts(row, clock, bytes), name.plain());
    }

    private static DatabaseFacts facts(SqlRow row, ServerTime clock, Map<String, Long> bytes) throws SQLException {
        Map<String, String> more = new TreeMap<>();
        more.put("state", row.text("state_desc"));
        more.put("recoveryModel", row.text("recovery_model_desc"));
        more.put("compatibilityLevel", row.text("compatibility_level"));
        more.put("userAccess", row.text("user_access_desc"));
        more.put("readOnly", String.valueOf(row.flag("is_read_only")));
        more.put("encrypted", String.valueOf(row.flag("is_encrypted")));
        more.put("containment", row.text("containment_desc"));
        bytes.forEach((type, size) -> more.put("bytes." + type, Long.toString(size)));
        return new DatabaseFacts(
                row.text("name"),
                bytes.isEmpty()
                        ? OptionalLong.empty()
                        : OptionalLong.of(bytes.values().stream()
                                .mapToLong(Long::longValue)
                                .sum()),
                row.text("owner"),
                row.time("create_date").map(clock::at),
                row.text("collation_name"),
                more);
    }
}
