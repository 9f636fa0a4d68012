package io.gds.database.run;

import io.gds.database.plan.Params;
import java.io.PrintStream;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Plain lines, one for each event a person would want to see. */
final class PrintingListener implements RunListener {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneId.systemDefault());

    private final PrintStream out;

    PrintingListener(PrintStream out) {
        this.out = out;
    }

    @Override
    public void onEvent(RunEvent e) {
        String line =
                switch (e.type()) {
                    case STEP_INTENT -> step(e, "begins");
                    case STEP_VERIFIED -> step(e, "done");
                    case STEP_SKIPPED -> step(e, "skipped: " + text(e, "reason"));
                    case STEP_FAILED -> step(e, "FAILED: " + text(e, "reason"));
                    case STEP_UNKNOWN -> step(e, "UNKNOWN: " + text(e, "observed"));
                    case STEP_ATTEMPT_FAILED -> step(e, "answer lost or refused, looking: " + text(e, "reason"));
                    case STEP_REPLANNED -> step(e, "again: " + text(e, "reason"));
                    case WAITING -> step(e, "waits: " + text(e, "text"));
                    case GATE_REACHED -> "gate " + text(e, "gate") + " reached: " + text(e, "rule");
                    case GATE_APPROVED -> "gate " + text(e, "gate") + " approved by " + text(e, "by");
                    case GATE_OPENED -> "gate " + text(e, "gate") + " open: " + text(e, "reason");
                    case WAY_BACK_STARTED -> "going back: " + text(e, "reason");
                    case CANCEL_REQUESTED -> "stop requested: " + text(e, "reason");
                    case LEASE_TAKEN -> "run " + e.run() + " driven by " + text(e, "holder");
                    case RUN_FINISHED -> "run " + e.run() + " " + text(e, "status") + " " + text(e, "reason");
                    case PROGRESS -> step(e, text(e, "text"));
                    default -> "";
                };
        if (!line.isEmpty()) {
            out.println(TIME.format(e.at()) + "  " + line.strip());
        }
    }

    private static String step(RunEvent e, String what) {
        return e.step().orElse("run") + "  " + what;
    }

    private static String text(RunEvent e, String key) {
        Params d = e.data();
        return d.has(key) ? String.valueOf(d.asMap().get(key)) : "";
    }
}
