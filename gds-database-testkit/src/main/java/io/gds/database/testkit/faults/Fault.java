package io.gds.database.testkit.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.run.RunEvent;
import io.gds.database.run.RunListener;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/** Does harm once, at one moment of a run: on the thread that drives it, so the run goes on only when the harm is done. */
public final class Fault implements RunListener {
    private final RunEvent.Type type;
    private final String step;
    private final Harm harm;
    private final AtomicBoolean done = new AtomicBoolean();
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    /** What happens to the cluster. */
    public interface Harm {
        /** Does it; what it throws is told by {@link #mustHaveHappened}. */
        void happen() throws Exception;
    }

    private Fault(RunEvent.Type type, String step, Harm harm) {
        this.type = type;
        this.step = step;
        this.harm = harm;
    }

    /** At the first event of this type; the step is empty for events of the whole run. */
    public static Fault at(RunEvent.Type type, String step, Harm harm) {
        return new Fault(type, step, harm);
    }

    @Override
    public void onEvent(RunEvent e) {
        if (e.type() == type && e.step().orElse("").equals(step) && done.compareAndSet(false, true)) {
            try {
                harm.happen();
            } catch (Exception x) {
                failure.set(x);
            }
        }
    }

    /** A test whose fault did not happen proves nothing. */
    public void mustHaveHappened() throws Exception {
        if (failure.get() != null) {
            throw failure.get();
        }
        assertThat(done).as("%s of %s was reached", type, step).isTrue();
    }
}
