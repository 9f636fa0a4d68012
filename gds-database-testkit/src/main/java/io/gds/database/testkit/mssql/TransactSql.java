package io.gds.database.testkit.mssql;

import io.gds.database.testkit.tds.SqlBatch;
import io.gds.database.testkit.tds.SqlParameter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What of Transact-SQL the database behind the model's views would not understand. */
final class TransactSql {
    /** A name in brackets, with {@code ]]} for a bracket in it. */
    static final String NAME = "\\[((?:[^\\]]|\\]\\])+)\\]";
    /** A text, with {@code ''} for a quote in it. */
    static final String TEXT = "N'((?:[^']|'')*)'";
    /** A parameter, or a text. */
    static final String VALUE = "(@P\\d+|N'(?:[^']|'')*')";

    private static final Pattern APPLY =
            Pattern.compile("OUTER APPLY (sys\\.\\w+)\\(([\\w.]+)\\) AS (\\w+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern CROSS_APPLY =
            Pattern.compile("CROSS APPLY (sys\\.\\w+)\\(([\\w.]+), ([\\w.]+)\\) AS (\\w+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern IN_ROLE = Pattern.compile("IS_SRVROLEMEMBER\\('(\\w+)'\\)", Pattern.CASE_INSENSITIVE);
    private static final Pattern HAS_RIGHT = Pattern.compile(
            "HAS_PERMS_BY_NAME\\((?:NULL, NULL|N'\\[\\w+\\]', 'AVAILABILITY GROUP'), '([A-Z ]+)'\\)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern OTHER_DATABASE = Pattern.compile(NAME + "\\.sys\\.");
    private static final Pattern TABLE_OF_MSDB = Pattern.compile("\\bmsdb\\.dbo\\.(\\w+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern PARAMETER = Pattern.compile("@P\\d+");

    private TransactSql() {}

    /** A pattern of a whole statement, in which one blank stands for any. */
    static Pattern statement(String pattern) {
        return Pattern.compile(pattern.replace(" ", "\\s+") + "\\s*;?", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    }

    /** A query so that H2 understands it: views of other databases are schemas, functions that give rows are tables. */
    static String forViews(String query, int session, LoginRights login) {
        String out = APPLY.matcher(query).replaceAll("LEFT JOIN $1 AS $3 ON $3.handle = $2");
        out = CROSS_APPLY.matcher(out).replaceAll("JOIN $1 AS $4 ON $4.database_id = $2 AND $4.file_id = $3");
        out = IN_ROLE.matcher(out).replaceAll(m -> login.isIn(m.group(1)) ? "1" : "0");
        out = HAS_RIGHT.matcher(out).replaceAll(m -> login.may(m.group(1)) ? "1" : "0");
        out = out.replace("SUSER_SNAME()", "'" + login.name().replace("'", "''") + "'");
        out = OTHER_DATABASE
                .matcher(out)
                .replaceAll(m -> Matcher.quoteReplacement(schemaOf(m.group(1).replace("]]", "]")) + "."));
        out = TABLE_OF_MSDB.matcher(out).replaceAll("\"msdb.dbo\".$1");
        out = out.replace("@@SPID", Integer.toString(session));
        return PARAMETER.matcher(out).replaceAll("?");
    }

    /** Where the views of a database stand. */
    static String schemaOf(String database) {
        return "\"" + database.replace("\"", "\"\"") + ".sys\"";
    }

    /** The values for the question marks of a query, in their order. */
    static List<@Nullable Object> values(String query, SqlBatch batch) {
        List<@Nullable Object> out = new ArrayList<>();
        Matcher m = PARAMETER.matcher(query);
        while (m.find()) {
            out.add(batch.parameter(m.group()).map(SqlParameter::value).orElse(null));
        }
        return out;
    }

    /** A name without its brackets. */
    static String name(String inBrackets) {
        return inBrackets.replace("]]", "]");
    }

    /** A text without its quotes, or the value of a parameter. */
    static String value(SqlBatch batch, String written) {
        return written.startsWith("@")
                ? batch.parameter(written).map(p -> String.valueOf(p.value())).orElse("")
                : text(written.substring(2, written.length() - 1));
    }

    /** A text that stood between quotes. */
    static String text(String quoted) {
        return quoted.replace("''", "'");
    }
}
