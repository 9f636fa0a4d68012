package io.gds.database.testkit;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Params;
import io.gds.database.spi.Permit;
import io.gds.database.spi.RollingVerbs;
import io.gds.database.spi.StepContext;
import io.gds.database.spi.Verdict;
import io.gds.database.version.EngineVersion;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** The verbs as the core calls them, with its waits. */
final class ContractVerbs {
    private static final int LOOKS = 600;
    private static final Duration BETWEEN = Duration.ofMillis(200);

    private final EngineFixture fixture;
    private final RollingVerbs verbs;

    ContractVerbs(EngineFixture fixture) {
        this.fixture = fixture;
        this.verbs = fixture.engine().facet(RollingVerbs.class).orElseThrow();
    }

    RollingVerbs verbs() {
        return verbs;
    }

    StepContext<?> context(Params params, Params facts) {
        return new ContractContext(fixture.engine(), fixture.clock(), params, facts);
    }

    StepContext<?> of(String member) {
        return context(Params.of("member", member), Params.empty());
    }

    /** The first member that does not accept writes. */
    String follower() {
        return fixture.members().stream()
                .filter(m -> !m.equals(fixture.primary()))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the contract needs a cluster with a follower"));
    }

    void stop(String member) {
        StepContext<?> c = context(Params.of("member", member), verbs.beforeStop(member));
        whenItIsTime(() -> verbs.stop(member, c));
        holds("stopped " + member, () -> verbs.stopped(member, c));
    }

    /** An effect may say that it is not the time, as long as that may be tried again. */
    private void whenItIsTime(Runnable effect) {
        for (int i = 1; ; i++) {
            try {
                effect.run();
                return;
            } catch (GdsDatabaseException e) {
                if (!e.retryable() || i == LOOKS) {
                    throw e;
                }
                fixture.pass(BETWEEN);
            }
        }
    }

    void start(String member) {
        StepContext<?> c = of(member);
        verbs.start(member, c);
        holds(
                "serving " + member,
                () -> verbs.serving(member, verbs.installed(member).orElseThrow(), c));
    }

    StepContext<?> switchover(String from, String to) {
        return context(Params.of("from", from, "to", to, "formerStaysDown", false), verbs.beforeSwitchover(from, to));
    }

    void switchOver(String from, String to, StepContext<?> c) {
        verbs.settle(from, to, c);
        verbs.switchOver(from, to, false, c);
        holds("switched over to " + to, () -> verbs.switchedOver(from, to, false, c));
    }

    void unpack(String member, EngineVersion version) {
        if (verbs.downloads()) {
            verbs.download(member, version, of(member));
        }
        verbs.install(member, version, of(member));
        if (!verbs.installed(member).equals(Optional.of(version))) {
            throw new AssertionError("installed on " + member + ": " + verbs.installed(member) + ", not " + version);
        }
    }

    StepContext<?> restart(String member, EngineVersion version) {
        return context(Params.of("member", member), verbs.beforeStop(member).with("version", version.toString()));
    }

    /** A healthy cluster may still want to be waited for, for instance until everybody follows somebody. */
    void grants(String what, Supplier<Permit> ask) {
        Permit last = ask.get();
        for (int i = 0; i < LOOKS && last instanceof Permit.Wait w; i++) {
            fixture.pass(w.blocked().recheck());
            last = ask.get();
        }
        if (!(last instanceof Permit.Granted)) {
            throw new AssertionError(what + ": " + last);
        }
    }

    void holds(String what, Supplier<Verdict> look) {
        Verdict last = look.get();
        for (int i = 0; i < LOOKS && !(last instanceof Verdict.Holds); i++) {
            Duration again = last instanceof Verdict.NotYet n ? n.blocked().recheck() : BETWEEN;
            fixture.pass(again);
            last = look.get();
        }
        if (!(last instanceof Verdict.Holds)) {
            throw new AssertionError(what + ": still " + last);
        }
    }
}
