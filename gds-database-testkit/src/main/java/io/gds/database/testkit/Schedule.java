package io.gds.database.testkit;

import io.gds.database.core.RunOptions;
import io.gds.database.plan.PatchRequest;
import io.gds.database.run.RunId;
import io.gds.database.run.RunListener;
import io.gds.database.run.RunOutcome;
import io.gds.database.run.RunStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/**
 * One random story: a shape of cluster and wish, and mishaps.
 *
 * @param shape the cluster and the wish
 * @param mishaps what goes wrong
 * @param deaths where processes die
 * @param outage how long nobody is there after a death
 */
record Schedule(Shape shape, List<Mishap> mishaps, List<CrashPoint> deaths, Duration outage) {
    private static final int PATIENCE = 20;

    /** Something that goes wrong, or that somebody does. */
    record Mishap(String name, int cancelAt, boolean takeBack, Consumer<FakeFaults> fault) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Schedule random(Random r) {
        Shape shape = Shape.random(r);
        int members = shape.members();
        List<Mishap> mishaps = new ArrayList<>();
        for (int i = r.nextInt(4); i > 0; i--) {
            mishaps.add(mishap(r, "n" + (1 + r.nextInt(members))));
        }
        List<CrashPoint> deaths = new ArrayList<>();
        for (int i = r.nextInt(4); i > 0; i--) {
            CrashPoint.Moment[] moments = CrashPoint.Moment.values();
            CrashPoint.Moment m = moments[r.nextInt(moments.length)];
            boolean write = m == CrashPoint.Moment.AFTER_WRITE || m == CrashPoint.Moment.BEFORE_WRITE;
            deaths.add(new CrashPoint(m, 1 + r.nextInt((write ? 20 : 5) * (members + 1))));
        }
        return new Schedule(shape, mishaps, deaths, Duration.ofSeconds(r.nextBoolean() ? 1 : 60));
    }

    private static Mishap mishap(Random r, String member) {
        int effect = 1 + r.nextInt(40);
        return switch (r.nextInt(11)) {
            case 0 -> fault(member + " does not start on 1.1", f -> f.startFails(member, "1.1"));
            case 1 -> fault(member + " dies in replay on 1.1", f -> f.replayCrashes(member, "1.1"));
            case 2 -> fault(member + " lags for ever", f -> f.lagNeverCloses(member));
            case 3 -> fault(member + " never stops", f -> f.neverStops(member));
            case 4 -> fault("switchover dies half way", f -> f.switchoverDiesHalfWay(1));
            case 5 -> fault("answer " + effect + " lost", f -> f.loseAnswer(effect));
            case 6 -> fault("effect " + effect + " refused", f -> f.refuse(effect));
            case 7 -> fault("primary dies after " + effect, f -> f.primaryDiesAfter(effect));
            case 8 -> {
                Instant from = new SettableClock().instant().plusMillis(200L * effect);
                yield fault(
                        member + " unreachable for 8 s from " + from,
                        f -> f.unreachable(member, from, Duration.ofSeconds(8)));
            }
            case 9 -> new Mishap("cancelled at " + effect, effect, false, f -> {});
            default -> new Mishap("taken back at the end", 0, true, f -> {});
        };
    }

    private static Mishap fault(String name, Consumer<FakeFaults> fault) {
        return new Mishap(name, 0, false, fault);
    }

    Schedule without(Mishap gone) {
        List<Mishap> left = new ArrayList<>(mishaps);
        left.remove(gone);
        return new Schedule(shape, left, deaths, outage);
    }

    Schedule without(CrashPoint gone) {
        List<CrashPoint> left = new ArrayList<>(deaths);
        left.remove(gone);
        return new Schedule(shape, mishaps, left, outage);
    }

    Scenario scenario() {
        AtomicBoolean takenBack = new AtomicBoolean();
        AtomicInteger waits = new AtomicInteger();
        return new Scenario() {
            @Override
            public FakeCluster cluster(SettableClock clock) {
                FakeCluster c = shape.cluster(clock);
                mishaps.forEach(m -> m.fault().accept(c.faults()));
                return c;
            }

            @Override
            public PatchRequest request() {
                return shape.request();
            }

            @Override
            public RunOptions options() {
                return RunOptions.none();
            }

            @Override
            public void watch(Simulation world, Effect e) {
                if (mishaps.stream().anyMatch(m -> m.cancelAt() == e.number())) {
                    try (SimulatedProcess other = world.process()) {
                        other.patcher().cancel(world.runs().get(0), Scenario.kim());
                    }
                }
            }

            @Override
            public boolean whileWaiting(SimulatedProcess p, RunId run, RunOutcome.Waiting waiting) {
                if (waits.incrementAndGet() == PATIENCE) { // a gate that stays closed needs a person
                    p.patcher().cancel(run, Scenario.kim());
                }
                return false;
            }

            @Override
            public boolean whenEnded(SimulatedProcess p, RunId run, RunOutcome outcome) {
                boolean wanted = mishaps.stream().anyMatch(Mishap::takeBack)
                        && outcome.status() != RunStatus.ROLLED_BACK
                        && takenBack.compareAndSet(false, true);
                if (wanted) {
                    p.patcher().rollback(run, Scenario.kim(), RunListener.none());
                }
                return wanted;
            }
        };
    }
}
