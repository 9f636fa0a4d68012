package io.gds.database.testkit.tds;

import java.io.IOException;
import java.io.InputStream;

/** The contents of messages, one after the other, as a stream. */
final class MessageStream extends InputStream {
    private final InputStream in;
    private byte[] body = {};
    private int at;

    MessageStream(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        while (at == body.length) {
            TdsMessage message = TdsMessage.read(in);
            if (message == null) {
                return -1;
            }
            body = message.body();
            at = 0;
        }
        return body[at++] & 0xFF;
    }

    /** Reads no further than it must: the next message may not be there yet. */
    @Override
    public int read(byte[] bytes, int from, int count) throws IOException {
        if (count == 0) {
            return 0;
        }
        int first = read();
        if (first < 0) {
            return -1;
        }
        bytes[from] = (byte) first;
        int part = Math.min(count - 1, body.length - at);
        System.arraycopy(body, at, bytes, from + 1, part);
        at += part;
        return part + 1;
    }
}
