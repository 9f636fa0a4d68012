package io.gds.database.core.internal.ssh;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import net.schmizz.sshj.common.Buffer;

/** Asks an agent for its keys and for signatures. Thread-safe; closing it breaks a question that is not answered. */
final class Agent implements AutoCloseable {
    private static final byte REQUEST_IDENTITIES = 11;
    private static final byte IDENTITIES_ANSWER = 12;
    private static final byte SIGN_REQUEST = 13;
    private static final byte SIGN_RESPONSE = 14;
    private static final int MAX_ANSWER = 256 * 1024;

    private final SocketChannel channel;

    /** A key that the agent holds. Immutable. */
    static final class Identity {
        private final byte[] blob;
        private final String comment;

        private Identity(byte[] blob, String comment) {
            this.blob = blob;
            this.comment = comment;
        }

        /** The public key as it travels. */
        byte[] blob() {
            return blob.clone();
        }

        /** What its owner calls it. */
        String comment() {
            return comment;
        }

        /** The type of the key. */
        String type() throws IOException {
            return new Buffer.PlainBuffer(blob).readString();
        }
    }

    private Agent(SocketChannel channel) {
        this.channel = channel;
    }

    static Agent connect(Path socket) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
            return new Agent(channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    List<Identity> identities() throws IOException {
        Buffer.PlainBuffer answer = ask(new Buffer.PlainBuffer().putByte(REQUEST_IDENTITIES), IDENTITIES_ANSWER);
        long count = answer.readUInt32();
        List<Identity> out = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            byte[] blob = answer.readBytes();
            out.add(new Identity(blob, new String(answer.readBytes(), StandardCharsets.UTF_8)));
        }
        return out;
    }

    /** A signature as it travels: its algorithm and its bytes. */
    byte[] sign(Identity identity, byte[] data, int flags) throws IOException {
        Buffer.PlainBuffer question = new Buffer.PlainBuffer()
                .putByte(SIGN_REQUEST)
                .putBytes(identity.blob())
                .putBytes(data)
                .putUInt32(flags);
        return ask(question, SIGN_RESPONSE).readBytes();
    }

    private synchronized Buffer.PlainBuffer ask(Buffer.PlainBuffer question, byte expected) throws IOException {
        byte[] content = question.getCompactData();
        ByteBuffer out = ByteBuffer.allocate(Integer.BYTES + content.length)
                .putInt(content.length)
                .put(content)
                .flip();
        while (out.hasRemaining()) {
            channel.write(out);
        }
        int length = read(Integer.BYTES).getInt();
        if (length < 1 || length > MAX_ANSWER) {
            throw new IOException("the agent answered with " + length + " bytes");
        }
        Buffer.PlainBuffer answer = new Buffer.PlainBuffer(read(length).array());
        byte kind = answer.readByte();
        if (kind != expected) {
            throw new IOException("the agent refused (answer " + kind + ")");
        }
        return answer;
    }

    private ByteBuffer read(int length) throws IOException {
        ByteBuffer in = ByteBuffer.allocate(length);
        while (in.hasRemaining()) {
            if (channel.read(in) < 0) {
                throw new EOFException("the agent hung up");
            }
        }
        return in.flip();
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            return; // nothing more to give back
        }
    }
}
