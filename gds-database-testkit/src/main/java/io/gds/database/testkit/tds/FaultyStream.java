package io.gds.database.testkit.tds;

import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Passes packets on until a fault is due. Each write is one whole packet. Used by one thread. */
final class FaultyStream extends OutputStream {
    /** Its third and fourth byte would be a length that no client has agreed to. */
    private static final byte[] NO_PACKET = "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final TdsLink link;
    private final OutputStream out;
    private @Nullable AnswerFault due;
    private boolean mute;

    FaultyStream(TdsLink link) {
        this.link = link;
        this.out = link.out();
    }

    /** Happens while the answer is written that comes next. */
    void next(AnswerFault fault) throws IOException {
        due = fault;
        if (fault == AnswerFault.RESET_BEFORE_ANSWER || fault == AnswerFault.RESET_BEFORE_EXECUTION) {
            throw reset();
        }
        mute = fault == AnswerFault.SILENCE;
    }

    /** Nothing reaches the client on this connection any more. */
    boolean isMute() {
        return mute;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] packet, int from, int count) throws IOException {
        if (mute) {
            return;
        }
        if (due == null) {
            out.write(packet, from, count);
            return;
        }
        switch (due) {
            case GARBAGE -> silentAfter(NO_PACKET, 0, NO_PACKET.length);
            case HALF_A_PACKET -> silentAfter(packet, from, count / 2);
            case RESET_WITHIN_ANSWER -> {
                boolean only = (packet[from + 1] & TdsMessage.END) != 0;
                out.write(packet, from, only ? count / 2 : count);
                out.flush();
                throw reset();
            }
            default -> throw reset();
        }
    }

    private void silentAfter(byte[] bytes, int from, int count) throws IOException {
        out.write(bytes, from, count);
        out.flush();
        mute = true;
    }

    private SocketException reset() {
        link.reset();
        return new SocketException("reset on purpose");
    }

    @Override
    public void flush() throws IOException {
        out.flush();
    }
}
