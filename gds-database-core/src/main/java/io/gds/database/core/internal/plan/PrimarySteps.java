package io.gds.database.core.internal.plan;

import static io.gds.database.core.internal.plan.StepLine.ANSWER_LOST;

import io.gds.database.plan.Condition;
import io.gds.database.plan.Params;
import io.gds.database.plan.PrimaryTurn;
import io.gds.database.plan.Retry;
import io.gds.database.spi.BracketDraft;
import io.gds.database.spi.BracketScope;
import io.gds.database.spi.RollingVerbs;
import io.gds.database.topology.Topology;
import java.time.Duration;
import java.util.List;

/** Lays the primary's turn: by switchover, by a restart in place, or both roads with the choice before them. */
final class PrimarySteps {
    static final String TURN_CHOSEN = "turn";

    private static final String TURN = "choose-turn";

    private final StepLine line;
    private final MemberSteps members;
    private final Topology topology;
    private final RollingVerbs verbs;

    PrimarySteps(StepLine line, MemberSteps members, Topology topology, RollingVerbs verbs) {
        this.line = line;
        this.members = members;
        this.topology = topology;
        this.verbs = verbs;
    }

    void turn(List<String> mayTakeOver, boolean turnsInPlace) {
        PrimaryTurn wish = line.request().primaryTurn();
        if (!turnsInPlace) {
            bySwitchover(mayTakeOver);
        } else if (mayTakeOver.isEmpty() || wish == PrimaryTurn.RESTART_IN_PLACE) {
            inPlace();
        } else if (wish == PrimaryTurn.SWITCHOVER) {
            bySwitchover(mayTakeOver);
        } else {
            line.add(line.cluster(TURN, PrimaryTurnHandlers.CHOOSE, "Choose between switchover and restart in place")
                    .param("primary", line.primary()));
            line.only(chosen(PrimaryTurn.SWITCHOVER), () -> bySwitchover(mayTakeOver));
            line.only(chosen(PrimaryTurn.RESTART_IN_PLACE), this::inPlace);
        }
    }

    private Condition chosen(PrimaryTurn turn) {
        return new Condition(line.id(TURN), TURN_CHOSEN, turn.name());
    }

    private void bySwitchover(List<String> mayTakeOver) {
        String primary = line.primary();
        String to = Params.ref(line.id(StepLine.CHOOSE), "candidate");
        line.ready("switchover-ready", line.whole());
        line.add(line.cluster(StepLine.CHOOSE, SwitchoverHandlers.CHOOSE, "Choose who takes over among " + mayTakeOver)
                .param("allowed", mayTakeOver)
                .param("version", line.request().target().toString()));
        line.add(line.step(primary + "-away", MemberHandlers.AWAY, primary, "From here on " + primary + " may be down")
                .params(Params.of("member", primary))
                .opens(line.named("away-" + primary)));
        List<BracketDraft> around = brackets(BracketScope.Kind.SWITCHOVER, "");
        // what takes its time, then the checkpoint, and only then what makes the application wait
        line.inside(patient(around), line.whole(), "", () -> {
            settle(primary, to, "settle", "Checkpoint both sides, so that the switchover is short");
            line.inside(
                    urgent(around),
                    line.whole(),
                    "",
                    () -> line.add(line.cluster(
                                    "switchover",
                                    SwitchoverHandlers.SWITCHOVER,
                                    "Switch over from " + primary + " to the candidate")
                            .params(Params.of("from", primary, "to", to, "formerStaysDown", true)
                                    .with("overrides", VerbHandler.overrides(line.request())))
                            .retry(new Retry(5, Duration.ofMillis(200)))
                            .undo(
                                    SwitchoverHandlers.SWITCHOVER,
                                    Params.of("from", to, "to", primary, "formerStaysDown", false))));
        });
        line.turned("");
        members.turn(primary, false);
        line.add(line.step(primary + "-home", MemberHandlers.START, primary, "Make sure that " + primary + " is back")
                // its own start has just seen it in order for as long as the request wants
                .params(Params.of("member", primary, "stableFor", Duration.ZERO))
                .retry(ANSWER_LOST)
                .closes(line.named("away-" + primary)));
    }

    /**
     * The packages are replaced under the running server, then it is restarted. Their order cannot be mirrored: on the way
     * back, too, the packages come first. So the restart of the way back stands before the packages, for that way alone.
     */
    private void inPlace() {
        String primary = line.primary();
        String prefix = primary + "-";
        String unpack = prefix + "unpack";
        List<BracketDraft> around = brackets(BracketScope.Kind.RESTART, primary);
        line.ready(prefix + "in-place-ready", primary);
        line.onlyBack(
                line.id(unpack),
                () -> line.inside(
                        around,
                        primary,
                        prefix + "back-",
                        () -> line.add(line.step(
                                        prefix + "restart-back",
                                        PrimaryTurnHandlers.RESTART,
                                        primary,
                                        "Restart " + primary + " where it is")
                                .params(Params.of("member", primary))
                                .retry(ANSWER_LOST)
                                .undo(PrimaryTurnHandlers.RESTART, Params.of("member", primary)))));
        line.add(members.install(primary, unpack, "Put " + line.request().target() + " beside the running " + primary));
        line.inside(patient(around), primary, prefix, () -> {
            settle(
                    primary,
                    primary,
                    prefix + "settle",
                    "Checkpoint " + primary + ", so that its shutdown has little to write");
            line.inside(
                    urgent(around),
                    primary,
                    prefix,
                    () -> line.add(line.step(
                                    prefix + "restart",
                                    PrimaryTurnHandlers.RESTART,
                                    primary,
                                    "Restart " + primary + " where it is")
                            .params(Params.of("member", primary))
                            .retry(ANSWER_LOST)));
        });
    }

    private static List<BracketDraft> patient(List<BracketDraft> around) {
        return around.stream().filter(b -> !b.urgency().closesFirst()).toList();
    }

    private static List<BracketDraft> urgent(List<BracketDraft> around) {
        return around.stream().filter(b -> b.urgency().closesFirst()).toList();
    }

    private void settle(String from, String to, String id, String title) {
        line.add(line.cluster(id, SwitchoverHandlers.SETTLE, title).params(Params.of("from", from, "to", to)));
    }

    private List<BracketDraft> brackets(BracketScope.Kind kind, String member) {
        return verbs.brackets(new BracketScope(kind, member), topology, line.request());
    }
}
