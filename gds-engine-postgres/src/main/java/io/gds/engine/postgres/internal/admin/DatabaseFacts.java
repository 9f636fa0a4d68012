package io.gds.engine.postgres.internal.admin;

import io.gds.database.DatabaseMetadata;
import io.gds.database.error.GdsDatabaseException;
import io.gds.engine.postgres.internal.sql.Row;
import io.gds.engine.postgres.internal.sql.Session;
import io.gds.engine.postgres.internal.sql.SqlErrors;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Metadata of a database. PostgreSQL keeps no time of creation, so there is none: only the age of a file, named as such. */
record DatabaseFacts(
        String name, OptionalLong sizeBytes, String owner, String collation, Map<String, String> attributes)
        implements DatabaseMetadata {
    private static final String FACTS =
            """
            SELECT oid::bigint AS oid, pg_get_userbyid(datdba) AS owner, datcollate, datctype, pg_encoding_to_char(encoding) AS encoding,
                   CASE WHEN has_database_privilege(oid, 'CONNECT') OR pg_has_role('pg_read_all_stats', 'USAGE')
                        THEN pg_database_size(oid) END AS size,
                   datallowconn, datistemplate, datconnlimit, age(datfrozenxid) AS age,
                   (SELECT spcname FROM pg_tablespace t WHERE t.oid = dattablespace) AS tablespace
              FROM pg_database WHERE datname = ?
            """;
    private static final String PROVIDER =
            """
            SELECT CASE datlocprovider WHEN 'c' THEN 'libc' WHEN 'i' THEN 'icu' WHEN 'b' THEN 'builtin' END AS provider,
                   datcollversion, pg_database_collation_actual_version(oid) AS actual
              FROM pg_database WHERE datname = ?
            """;
    private static final String VERSION_FILE =
            "SELECT modification FROM pg_stat_file('base/' || ?::text || '/PG_VERSION', true)";
    private static final int HAS_PROVIDER = 150000;
    private static final String NO_PERMISSION = "42501";

    DatabaseFacts {
        attributes = Map.copyOf(attributes);
    }

    @Override
    public Optional<Instant> createdAt() {
        return Optional.empty();
    }

    static DatabaseFacts read(String name, Session s) throws SQLException {
        Map<String, String> more = new TreeMap<>();
        if (s.serverVersion() >= HAS_PROVIDER) {
            s.query(PROVIDER, row -> collation(row, more), name);
        }
        return s.first(FACTS, row -> facts(name, row, s, more), name)
                .orElseThrow(() -> GdsDatabaseException.user("GDS-DATABASE")
                        .message("there is no database \"" + name + "\".")
                        .remedy("create it, or name another one.")
                        .build());
    }

    private static DatabaseFacts facts(String name, Row row, Session s, Map<String, String> more) throws SQLException {
        for (String column : List.of("datctype", "encoding", "tablespace", "datconnlimit", "age")) {
            row.optionalText(column).ifPresent(v -> more.put(column, v));
        }
        more.put("allowsConnections", Boolean.toString(row.flag("datallowconn")));
        more.put("template", Boolean.toString(row.flag("datistemplate")));
        DatabaseFacts facts = new DatabaseFacts(
                name, row.optionalNumber("size"), row.text("owner"), row.text("datcollate"), Map.of());
        approximateCreation(s, row.number("oid")).ifPresent(t -> more.put("approximateCreatedAt", t.toString()));
        return new DatabaseFacts(name, facts.sizeBytes(), facts.owner(), facts.collation(), more);
    }

    private static boolean collation(Row row, Map<String, String> more) throws SQLException {
        more.put("localeProvider", row.text("provider"));
        row.optionalText("datcollversion").ifPresent(v -> more.put("collationVersion", v));
        row.optionalText("actual").ifPresent(v -> more.put("actualCollationVersion", v));
        return true;
    }

    private static Optional<Instant> approximateCreation(Session s, long oid) throws SQLException {
        try {
            return s.first(VERSION_FILE, row -> row.instant("modification"), Long.toString(oid))
                    .flatMap(o -> o);
        } catch (SQLException e) {
            if (SqlErrors.state(e).equals(NO_PERMISSION)) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
