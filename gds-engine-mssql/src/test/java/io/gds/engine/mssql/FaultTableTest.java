package io.gds.engine.mssql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** The table of SQL Server in {@code docs/faults.md} names every test of a fault, and only tests that there are. */
class FaultTableTest {
    /** Every test of these has a row. */
    private static final List<String> WHOLE = List.of(
            "group.GroupFaultsTest",
            "group.DistributedFaultsTest",
            "group.DistributedKilledTest",
            "group.GroupKilledTest",
            "group.GroupTroubleTest",
            "group.LonelyGroupTest",
            "group.DistributedFaultsTest",
            "group.DistributedKilledTest",
            "linux.LinuxKilledTest",
            "fleet.FleetKilledTest",
            "fleet.FailoverClusterFaultsTest",
            "fleet.FailoverClusterKilledTest",
            "fleet.HangingHostsTest");

    /** Those whose tests may have one. */
    private static final List<String> PARTLY = List.of("group.GroupPatchTest", "linux.LinuxGroupTest");

    @Test
    void everyRowNamesATestAndEveryTestHasARow() throws Exception {
        Set<String> must = tests(WHOLE);
        Set<String> may = tests(PARTLY);
        may.addAll(must);
        assertThat(rows()).isNotEmpty().containsAll(must);
        assertThat(may).containsAll(rows());
    }

    private static Set<String> tests(List<String> classes) throws ClassNotFoundException {
        Set<String> out = new TreeSet<>();
        for (String name : classes) {
            Class<?> c = Class.forName("io.gds.engine.mssql." + name);
            for (Method m : c.getDeclaredMethods()) {
                if (m.isAnnotationPresent(Test.class) || m.isAnnotationPresent(ParameterizedTest.class)) {
                    out.add(c.getSimpleName() + "." + m.getName());
                }
            }
        }
        return out;
    }

    private static Set<String> rows() throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("..", "docs", "faults.md"))) {
            return lines.dropWhile(l -> !l.equals("## SQL Server"))
                    .filter(l -> l.startsWith("|"))
                    .skip(2)
                    .map(l -> l.substring(l.lastIndexOf('|', l.length() - 2) + 1, l.length() - 1)
                            .strip())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
