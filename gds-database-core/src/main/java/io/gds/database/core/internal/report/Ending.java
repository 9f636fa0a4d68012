package io.gds.database.core.internal.report;

import io.gds.database.plan.Finding;
import io.gds.database.plan.Params;
import io.gds.database.run.RunEvent;
import io.gds.database.run.RunStatus;
import java.util.List;
import java.util.Optional;

/**
 * How the run stands, in words.
 *
 * @param summary one or two sentences
 * @param cause the finding that stopped it
 * @param next what a person can do now; empty when nothing is needed
 */
record Ending(String summary, Optional<Finding> cause, String next) {
    static Ending of(ReportSource source, Steps steps, List<GateStory> gates) {
        Params finished = last(source.events(), RunEvent.Type.RUN_FINISHED);
        Params back = last(source.events(), RunEvent.Type.WAY_BACK_STARTED);
        Params failed = last(source.events(), RunEvent.Type.STEP_FAILED);
        Optional<Finding> cause =
                Data.finding(finished).or(() -> Data.finding(back)).or(() -> Data.finding(failed));
        String reason = Data.some(finished, "reason").orElse(Data.text(back, "reason"));
        String run = source.run().value();
        return switch (source.status()) {
            case SUCCEEDED -> new Ending(done(source, steps), Optional.empty(), "");
            case WAITING -> waiting(gates, run);
            case UNDETERMINED -> undetermined(source, reason, run);
            case RUNNING ->
                new Ending(
                        "A process drives it, or drove it until it died.",
                        Optional.empty(),
                        "If no process is left, resume run " + run + ".");
            case FAILED ->
                new Ending(
                        orElse(reason, "It stopped and needs help."),
                        cause,
                        "Follow the remedy, then retry, resume or roll back run " + run + ".");
            case PARTIAL -> new Ending(orElse(reason, "Some lanes are done, others went back."), cause, "");
            case ROLLED_BACK -> new Ending(orElse(reason, "The way back was gone to its end."), cause, "");
            case CANCELLED ->
                new Ending(orElse(reason, "Somebody stopped it; temporary changes were restored."), cause, "");
        };
    }

    private static String done(ReportSource source, Steps steps) {
        long skipped = source.plan().steps().stream()
                .filter(s -> steps.state(s) == io.gds.database.run.StepState.SKIPPED)
                .count();
        return "All " + Words.plural(source.plan().steps().size(), "step") + " are done and verified"
                + (skipped == 0 ? "." : "; " + skipped + " had nothing to do.");
    }

    private static Ending waiting(List<GateStory> gates, String run) {
        return gates.stream()
                .filter(g -> g.state().equals("waits"))
                .findFirst()
                .map(g -> new Ending(
                        "Gate " + g.name() + " waits: " + g.rule() + ".",
                        Optional.empty(),
                        "Approve gate " + g.name() + " of run " + run
                                + " where people are asked for; the run goes on when resumed."))
                .orElse(new Ending(
                        "It waits for a gate or a fact, without a process.",
                        Optional.empty(),
                        "Resume run " + run + " when it is due."));
    }

    private static Ending undetermined(ReportSource source, String reason, String run) {
        RunEvent unknown = source.events().stream()
                .filter(e -> e.type() == RunEvent.Type.STEP_UNKNOWN)
                .reduce((a, b) -> b)
                .orElse(null);
        if (unknown == null) {
            return new Ending(
                    orElse(reason, "Nobody can tell whether an effect happened."),
                    Optional.empty(),
                    "Settle the unknown step of run " + run + ".");
        }
        String step = unknown.step().orElse("");
        String settles = Data.text(unknown.data(), "settles");
        return new Ending(
                "Step " + step + ": " + Data.some(unknown.data(), "observed").orElse("its effect is not known") + ".",
                Optional.empty(),
                (settles.isEmpty() ? "" : "What would settle it: " + settles + ". ") + "Then settle step " + step
                        + " of run " + run + ".");
    }

    private static String orElse(String text, String otherwise) {
        if (text.isBlank()) {
            return otherwise;
        }
        String sentence = Character.toUpperCase(text.charAt(0)) + text.substring(1);
        return sentence.matches(".*[.!?]") ? sentence : sentence + ".";
    }

    private static Params last(List<RunEvent> events, RunEvent.Type type) {
        return events.stream()
                .filter(e -> e.type() == type)
                .reduce((a, b) -> b)
                .map(RunEvent::data)
                .orElse(Params.empty());
    }

    /** Which of four colours a status has: good, busy, bad or unsure. */
    static String tone(RunStatus status) {
        return switch (status) {
            case SUCCEEDED -> "good";
            case RUNNING, WAITING -> "busy";
            case PARTIAL, ROLLED_BACK, CANCELLED -> "back";
            case FAILED -> "bad";
            case UNDETERMINED -> "unsure";
        };
    }
}
