package io.gds.database.core.internal.ssh.windows;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What programs of a Windows host write: most of them in the code page of its consoles, some in UTF-8. Umlauts of the former are hardly ever
 * valid UTF-8.
 *
 * @param codePage the code page of its consoles
 */
record HostText(Charset codePage) implements Function<byte[], String> {
    /** The question for the code page, which both shells take. */
    static final String QUESTION = "chcp.com";

    private static final Pattern NUMBER = Pattern.compile("(\\d{3,5})\\D*$");
    private static final String UTF_8 = "65001";

    /** By what the host answered to the question, in its own language; what Java does not know is taken for UTF-8. */
    static HostText of(String answer) {
        Matcher m = NUMBER.matcher(answer.strip());
        String number = m.find() ? m.group(1) : UTF_8;
        Optional<Charset> known = number.equals(UTF_8) ? Optional.empty() : charset("IBM" + number);
        return new HostText(known.or(() -> charset("windows-" + number))
                .or(() -> charset("x-IBM" + number))
                .orElse(StandardCharsets.UTF_8));
    }

    private static Optional<Charset> charset(String name) {
        return Charset.isSupported(name) ? Optional.of(Charset.forName(name)) : Optional.empty();
    }

    @Override
    public String apply(byte[] bytes) {
        CharsetDecoder strict = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer text = CharBuffer.allocate(bytes.length);
        ByteBuffer rest = ByteBuffer.wrap(bytes);
        boolean cutAtMost = !strict.decode(rest, text, false).isError() && rest.remaining() < 4;
        // A lone byte at the end is the beginning of a character that was cut off, or one of the code page.
        return cutAtMost && (!rest.hasRemaining() || hasMarks(text))
                ? text.flip().toString()
                : new String(bytes, codePage);
    }

    private static boolean hasMarks(CharBuffer text) {
        for (int i = 0; i < text.position(); i++) {
            if (text.get(i) > 0x7f) {
                return true;
            }
        }
        return false;
    }
}
