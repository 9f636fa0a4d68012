package io.gds.engine.mssql.internal.config;

import io.gds.database.error.Problem;
import io.gds.database.plan.Params;
import io.gds.database.spi.JsonReader;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON that people or hosts wrote, as values that a spec may hold: a null counts as absent. */
public final class PlainJson {
    private static final MathContext CERTAIN = new MathContext(15);

    private PlainJson() {}

    /**
     * Reads one object.
     *
     * @param problems where it is noted when the text is no JSON object, or holds a fraction
     * @return empty when the text is no JSON object
     */
    public static Params object(String json, List<Problem> problems) {
        try {
            return Params.of(plain("", JsonReader.object(withoutMark(json)), problems));
        } catch (IllegalArgumentException e) {
            problems.add(new Problem("", "", String.valueOf(e.getMessage()), "a JSON object"));
            return Params.empty();
        }
    }

    /** Windows' own editors and PowerShell put a byte order mark before the text. */
    private static String withoutMark(String json) {
        return json.startsWith("\uFEFF") ? json.substring(1) : json;
    }

    private static Map<String, Object> plain(String at, Map<?, ?> values, List<Problem> problems) {
        Map<String, Object> plain = new LinkedHashMap<>();
        values.forEach((key, value) -> {
            @Nullable Object read = value(at + "/" + key, value, problems);
            if (read != null) {
                plain.put(String.valueOf(key), read);
            }
        });
        return plain;
    }

    private static @Nullable Object value(String at, @Nullable Object value, List<Problem> problems) {
        if (value instanceof Map<?, ?> map) {
            return plain(at, map, problems);
        }
        if (value instanceof List<?> list) {
            List<Object> plain = new ArrayList<>();
            for (int i = 0; i < list.size(); i++) {
                if (list.get(i) == null) {
                    problems.add(new Problem(at + "/" + i, String.valueOf(i), "null", "a value"));
                }
                @Nullable Object read = value(at + "/" + i, list.get(i), problems);
                if (read != null) {
                    plain.add(read);
                }
            }
            return plain;
        }
        if (value instanceof Double fraction) {
            problems.add(new Problem(at, at.substring(at.lastIndexOf('/') + 1), shown(fraction), "a whole number"));
            return null;
        }
        return value;
    }

    /** The digits that are certain: what a double prints beyond them is not the same on every JDK. */
    private static String shown(double fraction) {
        return new BigDecimal(fraction, CERTAIN).stripTrailingZeros().toString();
    }
}
