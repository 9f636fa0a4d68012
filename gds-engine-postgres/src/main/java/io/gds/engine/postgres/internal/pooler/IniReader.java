package io.gds.engine.postgres.internal.pooler;

import io.gds.database.error.GdsDatabaseException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads a PgBouncer configuration as PgBouncer does, {@code %include} and all, but keeps only where the entries of
 * {@code [databases]} stand. Texts are bytes read as Latin-1, so that nothing is lost on the way back. Used once.
 */
final class IniReader {
    private static final int MOST_NESTED = 10; // as PgBouncer
    private static final String CODE = "PG-POOLER-CONFIG";

    private final String host;
    private final Function<String, Optional<byte[]>> files;
    private final Map<String, String> texts = new HashMap<>();
    private final List<IniEntry> entries = new ArrayList<>();
    private String section = "";

    /**
     * @param host for messages
     * @param files gives the content of a file
     */
    IniReader(String host, Function<String, Optional<byte[]>> files) {
        this.host = host;
        this.files = files;
    }

    /** Reads a file and what it includes. */
    PoolerIni read(String file) {
        read(file, 0);
        return new PoolerIni(texts, entries);
    }

    private void read(String file, int nested) {
        if (nested > MOST_NESTED) {
            throw wrong(file, 0, "includes nested deeper than " + MOST_NESTED, "fewer", "include it from fewer files.");
        }
        byte[] content = files.apply(file).orElseThrow(() -> GdsDatabaseException.environment(CODE)
                .message("there is no configuration " + file + " on host " + host + ".")
                .remedy("set configFile of the pooler in the spec.")
                .build());
        String text = new String(content, StandardCharsets.ISO_8859_1);
        texts.put(file, text);
        int number = 0;
        int at = 0;
        while (at < text.length()) {
            number++;
            int end = text.indexOf('\n', at);
            end = end < 0 ? text.length() : end;
            line(file, text, at, end, number, nested);
            at = end + 1;
        }
    }

    private void line(String file, String text, int from, int to, int number, int nested) {
        int begin = skip(text, from, to);
        int end = to;
        while (end > begin && isSpace(text.charAt(end - 1))) {
            end--;
        }
        if (begin == end || text.charAt(begin) == ';' || text.charAt(begin) == '#') {
            return;
        }
        if (text.charAt(begin) == '[') {
            int close = text.indexOf(']', begin);
            section = close < 0 || close > end ? "" : text.substring(begin + 1, close);
            return;
        }
        if (text.charAt(begin) == '%') {
            include(file, text.substring(begin, end), number, nested);
            return;
        }
        if (section.equals("databases")) {
            new ConnectString(text, begin, end).entry(file).ifPresentOrElse(entries::add, () -> {
                throw wrong(
                        file, number, "a line that is no database entry", "name = key=value ...", "correct that line.");
            });
        }
    }

    private void include(String file, String directive, int number, int nested) {
        String path = directive.replaceFirst("^%include\\s+", "");
        if (path.equals(directive)) {
            throw wrong(file, number, "an unknown directive", "%include", "correct that line.");
        }
        if (!path.startsWith("/")) {
            throw wrong(
                    file,
                    number,
                    "%include of the relative path \"" + path + "\"",
                    "an absolute one: a relative one depends on where the pooler was started",
                    "write the whole path.");
        }
        read(path, nested + 1);
    }

    private GdsDatabaseException wrong(String file, int number, String found, String expected, String remedy) {
        return GdsDatabaseException.user(CODE)
                .message(file + " line " + number + " on host " + host + ": found " + found + ", expected " + expected
                        + ".")
                .remedy(remedy)
                .build();
    }

    static int skip(String text, int from, int to) {
        int at = from;
        while (at < to && isSpace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    static boolean isSpace(char c) {
        return c == ' ' || (c >= '\t' && c <= '\r');
    }
}
