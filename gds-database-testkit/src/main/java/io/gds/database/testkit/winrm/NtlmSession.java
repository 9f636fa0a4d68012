package io.gds.database.testkit.winrm;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.SignatureException;
import java.util.Arrays;

/**
 * Seals and unseals messages of one connection with extended session security, 128 bits and key exchange (MS-NLMP 3.4).
 * Both directions count their messages; a message out of its turn is refused. Confined to the connection's thread.
 */
final class NtlmSession {
    /** How long the signature before each sealed message is, in bytes. */
    static final int SIGNATURE_LENGTH = 16;

    private static final int VERSION = 1;
    private static final int CHECKSUM_LENGTH = 8;

    private final Direction fromClient;
    private final Direction toClient;

    NtlmSession(byte[] sessionKey) {
        this.fromClient = new Direction(sessionKey, "client-to-server");
        this.toClient = new Direction(sessionKey, "server-to-client");
    }

    /** The signature with the sealed message behind it. */
    byte[] seal(byte[] clear) {
        byte[] sealed = toClient.cipher.apply(clear);
        byte[] signature = toClient.sign(clear);
        byte[] out = Arrays.copyOf(signature, SIGNATURE_LENGTH + sealed.length);
        System.arraycopy(sealed, 0, out, SIGNATURE_LENGTH, sealed.length);
        return out;
    }

    /**
     * The message in clear.
     *
     * @throws SignatureException when it is not what the client sealed, or not in its turn
     */
    byte[] unseal(byte[] signed) throws SignatureException {
        if (signed.length < SIGNATURE_LENGTH) {
            throw new SignatureException("a message without a signature");
        }
        byte[] signature = Arrays.copyOf(signed, SIGNATURE_LENGTH);
        byte[] clear = fromClient.cipher.apply(Arrays.copyOfRange(signed, SIGNATURE_LENGTH, signed.length));
        if (!MessageDigest.isEqual(signature, fromClient.sign(clear))) {
            int number =
                    ByteBuffer.wrap(signature).order(ByteOrder.LITTLE_ENDIAN).getInt(SIGNATURE_LENGTH - Integer.BYTES);
            throw new SignatureException("message " + number + " where " + (fromClient.sequence - 1)
                    + " was expected, or a signature that is not its own");
        }
        return clear;
    }

    private static final class Direction {
        private final byte[] signingKey;
        private final Rc4 cipher;
        private int sequence;

        Direction(byte[] sessionKey, String name) {
            this.signingKey = key(sessionKey, name, "signing");
            this.cipher = new Rc4(key(sessionKey, name, "sealing"));
        }

        private static byte[] key(byte[] sessionKey, String name, String use) {
            String magic = "session key to " + name + " " + use + " key magic constant\0";
            return Digests.md5(sessionKey, magic.getBytes(US_ASCII));
        }

        /** The checksum runs through the cipher after the message itself, so the order of calls matters. */
        byte[] sign(byte[] clear) {
            byte[] number = ByteBuffer.allocate(Integer.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(sequence++)
                    .array();
            byte[] checksum = Arrays.copyOf(Digests.hmacMd5(signingKey, number, clear), CHECKSUM_LENGTH);
            return ByteBuffer.allocate(SIGNATURE_LENGTH)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(VERSION)
                    .put(cipher.apply(checksum))
                    .put(number)
                    .array();
        }
    }
}
