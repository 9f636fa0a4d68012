package io.gds.database.testkit.mssql;

import io.gds.database.testkit.tds.Login;
import io.gds.database.testkit.tds.SqlBatch;
import io.gds.database.testkit.tds.SqlFailure;
import io.gds.database.testkit.tds.SqlOutcome;
import io.gds.database.testkit.tds.SqlSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One client of an instance. Used by one thread at a time. */
final class InstanceSession implements SqlSession {
    private static final String MASTER = "master";
    private static final int UNKNOWN = 102;

    private final SqlInstance instance;
    private final Login login;
    private final String first;
    private String database;
    private boolean implicit;
    private boolean byCluster;
    private long lockTimeout = -1;
    private int id;
    private @Nullable Transaction open;

    InstanceSession(SqlInstance instance, Login login, String database) {
        this.instance = instance;
        this.login = login;
        this.first = database;
        this.database = database;
    }

    @Override
    public void number(int given) {
        id = given;
        instance.catalogue()
                .sessions()
                .add(new ServerSessions.Session(
                        id,
                        login.user(),
                        database,
                        instance.catalogue().now(),
                        login.application(),
                        login.host(),
                        null));
    }

    @Override
    public List<SqlOutcome> execute(SqlBatch batch) throws SqlFailure, InterruptedException {
        Optional<List<SqlOutcome>> administered = instance.answers().administer(batch, id);
        if (administered.isPresent()) {
            return administered.get();
        }
        List<SqlOutcome> out = new ArrayList<>();
        for (SqlStatement statement : statements(batch)) {
            out.addAll(statement instanceof SqlStatement.Select select ? select(select.text(), batch) : run(statement));
        }
        return out.isEmpty() ? List.of(new SqlOutcome.Done()) : out;
    }

    private List<SqlStatement> statements(SqlBatch batch) throws SqlFailure {
        try {
            if (batch.kind() == SqlBatch.Kind.PROCEDURE) {
                throw new SqlFailure(UNKNOWN, 1, 15, "the model does not know this procedure: " + batch.text());
            }
            return StatementParser.read(batch.text(), batch.parameters());
        } catch (SqlFailure e) {
            instance.answers().refuse(batch.text().strip() + " -- " + e.getMessage());
            throw e;
        }
    }

    private List<SqlOutcome> run(SqlStatement statement) throws SqlFailure, InterruptedException {
        if (statement instanceof SqlStatement.Use use) {
            instance.open(use.database(), login);
            move(use.database());
            return List.of(new SqlOutcome.DatabaseChanged(database));
        }
        if (statement instanceof SqlStatement.AlterGroup alter) {
            return alter(alter);
        }
        if (statement instanceof SqlStatement.SetHadr hadr) {
            noTransaction("ALTER DATABASE");
            local(hadr.database()).setHadr(hadr.database(), hadr.resume(), client());
            return List.of(new SqlOutcome.Done());
        }
        if (statement instanceof SqlStatement.Insert insert) {
            return write(t -> t.insert(insert), insert.values().size());
        }
        if (statement instanceof SqlStatement.CreateTable create) {
            return write(t -> t.create(create.table()), -1);
        }
        if (statement instanceof SqlStatement.DropTable drop) {
            return write(t -> t.drop(drop), -1);
        }
        if (statement instanceof SqlStatement.End end) {
            return end(end);
        }
        remember(statement);
        return List.of();
    }

    private void move(String to) {
        database = to;
        instance.catalogue().sessions().move(id, to);
    }

    private void remember(SqlStatement statement) throws SqlFailure {
        if (statement instanceof SqlStatement.Begin) {
            open = open == null ? begin() : open;
        } else if (statement instanceof SqlStatement.ImplicitTransactions set) {
            implicit = set.on();
        } else if (statement instanceof SqlStatement.LockTimeout set) {
            lockTimeout = set.milliseconds();
        } else if (statement instanceof SqlStatement.SessionContext context) {
            byCluster =
                    context.key().equals("external_cluster") && context.value().equalsIgnoreCase("yes");
        }
    }

