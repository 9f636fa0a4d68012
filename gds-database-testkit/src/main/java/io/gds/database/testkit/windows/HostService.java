package io.gds.database.testkit.windows;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A service: a small machine of four states. How long it takes to start and to stop, and what happens then, is for the
 * test to say. Thread-safe.
 */
public final class HostService {
    /** What it is doing. */
    public enum State {
        /** Nothing. */
        STOPPED("Stopped", 1),
        /** It comes up. */
        START_PENDING("StartPending", 2),
        /** It goes down. */
        STOP_PENDING("StopPending", 3),
        /** It runs. */
        RUNNING("Running", 4);

        private final String text;
        private final int number;

        State(String text, int number) {
            this.text = text;
            this.number = number;
        }

        String text() {
            return text;
        }

        int number() {
            return number;
        }
    }

    /** Who starts it. */
    public enum StartType {
        /** The host. */
        AUTOMATIC("Automatic", 2),
        /** Somebody. */
        MANUAL("Manual", 3),
        /** Nobody. */
        DISABLED("Disabled", 4);

        private final String text;
        private final int number;

        StartType(String text, int number) {
            this.text = text;
            this.number = number;
        }

        String text() {
            return text;
        }

        int number() {
            return number;
        }
    }

    private final WindowsHost host;
    private final String name;
    private final List<Runnable> whenRunning = new CopyOnWriteArrayList<>();
    private final List<Runnable> whenStopped = new CopyOnWriteArrayList<>();
    private State state = State.STOPPED;
    private StartType startType = StartType.AUTOMATIC;
    private Duration starting = Duration.ZERO;
    private Duration stopping = Duration.ZERO;
    private List<String> needs = List.of();
    private int turn;

    HostService(WindowsHost host, String name) {
        this.host = host;
        this.name = name;
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /** Says who starts it. */
    public synchronized HostService startType(StartType type) {
        startType = type;
        return this;
    }

    /** Who starts it. */
    public synchronized StartType startType() {
        return startType;
    }

    /** Says how long it takes from one state to the next. */
    public synchronized HostService takes(Duration toStart, Duration toStop) {
        starting = toStart;
        stopping = toStop;
        return this;
    }

    /** Says which services it needs. */
    public synchronized HostService needs(String... names) {
        needs = List.of(names);
        return this;
    }

    synchronized List<String> needs() {
        return needs;
    }

    /** Does something each time that it has come up. */
    public HostService whenRunning(Runnable work) {
        whenRunning.add(work);
        return this;
    }

    /** Does something each time that it has gone down, by whatever. */
    public HostService whenStopped(Runnable work) {
        whenStopped.add(work);
        return this;
    }

    /** Makes it run already, without anything happening. */
    public synchronized HostService running() {
        state = State.RUNNING;
        return this;
    }

    /** What it is doing. */
    public synchronized State state() {
        return state;
    }

    /**
     * Starts it; what comes then comes with time.
     *
     * @return 0, or the error of Windows: 1056 it runs already, 1058 it is disabled, 1053 it does not start
     */
    public int start() {
        Duration time;
        int mine;
        synchronized (this) {
            if (startType == StartType.DISABLED) {
                return 1058;
            }
            if (state != State.STOPPED) {
                return 1056;
            }
            state = State.START_PENDING;
            time = starting;
            mine = ++turn;
        }
        host.events().add(HostEvent.Kind.SERVICE_STARTING, name);
        if (host.faults().doesNotStart(name)) {
            become(State.STOPPED, mine);
            return 1053;
        }
        if (!host.faults().hangs(name)) {
            later(time, () -> become(State.RUNNING, mine));
        }
        return 0;
    }

    /**
     * Stops it; what comes then comes with time.
     *
     * @return 0, or the error of Windows: 1062 it does not run, 1061 it cannot be stopped just now
     */
    public int stop() {
        Duration time;
        int mine;
        synchronized (this) {
            if (state == State.STOPPED) {
                return 1062;
            }
            if (state != State.RUNNING) {
                return 1061;
            }
            state = State.STOP_PENDING;
            time = stopping;
            mine = ++turn;
        }
        host.events().add(HostEvent.Kind.SERVICE_STOPPING, name);
        later(time, () -> become(State.STOPPED, mine));
        return 0;
    }

    /** Its process is gone: it crashed, or the host goes down. */
    public void die() {
        int mine;
        synchronized (this) {
            if (state == State.STOPPED) {
                return;
            }
            mine = ++turn;
        }
        become(State.STOPPED, mine);
    }

    private void later(Duration time, Runnable work) {
        if (time.isZero()) {
            work.run();
        } else {
            host.timer().after(time, work);
        }
    }

    /** Whoever gave it another order meanwhile has changed the turn. */
    private void become(State next, int mine) {
        synchronized (this) {
            if (turn != mine) {
                return;
            }
            state = next;
        }
        (next == State.RUNNING ? whenRunning : whenStopped).forEach(Runnable::run);
    }

    @Override
    public String toString() {
        return name + " " + state().name().toLowerCase(Locale.ROOT);
    }
}
