package io.gds.database.testkit.mssql;

import io.gds.database.testkit.tds.SqlFailure;
import io.gds.database.testkit.tds.SqlParameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads batches: the statements that clients send to availability groups and their databases, and what the driver sends by itself. What
 * it does not know is error 102.
 *
 * <p>Source: Transact-SQL reference, ALTER AVAILABILITY GROUP and ALTER DATABASE SET HADR.
 */
final class StatementParser {
    private static final Set<String> SWITCHES =
            Set.of("QUOTED_IDENTIFIER", "CONCAT_NULL_YIELDS_NULL", "NOCOUNT", "XACT_ABORT", "ANSI_NULLS", "ARITHABORT");
    private static final Set<String> NUMBERS = Set.of("ROWCOUNT", "TEXTSIZE", "DEADLOCK_PRIORITY");

    private final SqlCursor in;

    private StatementParser(SqlCursor in) {
        this.in = in;
    }

    /** The statements of a batch, in their order. */
    static List<SqlStatement> read(String text, List<SqlParameter> parameters) throws SqlFailure {
        StatementParser parser = new StatementParser(new SqlCursor(text, parameters));
        List<SqlStatement> out = new ArrayList<>();
        while (!parser.in.isOver()) {
            if (!parser.in.takeSymbol(";")) {
                out.add(parser.statement());
            }
        }
        return out;
    }

    private SqlStatement statement() throws SqlFailure {
        if (in.peek().isWord("SELECT")) {
            return new SqlStatement.Select(in.rest());
        }
        if (in.take("ALTER", "AVAILABILITY", "GROUP")) {
            return new GroupChangeParser(in).read();
        }
        if (in.take("ALTER", "DATABASE")) {
            return hadr();
        }
        if (in.take("USE")) {
            return new SqlStatement.Use(in.name());
        }
        if (in.take("INSERT")) {
            in.take("INTO");
            return insert();
        }
        if (in.take("CREATE", "TABLE")) {
            return createTable();
        }
        if (in.take("DROP", "TABLE")) {
            boolean onlyIfThere = in.take("IF", "EXISTS");
            return new SqlStatement.DropTable(table(), onlyIfThere);
        }
        if (in.take("SET")) {
            return set();
        }
        return in.take("EXEC") || in.take("EXECUTE") ? procedure() : transaction();
    }

    private SqlStatement transaction() throws SqlFailure {
        if (in.take("BEGIN")) {
            tran();
            return new SqlStatement.Begin();
        }
        boolean onlyIfOpen = in.take("IF");
        if (onlyIfOpen) {
            if (!in.next().text().equalsIgnoreCase("@@TRANCOUNT")) {
                throw in.unknown();
            }
            in.symbol(">");
            if (in.number() != 0) {
                throw in.unknown();
            }
        }
        boolean commit = in.take("COMMIT");
        if (!commit) {
            in.expect("ROLLBACK");
        }
        tran();
        return new SqlStatement.End(commit, onlyIfOpen);
    }

    private void tran() {
        if (!in.take("TRAN") && !in.take("TRANSACTION")) {
            in.take("WORK");
        }
    }

    private SqlStatement hadr() throws SqlFailure {
        String database = in.name();
        in.expect("SET", "HADR");
        boolean resume = in.take("RESUME");
        if (!resume) {
            in.expect("SUSPEND");
        }
        return new SqlStatement.SetHadr(database, resume);
    }

    private SqlStatement insert() throws SqlFailure {
        String table = table();
        in.symbol("(");
        String column = in.name();
        in.symbol(")").expect("VALUES");
        List<Long> values = new ArrayList<>();
        do {
            in.symbol("(");
            values.add(in.number());
            in.symbol(")");
        } while (in.takeSymbol(","));
        return new SqlStatement.Insert(table, column, values);
    }

    /** One column: more than its number nobody needs to know of a row. */
    private SqlStatement createTable() throws SqlFailure {
        String table = table();
        in.symbol("(");
        String column = in.name();
        if (!in.take("INT")) {
            in.expect("BIGINT");
        }
        in.take("NOT", "NULL");
        boolean unique = in.take("PRIMARY", "KEY");
        in.symbol(")");
        return new SqlStatement.CreateTable(new LogRecord.NewTable(table, column, unique));
    }

    /** With the schema dbo or none. */
    private String table() throws SqlFailure {
        String name = in.name();
        if (!in.takeSymbol(".")) {
            return name;
        }
        if (!name.equalsIgnoreCase("dbo")) {
            throw in.unknown();
        }
        return in.name();
    }

    private SqlStatement set() throws SqlFailure {
        if (in.take("IMPLICIT_TRANSACTIONS")) {
            return new SqlStatement.ImplicitTransactions(on());
        }
        if (in.take("LOCK_TIMEOUT")) {
            return new SqlStatement.LockTimeout(in.number());
        }
        if (in.take("TRANSACTION", "ISOLATION", "LEVEL")) {
            if (!in.take("SERIALIZABLE") && !in.take("SNAPSHOT") && !in.take("REPEATABLE", "READ")) {
                in.expect("READ");
                if (!in.take("COMMITTED")) {
                    in.expect("UNCOMMITTED");
                }
            }
            return new SqlStatement.Indifferent();
        }
        String option = in.name().toUpperCase(Locale.ROOT);
        if (SWITCHES.contains(option)) {
            on();
        } else if (NUMBERS.contains(option)) {
            in.number();
        } else {
            throw in.unknown();
        }
        return new SqlStatement.Indifferent();
    }

    private boolean on() throws SqlFailure {
        boolean on = in.take("ON");
        if (!on) {
            in.expect("OFF");
        }
        return on;
    }

    private SqlStatement procedure() throws SqlFailure {
        if (in.take("SYS")) {
            in.symbol(".");
        }
        in.expect("SP_SET_SESSION_CONTEXT");
        String key = argument("@key");
        in.symbol(",");
        return new SqlStatement.SessionContext(key, argument("@value"));
    }

    private String argument(String name) throws SqlFailure {
        if (in.peek().text().equalsIgnoreCase(name)) {
            in.next();
            in.symbol("=");
        }
        return in.string();
    }
}
