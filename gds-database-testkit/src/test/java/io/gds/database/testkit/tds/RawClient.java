package io.gds.database.testkit.tds;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Says on the wire what the driver never does. In clear text. */
final class RawClient implements AutoCloseable {
    private static final int FIXED = 94;
    private static final int PACKET = 512;

    private final Socket socket;

    RawClient(TdsServer server) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(20_000);
    }

    /** Connected and logged in. */
    static RawClient loggedIn(TdsServer server) throws IOException {
        RawClient client = new RawClient(server);
        client.send(TdsMessage.PRELOGIN, Prelogin.answer(new ServerBuild(7, 4, 0), Encryption.OFFER_NONE));
        client.receive();
        client.send(TdsMessage.LOGIN, login("raw", "secret"));
        client.receive();
        return client;
    }

    private static TdsBuffer login(String user, String password) {
        List<String> texts = new ArrayList<>(List.of("host", user, password, "app", "server", "", "lib", "", "db"));
        TdsBuffer places = new TdsBuffer();
        TdsBuffer content = new TdsBuffer();
        for (int i = 0; i < texts.size(); i++) {
            String text = texts.get(i);
            places.u16(FIXED + content.size()).u16(text.length());
            byte[] bytes = text.getBytes(StandardCharsets.UTF_16LE);
            if (i == 2) {
                for (int b = 0; b < bytes.length; b++) {
                    int plain = bytes[b] & 0xFF;
                    bytes[b] = (byte) ((plain << 4 | plain >> 4) ^ 0xA5);
                }
            }
            content.bytes(bytes);
        }
        TdsBuffer fixed = new TdsBuffer()
                .i32(FIXED + content.size())
                .i32(Login7.TDS_7_4)
                .i32(PACKET)
                .bytes(new byte[24])
                .bytes(places.toByteArray());
        return fixed.bytes(new byte[FIXED - fixed.size()]).bytes(content.toByteArray());
    }

    void send(int type, TdsBuffer body) throws IOException {
        PacketWriter packets = new PacketWriter(socket.getOutputStream(), type, 0, PACKET);
        body.writeTo(packets);
        packets.endMessage();
    }

    /** One packet as it is. */
    void sendPacket(int type, int status, TdsBuffer body) throws IOException {
        socket.getOutputStream()
                .write(new TdsBuffer()
                        .u8(type)
                        .u8(status)
                        .u16BigEndian(TdsMessage.HEADER + body.size())
                        .i32(0)
                        .bytes(body.toByteArray())
                        .toByteArray());
    }

    /** Headers of a request with one transaction, and then its beginning. */
    static TdsBuffer request() {
        return new TdsBuffer().i32(22).i32(18).u16(2).i64(0).i32(1);
    }

    /** A procedure by its number, up to its parameters. */
    static TdsBuffer call(int procedure) {
        return request().u16(0xFFFF).u16(procedure).u16(0);
    }

    /** A parameter without a name. */
    static void parameter(TdsBuffer out, SqlType type, Object value) {
        out.u8(0).u8(0);
        TypeWriter.type(out, type);
        TypeWriter.value(out, type, value);
    }

    /** The next message's content. */
    TdsCursor receive() throws IOException {
        TdsMessage message = TdsMessage.read(socket.getInputStream());
        if (message == null) {
            throw new IOException("the server has closed the connection");
        }
        return message.cursor();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
