package io.gds.engine.postgres.internal.dump;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Params;
import io.gds.database.spi.JsonReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a backup holds: written last, so that a backup that was cut short has none.
 *
 * @param format which program wrote it
 * @param database the database it was taken from
 * @param serverVersion the server's version as a number
 * @param takenAt when, by the server's clock
 * @param boundary the line between two statements
 * @param roles roles that own something or may do something
 * @param tables data files in the order of loading
 */
record Manifest(
        String format,
        String database,
        int serverVersion,
        String takenAt,
        String boundary,
        List<String> roles,
        List<Table> tables) {
    static final String FILE = "manifest.json";
    static final String OWN = "gds-copy-1";
    static final String PG_DUMP = "pg_dump-directory-1";

    Manifest {
        roles = List.copyOf(roles);
        tables = List.copyOf(tables);
    }

    /**
     * One table's data.
     *
     * @param copy the table and its columns, quoted, as COPY takes them
     * @param file the file
     * @param rows how many rows
     * @param bytes how long the file is
     * @param sha256 its digest
     */
    record Table(String copy, String file, long rows, long bytes, String sha256) {}

    String toJson() {
        Map<String, Object> values = new TreeMap<>();
        values.put("format", format);
        values.put("database", database);
        values.put("serverVersion", serverVersion);
        values.put("takenAt", takenAt);
        values.put("boundary", boundary);
        values.put("roles", roles);
        List<Params> list = new ArrayList<>();
        for (Table t : tables) {
            Map<String, Object> one = new LinkedHashMap<>();
            one.put("copy", t.copy());
            one.put("file", t.file());
            one.put("rows", t.rows());
            one.put("bytes", t.bytes());
            one.put("sha256", t.sha256());
            list.add(Params.of(one));
        }
        values.put("tables", list);
        return Params.of(values).toJson();
    }

    static Manifest parse(String json) {
        try {
            Params read = Params.of(present(JsonReader.object(json)));
            List<Table> tables = new ArrayList<>();
            for (Params t : read.objects("tables")) {
                tables.add(new Table(
                        t.string("copy"), t.string("file"), t.integer("rows"), t.integer("bytes"), t.string("sha256")));
            }
            return new Manifest(
                    read.string("format"),
                    read.string("database"),
                    (int) read.integer("serverVersion"),
                    read.string("takenAt"),
                    read.string("boundary"),
                    read.strings("roles"),
                    tables);
        } catch (IllegalArgumentException | GdsDatabaseException e) {
            throw GdsDatabaseException.user("GDS-BACKUP-DAMAGED")
                    .message("the manifest cannot be read: " + e.getMessage() + ".")
                    .remedy("use another backup; this one was changed or cut short.")
                    .cause(e)
                    .build();
        }
    }

    private static Map<String, Object> present(Map<String, ? extends @Nullable Object> values) {
        Map<String, Object> all = new TreeMap<>();
        values.forEach((key, value) -> {
            if (value != null) {
                all.put(key, value);
            }
        });
        return all;
    }
}
