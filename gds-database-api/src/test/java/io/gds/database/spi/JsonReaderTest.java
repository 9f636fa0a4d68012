package io.gds.database.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonReaderTest {
    @Test
    void readsEveryKindOfValue() {
        assertThat(JsonReader.object(" {\"a\": [1, -2.5e3, true, false, null, {}], \"b\\n\\u0041\": \"\\\\\\/\\t\" } "))
                .containsEntry("a", Arrays.asList(1L, -2500.0, true, false, null, java.util.Map.of()))
                .containsEntry("b\nA", "\\/\t");
        assertThat(JsonReader.object("{\"x\":[]}")).containsEntry("x", List.of());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{\"a\":1} x",
                "{\"a\":\"",
                "{\"a\":\"\\u00",
                "{\"a\":nul}"
            })
    void refusesEverythingElse(String text) {
        assertThatThrownBy(() -> JsonReader.object(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void saysWhereInTheTextItStopped() {
        assertThatThrownBy(() -> JsonReader.object("{\n  \"a\": 1,\n  \"a\": 2}"))
                .hasMessage("not JSON: expected each key once in an object at line 3, column 8");
    }

    @Test
    void refusesDepthInsteadOfOverflowing() {
        String deep = "{\"a\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}";
        assertThatThrownBy(() -> JsonReader.object(deep)).isInstanceOf(IllegalArgumentException.class);
    }
}
