package io.gds.engine.postgres.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.engine.postgres.patroni.PatroniMemberKilledTest;
import io.gds.engine.postgres.patroni.PatroniOrchestratorKilledTest;
import io.gds.engine.postgres.patroni.PatroniOthersTest;
import io.gds.engine.postgres.patroni.PatroniRefusedTest;
import io.gds.engine.postgres.patroni.PatroniStandingTest;
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

/** The first table of {@code docs/faults.md} names every test of a fault of PostgreSQL, and no others. */
class FaultTableTest {
    private static final List<Class<?>> TESTS = List.of(
            CloneFaultsTest.class,
            FullDiskTest.class,
            OrchestratorKilledTest.class,
            PatroniMemberKilledTest.class,
            PatroniOrchestratorKilledTest.class,
            PatroniOthersTest.class,
            PatroniRefusedTest.class,
            PatroniStandingTest.class,
            RefusedAndRolledBackTest.class,
            ServerKilledTest.class,
            SlotsTest.class,
            SynchronousClusterTest.class);

    @Test
    void everyRowNamesATestAndEveryTestHasARow() throws Exception {
        Set<String> methods = new TreeSet<>();
        for (Class<?> c : TESTS) {
            for (Method m : c.getDeclaredMethods()) {
                if (m.isAnnotationPresent(Test.class) || m.isAnnotationPresent(ParameterizedTest.class)) {
                    methods.add(c.getSimpleName() + "." + m.getName());
                }
            }
        }
        assertThat(rows()).isNotEmpty().isEqualTo(methods);
    }

    /** What the rows name; faults that end alike share a patch, and so a test. */
    private static Set<String> rows() throws Exception {
        Path table = Path.of("docs/faults.md");
        Path above = Path.of("..").resolve(table);
        try (Stream<String> lines = Files.lines(Files.exists(above) ? above : table)) {
            return lines.takeWhile(l -> !l.equals("## MongoDB"))
                    .filter(l -> l.startsWith("|"))
                    .skip(2)
                    .map(l -> l.substring(l.lastIndexOf('|', l.length() - 2) + 1, l.length() - 1)
                            .strip())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
