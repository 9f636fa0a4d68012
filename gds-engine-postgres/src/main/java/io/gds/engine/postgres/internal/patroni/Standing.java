package io.gds.engine.postgres.internal.patroni;

import io.gds.database.run.Blocked;
import io.gds.engine.postgres.internal.patroni.api.ClusterView;
import java.time.Duration;
import java.util.Optional;

/**
 * What others have in mind for the cluster: a pause, a scheduled switchover or restart. None of it is ours to undo, so we
 * wait for whoever did it. Immutable.
 */
record Standing(Optional<String> observed) {
    private static final Duration RECHECK = Duration.ofSeconds(1);

    static Standing of(ClusterView view) {
        if (view.pause()) {
            return new Standing(Optional.of("the cluster is paused (maintenance mode)"));
        }
        if (view.scheduledSwitchover().isPresent()) {
            return new Standing(Optional.of("a switchover is scheduled for "
                    + view.scheduledSwitchover().get().at()));
        }
        return new Standing(view.members().stream()
                .filter(m -> m.scheduledRestart().isPresent())
                .map(m -> "a restart of " + m.name() + " is scheduled for "
                        + m.scheduledRestart().orElseThrow().at())
                .findFirst());
    }

    Optional<Blocked> blocked() {
        return observed.map(o -> new Blocked(
                o, "no pause and nothing scheduled", "whoever did it: patronictl resume, or flush", RECHECK));
    }
}
