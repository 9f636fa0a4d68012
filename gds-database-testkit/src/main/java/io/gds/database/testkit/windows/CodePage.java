package io.gds.database.testkit.windows;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * What the consoles of a host make of text: what their code page has no sign for is a question mark.
 *
 * @param number as chcp shows it
 */
record CodePage(int number) {
    /** That of a Windows in American English. */
    static final CodePage USUAL = new CodePage(437);

    private static final int UTF_8 = 65001;

    byte[] encode(String text) {
        return text.getBytes(charset());
    }

    String decode(byte[] bytes) {
        return new String(bytes, charset());
    }

    private Charset charset() {
        return number == UTF_8 ? StandardCharsets.UTF_8 : Charset.forName("IBM" + number);
    }
}
