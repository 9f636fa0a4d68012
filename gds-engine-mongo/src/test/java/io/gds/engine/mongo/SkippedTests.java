package io.gds.engine.mongo;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Says in one line for each reason how many tests could not run: a build that passes without real servers must not look like one with them. */
public final class SkippedTests implements TestExecutionListener {
    private final Map<String, Long> byReason = new TreeMap<>();
    private @Nullable TestPlan plan;

    @Override
    public void testPlanExecutionStarted(TestPlan testPlan) {
        plan = testPlan;
    }

    @Override
    public void executionSkipped(TestIdentifier what, String reason) {
        note(what, reason);
    }

    @Override
    public void executionFinished(TestIdentifier what, TestExecutionResult result) {
        if (result.getStatus() == TestExecutionResult.Status.ABORTED) {
            note(what, result.getThrowable().map(Throwable::getMessage).orElse("no reason was given"));
        }
    }

    private synchronized void note(TestIdentifier what, String reason) {
        long tests = what.isTest()
                ? 1
                : Objects.requireNonNull(plan).getDescendants(what).stream()
                        .filter(TestIdentifier::isTest)
                        .count();
        byReason.merge(reason.replaceFirst("^Assumption failed: ", ""), tests, Long::sum);
    }

    @Override
    public synchronized void testPlanExecutionFinished(TestPlan testPlan) {
        byReason.forEach((reason, tests) -> System.out.println(tests + " tests of MongoDB skipped: " + reason));
        byReason.clear();
    }
}
