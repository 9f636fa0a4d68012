package io.gds.database.core.internal.run;

import io.gds.database.plan.Params;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Fills in references of the form <code>${step.key}</code>. */
public final class References {
    /** Finds a fact. */
    public interface Facts {
        /** The value of a fact of a step. */
        String fact(String step, String key);
    }

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^.}]+)\\.([^}]+)}");

    private References() {}

    static Params resolve(Params params, Facts facts) {
        Map<String, Object> out = new TreeMap<>();
        params.asMap().forEach((k, v) -> out.put(k, value(v, facts)));
        return Params.of(out);
    }

    private static Object value(Object v, Facts facts) {
        if (v instanceof String s) {
            return REFERENCE.matcher(s).replaceAll(m -> Matcher.quoteReplacement(facts.fact(m.group(1), m.group(2))));
        }
        if (v instanceof List<?> list) {
            List<Object> out = new ArrayList<>();
            list.forEach(x -> out.add(value(x, facts)));
            return out;
        }
        if (v instanceof Map<?, ?> map) {
            Map<String, Object> out = new TreeMap<>();
            map.forEach((k, x) -> out.put((String) k, value(x, facts)));
            return out;
        }
        return v;
    }
}
