package io.gds.database.core.internal.config;

import io.gds.database.plan.Params;
import java.util.Map;

/**
 * The values of a spec and where each of them stands.
 *
 * @param values what could be used of the text
 * @param marks the place of every value by its path, for example {@code members[1].port}; the root has the empty path
 * @param complete whether the whole text could be read, so that what is not here is missing
 */
record SpecDocument(Map<String, Object> values, Map<String, Mark> marks, boolean complete) {
    /** Values that come from no text. */
    static SpecDocument of(Params params) {
        return new SpecDocument(params.asMap(), Map.of(), true);
    }

    /** The place of a field; for one that is missing, of what it should stand in. */
    Mark markOf(String field) {
        String path = field;
        while (true) {
            Mark mark = marks.get(path);
            if (mark != null) {
                return mark;
            }
            int cut = Math.max(path.lastIndexOf('.'), path.lastIndexOf('['));
            if (cut < 0) {
                return marks.getOrDefault("", Mark.NONE);
            }
            path = path.substring(0, cut);
        }
    }
}
