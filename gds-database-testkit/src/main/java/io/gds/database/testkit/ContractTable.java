package io.gds.database.testkit;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** What became of each rule of the contract. Confined to one test class. */
final class ContractTable {
    /** What a rule does. */
    interface Check {
        void run() throws Exception;
    }

    private final Map<String, String> results = new LinkedHashMap<>();

    /** Judges a rule; one that rests on others is not judged when those failed, so that a fault shows where it is. */
    void judge(String rule, Check check, String... restsOn) throws Exception {
        for (String other : restsOn) {
            if (results.getOrDefault(other, "").startsWith("FAILED")) {
                skip(rule, "not judged, since " + other + " failed");
            }
        }
        try {
            check.run();
            results.put(rule, "passed");
        } catch (org.opentest4j.TestAbortedException e) {
            throw e;
        } catch (Exception | AssertionError e) {
            results.put(rule, "FAILED");
            throw e;
        }
    }

    void skip(String rule, String why) {
        results.put(rule, why);
        Assumptions.abort(rule + ": " + why);
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder("SPI contract:");
        results.forEach(
                (rule, result) -> out.append("\n  ").append(rule).append("  ").append(result));
        return out.toString();
    }
}
