package io.gds.database.testkit.tds;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Writes the few ASN.1 values that a certificate is made of, in DER. */
final class Der {
    private static final int INTEGER = 0x02;
    private static final int BIT_STRING = 0x03;
    private static final int OCTET_STRING = 0x04;
    private static final int OBJECT_ID = 0x06;
    private static final int UTF8_STRING = 0x0C;
    private static final int GENERALIZED_TIME = 0x18;
    private static final int SEQUENCE = 0x30;
    private static final int SET = 0x31;

    private static final int SHORT_LENGTH = 0x7F;
    private static final int SEVEN_BITS = 7;

    private Der() {}

    static byte[] sequence(byte[]... parts) {
        return tagged(SEQUENCE, concat(parts));
    }

    static byte[] set(byte[]... parts) {
        return tagged(SET, concat(parts));
    }

    static byte[] integer(BigInteger n) {
        return tagged(INTEGER, n.toByteArray());
    }

    static byte[] utf8(String text) {
        return tagged(UTF8_STRING, text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] octets(byte[] content) {
        return tagged(OCTET_STRING, content);
    }

    /** Whole bytes: no unused bits. */
    static byte[] bits(byte[] content) {
        return tagged(BIT_STRING, concat(new byte[] {0}, content));
    }

    /** In the form {@code 20490101000000Z}. */
    static byte[] time(String text) {
        return tagged(GENERALIZED_TIME, text.getBytes(StandardCharsets.US_ASCII));
    }

    /** The first two arcs share a byte, the others come in groups of seven bits. */
    static byte[] objectId(int first, int second, Integer... others) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(first * 40 + second);
        for (int arc : List.of(others)) {
            int groups = Math.max(1, (Integer.SIZE - Integer.numberOfLeadingZeros(arc) + SEVEN_BITS - 1) / SEVEN_BITS);
            for (int group = groups - 1; group >= 0; group--) {
                int bits = (arc >> (group * SEVEN_BITS)) & SHORT_LENGTH;
                out.write(group == 0 ? bits : bits | 0x80);
            }
        }
        return tagged(OBJECT_ID, out.toByteArray());
    }

    static byte[] tagged(int tag, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (content.length <= SHORT_LENGTH) {
            out.write(content.length);
        } else {
            byte[] length = unsigned(content.length);
            out.write(0x80 | length.length);
            out.writeBytes(length);
        }
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static byte[] unsigned(int n) {
        byte[] bytes = BigInteger.valueOf(n).toByteArray();
        return bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
