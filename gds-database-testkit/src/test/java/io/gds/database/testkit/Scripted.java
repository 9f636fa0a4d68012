package io.gds.database.testkit;

import io.gds.database.plan.ActionId;
import io.gds.database.plan.Params;
import io.gds.database.spi.Prepared;
import io.gds.database.spi.Probed;
import io.gds.database.spi.StepContext;
import io.gds.database.spi.StepHandler;
import io.gds.database.spi.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A handler whose answers a test writes; notes every call. */
final class Scripted implements StepHandler<FakeEngine> {
    private final ActionId action;
    final List<String> calls = new ArrayList<>();
    Function<StepContext<FakeEngine>, Prepared> prepare = c -> Prepared.proceed(Params.empty());
    Function<StepContext<FakeEngine>, Params> apply = c -> Params.empty();
    Function<StepContext<FakeEngine>, Verdict> verify = c -> Verdict.holds();
    Function<StepContext<FakeEngine>, Probed> probe = c -> Probed.notDone();

    Scripted(String action) {
        this.action = ActionId.of(action);
    }

    @Override
    public ActionId action() {
        return action;
    }

    @Override
    public String describe(Params p) {
        return "do as the test says";
    }

    @Override
    public Prepared prepare(StepContext<FakeEngine> c) {
        calls.add("prepare " + c.key());
        return prepare.apply(c);
    }

    @Override
    public Params apply(StepContext<FakeEngine> c) {
        calls.add("apply " + c.key());
        return apply.apply(c);
    }

    @Override
    public Verdict verify(StepContext<FakeEngine> c) {
        calls.add("verify " + c.key());
        return verify.apply(c);
    }

    @Override
    public Probed probe(StepContext<FakeEngine> c) {
        calls.add("probe " + c.key());
        return probe.apply(c);
    }
}
