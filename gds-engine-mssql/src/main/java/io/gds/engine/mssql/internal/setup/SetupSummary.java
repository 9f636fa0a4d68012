package io.gds.engine.mssql.internal.setup;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What {@code Summary.txt} says about a run of setup: a second witness beside the exit code.
 *
 * @param finalResult the line {@code Final result}, for example {@code Passed but reboot required, see logs for details}
 * @param exitCode the line {@code Exit code (Decimal)}
 * @param exitMessage the line {@code Exit message}: that of an instance where the whole has none but its result again
 * @param requestedAction the line {@code Requested action}
 * @param failedRules the rules that failed or warned, a line each
 * @param instances by the name of an instance its result
 */
public record SetupSummary(
        String finalResult,
        OptionalInt exitCode,
        String exitMessage,
        String requestedAction,
        List<String> failedRules,
        Map<String, String> instances) {
    /** With {@code or warnings} behind it since 2016. */
    private static final String RULES = "rules with failures";

    private static final String RULES_END = "Rules report file";

    /** Copies the lists. */
    public SetupSummary {
        failedRules = List.copyOf(failedRules);
        instances = Map.copyOf(instances);
    }

    /** Reads the text; what it does not say stays empty. */
    public static SetupSummary parse(String text) {
        Map<String, String> overall = new LinkedHashMap<>();
        Map<String, String> instances = new LinkedHashMap<>();
        List<String> rules = new ArrayList<>();
        Optional<String> instance = Optional.empty();
        String instanceMessage = "";
        String section = "";
        for (String raw : text.split("\\R", -1)) {
            String line = raw.strip();
            int colon = line.indexOf(':');
            String key = line.substring(0, Math.max(colon, 0)).strip();
            String value = line.substring(colon + 1).strip();
            if (key.equals(RULES_END)) {
                // An exception may follow, with lines of all kinds.
                section = "";
            } else if (section.startsWith(RULES)) {
                if (isRule(line)) {
                    rules.add(line);
                }
            } else if (colon >= 0 && value.isEmpty() && !Character.isWhitespace(raw.charAt(0))) {
                section = line.toLowerCase(Locale.ROOT);
                instance = instanceOf(key);
            } else if (instance.isPresent() && key.equalsIgnoreCase("Final result")) {
                instances.putIfAbsent(instance.get(), value);
            } else if (instance.isPresent() && key.equalsIgnoreCase("Exit message")) {
                instanceMessage = instanceMessage.isEmpty() ? value : instanceMessage;
            } else if (colon > 0 && section.equals("overall summary:")) {
                overall.putIfAbsent(key.toLowerCase(Locale.ROOT), value);
            }
        }
        String finalResult = overall.getOrDefault("final result", "");
        String exitMessage = overall.getOrDefault("exit message", "");
        return new SetupSummary(
                finalResult,
                number(overall.get("exit code (decimal)")),
                exitMessage.isEmpty() || exitMessage.equals(finalResult) ? instanceMessage : exitMessage,
                overall.getOrDefault("requested action", ""),
                rules,
                instances);
    }

    private static boolean isRule(String line) {
        // "Global rules:", "There are no scenario-specific rules."
        return !line.isEmpty() && !line.endsWith(":") && !line.startsWith("There are no ");
    }

    /** {@code Instance MSSQLSERVER overall summary} names one. */
    private static Optional<String> instanceOf(String heading) {
        String lower = heading.toLowerCase(Locale.ROOT);
        return lower.startsWith("instance ") && lower.endsWith(" overall summary")
                ? Optional.of(heading.substring("instance ".length(), heading.length() - " overall summary".length()))
                : Optional.empty();
    }

    private static OptionalInt number(@Nullable String text) {
        if (text == null || !text.matches("-?\\d{1,10}")) {
            return OptionalInt.empty();
        }
        // Some versions write it as an unsigned number.
        return OptionalInt.of((int) Long.parseLong(text));
    }

    /**
     * Whether setup says that it passed, also when a restart is left to do. Its code has a say too: where a rule asks for a
     * restart first, setup may call it passed as well, and has done nothing.
     */
    public boolean passed() {
        return finalResult.toLowerCase(Locale.ROOT).startsWith("passed")
                && (exitCode.isEmpty() || SetupExit.of(exitCode.getAsInt()).isSuccess());
    }

    /** What to show beside an exit code: the result, the message, and the rules that were not met. */
    public String describe() {
        StringBuilder out = new StringBuilder(finalResult.isEmpty() ? "no final result" : finalResult);
        if (!exitMessage.isEmpty()) {
            out.append("; ").append(exitMessage);
        }
        failedRules.forEach(r -> out.append("; ").append(r));
        return out.toString();
    }
}
