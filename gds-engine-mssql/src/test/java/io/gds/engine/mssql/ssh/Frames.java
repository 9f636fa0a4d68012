package io.gds.engine.mssql.ssh;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** What is said between the test and its bridge, a program that sshd runs. Writing is thread-safe. */
final class Frames {
    private final DataInputStream in;
    private final DataOutputStream out;

    /** A letter with bytes. */
    static final class Frame {
        private final char letter;
        private final byte[] bytes;

        private Frame(char letter, byte[] bytes) {
            this.letter = letter;
            this.bytes = bytes;
        }

        char letter() {
            return letter;
        }

        byte[] bytes() {
            return bytes.clone();
        }
    }

    Frames(Socket socket) throws IOException {
        in = new DataInputStream(socket.getInputStream());
        out = new DataOutputStream(socket.getOutputStream());
    }

    /** The next one; null when the bridge is gone. */
    @Nullable
    Frame next() throws IOException {
        try {
            char letter = (char) in.readByte();
            byte[] bytes = new byte[in.readInt()];
            in.readFully(bytes);
            return new Frame(letter, bytes);
        } catch (EOFException e) {
            return null;
        }
    }

    synchronized void send(char letter, byte[] bytes) throws IOException {
        out.writeByte(letter);
        out.writeInt(bytes.length);
        out.write(bytes);
        out.flush();
    }

    void exit(int code) throws IOException {
        send('x', ByteBuffer.allocate(Integer.BYTES).putInt(code).array());
    }

    /** The input of the session. */
    InputStream input() {
        return new InputStream() {
            private byte[] rest = {};
            private int at;
            private boolean over;

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] to, int offset, int length) throws IOException {
                while (length > 0 && at == rest.length) {
                    Frame frame = over ? null : next();
                    if (frame == null || frame.letter() == 'z') {
                        over = true; // whoever reads a number asks for all of its bytes before it looks at them
                        return -1;
                    }
                    rest = frame.bytes();
                    at = 0;
                }
                int read = Math.min(length, rest.length - at);
                System.arraycopy(rest, at, to, offset, read);
                at += read;
                return read;
            }
        };
    }

    /** The output of the session. */
    OutputStream output() {
        return new OutputStream() {
            @Override
            public void write(int one) throws IOException {
                send('o', new byte[] {(byte) one});
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                send('o', java.util.Arrays.copyOfRange(bytes, offset, offset + length));
            }
        };
    }
}
