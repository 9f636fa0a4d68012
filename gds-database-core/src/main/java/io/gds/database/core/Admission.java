package io.gds.database.core;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Finding;
import io.gds.database.plan.Plan;
import java.util.List;
import java.util.stream.Collectors;

/** Refuses plans with findings that nobody may or did pass over. */
final class Admission {
    private Admission() {}

    static void check(Plan plan, RunOptions options) {
        List<Finding> open = plan.findings().stream()
                .filter(f -> f.severity() == Finding.Severity.BLOCK
                        || (f.severity() == Finding.Severity.ACK
                                && !options.acknowledged().containsKey(f.id())))
                .toList();
        if (!open.isEmpty()) {
            throw GdsDatabaseException.user("GDS-FINDINGS")
                    .message("plan " + plan + " is refused:\n"
                            + open.stream().map(f -> "  " + f).collect(Collectors.joining("\n")))
                    .remedy(
                            "do what each finding says and plan again; a finding marked ACK may also be acknowledged by a"
                                    + " named person: RunOptions.none().acknowledge(id, by(person).because(reason)).")
                    .build();
        }
    }
}
