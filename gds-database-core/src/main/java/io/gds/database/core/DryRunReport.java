package io.gds.database.core;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Finding;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a run would do now. Nothing was changed and nothing journalled.
 *
 * @param findings what speaks against or about it, from fresh facts
 * @param steps a line for each step
 */
public record DryRunReport(List<Finding> findings, List<String> steps) {
    /** Copies. */
    public DryRunReport {
        findings = List.copyOf(findings);
        steps = List.copyOf(steps);
    }

    /** Whether nothing blocks. */
    public boolean isSuccess() {
        return findings.stream().noneMatch(f -> f.severity() == Finding.Severity.BLOCK);
    }

    /**
     * Returns this report when nothing blocks.
     *
     * @throws GdsDatabaseException with code {@code GDS-FINDINGS} naming every blocking finding
     */
    public DryRunReport orElseThrow() {
        if (isSuccess()) {
            return this;
        }
        throw GdsDatabaseException.user("GDS-FINDINGS")
                .message("the dry run found what blocks the run:\n"
                        + findings.stream()
                                .filter(f -> f.severity() == Finding.Severity.BLOCK)
                                .map(f -> "  " + f)
                                .collect(Collectors.joining("\n")))
                .remedy("do what each finding says, then plan again.")
                .build();
    }
}
