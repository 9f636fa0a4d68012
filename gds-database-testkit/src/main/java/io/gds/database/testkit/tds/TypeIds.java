package io.gds.database.testkit.tds;

/** The bytes that name types on the wire. */
final class TypeIds {
    static final int GUID = 0x24;
    static final int INTN = 0x26;
    static final int DATEN = 0x28;
    static final int TIMEN = 0x29;
    static final int DATETIME2N = 0x2A;
    static final int DATETIMEOFFSETN = 0x2B;
    static final int BITN = 0x68;
    static final int DECIMALN = 0x6A;
    static final int NUMERICN = 0x6C;
    static final int FLTN = 0x6D;
    static final int MONEYN = 0x6E;
    static final int DATETIMN = 0x6F;
    static final int VARBINARY = 0xA5;
    static final int VARCHAR = 0xA7;
    static final int BINARY = 0xAD;
    static final int CHAR = 0xAF;
    static final int NVARCHAR = 0xE7;
    static final int NCHAR = 0xEF;

    /** In place of a length: null, or that the value comes in chunks. */
    static final int NO_LENGTH = 0xFFFF;

    /** In place of a whole length in front of chunks: null. */
    static final long CHUNKS_NULL = -1;

    static final int COLLATION_BYTES = 5;

    private TypeIds() {}

    /** Latin1_General, without regard to case; drivers do not get along without one. */
    static byte[] collation() {
        return new byte[] {0x09, 0x04, (byte) 0xD0, 0x00, 0x34};
    }
}
