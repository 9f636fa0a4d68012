package io.gds.engine.mssql.internal.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gds.database.error.InvalidSpecException;
import io.gds.database.error.Problem;
import java.util.List;

/** What the reader says to a mapping that it refuses. */
final class Mistakes {
    private Mistakes() {}

    static InvalidSpecException refused(String json) {
        InvalidSpecException refused =
                catchThrowableOfType(InvalidSpecException.class, () -> MappingReader.read("hotfix_mapping.json", json));
        assertThat(refused).as("a refusal of %s", json).isNotNull();
        return refused;
    }

    static List<Problem> mistakes(String json) {
        return refused(json).problems();
    }

    static void assertOnlyMistake(String json, String pointer, String found, String expected) {
        assertThat(mistakes(json)).singleElement().satisfies(p -> {
            assertThat(p.location()).isEqualTo(pointer);
            assertThat(p.found()).isEqualTo(found);
            assertThat(p.expected()).isEqualTo(expected);
        });
    }
}
