package io.gds.database.testkit.tds;

import java.net.ProtocolException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The first message of a connection.
 *
 * @param encryption the byte in which the client says what it wants of TLS
 */
record Prelogin(int encryption) {
    private static final int VERSION = 0;
    private static final int ENCRYPTION = 1;
    private static final int MARS = 4;
    private static final int END = 0xFF;
    private static final int OPTION_SIZE = 5;
    private static final int CLIENT_CERTIFICATE = 0x80;

    static Prelogin read(TdsMessage message) throws ProtocolException {
        TdsCursor options = message.cursor();
        for (int option = options.u8(); option != END; option = options.u8()) {
            int offset = options.u16BigEndian();
            int length = options.u16BigEndian();
            if (option == ENCRYPTION && length > 0) {
                return new Prelogin(message.cursor().seek(offset).u8() & ~CLIENT_CERTIFICATE);
            }
        }
        return new Prelogin(Encryption.OFFER_NONE);
    }

    /** Version, what is done about TLS, and that there is no more than one request at a time on a connection. */
    static TdsBuffer answer(ServerBuild build, int encryption) {
        Map<Integer, byte[]> options = new LinkedHashMap<>();
        options.put(
                VERSION,
                new TdsBuffer()
                        .u8(build.major())
                        .u8(build.minor())
                        .u16BigEndian(build.build())
                        .u16(0)
                        .toByteArray());
        options.put(ENCRYPTION, new byte[] {(byte) encryption});
        options.put(MARS, new byte[] {0});

        TdsBuffer answer = new TdsBuffer();
        int offset = options.size() * OPTION_SIZE + 1;
        for (Map.Entry<Integer, byte[]> option : options.entrySet()) {
            answer.u8(option.getKey()).u16BigEndian(offset).u16BigEndian(option.getValue().length);
            offset += option.getValue().length;
        }
        answer.u8(END);
        options.values().forEach(answer::bytes);
        return answer;
    }
}
