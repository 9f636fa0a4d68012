package io.gds.engine.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** The table of MongoDB in {@code docs/faults.md} names every test of a fault, and only tests that there are. */
class FaultTableTest {
    private static final String HERE = "io.gds.engine.mongo.";

    /** Every test of these has a row. */
    private static final List<String> WHOLE = List.of(
            "faults.CloneTest",
            "faults.MemberFaultsTest",
            "faults.OrchestratorKilledTest",
            "faults.RefusedAndHeldTest",
            "sharded.ShardedPatchTest");

    /** Those whose tests may have one: played faults, of which many differ in a code alone. */
    private static final List<String> PARTLY = List.of(
            "admin.LoginCloneTest",
            "faults.RollingPatchTest",
            "wire.BusyTest",
            "wire.CompatibilityTest",
            "wire.StepDownTest",
            "wire.UpgradeRunTest",
            "wire.ViewsOfMembersTest");

    @Test
    void everyRowNamesATestAndEveryTestHasARow() throws Exception {
        Set<String> must = tests(WHOLE);
        Set<String> may = tests(PARTLY);
        List<String> rows = rows();
        assertThat(rows).isNotEmpty().doesNotHaveDuplicates().containsAll(must);
        may.addAll(must);
        assertThat(may).containsAll(rows);
    }

    private static Set<String> tests(List<String> classes) throws ClassNotFoundException {
        Set<String> out = new TreeSet<>();
        for (String name : classes) {
            Class<?> c = Class.forName(HERE + name);
            for (Method m : c.getDeclaredMethods()) {
                if (m.isAnnotationPresent(Test.class) || m.isAnnotationPresent(ParameterizedTest.class)) {
                    out.add(c.getSimpleName() + "." + m.getName());
                }
            }
        }
        return out;
    }

    private static List<String> rows() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("..", "docs", "faults.md"))) {
            return lines.dropWhile(l -> !l.equals("## MongoDB"))
                    .takeWhile(l -> !l.equals("## SQL Server"))
                    .filter(l -> l.startsWith("|"))
                    .skip(2)
                    .map(l -> l.substring(l.lastIndexOf('|', l.length() - 2) + 1, l.length() - 1)
                            .strip())
                    .toList();
        }
    }
}
