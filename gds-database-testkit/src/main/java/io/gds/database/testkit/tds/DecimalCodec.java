package io.gds.database.testkit.tds;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.net.ProtocolException;

/** Exact numbers: a sign, and then the digits as one whole number, its lowest byte first. */
final class DecimalCodec {
    private DecimalCodec() {}

    /** Sign included. */
    static int bytes(int precision) {
        return precision <= 9 ? 5 : precision <= 19 ? 9 : precision <= 28 ? 13 : 17;
    }

    /** Refuses what does not fit: a stand-in that rounds would hide mistakes. */
    static void write(TdsBuffer out, SqlType type, Object value) {
        BigDecimal number = decimal(value).setScale(type.scale(), RoundingMode.UNNECESSARY);
        if (number.precision() > type.size()) {
            throw new ArithmeticException(number + " has more than " + type.size() + " digits");
        }
        int magnitudeBytes = bytes(type.size()) - 1;
        out.u8(number.signum() < 0 ? 0 : 1);
        byte[] magnitude = number.unscaledValue().abs().toByteArray(); // its highest byte first
        for (int i = 0; i < magnitudeBytes; i++) {
            out.u8(i < magnitude.length ? magnitude[magnitude.length - 1 - i] : 0);
        }
    }

    private static BigDecimal decimal(Object value) {
        if (value instanceof BigDecimal d) {
            return d;
        }
        if (value instanceof BigInteger i) {
            return new BigDecimal(i);
        }
        return BigDecimal.valueOf(((Number) value).longValue());
    }

    static BigDecimal read(TdsCursor in, int size, int scale) throws ProtocolException {
        int sign = in.u8() == 0 ? -1 : 1;
        byte[] lowestFirst = in.bytes(size - 1);
        byte[] magnitude = new byte[lowestFirst.length];
        for (int i = 0; i < magnitude.length; i++) {
            magnitude[i] = lowestFirst[lowestFirst.length - 1 - i];
        }
        return new BigDecimal(new BigInteger(sign, magnitude), scale);
    }

    /** Money is counted in 1/10000; its eight bytes have their higher half first. */
    static BigDecimal money(TdsCursor in, int size) throws ProtocolException {
        if (size == Integer.BYTES) {
            return BigDecimal.valueOf(in.i32(), 4);
        }
        long high = in.i32();
        return BigDecimal.valueOf(high << Integer.SIZE | in.unsigned(Integer.BYTES), 4);
    }
}
