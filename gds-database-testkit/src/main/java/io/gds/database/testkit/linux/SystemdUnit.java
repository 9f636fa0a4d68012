package io.gds.database.testkit.linux;

import io.gds.database.testkit.windows.HostTimer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;

/** A unit of systemd. How long it takes to start and to stop, and what happens then, is for the test to say. Thread-safe. */
public final class SystemdUnit {
    /** What systemd says of it. */
    public enum State {
        /** It has not been started, or has been stopped. */
        INACTIVE,
        /** It comes up. */
        ACTIVATING,
        /** It runs. */
        ACTIVE,
        /** It goes down. */
        DEACTIVATING,
        /** Its process ended in another way than by a stop. */
        FAILED;

        /** As it is printed. */
        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final String name;
    private final HostTimer timer;
    private final List<Runnable> whenRunning = new CopyOnWriteArrayList<>();
    private final List<Runnable> whenStopped = new CopyOnWriteArrayList<>();
    private State state = State.INACTIVE;
    private Duration starting = Duration.ZERO;
    private Duration stopping = Duration.ZERO;
    private int turn;
    private int starts;

    SystemdUnit(String name, HostTimer timer) {
        this.name = name;
        this.timer = timer;
    }

    /** Says how long it takes from one state to the next. */
    public synchronized SystemdUnit takes(Duration toStart, Duration toStop) {
        starting = toStart;
        stopping = toStop;
        return this;
    }

    /** Does something each time that it has come up. */
    public SystemdUnit whenRunning(Runnable work) {
        whenRunning.add(work);
        return this;
    }

    /** Does something each time that it has gone down, by whatever. */
    public SystemdUnit whenStopped(Runnable work) {
        whenStopped.add(work);
        return this;
    }

    /** Makes it run already, without anything happening. */
    public synchronized SystemdUnit running() {
        state = State.ACTIVE;
        return this;
    }

    /** What it is doing. */
    public synchronized State state() {
        return state;
    }

    /** How often it was started. */
    public synchronized int starts() {
        return starts;
    }

    /** Starts it, unless it runs. */
    public void start() {
        int mine;
        Duration time;
        synchronized (this) {
            if (state == State.ACTIVE || state == State.ACTIVATING) {
                return;
            }
            state = State.ACTIVATING;
            starts++;
            mine = ++turn;
            time = starting;
        }
        timer.after(time, () -> become(State.ACTIVE, mine));
    }

    /** Stops it, unless it is down. */
    public void stop() {
        int mine;
        Duration time;
        synchronized (this) {
            if (state == State.INACTIVE || state == State.FAILED || state == State.DEACTIVATING) {
                return;
            }
            state = State.DEACTIVATING;
            mine = ++turn;
            time = stopping;
        }
        timer.after(time, () -> become(State.INACTIVE, mine));
    }

    /** Its process is gone. */
    public void die() {
        int mine;
        synchronized (this) {
            mine = ++turn;
        }
        become(State.FAILED, mine);
    }

    synchronized void resetFailed() {
        if (state == State.FAILED) {
            state = State.INACTIVE;
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
        (next == State.ACTIVE ? whenRunning : whenStopped).forEach(Runnable::run);
    }

    @Override
    public String toString() {
        return name + " " + state().text();
    }
}
