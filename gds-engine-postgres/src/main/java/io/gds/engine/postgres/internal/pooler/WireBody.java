package io.gds.engine.postgres.internal.pooler;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** The body of one message of PostgreSQL's protocol, read from its beginning to its end. Not thread-safe. */
final class WireBody {
    private final ByteBuffer bytes;

    WireBody(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes);
    }

    int int32() throws IOException {
        try {
            return bytes.getInt();
        } catch (BufferUnderflowException e) {
            throw new IOException("a message is too short", e);
        }
    }

    int int16() throws IOException {
        try {
            return bytes.getShort();
        } catch (BufferUnderflowException e) {
            throw new IOException("a message is too short", e);
        }
    }

    /** A text up to its NUL. */
    String string() throws IOException {
        int from = bytes.position();
        int end = from;
        while (end < bytes.limit() && bytes.get(end) != 0) {
            end++;
        }
        if (end == bytes.limit()) {
            throw new IOException("a text in a message has no end");
        }
        bytes.position(end + 1);
        return new String(bytes.array(), from, end - from, StandardCharsets.UTF_8);
    }

    byte[] take(int length) throws IOException {
        if (length < 0 || length > bytes.remaining()) {
            throw new IOException("a message is too short");
        }
        byte[] out = new byte[length];
        bytes.get(out);
        return out;
    }

    byte[] rest() throws IOException {
        return take(bytes.remaining());
    }

    void skip(int length) throws IOException {
        take(length);
    }

    static byte[] int32(int value) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
    }

    static byte[] text(String value) {
        return join(value.getBytes(StandardCharsets.UTF_8), new byte[1]);
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
