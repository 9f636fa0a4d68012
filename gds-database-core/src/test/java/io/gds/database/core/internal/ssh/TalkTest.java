package io.gds.database.core.internal.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TalkTest {
    /** Gives a text in pieces, one for each question. */
    private static final class Pieces extends InputStream {
        private final byte[] all;
        private final Random random;
        private int at;

        Pieces(String text, Random random) {
            this.all = text.getBytes(StandardCharsets.UTF_8);
            this.random = random;
        }

        @Override
        public int available() {
            return Math.min(all.length - at, 1 + random.nextInt(9));
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            System.arraycopy(all, at, into, offset, length);
            at += length;
            return length;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }
    }

    @Test
    void outputAndWordsAreToldApartHoweverTheyArriveInPieces() throws IOException {
        String text = "welcome\ngds-ready-1 gds-ready-17\nfirst gds- gds-17\ngds-1 7 gds-17 over\nmore"
                + "gds-17 ended 4 5\n gds-gds-17 exit 3\nend gds-17";
        for (int seed = 0; seed < 500; seed++) {
            ByteArrayOutputStream output = new ByteArrayOutputStream();
            Talk talk = new Talk(new Pieces(text, new Random(seed)), "gds-ready-17", "gds-17 ", output::write);
            while (talk.take()) {
                assertThat(talk.begun() || output.size() == 0).isTrue();
            }
            talk.finish();
            List<String> words = new ArrayList<>();
            for (var word = talk.word(); word.isPresent(); word = talk.word()) {
                words.add(word.get());
            }
            assertThat(words).as("seed " + seed).containsExactly("over", "ended 4 5", "exit 3");
            assertThat(output.toString(StandardCharsets.UTF_8))
                    .as("seed " + seed)
                    .isEqualTo("first gds- gds-17\ngds-1 7 more gds-end gds-17");
        }
    }

    @Test
    void withoutAMarkAllIsOutput() throws IOException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        Talk talk = new Talk(new Pieces("x gds-ready-1\na\0b\n\n", new Random(1)), "gds-ready-1", "", output::write);
        while (talk.take()) {
            assertThat(talk.word()).isEmpty();
        }
        assertThat(output.toString(StandardCharsets.UTF_8)).isEqualTo("a\0b\n\n");
    }

    @Test
    void whatIsSaidBeforeIsKeptWithinBounds() throws IOException {
        Talk talk = new Talk(InputStream.nullInputStream(), "gds-ready-1", "gds-1 ", (bytes, offset, length) -> {});
        assertThat(talk.take()).isFalse();
        assertThat(talk.preamble()).isEmpty();
        Talk closed =
                new Talk(new Pieces("this account is closed", new Random(1)), "gds-ready-1", "gds-1 ", (b, o, l) -> {});
        while (closed.take()) {
            assertThat(closed.begun()).isFalse();
        }
        assertThat(closed.preamble()).isEqualTo("this account is closed");
    }
}
