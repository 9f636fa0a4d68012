package io.gds.engine.postgres.internal.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DependencyOrderTest {
    private static final Set<String> KEYS = new LinkedHashSet<>(List.of("view", "table", "type"));

    @Test
    void neededObjectsComeFirstThroughWhatStandsForThem() {
        assertThat(DependencyOrder.order(
                        KEYS,
                        List.of(Map.entry("rule", "table"), Map.entry("table", "array"), Map.entry("view", "view")),
                        Map.of("rule", "view", "array", "type")))
                .containsExactly("type", "table", "view");
    }

    @Test
    void withoutDependenciesTheOrderStays() {
        assertThat(DependencyOrder.order(KEYS, List.of(), Map.of("a", "b", "b", "a")))
                .containsExactlyElementsOf(KEYS);
    }

    @Test
    void objectsThatNeedEachOtherAreRefusedByName() {
        assertThatThrownBy(() -> DependencyOrder.order(
                        KEYS, List.of(Map.entry("view", "table"), Map.entry("table", "view")), Map.of()))
                .hasMessageContaining("GDS-BACKUP-UNSUPPORTED-OBJECTS")
                .hasMessageContaining("view -> table");
    }
}
