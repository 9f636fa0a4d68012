package io.gds.engine.postgres.internal.hold;

import io.gds.database.plan.Params;
import io.gds.database.spi.Cancellation;
import io.gds.database.spi.Prepared;
import io.gds.database.spi.StepContext;
import io.gds.database.spi.StepHandler;
import io.gds.database.spi.Verdict;
import io.gds.engine.postgres.internal.PostgresEngine;
import io.gds.engine.postgres.internal.config.HoldSpec;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** The two steps of a hold as a runner drives them. */
final class HoldStep {
    final StepHandler<PostgresEngine> hold;
    final StepHandler<PostgresEngine> release;
    final List<String> told = new ArrayList<>();
    private final PostgresEngine engine;
    Clock clock = Clock.systemUTC();
    Cancellation cancellation = Cancellation.never();

    HoldStep(PostgresEngine engine, List<HoldSpec> specs) {
        this.engine = engine;
        List<StepHandler<PostgresEngine>> both = HoldActions.handlers(e -> specs);
        this.hold = both.get(0);
        this.release = both.get(1);
    }

    @SuppressWarnings("unchecked") // a proxy has no type arguments
    private StepContext<PostgresEngine> context(Params facts, Params first) {
        return (StepContext<PostgresEngine>) Proxy.newProxyInstance(
                HoldStep.class.getClassLoader(),
                new Class<?>[] {StepContext.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "engine" -> engine;
                    case "key" -> "run-7/hold";
                    case "facts" -> facts;
                    case "firstFacts", "openingFacts" -> first;
                    case "clock" -> clock;
                    case "cancellation" -> cancellation;
                    case "fence" -> null;
                    case "progress" -> {
                        told.add(String.valueOf(arguments[0]));
                        yield null;
                    }
                    default -> throw new UnsupportedOperationException(method.toString());
                });
    }

    StepContext<PostgresEngine> opening(Params facts) {
        return context(facts, Params.empty());
    }

    StepContext<PostgresEngine> closing(Params first) {
        Params facts = ((Prepared.Proceed) release.prepare(context(Params.empty(), first))).facts();
        return context(facts, first);
    }

    Prepared prepare() {
        return hold.prepare(opening(Params.empty()));
    }

    /** The opener to its end; its facts. */
    Params open() throws Exception {
        Params facts = ((Prepared.Proceed) prepare()).facts();
        hold.apply(opening(facts));
        Verdict verdict = hold.verify(opening(facts));
        if (!(verdict instanceof Verdict.Holds)) {
            throw new AssertionError(String.valueOf(verdict));
        }
        return facts;
    }

    /** The closer; what verify says then. */
    Verdict close(Params first) throws Exception {
        StepContext<PostgresEngine> c = closing(first);
        release.apply(c);
        return release.verify(c);
    }
}
