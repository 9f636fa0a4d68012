package io.gds.database.testkit.tds;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A message put together from its packets. */
final class TdsMessage {
    static final int BATCH = 0x01;
    static final int RPC = 0x03;
    static final int REPLY = 0x04;
    static final int ATTENTION = 0x06;
    static final int TRANSACTION = 0x0E;
    static final int LOGIN = 0x10;
    static final int PRELOGIN = 0x12;

    private static final Set<Integer> KNOWN = Set.of(BATCH, RPC, REPLY, ATTENTION, TRANSACTION, LOGIN, PRELOGIN);

    static final int HEADER = 8;
    static final int END = 0x01;
    static final int IGNORE = 0x02;
    static final int RESET = 0x08;
    static final int RESET_BUT_KEEP_TRANSACTION = 0x10;

    private final int type;
    private final int status;
    private final byte[] body;

    private TdsMessage(int type, int status, byte[] body) {
        this.type = type;
        this.status = status;
        this.body = body;
    }

    /** The next message, or null when the other side has closed the connection between two messages. */
    static @Nullable TdsMessage read(InputStream in) throws IOException {
        return read(in, in);
    }

    /** A message of which only the first packet comes from the first stream: so it is with TLS for the login alone. */
    static @Nullable TdsMessage read(InputStream first, InputStream others) throws IOException {
        InputStream in = first;
        int type = in.read();
        if (type < 0) {
            return null;
        }
        if (!KNOWN.contains(type)) {
            // At once, for what looks like a length need not be one: so it is when a client begins with TLS.
            throw new ProtocolException("a message of type " + type);
        }
        int status = 0;
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            TdsCursor header = new TdsCursor(exactly(in, HEADER - 1)); // its first byte is the type, read before
            int last = header.u8();
            int length = header.u16BigEndian();
            if (length < HEADER) {
                throw new ProtocolException("a packet of " + length + " bytes");
            }
            body.writeBytes(exactly(in, length - HEADER));
            status |= last;
            if ((last & END) != 0) {
                return new TdsMessage(type, status, body.toByteArray());
            }
            in = others;
            if (in.read() != type) {
                throw new ProtocolException("a message of type " + type + " is not continued");
            }
        }
    }

    static byte[] exactly(InputStream in, int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("the connection ended within a packet");
        }
        return bytes;
    }

    int type() {
        return type;
    }

    boolean has(int bits) {
        return (status & bits) != 0;
    }

    byte[] body() {
        return body;
    }

    TdsCursor cursor() {
        return new TdsCursor(body);
    }

    /** Requests begin with headers about transactions and tracing, which mean nothing here. */
    TdsCursor cursorAfterHeaders() throws ProtocolException {
        TdsCursor cursor = cursor();
        int length = cursor.i32();
        return cursor.seek(length);
    }
}
