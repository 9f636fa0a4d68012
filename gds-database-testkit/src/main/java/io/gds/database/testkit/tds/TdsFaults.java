package io.gds.database.testkit.tds;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What goes wrong at a server. Takes effect at once, also for connections that are open. Thread-safe. */
public final class TdsFaults {
    private record Planned(Predicate<SqlBatch> which, AnswerFault fault) {}

    private final List<Planned> planned = new ArrayList<>();
    private Silence silence = Silence.NONE;
    private Pace beforeLogin = Pace.none();
    private Pace beforeAnswer = Pace.none();

    TdsFaults() {}

    /** What a connection has been silent about stays without an answer, also when the server speaks again. */
    public synchronized TdsFaults silentFrom(Silence from) {
        silence = from;
        return this;
    }

    /** Holds up every login after it was read and before the {@link SqlEndpoint} is asked. */
    public synchronized TdsFaults beforeLogin(Pace pace) {
        beforeLogin = pace;
        return this;
    }

    /** Holds up every answer after the request was executed. */
    public synchronized TdsFaults beforeAnswer(Pace pace) {
        beforeAnswer = pace;
        return this;
    }

    /** Happens to the next request, once. */
    public TdsFaults next(AnswerFault fault) {
        return next(batch -> true, fault);
    }

    /** Happens to the next request that this holds for, once. */
    public synchronized TdsFaults next(Predicate<SqlBatch> which, AnswerFault fault) {
        planned.add(new Planned(which, fault));
        return this;
    }

    /** Nothing goes wrong any more; what was planned is forgotten. */
    public synchronized TdsFaults calm() {
        planned.clear();
        silence = Silence.NONE;
        beforeLogin = Pace.none();
        beforeAnswer = Pace.none();
        return this;
    }

    synchronized boolean isSilent(Silence at) {
        return silence != Silence.NONE && silence.compareTo(at) <= 0;
    }

    void holdLogin() throws InterruptedException {
        Pace pace;
        synchronized (this) {
            pace = beforeLogin;
        }
        pace.hold();
    }

    void holdAnswer() throws InterruptedException {
        Pace pace;
        synchronized (this) {
            pace = beforeAnswer;
        }
        pace.hold();
    }

    synchronized Optional<AnswerFault> take(SqlBatch batch) {
        for (Iterator<Planned> i = planned.iterator(); i.hasNext(); ) {
            Planned next = i.next();
            if (next.which().test(batch)) {
                i.remove();
                return Optional.of(next.fault());
            }
        }
        return Optional.empty();
    }
}