    private LocalGroup local(String name) throws SqlFailure {
        LocalGroup found = instance.groups().of(name);
        if (found == null) {
            throw GroupErrors.notJoined(name);
        }
        return found;
    }

    private List<SqlOutcome> alter(SqlStatement.AlterGroup alter) throws SqlFailure, InterruptedException {
        noTransaction("ALTER AVAILABILITY GROUP");
        if (!database.equalsIgnoreCase(MASTER)) {
            throw GroupErrors.notInMaster();
        }
        LocalGroup group = instance.groups().named(alter.group());
        if (group == null) {
            throw GroupErrors.noSuchGroup(alter.group());
        }
        group.alter(alter.change(), client());
        return List.of(new SqlOutcome.Done());
    }

    private Client client() {
        return new Client(login.application(), byCluster, lockTimeout);
    }

    private void noTransaction(String statement) throws SqlFailure {
        if (open != null) {
            throw new SqlFailure(226, 6, 16, statement + " statement not allowed within multi-statement transaction.");
        }
    }

    private List<SqlOutcome> select(String text, SqlBatch batch) throws SqlFailure {
        instance.open(database, login);
        List<Relation> relations = new ArrayList<>(instance.answers().views(plain(text)));
        LocalGroup group = instance.groups().of(database);
        if (group != null) {
            List<LogRecord.Change> own = open == null ? List.of() : open.changes();
            relations.addAll(UserTables.of(group.changes(database), own).relations());
        } else {
            relations.addAll(instance.catalogue().userTables(database));
        }
        return List.of(instance.answers()
                .select(
                        TransactSql.forViews(text, id, new LoginRights(login.user(), instance.catalogue())),
                        TransactSql.values(text, batch),
                        relations));
    }

    /** Without quotes around names: which views are meant, not more. */
    private static String plain(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[\\[\\]\"]", "");
    }

    /** Something that is written. */
    @FunctionalInterface
    private interface Write {
        void into(Transaction transaction) throws SqlFailure;
    }

    private List<SqlOutcome> write(Write write, long rows) throws SqlFailure, InterruptedException {
        instance.open(database, login);
        if (instance.catalogue().isReadOnly(database)) {
            throw new SqlFailure(
                    3906, 1, 16, "Failed to update database \"" + database + "\" because the database is read-only.");
        }
        if (instance.groups().of(database) == null) {
            SqlFailure unknown = new SqlFailure(
                    UNKNOWN, 1, 15, "the model does not know how to write to " + database + ", which is in no group");
            instance.answers().refuse(String.valueOf(unknown.getMessage()));
            throw unknown;
        }
        boolean single = open == null && !implicit;
        Transaction transaction = open == null ? begin() : open;
        transaction.checkIn(database);
        write.into(transaction);
        if (single) {
            transaction.commit();
        } else {
            open = transaction;
        }
        return List.of(rows < 0 ? new SqlOutcome.Done() : new SqlOutcome.UpdateCount(rows));
    }

    private Transaction begin() throws SqlFailure {
        LocalGroup group = instance.groups().of(database);
        return group == null ? Transaction.ofNothing() : new Transaction(group, database);
    }

    private List<SqlOutcome> end(SqlStatement.End end) throws SqlFailure, InterruptedException {
        Transaction ended = open;
        open = null;
        if (ended == null && !end.onlyIfOpen()) {
            throw new SqlFailure(
                    end.commit() ? 3902 : 3903,
                    1,
                    16,
                    "The " + (end.commit() ? "COMMIT" : "ROLLBACK")
                            + " TRANSACTION request has no corresponding BEGIN TRANSACTION.");
        }
        if (ended != null && end.commit()) {
            ended.commit();
        }
        return List.of();
    }

    @Override
    public String database() {
        return first;
    }

    @Override
    public void reset() {
        open = null;
        implicit = false;
        byCluster = false;
        lockTimeout = -1;
        move(first);
    }

    @Override
    public void close() {
        instance.catalogue().sessions().remove(id);
    }
}
