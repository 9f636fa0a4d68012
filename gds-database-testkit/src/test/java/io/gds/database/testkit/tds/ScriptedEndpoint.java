package io.gds.database.testkit.tds;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Sessions that answer by the text of the request and remember what they were asked. */
final class ScriptedEndpoint implements SqlEndpoint {
    /** What a session says to one text. */
    interface Script {
        List<SqlOutcome> answer(SqlBatch batch) throws SqlFailure, InterruptedException;
    }

    final List<Login> logins = new CopyOnWriteArrayList<>();
    final List<SqlBatch> batches = new CopyOnWriteArrayList<>();
    final AtomicInteger attentions = new AtomicInteger();
    final AtomicInteger resets = new AtomicInteger();
    final CountDownLatch firstClosed = new CountDownLatch(1);

    private final Map<String, Script> scripts = new ConcurrentHashMap<>();
    private volatile Optional<SqlFailure> refusal = Optional.empty();

    ScriptedEndpoint when(String text, SqlOutcome... outcomes) {
        return when(text, batch -> List.of(outcomes));
    }

    ScriptedEndpoint when(String text, Script script) {
        scripts.put(text, script);
        return this;
    }

    ScriptedEndpoint refuse(SqlFailure why) {
        refusal = Optional.of(why);
        return this;
    }

    /** A result of one row and one column. */
    static SqlOutcome.Rows one(SqlType type, Object value) {
        return SqlOutcome.Rows.of(new SqlColumn("v", type)).row(value);
    }

    /** Fails the test's request when it is not stopped within a time no test should need. */
    static List<SqlOutcome> untilInterrupted() throws InterruptedException {
        new CountDownLatch(1).await(60, TimeUnit.SECONDS);
        throw new IllegalStateException("nobody stopped it");
    }

    @Override
    public SqlSession login(Login login) throws SqlFailure {
        logins.add(login);
        if (refusal.isPresent()) {
            throw refusal.get();
        }
        return new Session(login.database().isEmpty() ? "master" : login.database());
    }

    private final class Session implements SqlSession {
        private final String database;

        private Session(String database) {
            this.database = database;
        }

        @Override
        public List<SqlOutcome> execute(SqlBatch batch) throws SqlFailure, InterruptedException {
            batches.add(batch);
            Script script = scripts.get(batch.text());
            if (script == null) {
                throw new IllegalArgumentException("no script for: " + batch.text());
            }
            return script.answer(batch);
        }

        @Override
        public void attention() {
            attentions.incrementAndGet();
        }

        @Override
        public String database() {
            return database;
        }

        @Override
        public void reset() {
            resets.incrementAndGet();
        }

        @Override
        public void close() {
            firstClosed.countDown();
        }
    }
}
