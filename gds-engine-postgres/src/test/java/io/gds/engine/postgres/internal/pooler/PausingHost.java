package io.gds.engine.postgres.internal.pooler;

import io.gds.database.core.Engines;
import io.gds.database.spi.StepHandler;
import io.gds.engine.postgres.internal.PostgresEngine;
import io.gds.engine.postgres.internal.config.HostPort;
import io.gds.engine.postgres.internal.config.PoolerSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A program that pauses a pooler and then does nothing, so that a test can kill it. */
final class PausingHost {
    private PausingHost() {}

    /** Arguments: cluster spec, port of the pooler, file with its password, limit of the pause. */
    public static void main(String[] args) throws Exception {
        PostgresEngine engine = (PostgresEngine) Engines.open(Path.of(args[0]));
        PoolerSpec spec = new PoolerSpec(
                "one",
                new HostPort("127.0.0.1", Integer.parseInt(args[1])),
                List.of("app"),
                PgBouncer.ADMIN,
                "file:" + args[2],
                "prefer",
                Optional.empty(),
                Optional.empty(),
                Optional.of(Duration.parse(args[3])));
        StepHandler<PostgresEngine> pause = PoolerBed.pause(List.of(spec));
        System.out.println("FACTS "
                + StepInHand.run(pause, StepInHand.opener(engine, "run1/pause")).toJson());
        System.in.read(); // until it is killed
    }
}
