package io.gds.database.core.internal.report;

import io.gds.database.plan.Finding;
import io.gds.database.plan.Params;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads event data without trusting it: a report of an old or half-known journal is better than an exception. */
final class Data {
    private Data() {}

    static String text(Params data, String key) {
        Object v = data.asMap().get(key);
        return v == null ? "" : String.valueOf(v);
    }

    static Optional<String> some(Params data, String key) {
        return Optional.of(text(data, key)).filter(s -> !s.isBlank());
    }

    static OptionalLong number(Params data, String key) {
        return data.asMap().get(key) instanceof Long n ? OptionalLong.of(n) : OptionalLong.empty();
    }

    static boolean flag(Params data, String key) {
        return Boolean.TRUE.equals(data.asMap().get(key));
    }

    static Optional<Duration> duration(Params data, String key) {
        try {
            return some(data, key).map(Duration::parse);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    static Optional<Instant> instant(Params data, String key) {
        try {
            return some(data, key).map(Instant::parse);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    static Params object(Params data, String key) {
        return data.asMap().get(key) instanceof Map<?, ?> m ? params(m) : Params.empty();
    }

    static List<Params> objects(Params data, String key) {
        List<Params> out = new ArrayList<>();
        if (data.asMap().get(key) instanceof List<?> list) {
            list.forEach(o -> {
                if (o instanceof Map<?, ?> m) {
                    out.add(params(m));
                }
            });
        }
        return out;
    }

    static Optional<Finding> finding(Params data) {
        Params f = object(data, "finding");
        if (f.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new Finding(
                text(f, "id"),
                severity(text(f, "severity")),
                text(f, "subject"),
                text(f, "observed"),
                text(f, "expected"),
                text(f, "remedy")));
    }

    private static Finding.Severity severity(String name) {
        for (Finding.Severity s : Finding.Severity.values()) {
            if (s.name().equals(name)) {
                return s;
            }
        }
        return Finding.Severity.BLOCK;
    }

    @SuppressWarnings("unchecked") // Params made every nested map one with string keys
    private static Params params(Map<?, ?> map) {
        return Params.of((Map<String, ?>) map);
    }
}
