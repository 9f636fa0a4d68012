package io.gds.samples.cli;

import io.gds.database.error.ErrorCategory;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Params;
import io.gds.database.plan.Plan;
import java.util.List;

/** What the program says to the script that called it. */
enum ExitCode {
    /** All targets succeeded, or there was nothing to do. */
    SUCCEEDED(0),
    /** One target or more failed. */
    FAILED(1),
    /** Arguments or files have to be changed first; nothing was touched. */
    CONFIGURATION(2),
    /** Somebody could not be reached, and nothing failed otherwise. */
    CONNECTIVITY(3),
    /** Cancelled, after a clean stop at a safe point. */
    CANCELLED(130);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }

    /** Of a failure before anything was begun. */
    static ExitCode of(GdsDatabaseException e) {
        if (e.category() == ErrorCategory.USER) {
            return CONFIGURATION;
        }
        return e.category() == ErrorCategory.ENVIRONMENT ? CONNECTIVITY : FAILED;
    }

    /** Of a plan: whoever did not answer was left out of it. */
    static ExitCode of(Plan plan) {
        return plan.findings().stream().anyMatch(f -> f.id().equals("MSSQL-UNREACHABLE")) ? CONNECTIVITY : SUCCEEDED;
    }

    /**
     * Of a run that has ended.
     *
     * @param targets its rows of {@code hotfix_targets}
     */
    static ExitCode of(Plan plan, List<Params> targets) {
        boolean wrong = targets.stream()
                .map(t -> t.string("status"))
                .anyMatch(s -> !s.equals("success") && !s.equals("skipped"));
        return wrong ? FAILED : of(plan);
    }
}
