package io.gds.database.core.internal.report;

import io.gds.database.plan.Params;
import io.gds.database.plan.Step;
import io.gds.database.run.RunStatus;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * From which version to which a run led, as far as its plan and its facts tell.
 *
 * @param from empty when not known
 * @param to empty when not known
 */
record Versions(String from, String to) {
    private static final Pattern VERSION = Pattern.compile("v?\\d+([.+~-]?\\w+)*");
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^.}]+)\\.([^}]+)}");
    private static final List<String> TO = List.of("version", "to", "toVersion", "target", "targetVersion");
    private static final List<String> FROM = List.of(
            "fromVersion", "from", "versionBefore", "previousVersion", "previous", "installed", "running", "before");

    static Versions of(List<Step> steps, Steps logs) {
        Optional<String> to =
                steps.stream().flatMap(s -> keys(TO, s.params(), logs)).findFirst();
        Optional<String> from = Stream.concat(
                        steps.stream().flatMap(s -> s.undo().stream()).flatMap(u -> keys(TO, u.params(), logs)),
                        steps.stream()
                                .flatMap(s -> Stream.concat(
                                        Stream.of(s.params()), logs.log(s.id().value()).map(StepLog::facts).stream()))
                                .flatMap(p -> keys(FROM, p, logs)))
                .filter(v -> to.isEmpty() || !v.equals(to.get()))
                .findFirst();
        return new Versions(from.orElse(""), to.orElse(""));
    }

    private static Stream<String> keys(List<String> keys, Params p, Steps logs) {
        return keys.stream()
                .flatMap(k -> Data.some(p, k).stream())
                .map(v -> resolved(v, logs))
                .filter(v -> VERSION.matcher(v).matches());
    }

    private static String resolved(String v, Steps logs) {
        Matcher m = REFERENCE.matcher(v);
        return m.matches()
                ? logs.log(m.group(1))
                        .flatMap(l -> Data.some(l.facts(), m.group(2)))
                        .orElse("")
                : v;
    }

    /** The way in words; a run that went back did not arrive. */
    String arrow(RunStatus status) {
        return status == RunStatus.ROLLED_BACK && !to.isEmpty() ? arrow() + ", taken back" : arrow();
    }

    private String arrow() {
        if (to.isEmpty()) {
            return from;
        }
        return from.isEmpty() ? "to " + to : from + " → " + to;
    }
}
