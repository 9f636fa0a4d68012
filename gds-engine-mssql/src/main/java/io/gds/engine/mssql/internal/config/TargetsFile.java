package io.gds.engine.mssql.internal.config;

import io.gds.database.error.InvalidSpecException;
import io.gds.database.error.Problem;
import io.gds.database.plan.Params;
import io.gds.database.spi.SpecFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What {@code sql_targets.json} holds.
 *
 * @param spec the part of a spec that it stands for: {@code targets}, as they were written, without what is null
 * @param targets the same, read
 */
public record TargetsFile(Params spec, List<TargetSpec> targets) {
    private static final String TARGETS = "targets";
    private static final String VERSION = "schema_version";

    /** Copies the list. */
    public TargetsFile {
        targets = List.copyOf(targets);
    }

    /**
     * Reads a text.
     *
     * @param source where the text comes from, for messages
     * @throws InvalidSpecException with every mistake: line and JSON pointer, what was found, what was expected
     */
    public static TargetsFile read(String source, String json) {
        List<Problem> problems = new ArrayList<>();
        Params values = PlainJson.object(json, problems);
        if (problems.stream().anyMatch(p -> p.location().isEmpty())) {
            throw new InvalidSpecException(source, problems); // no JSON at all, and its message has the line
        }
        SpecFields root = SpecFields.of(values, problems).only(VERSION, TARGETS);
        if (root.has(VERSION) && !Long.valueOf(1).equals(root.values().get(VERSION))) {
            root.wrong(VERSION, "\"" + root.values().get(VERSION) + "\"", "1");
        }
        List<TargetSpec> targets = TargetFields.read(root);
        if (!problems.isEmpty()) {
            JsonLines lines = JsonLines.of(json);
            throw new InvalidSpecException(
                    source, problems.stream().map(lines::in).toList());
        }
        return new TargetsFile(Params.of(Map.of(TARGETS, values.asMap().get(TARGETS))), targets);
    }
}
