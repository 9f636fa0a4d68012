package io.gds.database.testkit.tds;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes types and values of result sets and output parameters. A value that is not of its type is refused. */
final class TypeWriter {
    private TypeWriter() {}

    static void type(TdsBuffer out, SqlType type) {
        switch (type.kind()) {
            case TINYINT -> out.u8(TypeIds.INTN).u8(1);
            case SMALLINT -> out.u8(TypeIds.INTN).u8(Short.BYTES);
            case INT -> out.u8(TypeIds.INTN).u8(Integer.BYTES);
            case BIGINT -> out.u8(TypeIds.INTN).u8(Long.BYTES);
            case BIT -> out.u8(TypeIds.BITN).u8(1);
            case REAL -> out.u8(TypeIds.FLTN).u8(Float.BYTES);
            case FLOAT -> out.u8(TypeIds.FLTN).u8(Double.BYTES);
            case DECIMAL -> exact(out.u8(TypeIds.DECIMALN), type);
            case NUMERIC -> exact(out.u8(TypeIds.NUMERICN), type);
            case NVARCHAR ->
                out.u8(TypeIds.NVARCHAR)
                        .u16(type.isMax() ? TypeIds.NO_LENGTH : type.size() * Character.BYTES)
                        .bytes(TypeIds.collation());
            case VARBINARY -> out.u8(TypeIds.VARBINARY).u16(type.isMax() ? TypeIds.NO_LENGTH : type.size());
            case UNIQUEIDENTIFIER -> out.u8(TypeIds.GUID).u8(GuidCodec.BYTES);
            case DATE -> out.u8(TypeIds.DATEN);
            case TIME -> out.u8(TypeIds.TIMEN).u8(type.scale());
            case DATETIME -> out.u8(TypeIds.DATETIMN).u8(Long.BYTES);
            case DATETIME2 -> out.u8(TypeIds.DATETIME2N).u8(type.scale());
            case DATETIMEOFFSET -> out.u8(TypeIds.DATETIMEOFFSETN).u8(type.scale());
        }
    }

    private static void exact(TdsBuffer out, SqlType type) {
        out.u8(DecimalCodec.bytes(type.size())).u8(type.size()).u8(type.scale());
    }

    static void value(TdsBuffer out, SqlType type, @Nullable Object value) {
        if (value == null) {
            nothing(out, type);
            return;
        }
        switch (type.kind()) {
            case TINYINT -> whole(out, value, 1, 0, 0xFF);
            case SMALLINT -> whole(out, value, Short.BYTES, Short.MIN_VALUE, Short.MAX_VALUE);
            case INT -> whole(out, value, Integer.BYTES, Integer.MIN_VALUE, Integer.MAX_VALUE);
            case BIGINT -> whole(out, value, Long.BYTES, Long.MIN_VALUE, Long.MAX_VALUE);
            case BIT -> out.u8(1).u8((Boolean) value ? 1 : 0);
            case REAL -> out.u8(Float.BYTES).i32(Float.floatToIntBits(((Number) value).floatValue()));
            case FLOAT -> out.u8(Double.BYTES).i64(Double.doubleToLongBits(((Number) value).doubleValue()));
            case DECIMAL, NUMERIC -> DecimalCodec.write(out.u8(DecimalCodec.bytes(type.size())), type, value);
            case NVARCHAR -> text(out, type, (String) value);
            case VARBINARY -> bytes(out, type, (byte[]) value, type.size());
            case UNIQUEIDENTIFIER -> GuidCodec.write(out.u8(GuidCodec.BYTES), (UUID) value);
            case DATE -> TimeCodec.date(out.u8(TimeCodec.dateBytes()), (LocalDate) value);
            case TIME -> TimeCodec.time(out.u8(TimeCodec.timeBytes(type.scale())), (LocalTime) value, type.scale());
            case DATETIME -> TimeCodec.datetime(out.u8(Long.BYTES), (LocalDateTime) value);
            case DATETIME2 -> TimeCodec.datetime2(out.u8(dayAndTime(type)), (LocalDateTime) value, type.scale());
            case DATETIMEOFFSET ->
                TimeCodec.datetimeOffset(out.u8(dayAndTime(type) + Short.BYTES), (OffsetDateTime) value, type.scale());
        }
    }

    private static int dayAndTime(SqlType type) {
        return TimeCodec.timeBytes(type.scale()) + TimeCodec.dateBytes();
    }

    private static void nothing(TdsBuffer out, SqlType type) {
        if (type.isMax()) {
            out.i64(TypeIds.CHUNKS_NULL);
        } else if (type.kind() == SqlType.Kind.NVARCHAR || type.kind() == SqlType.Kind.VARBINARY) {
            out.u16(TypeIds.NO_LENGTH);
        } else {
            out.u8(0);
        }
    }

    private static void whole(TdsBuffer out, Object value, int bytes, long least, long most) {
        long n = ((Number) value).longValue();
        if (n < least || n > most) {
            throw new ArithmeticException(n + " is not between " + least + " and " + most);
        }
        out.u8(bytes).number(n, bytes);
    }

    private static void text(TdsBuffer out, SqlType type, String value) {
        bytes(out, type, value.getBytes(StandardCharsets.UTF_16LE), type.size() * Character.BYTES);
    }

    /** Values of the max types come in chunks, of which an empty one is the last. */
    private static void bytes(TdsBuffer out, SqlType type, byte[] value, int most) {
        if (type.isMax()) {
            out.i64(value.length);
            if (value.length > 0) {
                out.i32(value.length).bytes(value);
            }
            out.i32(0);
            return;
        }
        if (value.length > most) {
            throw new IllegalArgumentException(value.length + " bytes in a column of " + most);
        }
        out.u16(value.length).bytes(value);
    }
}
