package io.gds.database.testkit.tds;

/**
 * The type of a column or an output parameter.
 *
 * @param kind its name in SQL
 * @param size characters, bytes or digits; {@link #MAX} for {@code (max)}; 0 where the kind has none
 * @param scale digits after the point, of a number or of a second; 0 where the kind has none
 */
public record SqlType(Kind kind, int size, int scale) {
    /** The size of {@code nvarchar(max)} and {@code varbinary(max)}. */
    public static final int MAX = -1;

    /** Takes a {@link Number} from 0 to 255. */
    public static final SqlType TINYINT = of(Kind.TINYINT);
    /** Takes a {@link Number}. */
    public static final SqlType SMALLINT = of(Kind.SMALLINT);
    /** Takes a {@link Number}. */
    public static final SqlType INT = of(Kind.INT);
    /** Takes a {@link Number}. */
    public static final SqlType BIGINT = of(Kind.BIGINT);
    /** Takes a {@link Boolean}. */
    public static final SqlType BIT = of(Kind.BIT);
    /** Takes a {@link Number}; four bytes. */
    public static final SqlType REAL = of(Kind.REAL);
    /** Takes a {@link Number}; eight bytes. */
    public static final SqlType FLOAT = of(Kind.FLOAT);
    /** Takes a {@link java.util.UUID}. */
    public static final SqlType UNIQUEIDENTIFIER = of(Kind.UNIQUEIDENTIFIER);
    /** Takes a {@link java.time.LocalDate}. */
    public static final SqlType DATE = of(Kind.DATE);
    /** Takes a {@link java.time.LocalDateTime}, which it rounds to 1/300 s. */
    public static final SqlType DATETIME = of(Kind.DATETIME);
    /** Takes a {@link String} of any length. */
    public static final SqlType NVARCHAR_MAX = new SqlType(Kind.NVARCHAR, MAX, 0);
    /** Takes a {@code byte[]} of any length. */
    public static final SqlType VARBINARY_MAX = new SqlType(Kind.VARBINARY, MAX, 0);

    private static final int LONGEST_TEXT = 4000;
    private static final int LONGEST_BINARY = 8000;
    private static final int MOST_DIGITS = 38;
    private static final int FINEST_TIME = 7;

    /** The names of types in SQL. */
    public enum Kind {
        /** One byte without sign. */
        TINYINT,
        /** Two bytes. */
        SMALLINT,
        /** Four bytes. */
        INT,
        /** Eight bytes. */
        BIGINT,
        /** A truth value. */
        BIT,
        /** Four bytes. */
        REAL,
        /** Eight bytes. */
        FLOAT,
        /** Up to 38 digits. */
        DECIMAL,
        /** The same as decimal under another name. */
        NUMERIC,
        /** Text in UTF-16. */
        NVARCHAR,
        /** Bytes. */
        VARBINARY,
        /** Sixteen bytes. */
        UNIQUEIDENTIFIER,
        /** Days. */
        DATE,
        /** Time of a day. */
        TIME,
        /** Days and 1/300 s. */
        DATETIME,
        /** Days and up to 100 ns. */
        DATETIME2,
        /** The same with an offset from UTC. */
        DATETIMEOFFSET
    }

    /** Checks size and scale against what the kind allows. */
    public SqlType {
        boolean fits =
                switch (kind) {
                    case NVARCHAR -> scale == 0 && (size == MAX || between(1, size, LONGEST_TEXT));
                    case VARBINARY -> scale == 0 && (size == MAX || between(1, size, LONGEST_BINARY));
                    case DECIMAL, NUMERIC -> between(1, size, MOST_DIGITS) && between(0, scale, size);
                    case TIME, DATETIME2, DATETIMEOFFSET -> size == 0 && between(0, scale, FINEST_TIME);
                    default -> size == 0 && scale == 0;
                };
        if (!fits) {
            throw new IllegalArgumentException("no such type: " + kind + "(" + size + ", " + scale + ")");
        }
    }

    private static boolean between(int least, int n, int most) {
        return least <= n && n <= most;
    }

    private static SqlType of(Kind kind) {
        return new SqlType(kind, 0, 0);
    }

    /** Takes a {@link String} of at most so many characters, 1 to 4000. */
    public static SqlType nvarchar(int characters) {
        return new SqlType(Kind.NVARCHAR, characters, 0);
    }

    /** Takes a {@code byte[]} of at most so many bytes, 1 to 8000. */
    public static SqlType varbinary(int bytes) {
        return new SqlType(Kind.VARBINARY, bytes, 0);
    }

    /** Takes a {@link java.math.BigDecimal}, {@link java.math.BigInteger} or a whole {@link Number}; 1 to 38 digits in all. */
    public static SqlType decimal(int digits, int scale) {
        return new SqlType(Kind.DECIMAL, digits, scale);
    }

    /** As {@link #decimal}. */
    public static SqlType numeric(int digits, int scale) {
        return new SqlType(Kind.NUMERIC, digits, scale);
    }

    /** Takes a {@link java.time.LocalTime}, which it cuts to 0 to 7 digits of a second. */
    public static SqlType time(int scale) {
        return new SqlType(Kind.TIME, 0, scale);
    }

    /** Takes a {@link java.time.LocalDateTime}, which it cuts to 0 to 7 digits of a second. */
    public static SqlType datetime2(int scale) {
        return new SqlType(Kind.DATETIME2, 0, scale);
    }

    /** Takes a {@link java.time.OffsetDateTime}, which it cuts to 0 to 7 digits of a second. */
    public static SqlType datetimeOffset(int scale) {
        return new SqlType(Kind.DATETIMEOFFSET, 0, scale);
    }

    boolean isMax() {
        return size == MAX;
    }
}
