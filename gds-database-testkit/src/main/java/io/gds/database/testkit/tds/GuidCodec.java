package io.gds.database.testkit.tds;

import java.net.ProtocolException;
import java.util.UUID;

/** Sixteen bytes, of which the first three groups have their lowest byte first and the others not. */
final class GuidCodec {
    static final int BYTES = 16;

    private GuidCodec() {}

    static void write(TdsBuffer out, UUID value) {
        long high = value.getMostSignificantBits();
        out.i32((int) (high >> Integer.SIZE));
        out.u16((int) (high >> Short.SIZE));
        out.u16((int) high);
        out.i64(Long.reverseBytes(value.getLeastSignificantBits()));
    }

    static UUID read(TdsCursor in) throws ProtocolException {
        long first = in.unsigned(Integer.BYTES);
        long second = in.u16();
        long third = in.u16();
        return new UUID(first << Integer.SIZE | second << Short.SIZE | third, Long.reverseBytes(in.i64()));
    }
}
