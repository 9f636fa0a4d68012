package io.gds.database.testkit.tds;

import java.io.ByteArrayOutputStream;
import java.net.ProtocolException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads the value of a parameter, whose type stands in front of it. */
final class TypeReader {
    private static final Charset WINDOWS_LATIN = Charset.forName("windows-1252");

    private TypeReader() {}

    static @Nullable Object read(TdsCursor in) throws ProtocolException {
        int type = in.u8();
        return switch (type) {
            case TypeIds.DATEN -> in.u8() == 0 ? null : TimeCodec.date(in);
            case TypeIds.TIMEN, TypeIds.DATETIME2N, TypeIds.DATETIMEOFFSETN -> time(in, type);
            case TypeIds.DECIMALN, TypeIds.NUMERICN -> decimal(in);
            case TypeIds.GUID, TypeIds.INTN, TypeIds.BITN, TypeIds.FLTN, TypeIds.MONEYN, TypeIds.DATETIMN ->
                fixed(in, type);
            case TypeIds.VARBINARY, TypeIds.BINARY -> bytes(in, in.u16());
            case TypeIds.VARCHAR, TypeIds.CHAR -> text(in, WINDOWS_LATIN);
            case TypeIds.NVARCHAR, TypeIds.NCHAR -> text(in, StandardCharsets.UTF_16LE);
            default -> throw new ProtocolException("a parameter of type 0x" + Integer.toHexString(type));
        };
    }

    private static @Nullable Object time(TdsCursor in, int type) throws ProtocolException {
        int scale = in.u8();
        if (in.u8() == 0) {
            return null;
        }
        return switch (type) {
            case TypeIds.TIMEN -> TimeCodec.time(in, scale);
            case TypeIds.DATETIME2N -> TimeCodec.datetime2(in, scale);
            default -> TimeCodec.datetimeOffset(in, scale);
        };
    }

    private static @Nullable Object decimal(TdsCursor in) throws ProtocolException {
        int scale = in.skip(2).u8(); // behind the greatest size and the precision
        int size = in.u8();
        return size == 0 ? null : DecimalCodec.read(in, size, scale);
    }

    private static @Nullable Object fixed(TdsCursor in, int type) throws ProtocolException {
        int size = in.skip(1).u8(); // behind the greatest size
        if (size == 0) {
            return null;
        }
        return switch (type) {
            case TypeIds.GUID -> GuidCodec.read(in);
            case TypeIds.INTN -> whole(in, size);
            case TypeIds.BITN -> in.u8() != 0;
            case TypeIds.MONEYN -> DecimalCodec.money(in, size);
            case TypeIds.DATETIMN -> TimeCodec.datetime(in, size);
            default -> floating(in, size);
        };
    }

    private static Object whole(TdsCursor in, int size) throws ProtocolException {
        return switch (size) {
            case 1 -> (short) in.u8();
            case Short.BYTES -> (short) in.u16();
            case Integer.BYTES -> in.i32();
            default -> in.i64();
        };
    }

    private static Object floating(TdsCursor in, int size) throws ProtocolException {
        if (size == Float.BYTES) {
            return Float.intBitsToFloat(in.i32());
        }
        return Double.longBitsToDouble(in.i64());
    }

    private static @Nullable String text(TdsCursor in, Charset charset) throws ProtocolException {
        int most = in.u16();
        in.skip(TypeIds.COLLATION_BYTES);
        byte[] bytes = bytes(in, most);
        return bytes == null ? null : new String(bytes, charset);
    }

    private static byte @Nullable [] bytes(TdsCursor in, int most) throws ProtocolException {
        if (most == TypeIds.NO_LENGTH) {
            return chunks(in);
        }
        int size = in.u16();
        return size == TypeIds.NO_LENGTH ? null : in.bytes(size);
    }

    private static byte @Nullable [] chunks(TdsCursor in) throws ProtocolException {
        if (in.i64() == TypeIds.CHUNKS_NULL) {
            return null;
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (int size = in.i32(); size != 0; size = in.i32()) {
            whole.writeBytes(in.bytes(size));
        }
        return whole.toByteArray();
    }
}
