package io.gds.database.datasource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gds.database.datasource.HoldState.Phase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HoldTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(60);

    private final FakePool pool = new FakePool();
    private final Hold hold = Hold.create();
    private final HoldingDataSource source = around(hold);
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void end() {
        threads.shutdownNow();
        source.close();
    }

    private HoldingDataSource around(Hold shared) {
        return HoldingDataSource.around(pool)
                .hold(shared)
                .check(connection -> true)
                .build();
    }

    @Test
    void checkOutsAreParkedWhileHeldAndGoOnWhenLifted() throws Exception {
        assertThat(hold.announce("a", LONG).phase()).isEqualTo(Phase.QUIESCED);
        Future<Connection> parked = threads.submit(() -> source.getConnection());
        Until.holds("it is parked", () -> hold.state().parked() == 1);
        assertThat(pool.made).hasValue(0);

        assertThat(hold.lift("a").phase()).isEqualTo(Phase.OPEN);

        parked.get(10, TimeUnit.SECONDS).close();
        assertThat(pool.made).hasValue(1);
    }

    @Test
    void quietOnlyWhenEveryConnectionHasComeBack() throws Exception {
        Connection first = source.getConnection();
        Connection second = source.getConnection();
        assertThat(hold.announce("a", LONG))
                .returns(Phase.HOLDING, HoldState::phase)
                .returns(2, HoldState::inUse);
        Future<HoldState> quiet = threads.submit(() -> hold.awaitQuiesced("a", LONG));
        first.close();
        first.close();
        assertThat(hold.awaitQuiesced("a", SHORT).phase()).isEqualTo(Phase.HOLDING);
        second.close();
        assertThat(quiet.get(10, TimeUnit.SECONDS).isQuiescedFor("a")).isTrue();
    }

    @Test
    void abortedConnectionHasComeBack() throws Exception {
        Connection c = source.getConnection();
        hold.announce("a", LONG);
        c.abort(Runnable::run);
        assertThat(hold.state().isQuiescedFor("a")).isTrue();
        c.close();
    }

    @Test
    void connectionClosedBehindTheProxyHasComeBack() throws Exception {
        AtomicReference<Connection> real = new AtomicReference<>();
        HoldingDataSource other = HoldingDataSource.around(pool)
                .hold(hold)
                .check(c -> real.compareAndSet(null, c))
                .build();
        hold.announce("before", LONG);
        hold.lift("before");
        Connection c = other.getConnection();
        hold.announce("a", LONG);
        real.get().close();
        assertThat(hold.awaitQuiesced("a", LONG).isQuiescedFor("a")).isTrue();
        c.close();
        other.close();
    }

    @Test
    void connectionThatNobodyCanReachAnyMoreHasComeBack() throws Exception {
        forget();
        hold.announce("a", LONG);
        Until.holds("the lost one was collected", () -> {
            System.gc();
            return hold.state().isQuiescedFor("a");
        });
    }

    private void forget() throws SQLException {
        assertThat(source.getConnection().isClosed()).isFalse();
    }

    @Test
    void threadWithAConnectionIsNotParked() throws Exception {
        Future<Integer> nested = threads.submit(() -> {
            try (Connection outer = source.getConnection()) {
                hold.announce("a", LONG);
                try (Connection inner = source.getConnection()) {
                    assertThat(inner).isNotEqualTo(outer);
                    return hold.state().inUse();
                }
            }
        });
        assertThat(nested.get(10, TimeUnit.SECONDS)).isEqualTo(2);
        assertThat(hold.state().isQuiescedFor("a")).isTrue();
    }

    @Test
    void threadThatGaveItsConnectionToAnotherIsParkedAndTheOtherIsNot() throws Exception {
        Connection handedOver = source.getConnection();
        CountDownLatch held = new CountDownLatch(1);
        Future<Boolean> other = threads.submit(() -> {
            assertThat(handedOver.isClosed()).isFalse(); // uses it
            held.await();
            source.getConnection().close();
            handedOver.close();
            return true;
        });
        Until.holds("the other thread uses it", () -> other.isDone() || isUsedElsewhere());
        hold.announce("a", Duration.ofMillis(300));
        held.countDown();
        long begun = System.nanoTime();
        source.getConnection().close();
        assertThat(System.nanoTime() - begun).isGreaterThan(SHORT.toNanos());
        assertThat(other.get(10, TimeUnit.SECONDS)).isTrue();
    }

    /** A nested check-out of this thread would not be parked; one that is shows that the connection has a new user. */
    private boolean isUsedElsewhere() throws Exception {
        Hold probe = hold;
        probe.announce("probe" + pool.made.get(), SHORT);
        int before = pool.made.get();
        long begun = System.nanoTime();
        source.getConnection().close();
        assertThat(pool.made.get()).isEqualTo(before + 1);
        return System.nanoTime() - begun > SHORT.toNanos() / 2;
    }

    @Test
    void holdOfAnAnnouncerThatVanishedEndsByItself() throws Exception {
        AtomicInteger released = new AtomicInteger();
        HoldingDataSource evicting = HoldingDataSource.around(pool)
                .hold(hold)
                .check(c -> true)
                .onRelease(released::incrementAndGet)
                .build();
        hold.announce("dead", SHORT);
        evicting.getConnection().close();
        assertThat(released).hasValue(1);
        assertThat(hold.state().phase()).isEqualTo(Phase.OPEN);
        evicting.close();
    }

    @Test
    void nobodyHoldsLongerThanIsGranted() throws Exception {
        Hold brief = Hold.create(SHORT);
        try (HoldingDataSource bounded = around(brief)) {
            assertThat(brief.announce("greedy", Duration.ofDays(1)).endsIn()).isLessThanOrEqualTo(SHORT);
            bounded.getConnection().close();
        }
    }

    @Test
    void announcingAgainDoesNotProlongAndATokenThatIsOverNeverHoldsAgain() throws Exception {
        HoldState first = hold.announce("run.1", Duration.ofSeconds(2));
        assertThat(hold.announce("run.1", LONG).endsIn()).isLessThanOrEqualTo(first.endsIn());
        assertThat(hold.announce("other", LONG).token()).isEqualTo("run.1");
        assertThat(hold.lift("ru").phase()).as("no beginning up to a dot").isEqualTo(Phase.QUIESCED);
        assertThat(hold.lift("run").phase()).isEqualTo(Phase.OPEN);
        assertThat(hold.announce("run.1", LONG).phase()).isEqualTo(Phase.OPEN);
        hold.lift("never-seen");
        assertThat(hold.announce("never-seen", LONG).phase())
                .as("it comes late")
                .isEqualTo(Phase.OPEN);
        assertThat(hold.announce("run.2", LONG).isHeldBy("run.2")).isTrue();
    }

    @Test
    void holdsThatFollowOneAnotherDoNotParkForEver() throws Exception {
        Hold brief = Hold.create(Duration.ofMillis(200));
        try (HoldingDataSource bounded = around(brief)) {
            brief.announce("t0", LONG);
            Future<Connection> parked = threads.submit(() -> bounded.getConnection());
            AtomicInteger n = new AtomicInteger();
            Until.holds("it gives up or goes on", () -> {
                brief.announce("t" + n.incrementAndGet(), LONG);
                return parked.isDone();
            });
            try {
                parked.get().close(); // it slipped through between two holds
            } catch (java.util.concurrent.ExecutionException e) {
                assertThat(e.getCause())
                        .isInstanceOf(SQLTransientConnectionException.class)
                        .hasMessageContaining("parked by a hold for 200 ms");
            }
        }
    }

    @Test
    void interruptedCheckOutSaysSoAndKeepsTheFlag() throws Exception {
        hold.announce("a", LONG);
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        AtomicReference<Boolean> flag = new AtomicReference<>();
        Thread t = new Thread(() -> {
            try {
                source.getConnection().close();
            } catch (SQLException e) {
                thrown.set(e);
            }
            flag.set(Thread.currentThread().isInterrupted());
        });
        t.start();
        Until.holds("it is parked", () -> hold.state().parked() == 1);
        t.interrupt();
        t.join();
        assertThat(thrown.get())
                .isInstanceOf(SQLTransientConnectionException.class)
                .hasMessageContaining("interrupted");
        assertThat(flag.get()).isTrue();
        assertThat(hold.state()).returns(0, HoldState::parked).returns(0, HoldState::inUse);
    }

    @Test
    void poolThatHasNoConnectionCountsNothing() {
        pool.broken.set(true);
        assertThatThrownBy(source::getConnection).hasMessage("no server");
        assertThat(hold.state().inUse()).isZero();
    }

    @Test
    void afterAHoldItIsTriedAgainUntilAServerTakesWrites() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        HoldingDataSource picky = HoldingDataSource.around(pool)
                .hold(hold)
                .check(c -> {
                    if (asked.incrementAndGet() == 1) {
                        throw new SQLException("dead", "08006");
                    }
                    pool.broken.set(asked.get() == 2);
                    return asked.get() > 2;
                })
                .build();
        hold.announce("a", LONG);
        hold.lift("a");
        Future<?> server = threads.submit(() -> {
            Until.holds("the pool has no server", pool.broken::get);
            pool.broken.set(false);
            return null;
        });
        picky.getConnection().close();
        server.get(10, TimeUnit.SECONDS);
        assertThat(asked).hasValue(3);
        assertThat(pool.out).as("what was no good was discarded").hasValue(0);
        picky.close();
    }

    @Test
    void noServerThatTakesWritesIsAnErrorInTheEnd() throws Exception {
        Hold brief = Hold.create(Duration.ofMillis(150));
        try (HoldingDataSource hopeless =
                HoldingDataSource.around(pool).hold(brief).check(c -> false).build()) {
            brief.announce("a", LONG);
            brief.lift("a");
            assertThatThrownBy(hopeless::getConnection)
                    .isInstanceOf(SQLTransientConnectionException.class)
                    .hasMessageContaining("no server that takes writes within 150 ms");
            assertThat(brief.state().inUse()).isZero();
        }
    }

    @Test
    void actionThatFailsAtTheEndOfAHoldDoesNotKeepTheTraffic() throws Exception {
        HoldingDataSource failing = HoldingDataSource.around(pool)
                .hold(hold)
                .check(c -> true)
                .onRelease(() -> {
                    throw new IllegalStateException("on purpose");
                })
                .build();
        hold.announce("a", LONG);
        hold.lift("a");
        failing.getConnection().close();
        failing.close();
    }

    @Test
    void twoHundredPlatformThreads() throws Exception {
        manyThreads(Executors.newFixedThreadPool(200));
    }

    @Test
    void twoHundredVirtualThreads() throws Exception {
        ExecutorService virtual = null;
        try {
            virtual = (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (NoSuchMethodException e) {
            assumeTrue(false, "this JDK has no virtual threads");
        }
        manyThreads(virtual);
    }

    /** Every thread works in a loop; five holds come and go, each quiet before it is lifted, and nobody is left behind. */
    private void manyThreads(ExecutorService workers) throws Exception {
        AtomicInteger left = new AtomicInteger(200);
        CountDownLatch stop = new CountDownLatch(1);
        List<Future<Integer>> all = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            all.add(workers.submit(() -> {
                int done = 0;
                while (stop.getCount() > 0) {
                    try (Connection outer = source.getConnection();
                            Connection inner = source.getConnection()) {
                        assertThat(inner).isNotSameAs(outer);
                        done++;
                    }
                }
                left.decrementAndGet();
                return done;
            }));
        }
        for (int n = 0; n < 5; n++) {
            int before = pool.made.get();
            Until.holds("they work", () -> pool.made.get() > before + 400);
            hold.announce("h" + n, LONG);
            assertThat(hold.awaitQuiesced("h" + n, LONG).isQuiescedFor("h" + n)).isTrue();
            assertThat(pool.out).hasValue(0);
            int quiet = pool.made.get();
            Until.holds("all are parked", () -> hold.state().parked() == 200);
            assertThat(pool.made).hasValue(quiet);
            hold.lift("h" + n);
        }
        stop.countDown();
        for (Future<Integer> each : all) {
            assertThat(each.get(20, TimeUnit.SECONDS)).isPositive();
        }
        workers.shutdown();
        assertThat(left).hasValue(0);
        assertThat(hold.state()).returns(0, HoldState::inUse).returns(0, HoldState::parked);
    }

    @Test
    void badInputIsNamed() {
        assertThatThrownBy(() -> hold.announce("a b", LONG)).hasMessageContaining("token:");
        assertThatThrownBy(() -> hold.announce("a", Duration.ZERO)).hasMessageContaining("atMost: found PT0S");
        assertThatThrownBy(() -> Hold.create(Duration.ofSeconds(-1))).hasMessageContaining("longest: found PT-1S");
        assertThatThrownBy(() -> HoldingDataSource.around(pool)
                        .announcedBy(java.nio.file.Path.of("relative"))
                        .build())
                .hasMessageContaining("path: found relative");
        assertThatThrownBy(() -> new HoldRequests(hold, "short"))
                .hasMessageContaining("secret: found 5 characters")
                .hasMessageNotContaining("short");
    }
}
