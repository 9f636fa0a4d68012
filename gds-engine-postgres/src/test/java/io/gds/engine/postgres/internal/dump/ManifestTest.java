package io.gds.engine.postgres.internal.dump;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ManifestTest {
    @Test
    void isReadBackAsItWasWritten() {
        Manifest manifest = new Manifest(
                Manifest.OWN,
                "a \"b\" \\ ü",
                160015,
                "2026-05-01T10:00:00Z",
                ";\n-- x\n",
                List.of("kim"),
                List.of(new Manifest.Table("s.\"T t\" (\"a\")", "00001.copy", 3_000_000_000L, 17, "abc")));

        assertThat(Manifest.parse(manifest.toJson())).isEqualTo(manifest);
    }

    @Test
    void anythingElseIsDamaged() {
        assertThatThrownBy(() -> Manifest.parse("{}")).hasMessageContaining("GDS-BACKUP-DAMAGED");
        assertThatThrownBy(() -> Manifest.parse("not json")).hasMessageContaining("GDS-BACKUP-DAMAGED");
    }
}
