package io.gds.database.testkit.mssql;

import io.gds.database.testkit.tds.SqlFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes Transact-SQL to pieces: names in brackets and quotes, texts with and without N, comments. */
final class SqlLexer {
    private static final Pattern NEXT = Pattern.compile(
            """
            (?<space>\\s+|--[^\\n]*|/\\*.*?\\*/)\
            |(?<string>[Nn]?'(?:[^']|'')*')\
            |(?<bracket>\\[(?:[^\\]]|\\]\\])+\\])\
            |(?<quoted>"(?:[^"]|"")+")\
            |(?<variable>@@?\\w+)\
            |(?<number>\\d+)\
            |(?<word>[\\p{L}_#][\\p{L}\\p{N}_#$@]*)\
            |(?<symbol>[^'"\\[])\
            """,
            Pattern.DOTALL);

    private SqlLexer() {}

    /**
     * The pieces of a text, and the end as the last.
     *
     * @throws SqlFailure 105 when a quote is not closed
     */
    static List<SqlToken> read(String text) throws SqlFailure {
        List<SqlToken> out = new ArrayList<>();
        Matcher m = NEXT.matcher(text);
        int at = 0;
        while (at < text.length()) {
            m.region(at, text.length());
            if (!m.lookingAt()) {
                throw new SqlFailure(105, 1, 15, "Unclosed quotation mark at character " + at + ".");
            }
            if (m.group("space") == null) {
                out.add(token(m));
            }
            at = m.end();
        }
        out.add(new SqlToken(SqlToken.Kind.END, "", at, at));
        return out;
    }

    private static SqlToken token(Matcher m) {
        String all = m.group();
        if (m.group("string") != null) {
            String inner = all.substring(all.indexOf('\'') + 1, all.length() - 1);
            return token(SqlToken.Kind.STRING, inner.replace("''", "'"), m);
        }
        if (m.group("bracket") != null) {
            return token(
                    SqlToken.Kind.QUOTED, all.substring(1, all.length() - 1).replace("]]", "]"), m);
        }
        if (m.group("quoted") != null) {
            return token(
                    SqlToken.Kind.QUOTED, all.substring(1, all.length() - 1).replace("\"\"", "\""), m);
        }
        if (m.group("variable") != null) {
            return token(SqlToken.Kind.VARIABLE, all, m);
        }
        if (m.group("number") != null) {
            return token(SqlToken.Kind.NUMBER, all, m);
        }
        return token(m.group("word") != null ? SqlToken.Kind.WORD : SqlToken.Kind.SYMBOL, all, m);
    }

    private static SqlToken token(SqlToken.Kind kind, String text, Matcher m) {
        return new SqlToken(kind, text, m.start(), m.end());
    }
}
