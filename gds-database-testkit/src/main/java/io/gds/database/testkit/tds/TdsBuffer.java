package io.gds.database.testkit.tds;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Collects bytes in the order of the protocol: little-endian numbers, text in UTF-16 with its length before it. */
final class TdsBuffer {
    private static final int LONGEST_SHORT_TEXT = 0xFF;
    private static final int LONGEST_LONG_TEXT = 0xFFFF;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    TdsBuffer u8(int n) {
        out.write(n);
        return this;
    }

    TdsBuffer u16(int n) {
        return number(n, Short.BYTES);
    }

    TdsBuffer i32(int n) {
        return number(n, Integer.BYTES);
    }

    TdsBuffer i64(long n) {
        return number(n, Long.BYTES);
    }

    /** The lowest bytes of a number, the lowest first. */
    TdsBuffer number(long n, int bytes) {
        for (int i = 0; i < bytes; i++) {
            out.write((int) (n >> (i * Byte.SIZE)));
        }
        return this;
    }

    /** The only numbers the protocol has the other way round are in headers and in prelogin. */
    TdsBuffer u16BigEndian(int n) {
        return u8(n >> Byte.SIZE).u8(n);
    }

    TdsBuffer bytes(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    TdsBuffer utf16(String text) {
        return bytes(text.getBytes(StandardCharsets.UTF_16LE));
    }

    /** Text with its length in one byte. */
    TdsBuffer shortText(String text) {
        String fits = cut(text, LONGEST_SHORT_TEXT);
        return u8(fits.length()).utf16(fits);
    }

    /** Text with its length in two bytes. */
    TdsBuffer longText(String text) {
        String fits = cut(text, LONGEST_LONG_TEXT);
        return u16(fits.length()).utf16(fits);
    }

    private static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most);
    }

    /** Another buffer, with its length in two bytes before it. */
    TdsBuffer sized(TdsBuffer content) {
        return u16(content.size()).bytes(content.toByteArray());
    }

    int size() {
        return out.size();
    }

    byte[] toByteArray() {
        return out.toByteArray();
    }

    void writeTo(OutputStream target) throws IOException {
        out.writeTo(target);
    }
}
