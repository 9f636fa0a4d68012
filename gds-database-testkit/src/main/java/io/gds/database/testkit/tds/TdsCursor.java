package io.gds.database.testkit.tds;

import java.net.ProtocolException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads a message from its beginning to its end, as {@link TdsBuffer} writes it. */
final class TdsCursor {
    private final byte[] bytes;
    private int at;

    TdsCursor(byte[] bytes) {
        this.bytes = bytes;
    }

    boolean atEnd() {
        return at >= bytes.length;
    }

    TdsCursor seek(int position) throws ProtocolException {
        if (position < 0 || position > bytes.length) {
            throw new ProtocolException("position " + position + " in a message of " + bytes.length + " bytes");
        }
        at = position;
        return this;
    }

    TdsCursor skip(int count) throws ProtocolException {
        return seek(at + count);
    }

    int peek() throws ProtocolException {
        need(1);
        return bytes[at] & 0xFF;
    }

    int u8() throws ProtocolException {
        return (int) unsigned(1);
    }

    int u16() throws ProtocolException {
        return (int) unsigned(Short.BYTES);
    }

    int u16BigEndian() throws ProtocolException {
        int high = u8();
        return high << Byte.SIZE | u8();
    }

    int i32() throws ProtocolException {
        return (int) unsigned(Integer.BYTES);
    }

    long i64() throws ProtocolException {
        return unsigned(Long.BYTES);
    }

    /** A number of up to eight bytes, the lowest first. */
    long unsigned(int count) throws ProtocolException {
        need(count);
        long n = 0;
        for (int i = 0; i < count; i++) {
            n |= (bytes[at + i] & 0xFFL) << (i * Byte.SIZE);
        }
        at += count;
        return n;
    }

    byte[] bytes(int count) throws ProtocolException {
        need(count);
        byte[] part = Arrays.copyOfRange(bytes, at, at + count);
        at += count;
        return part;
    }

    /** Text of so many bytes. */
    String text(int count, Charset charset) throws ProtocolException {
        need(count);
        String text = new String(bytes, at, count, charset);
        at += count;
        return text;
    }

    String utf16(int characters) throws ProtocolException {
        return text(characters * Character.BYTES, StandardCharsets.UTF_16LE);
    }

    /** Text with its length in one byte. */
    String shortText() throws ProtocolException {
        return utf16(u8());
    }

    String rest() throws ProtocolException {
        return utf16((bytes.length - at) / Character.BYTES);
    }

    private void need(int count) throws ProtocolException {
        if (count < 0 || count > bytes.length - at) {
            throw new ProtocolException(
                    count + " bytes wanted at " + at + " of a message of " + bytes.length + " bytes");
        }
    }
}
