package io.gds.database.core.internal.ssh.windows;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class HostTextTest {
    private static final String TEXT = "Prüfung: Größe ÄÖÜ";

    @Test
    void theAnswerIsUnderstoodInAnyLanguage() {
        assertThat(HostText.of("Active code page: 437\r\n").codePage()).isEqualTo(Charset.forName("IBM437"));
        assertThat(HostText.of("Aktive Codepage: 850.\r\n").codePage()).isEqualTo(Charset.forName("IBM850"));
        assertThat(HostText.of("Active code page: 1252").codePage()).isEqualTo(Charset.forName("windows-1252"));
        assertThat(HostText.of("Active code page: 65001").codePage()).isEqualTo(StandardCharsets.UTF_8);
        assertThat(HostText.of("Active code page: 99999").codePage()).isEqualTo(StandardCharsets.UTF_8);
        assertThat(HostText.of("").codePage()).isEqualTo(StandardCharsets.UTF_8);
    }

    @Test
    void textIsReadInUtf8OrInTheCodePage() {
        for (int page : new int[] {437, 850}) {
            HostText text = HostText.of("Active code page: " + page);
            assertThat(text.apply(TEXT.getBytes(text.codePage()))).isEqualTo(TEXT);
            assertThat(text.apply(TEXT.getBytes(StandardCharsets.UTF_8))).isEqualTo(TEXT);
            assertThat(text.apply("ü".getBytes(text.codePage()))).isEqualTo("ü");
            assertThat(text.apply(new byte[0])).isEmpty();
        }
    }

    @Test
    void aCharacterThatIsCutOffAtTheEndDoesNotSpoilTheRest() {
        byte[] utf8 = "Größe ü".getBytes(StandardCharsets.UTF_8);
        HostText text = HostText.of("Active code page: 850");
        assertThat(text.apply(Arrays.copyOf(utf8, utf8.length - 1))).isEqualTo("Größe ");
    }
}
