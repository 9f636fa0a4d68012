package io.gds.database.testkit.tds;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/**
 * The server's side of TLS on a connection. It reads record by record and never a byte more, so that TLS may end after any
 * record and clear text go on. One thread may read while another writes.
 */
final class TlsOverTds {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
    private static final int RECORD_HEADER = 5;
    private static final int FIRST_CONTENT_TYPE = 20;
    private static final int LAST_CONTENT_TYPE = 23;
    private static final int HANDSHAKE_PACKET = 4096;

    private final SSLEngine engine;
    private final InputStream in;
    private final OutputStream out;
    private ByteBuffer plain = NOTHING;

    TlsOverTds(SSLEngine engine, InputStream in, OutputStream out) {
        this.engine = engine;
        this.in = in;
        this.out = out;
    }

    /** Raw records, as in TDS 8. */
    void handshake() throws IOException {
        handshake(in, out::write);
    }

    /** Records within prelogin messages, as before TDS 8. A driver reads each flight as one message. */
    void handshakeInPackets() throws IOException {
        PacketWriter packets = new PacketWriter(out, TdsMessage.PRELOGIN, 0, HANDSHAKE_PACKET);
        handshake(new MessageStream(in), flight -> {
            packets.write(flight);
            packets.endMessage();
        });
    }

    /** Sends all records that are ready before the other side has its turn. */
    private interface Flights {
        void send(byte[] flight) throws IOException;
    }

    private void handshake(InputStream source, Flights flights) throws IOException {
        engine.beginHandshake();
        ByteArrayOutputStream flight = new ByteArrayOutputStream();
        ByteBuffer record = NOTHING;
        while (true) {
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> runTasks();
                case NEED_WRAP -> flight.writeBytes(wrap(NOTHING));
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                    send(flight, flights);
                    record = record.hasRemaining() ? record : nextRecord(source);
                    unwrap(record);
                }
                case FINISHED, NOT_HANDSHAKING -> {
                    send(flight, flights);
                    out.flush();
                    return;
                }
            }
        }
    }

    private static void send(ByteArrayOutputStream flight, Flights flights) throws IOException {
        if (flight.size() > 0) {
            flights.send(flight.toByteArray());
            flight.reset();
        }
    }

    private void runTasks() {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }

    private byte[] wrap(ByteBuffer data) throws SSLException {
        ByteBuffer target = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        SSLEngineResult result = engine.wrap(data, target);
        if (result.getStatus() != SSLEngineResult.Status.OK) {
            throw new SSLException("cannot encrypt: " + result.getStatus());
        }
        byte[] bytes = new byte[target.flip().remaining()];
        target.get(bytes);
        return bytes;
    }

    private void unwrap(ByteBuffer record) throws SSLException {
        ByteBuffer target = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
        SSLEngineResult result = engine.unwrap(record, target);
        if (result.getStatus() != SSLEngineResult.Status.OK) {
            throw new SSLException("cannot decrypt: " + result.getStatus());
        }
        plain = target.flip();
    }

    /** Whoever speaks in clear text is noticed at once: what would be the length means nothing then. */
    private static ByteBuffer nextRecord(InputStream source) throws IOException {
        byte[] header = TdsMessage.exactly(source, RECORD_HEADER);
        if (header[0] < FIRST_CONTENT_TYPE || header[0] > LAST_CONTENT_TYPE) {
            throw new SSLException("no TLS: a record begins with " + header[0]);
        }
        int length = ((header[3] & 0xFF) << Byte.SIZE) | (header[4] & 0xFF);
        byte[] record = new byte[RECORD_HEADER + length];
        System.arraycopy(header, 0, record, 0, RECORD_HEADER);
        System.arraycopy(TdsMessage.exactly(source, length), 0, record, RECORD_HEADER, length);
        return ByteBuffer.wrap(record);
    }

    /** What the other side sends after the handshake. */
    InputStream input() {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                return fill() ? plain.get() & 0xFF : -1;
            }

            @Override
            public int read(byte[] bytes, int from, int count) throws IOException {
                if (count == 0) {
                    return 0;
                }
                if (!fill()) {
                    return -1;
                }
                int part = Math.min(count, plain.remaining());
                plain.get(bytes, from, part);
                return part;
            }
        };
    }

    /** Some records carry nothing for us. */
    private boolean fill() throws IOException {
        while (!plain.hasRemaining()) {
            if (engine.isInboundDone()) {
                return false;
            }
            unwrap(nextRecord(in));
            if (engine.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
                runTasks();
            }
        }
        return true;
    }

    /** What we send after the handshake. */
    OutputStream output() {
        return new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int from, int count) throws IOException {
                ByteBuffer data = ByteBuffer.wrap(bytes, from, count);
                while (data.hasRemaining()) {
                    out.write(wrap(data));
                }
            }

            @Override
            public void flush() throws IOException {
                out.flush();
            }
        };
    }
}
