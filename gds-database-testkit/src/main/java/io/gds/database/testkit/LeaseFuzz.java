package io.gds.database.testkit;

import io.gds.database.core.Journal;
import io.gds.database.core.internal.journal.Draft;
import io.gds.database.core.internal.journal.Holder;
import io.gds.database.core.internal.journal.JournalStore;
import io.gds.database.core.internal.journal.Lease;
import io.gds.database.error.ClaimHeldException;
import io.gds.database.error.DeposedException;
import io.gds.database.plan.ClusterRef;
import io.gds.database.plan.Params;
import io.gds.database.plan.Plan;
import io.gds.database.plan.Step;
import io.gds.database.run.RunEvent;
import io.gds.database.run.RunId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Threads that compete for the lease of one run and, while they hold it, raise a counter that nothing else protects. A
 * lost update proves that the journal lets two holders act at the same time.
 */
public final class LeaseFuzz {
    private static final int THREADS = 8;
    private static final long MOMENT = 1_000;
    private static final Instant NOW = Instant.parse("2024-05-07T12:00:00Z");
    private static final RunId RUN = RunId.of("fuzz");

    private final List<JournalStore> stores;
    private final int rounds;
    private final AtomicInteger done = new AtomicInteger();
    private volatile int counter;

    private LeaseFuzz(List<JournalStore> stores, int rounds) {
        this.stores = stores;
        this.rounds = rounds;
    }

    /**
     * Lets eight threads compete.
     *
     * @param rounds how often each of them raises the counter
     * @param journals one or more journals on the same store; the threads share them
     * @throws AssertionError when an update was lost
     */
    public static void run(int rounds, Journal... journals) throws InterruptedException {
        List<JournalStore> stores = new ArrayList<>();
        for (Journal j : journals) {
            stores.add(Core.seams().store(j));
        }
        runOn(rounds, stores);
    }

    static void runOn(int rounds, List<JournalStore> stores) throws InterruptedException {
        new LeaseFuzz(List.copyOf(stores), rounds).compete();
    }

    private void compete() throws InterruptedException {
        stores.get(0).create(RUN, plan(), List.of("fuzz"), List.of(draft()));
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            JournalStore store = stores.get(i % stores.size());
            Holder self = new Holder("fuzz-" + i, "fuzz-" + i + "/boot", 1, 1);
            Thread t = new Thread(() -> raise(store, self), "lease-fuzz-" + i);
            threads.add(t);
            t.start();
        }
        for (Thread t : threads) {
            t.join();
        }
        int expected = THREADS * rounds;
        if (done.get() != expected || counter != expected) {
            throw new AssertionError("the lease was held by two at the same time: counted " + counter + ", expected "
                    + expected + " (" + done.get() + " rounds ended)");
        }
    }

    private static Plan plan() {
        return Plan.of("fuzz", "Compete", new ClusterRef("fake", "fuzz", Params.empty()), "fuzz")
                .step(Step.of("nothing", "gds.gate@1", "cluster").build())
                .build();
    }

    private static Draft draft() {
        return new Draft(RunEvent.Type.PROGRESS, null, Params.empty(), NOW);
    }

    private void raise(JournalStore store, Holder self) {
        for (int i = 0; i < rounds; ) {
            try {
                Lease lease = store.take(RUN, self, Duration.ofHours(1), NOW);
                raiseOnce(store, lease);
                store.park(lease, Params.empty(), NOW);
                done.incrementAndGet();
                i++;
            } catch (ClaimHeldException | DeposedException e) {
                LockSupport.parkNanos(MOMENT);
            }
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // the lease is all that protects it: that is the test
    private void raiseOnce(JournalStore store, Lease lease) {
        int read = counter;
        long last = store.events(RUN, 0).size();
        while (store.append(lease, last, List.of(draft())).conflict()) {
            last = store.events(RUN, 0).size();
        }
        LockSupport.parkNanos(MOMENT);
        counter = read + 1;
    }
}
