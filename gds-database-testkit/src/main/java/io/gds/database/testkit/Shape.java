package io.gds.database.testkit;

import io.gds.database.gate.Gates;
import io.gds.database.plan.PatchRequest;
import io.gds.database.plan.PrimaryTurn;
import io.gds.database.plan.ProbeSettings;
import io.gds.database.plan.Strategy;
import io.gds.database.plan.TurnForecast;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;

/**
 * The shape of a random story: which cluster, and what is wished for it.
 *
 * @param members how many members
 * @param strategy how it is patched
 * @param allowedDown how many may be down
 * @param keep whether a failure is kept instead of taken back
 * @param turn how the primary's turn is wished; empty when the engine knows of one way only
 * @param restartIsShorter what is measured of the two ways
 * @param downloads whether versions are fetched before
 * @param extensions whether extensions are updated behind the patch
 */
record Shape(
        int members,
        Strategy strategy,
        int allowedDown,
        boolean keep,
        Optional<PrimaryTurn> turn,
        boolean restartIsShorter,
        boolean downloads,
        boolean extensions) {
    private static final Duration SHORT = Duration.ofMillis(400);
    private static final Duration LONG = Duration.ofMillis(1300);

    static Shape random(Random r) {
        int members = 1 + r.nextInt(6);
        int wave = 1 + r.nextInt(3);
        Strategy strategy =
                switch (r.nextInt(5)) {
                    case 0 -> Strategy.canary(wave);
                    case 1 -> Strategy.canary(1).soak(Duration.ofMinutes(30)).gate(Gates.elapsed(Duration.ofHours(1)));
                    case 2 -> Strategy.waves(wave, wave + 1);
                    case 3 -> Strategy.allAtOnce();
                    default -> Strategy.rolling();
                };
        int down =
                switch (strategy.kind()) {
                    case WAVES -> wave + 1;
                    case ALL_AT_ONCE -> members;
                    default -> 1;
                };
        Optional<PrimaryTurn> turn =
                switch (r.nextInt(6)) {
                    case 0 -> Optional.of(members > 1 ? PrimaryTurn.SWITCHOVER : PrimaryTurn.AUTO);
                    case 1 -> Optional.of(PrimaryTurn.RESTART_IN_PLACE);
                    case 2, 3 -> Optional.of(PrimaryTurn.AUTO);
                    default -> Optional.empty();
                };
        // in place, a version that does not start leaves no primary unless the failure is taken back
        boolean staysInPlace = members == 1 || strategy.kind() == Strategy.Kind.ALL_AT_ONCE || turn.isPresent();
        return new Shape(
                members,
                strategy,
                down,
                r.nextInt(8) == 0 && !staysInPlace,
                turn,
                r.nextInt(3) > 0,
                r.nextBoolean(),
                r.nextInt(4) == 0);
    }

    FakeCluster cluster(SettableClock clock) {
        FakeCluster c = FakeCluster.of("orders", members, "1.0", clock)
                .target("1.1")
                .allowDown(allowedDown)
                .environment("test");
        if (turn.isPresent()) {
            TurnForecast restart = new TurnForecast(LONG, SHORT, "a guess");
            TurnForecast switchover = new TurnForecast(SHORT, LONG, "a guess");
            c.abilities()
                    .restartsInPlace(restartIsShorter ? switchover : restart, restartIsShorter ? restart : switchover);
        }
        if (downloads) {
            c.abilities().downloads();
        }
        if (extensions) {
            c.abilities().updatesExtensions();
        }
        return c;
    }

    PatchRequest request() {
        PatchRequest r = PatchRequest.to("1.1")
                .probe(ProbeSettings.off())
                .memberTimeout(Duration.ofMinutes(1))
                .primaryTurn(turn.orElse(PrimaryTurn.AUTO))
                .strategy(strategy);
        r = extensions ? r.updateExtensions(Gates.elapsed(Duration.ofMinutes(10))) : r;
        return keep ? r.keepOnFailure() : r;
    }
}
