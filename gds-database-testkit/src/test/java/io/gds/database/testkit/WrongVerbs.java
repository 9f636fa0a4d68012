package io.gds.database.testkit;

import io.gds.database.spi.Permit;
import io.gds.database.spi.PrimaryTurns;
import io.gds.database.spi.Probed;
import io.gds.database.spi.RollingVerbs;
import io.gds.database.spi.StepContext;
import io.gds.database.spi.Verdict;
import io.gds.database.version.EngineVersion;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Engines that are wrong on purpose, each in one thing. */
final class WrongVerbs {
    /** Lets a member take over that has not caught up. */
    static final UnaryOperator<FakeEngine> PROMOTES_LAGGING = e -> e.with(RollingVerbs.class, new FakeVerbs(e) {
        @Override
        public Verdict serving(String member, EngineVersion version, StepContext<?> context) {
            return e.cluster().isDown(member) ? super.serving(member, version, context) : Verdict.holds();
        }

        @Override
        public Optional<String> candidate(Set<String> allowed, EngineVersion version) {
            return allowed.stream().sorted().findFirst();
        }

        @Override
        public Permit maySwitchOver(String from, String to, StepContext<?> context) {
            return Permit.granted();
        }
    });

    /** Says that a member is down, and has done nothing. */
    static final UnaryOperator<FakeEngine> FORGETS_TO_STOP = e -> e.with(RollingVerbs.class, new FakeVerbs(e) {
        @Override
        public void stop(String member, StepContext<?> context) {}

        @Override
        public Verdict stopped(String member, StepContext<?> context) {
            return Verdict.holds();
        }
    });

    /** Says that a switchover has not happened, whatever happened. */
    static final UnaryOperator<FakeEngine> LIES_IN_PROBE = e -> e.with(RollingVerbs.class, new FakeVerbs(e) {
        @Override
        public Probed probeSwitchover(String from, String to, boolean formerStaysDown, StepContext<?> context) {
            return Probed.notDone();
        }
    });

    /** Promotes the new primary, takes it back, and promotes it again. */
    static final UnaryOperator<FakeEngine> PROMOTES_TWICE = e -> e.with(RollingVerbs.class, new FakeVerbs(e) {
        @Override
        public void switchOver(String from, String to, boolean formerStaysDown, StepContext<?> context) {
            super.switchOver(from, to, false, context);
            super.switchOver(to, from, false, context);
            super.switchOver(from, to, formerStaysDown, context);
            if (formerStaysDown) {
                e.cluster().work().stop(from, e.hands(context));
            }
        }
    });

    /** Installs what it should only fetch. */
    static final UnaryOperator<FakeEngine> INSTALLS_TOO_EARLY = e -> e.with(RollingVerbs.class, new FakeVerbs(e) {
        @Override
        public void download(String member, EngineVersion version, StepContext<?> context) {
            super.download(member, version, context);
            super.install(member, version, context);
        }
    });

    /** Restarts a server whose packages are replaced, as distributions do when nobody stops them. */
    static final UnaryOperator<FakeEngine> RESTARTS_WITH_THE_PACKAGES =
            e -> e.with(RollingVerbs.class, new FakeVerbs(e) {
                @Override
                public void install(String member, EngineVersion version, StepContext<?> context) {
                    super.install(member, version, context);
                    if (!e.cluster().isDown(member)) {
                        e.cluster().work().restart(member, e.hands(context));
                    }
                }
            });

    /** Would restart anybody where it is. */
    static final UnaryOperator<FakeEngine> RESTARTS_ANYBODY = e -> e.with(PrimaryTurns.class, new FakePrimaryTurns(e) {
        @Override
        public Permit mayRestart(String primary, StepContext<?> context) {
            return Permit.granted();
        }
    });

    /** Says that the primary was restarted, and has done nothing. */
    static final UnaryOperator<FakeEngine> FORGETS_TO_RESTART =
            e -> e.with(PrimaryTurns.class, new FakePrimaryTurns(e) {
                @Override
                public void restart(String primary, EngineVersion version, StepContext<?> context) {}

                @Override
                public Verdict restarted(String primary, EngineVersion version, StepContext<?> context) {
                    return Verdict.holds();
                }
            });

    /** Restarts a primary that was restarted already. */
    static final UnaryOperator<FakeEngine> RESTARTS_TWICE = e -> e.with(PrimaryTurns.class, new FakePrimaryTurns(e) {
        @Override
        public void restart(String primary, EngineVersion version, StepContext<?> context) {
            if (e.cluster().running(primary).filter(version::equals).isPresent()) {
                e.cluster().work().stop(primary, e.hands(context));
            }
            super.restart(primary, version, context);
        }
    });

    private WrongVerbs() {}
}
