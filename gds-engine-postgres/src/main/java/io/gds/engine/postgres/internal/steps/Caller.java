package io.gds.engine.postgres.internal.steps;

import io.gds.database.spi.StepContext;
import java.util.function.Consumer;

/**
 * On whose behalf roles are changed: a step of a run, which may have been deposed, or a direct call, which cannot be.
 *
 * @param fence throws when the caller must not act any more
 * @param progress takes what is worth telling
 */
record Caller(Runnable fence, Consumer<String> progress) {
    static Caller of(StepContext<?> c) {
        return new Caller(c::fence, c::progress);
    }

    static Caller direct() {
        return new Caller(() -> {}, text -> {});
    }
}
