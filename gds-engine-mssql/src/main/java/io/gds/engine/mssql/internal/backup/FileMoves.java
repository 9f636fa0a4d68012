package io.gds.engine.mssql.internal.backup;

import io.gds.engine.mssql.internal.sql.SqlName;
import io.gds.engine.mssql.internal.sql.SqlQuery;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Where the files of a backup go: into those that the database has now, and what is over beside its first one; or into new ones. */
final class FileMoves {
    private static final String FILES = "SELECT physical_name, type_desc FROM sys.master_files"
            + " WHERE database_id = (SELECT database_id FROM sys.databases WHERE name = ?) ORDER BY file_id";

    private static final String FOLDERS =
            "SELECT CAST(SERVERPROPERTY('InstanceDefaultDataPath') AS nvarchar(256)) AS data,"
                    + " CAST(SERVERPROPERTY('InstanceDefaultLogPath') AS nvarchar(256)) AS log,"
                    + " CAST(SERVERPROPERTY('PathSeparator') AS nvarchar(4)) AS sep";

    private record Held(String path, String type) {}

    private record Kept(String logical, String path, String type) {}

    private FileMoves() {}

    /**
     * Files of their own for a database that is not there yet, where the server keeps files: {@code , MOVE N'a' TO N'b'} for each.
     *
     * @param stem what their names begin with
     */
    static String anew(Statement s, String file, String stem) throws SQLException {
        Folders to = SqlQuery.first(s, FOLDERS, row -> new Folders(row.text("data"), row.text("log"), row.text("sep")))
                .filter(f -> !f.data().isEmpty() && !f.log().isEmpty())
                .orElseThrow(() -> new SQLException("the server does not tell where it keeps the files of databases"));
        StringBuilder moves = new StringBuilder();
        int n = 0;
        for (Kept k : kept(s, file)) {
            n++;
            moves.append(move(k, to.of(k.type()) + stem + "_" + n + ending(k.path())));
        }
        return moves.toString();
    }

    private record Folders(String data, String log, String separator) {
        /** With a separator at its end, which not every version gives. */
        String of(String type) {
            String folder = type.equals("L") ? log : data;
            String sep = separator.isEmpty() ? "\\" : separator;
            return folder.endsWith(sep) ? folder : folder + sep;
        }
    }

    private static List<Kept> kept(Statement s, String file) throws SQLException {
        return SqlQuery.rows(
                s,
                "RESTORE FILELISTONLY FROM DISK = ?",
                row -> new Kept(row.text("LogicalName"), row.text("PhysicalName"), row.text("Type")),
                file);
    }

    private static String move(Kept file, String to) {
        return ", MOVE " + SqlName.literal(file.logical()) + " TO " + SqlName.literal(to);
    }

    /** As it stands in a statement: {@code , MOVE N'a' TO N'b'} for each file. */
    static String of(Statement s, SqlName database, String file) throws SQLException {
        List<Held> held = SqlQuery.rows(
                s, FILES, row -> new Held(row.text("physical_name"), row.text("type_desc")), database.plain());
        List<Kept> kept = kept(s, file);
        if (held.isEmpty()) {
            throw new SQLException("the server does not tell where the files of " + database
                    + " are; the login needs VIEW ANY DEFINITION");
        }
        return moves(held, kept);
    }

    private static String moves(List<Held> held, List<Kept> kept) {
        Deque<String> data = paths(held, "ROWS");
        Deque<String> logs = paths(held, "LOG");
        String first = held.get(0).path();
        Set<String> taken = new HashSet<>();
        held.forEach(h -> taken.add(h.path().toLowerCase(Locale.ROOT)));
        StringBuilder moves = new StringBuilder();
        for (Kept k : kept) {
            Deque<String> own = k.type().equals("L") ? logs : data;
            boolean isFile = k.type().equals("D") || k.type().equals("L");
            String to = isFile && !own.isEmpty() ? own.remove() : beside(first, k, taken);
            moves.append(move(k, to));
        }
        return moves.toString();
    }

    private static Deque<String> paths(List<Held> held, String type) {
        Deque<String> paths = new ArrayDeque<>();
        held.stream().filter(h -> h.type().equals(type)).map(Held::path).forEach(paths::add);
        return paths;
    }

    /** The first file's name with a number, and the ending that it had where it came from. */
    private static String beside(String first, Kept file, Set<String> taken) {
        String stem = first.substring(0, first.length() - ending(first).length());
        for (int n = 2; ; n++) {
            String path = stem + "_" + n + ending(file.path());
            if (taken.add(path.toLowerCase(Locale.ROOT))) {
                return path;
            }
        }
    }

    private static String ending(String path) {
        int dot = path.lastIndexOf('.');
        return dot > Math.max(path.lastIndexOf('\\'), path.lastIndexOf('/')) ? path.substring(dot) : "";
    }
}
