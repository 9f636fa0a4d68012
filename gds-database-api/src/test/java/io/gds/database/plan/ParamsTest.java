package io.gds.database.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ParamsTest {
    @Test
    void equalValuesHaveEqualText() {
        Params a = Params.of(Map.of("b", 1, "a", List.of(true, "x\n\"\u2028"), "c", Map.of("z", 2L, "y", "ü")));
        Params b = Params.of(Map.of("c", Params.of("y", "ü", "z", 2), "a", List.of(true, "x\n\"\u2028"), "b", 1L));
        assertThat(a).isEqualTo(b).hasSameHashCodeAs(b);
        assertThat(a.toJson())
                .isEqualTo(b.toJson())
                .isEqualTo("{\"a\":[true,\"x\\n\\\"\\u2028\"],\"b\":1,\"c\":{\"y\":\"ü\",\"z\":2}}");
    }

    @Test
    void aMissingOrWrongValueIsNamed() {
        assertThatThrownBy(() -> Params.of("n", "three").integer("n"))
                .hasMessageContaining("\"n\"")
                .hasMessageContaining("three");
        assertThatThrownBy(() -> Params.empty().string("s")).hasMessageContaining("found nothing");
        assertThatThrownBy(() -> Params.of("d", "soon").duration("d")).hasMessageContaining("PT30S");
        assertThatThrownBy(() -> Params.of("d", 1.5)).hasMessageContaining("whole number");
    }

    @Test
    void valuesComeBackAsTheyWent() {
        Params p = Params.of("d", Duration.ofSeconds(90), "l", List.of("a", "b"), "o", Params.of("k", "v"));
        assertThat(p.duration("d")).isEqualTo(Duration.ofSeconds(90));
        assertThat(p.strings("l")).containsExactly("a", "b");
        assertThat(p.object("o").string("k")).isEqualTo("v");
        assertThat(p.object("none")).isEqualTo(Params.empty());
    }
}
