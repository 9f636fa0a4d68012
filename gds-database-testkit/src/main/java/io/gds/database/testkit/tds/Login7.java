package io.gds.database.testkit.tds;

import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;

/**
 * The login message.
 *
 * @param login who it is
 * @param tdsVersion the client's version of the protocol
 * @param packetSize what the client wants it to be, in bytes
 * @param integrated whether the client wants to log in by its operating system's account, which nobody can here
 */
record Login7(Login login, int tdsVersion, int packetSize, boolean integrated) {
    static final int TDS_7_4 = 0x74000004;
    static final int TDS_8 = 0x08000000;

    private static final int SMALLEST_PACKET = 512;
    private static final int LARGEST_PACKET = 32767;
    private static final int USUAL_PACKET = 4096;

    private static final int AT_TDS_VERSION = 4;
    private static final int AT_PACKET_SIZE = 8;
    private static final int AT_FLAGS_2 = 25;
    private static final int AT_TYPE_FLAGS = 26;
    private static final int AT_HOST = 36;
    private static final int AT_USER = 40;
    private static final int AT_PASSWORD = 44;
    private static final int AT_APPLICATION = 48;
    private static final int AT_SERVER = 52;
    private static final int AT_DATABASE = 68;

    private static final int INTEGRATED = 0x80;
    private static final int READ_ONLY = 0x20;
    private static final int PASSWORD_MASK = 0xA5;

    static Login7 read(TdsMessage message) throws ProtocolException {
        TdsCursor in = message.cursor();
        int version = in.seek(AT_TDS_VERSION).i32();
        int wanted = in.seek(AT_PACKET_SIZE).i32();
        boolean integrated = (in.seek(AT_FLAGS_2).u8() & INTEGRATED) != 0;
        boolean readOnly = (in.seek(AT_TYPE_FLAGS).u8() & READ_ONLY) != 0;
        Login login = new Login(
                text(in, AT_USER),
                password(in),
                text(in, AT_DATABASE),
                text(in, AT_APPLICATION),
                text(in, AT_HOST),
                text(in, AT_SERVER),
                readOnly);
        int size = wanted == 0 ? USUAL_PACKET : Math.min(LARGEST_PACKET, Math.max(SMALLEST_PACKET, wanted));
        return new Login7(login, version == TDS_8 ? TDS_8 : TDS_7_4, size, integrated);
    }

    /** At its place in the fixed part stand where the text is and how many characters it has. */
    private static String text(TdsCursor in, int at) throws ProtocolException {
        int offset = in.seek(at).u16();
        int characters = in.u16();
        return characters == 0 ? "" : in.seek(offset).utf16(characters);
    }

    /** Each byte has its halves swapped and is then masked, which keeps nobody from reading it. */
    private static String password(TdsCursor in) throws ProtocolException {
        int offset = in.seek(AT_PASSWORD).u16();
        int characters = in.u16();
        if (characters == 0) {
            return "";
        }
        byte[] bytes = in.seek(offset).bytes(characters * Character.BYTES);
        for (int i = 0; i < bytes.length; i++) {
            int plain = (bytes[i] ^ PASSWORD_MASK) & 0xFF;
            bytes[i] = (byte) (plain << 4 | plain >> 4);
        }
        return new String(bytes, StandardCharsets.UTF_16LE);
    }
}
