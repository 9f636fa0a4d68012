package io.gds.database.core.internal.report;

import io.gds.database.plan.Finding;
import io.gds.database.run.RunEvent;
import java.util.List;
import java.util.Optional;

/**
 * A finding of the pre-flight and who took it upon themselves.
 *
 * @param finding the finding
 * @param word the acknowledgement
 */
record Acknowledged(Finding finding, Optional<Word> word) {
    static List<Acknowledged> of(List<Finding> findings, List<RunEvent> events) {
        return findings.stream()
                .map(f -> new Acknowledged(f, word(f.id(), events)))
                .toList();
    }

    private static Optional<Word> word(String finding, List<RunEvent> events) {
        return events.stream()
                .filter(e -> e.type() == RunEvent.Type.FINDING_ACKNOWLEDGED
                        && Data.text(e.data(), "id").equals(finding))
                .findFirst()
                .map(Word::of);
    }
}
