package io.gds.database.testkit.tds;

import java.io.IOException;
import java.io.OutputStream;

/** Cuts one message after the other into packets; each packet is one write to the stream below. */
final class PacketWriter extends OutputStream {
    private final OutputStream out;
    private final int type;
    private final int session;
    private byte[] packet;
    private int filled = TdsMessage.HEADER;
    private int number;

    PacketWriter(OutputStream out, int type, int session, int packetSize) {
        this.out = out;
        this.type = type;
        this.session = session;
        this.packet = new byte[packetSize];
    }

    /** Between two messages. */
    void packetSize(int bytes) {
        packet = new byte[bytes];
    }

    @Override
    public void write(int b) throws IOException {
        makeRoom();
        packet[filled++] = (byte) b;
    }

    @Override
    public void write(byte[] bytes, int from, int count) throws IOException {
        int done = 0;
        while (done < count) {
            makeRoom();
            int part = Math.min(count - done, packet.length - filled);
            System.arraycopy(bytes, from + done, packet, filled, part);
            filled += part;
            done += part;
        }
    }

    /** A full packet waits for the next byte, for it may be the last of its message. */
    private void makeRoom() throws IOException {
        if (filled == packet.length) {
            send(0);
        }
    }

    void endMessage() throws IOException {
        send(TdsMessage.END);
        number = 0;
        out.flush();
    }

    private void send(int status) throws IOException {
        byte[] header = new TdsBuffer()
                .u8(type)
                .u8(status)
                .u16BigEndian(filled)
                .u16BigEndian(session)
                .u8(++number)
                .u8(0)
                .toByteArray();
        System.arraycopy(header, 0, packet, 0, header.length);
        out.write(packet, 0, filled);
        filled = TdsMessage.HEADER;
    }
}
