package io.gds.database.testkit.windows;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A question of an SFTP client, read from its beginning to its end. Used by one thread. */
final class SftpPacket {
    private final ByteBuffer in;
    private final int type;

    SftpPacket(byte[] packet) {
        this.in = ByteBuffer.wrap(packet);
        this.type = Byte.toUnsignedInt(in.get());
    }

    int type() {
        return type;
    }

    int number() {
        return in.getInt();
    }

    long large() {
        return in.getLong();
    }

    byte[] data() {
        byte[] bytes = new byte[in.getInt()];
        in.get(bytes);
        return bytes;
    }

    String text() {
        return new String(data(), StandardCharsets.UTF_8);
    }

    /** A path, {@code /C:/folder/file} on the way and {@code C:\\folder\\file} here. */
    String path() {
        String path = text();
        return (path.startsWith("/") ? path.substring(1) : path).replace('/', '\\');
    }

    /** What it is answered. */
    static final class Answer {
        private final ByteArrayOutputStream all = new ByteArrayOutputStream();
        private final DataOutputStream out = new DataOutputStream(all);

        Answer(int type, int id) {
            add(o -> o.writeByte(type));
            number(id);
        }

        private interface Part {
            void to(DataOutputStream out) throws IOException;
        }

        private Answer add(Part part) {
            try {
                part.to(out);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return this;
        }

        Answer number(int value) {
            return add(o -> o.writeInt(value));
        }

        Answer large(long value) {
            return add(o -> o.writeLong(value));
        }

        Answer bytes(byte[] bytes, int length) {
            return number(length).add(o -> o.write(bytes, 0, length));
        }

        Answer text(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return bytes(bytes, bytes.length);
        }

        /** A file as a list has it: its name, a line for people, and no attributes. */
        Answer name(String path) {
            String sent = "/" + path.replace('\\', '/');
            return text(sent).text(sent).number(0);
        }

        byte[] bytes() {
            return all.toByteArray();
        }
    }
}
