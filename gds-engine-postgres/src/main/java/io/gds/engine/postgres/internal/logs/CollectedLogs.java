package io.gds.engine.postgres.internal.logs;

import io.gds.engine.postgres.internal.sql.Session;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Logs that the server collects itself, read through SQL: needs superuser or pg_read_server_files. */
final class CollectedLogs {
    /** In all, over all files of a member. */
    private static final long BUDGET = 8L * 1024 * 1024;

    private static final String SETTINGS =
            """
            SELECT current_setting('logging_collector') = 'on' AS collects, current_setting('log_destination') AS destination,
                   current_setting('log_line_prefix') AS prefix, current_setting('log_timezone') AS zone,
                   current_setting('log_directory') AS directory
            """;
    private static final String FILES =
            "SELECT name, size, modification FROM pg_ls_logdir() WHERE name LIKE ? ORDER BY modification DESC, name DESC";
    private static final String NOT_LIKE_STDERR = "SELECT name, size, modification FROM pg_ls_logdir()"
            + " WHERE name NOT LIKE '%.csv' AND name NOT LIKE '%.json' ORDER BY modification DESC, name DESC";
    private static final String READ = "SELECT encode(pg_read_binary_file(? || '/' || ?, ?, ?), 'base64') AS content";

    private CollectedLogs() {}

    /**
     * How a member logs.
     *
     * @param collects whether it collects itself
     * @param destination the setting
     * @param prefix the setting
     * @param zone the setting
     * @param directory the setting
     */
    record Style(boolean collects, String destination, String prefix, ZoneId zone, String directory) {
        LogParser parser(String format) {
            return switch (format) {
                case "csvlog" -> new CsvLogParser(zone);
                case "jsonlog" -> new JsonLogParser(zone);
                default -> new StderrLogParser(new PrefixPattern(prefix, zone));
            };
        }

        /** The format that keeps most, of those that are written. */
        String format() {
            return destination.contains("jsonlog") ? "jsonlog" : destination.contains("csvlog") ? "csvlog" : "stderr";
        }
    }

    static Style style(Session s) throws SQLException {
        return s.one(
                SETTINGS,
                row -> new Style(
                        row.flag("collects"),
                        row.text("destination"),
                        row.text("prefix"),
                        LogTime.zone(row.text("zone")),
                        row.text("directory")));
    }

    /** The newest files back to an instant, oldest first, as far as the budget goes. */
    static List<LogPiece> read(Session s, Style style, Instant start, String member) throws SQLException {
        record File(String name, long size, Instant modified) {}
        String format = style.format();
        List<File> files = format.equals("stderr")
                ? s.query(
                        NOT_LIKE_STDERR,
                        row -> new File(
                                row.text("name"),
                                row.number("size"),
                                row.instant("modification").orElse(Instant.MAX)))
                : s.query(
                        FILES,
                        row -> new File(
                                row.text("name"),
                                row.number("size"),
                                row.instant("modification").orElse(Instant.MAX)),
                        format.equals("csvlog") ? "%.csv" : "%.json");
        List<LogPiece> pieces = new ArrayList<>();
        long left = BUDGET;
        for (File file : files) {
            if (left == 0 || file.modified().plusSeconds(1).isBefore(start)) {
                break;
            }
            long length = Math.min(left, file.size());
            String encoded = s.one(
                    READ, row -> row.text("content"), style.directory(), file.name(), file.size() - length, length);
            byte[] content = java.util.Base64.getMimeDecoder().decode(encoded);
            pieces.add(new LogPiece(
                    new String(content, StandardCharsets.UTF_8), member + ":" + file.name(), style.parser(format)));
            left -= length;
        }
        Collections.reverse(pieces);
        return pieces;
    }
}
