package io.gds.database.testkit.winrm;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_16LE;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/** The three messages of NTLM in bytes (MS-NLMP 2.2.1). */
final class NtlmMessage {
    private static final byte[] SIGNATURE = "NTLMSSP\0".getBytes(US_ASCII);
    private static final int TYPE_AT = 8;
    private static final int CHALLENGE_HEADER = 56;
    private static final long WINDOWS_SERVER_2022 = 0x0F000000_4F7C_00_0AL;

    private final ByteBuffer bytes;

    private NtlmMessage(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The message, unless these bytes are none. */
    static Optional<NtlmMessage> of(byte[] bytes) {
        if (bytes.length < TYPE_AT + Integer.BYTES) {
            return Optional.empty();
        }
        NtlmMessage message = new NtlmMessage(bytes);
        byte[] start = new byte[SIGNATURE.length];
        message.bytes.get(0, start);
        return Arrays.equals(start, SIGNATURE) ? Optional.of(message) : Optional.empty();
    }

    int type() {
        return bytes.getInt(TYPE_AT);
    }

    /** What the first message asks for. */
    Optional<Integer> askedFlags() {
        return bytes.capacity() < 16 ? Optional.empty() : Optional.of(bytes.getInt(12));
    }

    /** The third message; empty when one of its fields lies outside of it. */
    Optional<NtlmAnswer> authenticate() {
        if (bytes.capacity() < 64) {
            return Optional.empty();
        }
        Optional<byte[]> proof = field(20);
        Optional<byte[]> domain = field(28);
        Optional<byte[]> user = field(36);
        Optional<byte[]> key = field(52);
        if (proof.isEmpty() || domain.isEmpty() || user.isEmpty() || key.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new NtlmAnswer(
                proof.get(),
                new String(domain.get(), UTF_16LE),
                new String(user.get(), UTF_16LE),
                key.get(),
                bytes.getInt(60)));
    }

    private Optional<byte[]> field(int at) {
        int length = Short.toUnsignedInt(bytes.getShort(at));
        int offset = bytes.getInt(at + 4);
        if (offset < 0 || offset > bytes.capacity() - length) {
            return Optional.empty();
        }
        byte[] out = new byte[length];
        bytes.get(offset, out);
        return Optional.of(out);
    }

    /** The second message. It names no time, so that clients need not sign the handshake. */
    static byte[] challenge(int flags, byte[] challenge, String machine) {
        byte[] target = machine.getBytes(UTF_16LE);
        byte[] info = targetInfo(target);
        ByteBuffer out = ByteBuffer.allocate(CHALLENGE_HEADER + target.length + info.length)
                .order(ByteOrder.LITTLE_ENDIAN);
        out.put(SIGNATURE).putInt(2);
        putField(out, target.length, CHALLENGE_HEADER);
        out.putInt(flags).put(challenge).putLong(0);
        putField(out, info.length, CHALLENGE_HEADER + target.length);
        out.putLong(WINDOWS_SERVER_2022).put(target).put(info);
        return out.array();
    }

    private static void putField(ByteBuffer out, int length, int offset) {
        out.putShort((short) length).putShort((short) length).putInt(offset);
    }

    /** Names of the machine, of its domain (itself) and of both in DNS. */
    private static byte[] targetInfo(byte[] machine) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int kind : new int[] {2, 1, 4, 3}) {
            out.writeBytes(new byte[] {(byte) kind, 0, (byte) machine.length, 0});
            out.writeBytes(machine);
        }
        out.writeBytes(new byte[4]);
        return out.toByteArray();
    }
}
