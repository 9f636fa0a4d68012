package io.gds.database.testkit;

import static java.util.Objects.requireNonNull;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.error.Problem;
import io.gds.database.plan.Params;
import io.gds.database.spi.EngineContext;
import io.gds.database.spi.EngineProvider;
import io.gds.database.spi.StepHandler;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.UnaryOperator;

/** The plugin of the fake engine, for one fake cluster. Give it to {@code Engines.load().with(...)}. */
public final class FakeProvider implements EngineProvider<FakeEngine> {
    /** The engine's id. */
    public static final String ID = "fake";

    private final FakeCluster cluster;
    private final Mishaps mishaps;
    private final UnaryOperator<FakeEngine> variant;
    private final List<StepHandler<FakeEngine>> handlers = new ArrayList<>();

    /** A plugin for a cluster, in a process that does not die. */
    public FakeProvider(FakeCluster cluster) {
        this(cluster, Mishaps.none(), e -> e, List.of());
    }

    FakeProvider(
            FakeCluster cluster,
            Mishaps mishaps,
            UnaryOperator<FakeEngine> variant,
            List<StepHandler<FakeEngine>> more) {
        this.cluster = requireNonNull(cluster, "cluster");
        this.mishaps = mishaps;
        this.variant = variant;
        handlers.add(new FakeHandlers.Change());
        handlers.add(new FakeHandlers.Restore());
        handlers.add(new FakeHandlers.Extend());
        handlers.addAll(more);
    }

    @Override
    public String id() {
        return ID;
    }

    @Override
    public List<Problem> check(Params spec) {
        return List.of();
    }

    @Override
    public FakeEngine open(Params spec, EngineContext context) {
        if (!spec.string("name").equals(cluster.name())) {
            throw GdsDatabaseException.user("FAKE-NO-CLUSTER")
                    .message("there is no fake cluster " + spec.string("name") + ".")
                    .remedy("open " + cluster.name() + ".")
                    .build();
        }
        return variant.apply(new FakeEngine(cluster, context.reference(), mishaps));
    }

    @Override
    public Collection<? extends StepHandler<FakeEngine>> handlers() {
        return List.copyOf(handlers);
    }
}
