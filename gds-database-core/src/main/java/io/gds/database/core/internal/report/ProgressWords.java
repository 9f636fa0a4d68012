package io.gds.database.core.internal.report;

import io.gds.database.run.RunEvent;
import java.time.Duration;
import java.util.Optional;

/** One line for each event that a person watching a run would want to keep. */
final class ProgressWords {
    private ProgressWords() {}

    static Optional<String> line(RunEvent e, Optional<Duration> estimate) {
        String line =
                switch (e.type()) {
                    case STEP_INTENT ->
                        step(e, "begins")
                                + estimate.map(d -> ", about " + Words.duration(d))
                                        .orElse("");
                    case STEP_VERIFIED -> step(e, "done");
                    case STEP_SKIPPED -> step(e, "skipped") + reason(e, "reason");
                    case STEP_FAILED -> step(e, "FAILED") + reason(e, "reason");
                    case STEP_UNKNOWN -> step(e, "UNKNOWN") + reason(e, "observed");
                    case STEP_ATTEMPT_FAILED -> step(e, "answer lost or refused, looking") + reason(e, "reason");
                    case STEP_REPLANNED -> step(e, "again") + reason(e, "reason");
                    case STEP_SETTLED -> step(e, "settled as " + text(e, "as") + " by " + text(e, "by"));
                    case WAITING -> step(e, "waits") + reason(e, "text");
                    case GATE_REACHED -> "gate " + text(e, "gate") + " reached" + reason(e, "rule");
                    case GATE_APPROVED ->
                        "gate " + text(e, "gate") + " approved by " + text(e, "by") + reason(e, "reason");
                    case GATE_OPENED -> "gate " + text(e, "gate") + " open" + reason(e, "reason");
                    case GATE_EXPIRED -> "gate " + text(e, "gate") + " expired";
                    case WAY_BACK_STARTED -> "going back" + reason(e, "reason");
                    case CANCEL_REQUESTED -> "stop requested" + reason(e, "reason");
                    case LEASE_TAKEN -> "run " + e.run() + " driven by " + text(e, "holder");
                    case RUN_REOPENED -> "run " + e.run() + " goes on" + reason(e, "reason");
                    case RUN_FINISHED -> "run " + e.run() + " " + text(e, "status") + reason(e, "reason");
                    case PROGRESS -> step(e, text(e, "text"));
                    default -> "";
                };
        return line.isEmpty() ? Optional.empty() : Optional.of(Plain.line(Words.iso(line.strip())));
    }

    /** Lines that stay above the live board; the board itself shows everything else. */
    static boolean lasts(RunEvent.Type type) {
        return switch (type) {
            case STEP_FAILED,
                    STEP_UNKNOWN,
                    STEP_ATTEMPT_FAILED,
                    STEP_SETTLED,
                    GATE_REACHED,
                    GATE_APPROVED,
                    GATE_OPENED,
                    GATE_EXPIRED,
                    WAY_BACK_STARTED,
                    CANCEL_REQUESTED,
                    LEASE_TAKEN,
                    RUN_REOPENED,
                    RUN_FINISHED -> true;
            default -> false;
        };
    }

    private static String step(RunEvent e, String what) {
        return e.step().orElse("run") + "  " + what;
    }

    private static String text(RunEvent e, String key) {
        return Data.text(e.data(), key);
    }

    private static String reason(RunEvent e, String key) {
        return Data.some(e.data(), key).map(r -> ": " + r).orElse("");
    }
}
