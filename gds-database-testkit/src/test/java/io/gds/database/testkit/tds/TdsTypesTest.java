package io.gds.database.testkit.tds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import microsoft.sql.DateTimeOffset;
import org.assertj.core.api.ObjectAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Values on their way to the client, and parameters on their way to the session. */
@Timeout(60)
class TdsTypesTest {
    private final ScriptedEndpoint endpoint = new ScriptedEndpoint();
    private TdsServer server;
    private Connection connection;

    @BeforeEach
    void connect() throws SQLException {
        server =
                TdsServer.builder(endpoint).encryption(Encryption.NOT_SUPPORTED).start();
        connection = Driver.connect(server);
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
        server.close();
    }

    private interface Getter {
        Object get(ResultSet rows) throws SQLException;
    }

    private ObjectAssert<Object> got(SqlType type, Object value, Getter getter) throws SQLException {
        return assertThat(value(type, value, getter));
    }

    private Object value(SqlType type, Object value, Getter getter) throws SQLException {
        endpoint.when("q", ScriptedEndpoint.one(type, value));
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("q")) {
            assertThat(rows.next()).isTrue();
            Object got = getter.get(rows);
            assertThat(rows.next()).isFalse();
            return got;
        }
    }

    private Object object(SqlType type, Object value) throws SQLException {
        return value(type, value, rows -> rows.getObject(1));
    }

    @Test
    void wholeNumbersOfEachSize() throws SQLException {
        assertThat(object(SqlType.TINYINT, 255)).isEqualTo((short) 255);
        assertThat(object(SqlType.SMALLINT, Short.MIN_VALUE)).isEqualTo(Short.MIN_VALUE);
        assertThat(object(SqlType.INT, Integer.MIN_VALUE)).isEqualTo(Integer.MIN_VALUE);
        assertThat(object(SqlType.BIGINT, Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
        got(SqlType.BIGINT, Long.MIN_VALUE, r -> r.getLong(1)).isEqualTo(Long.MIN_VALUE);
        got(SqlType.INT, -7, r -> r.getString(1)).isEqualTo("-7");
        got(SqlType.INT, 1, r -> r.getBoolean(1)).isEqualTo(true);
        got(SqlType.SMALLINT, 12, r -> r.getBigDecimal(1)).isEqualTo(new BigDecimal("12"));
    }

    @Test
    void truthValues() throws SQLException {
        assertThat(object(SqlType.BIT, true)).isEqualTo(true);
        got(SqlType.BIT, false, r -> r.getBoolean(1)).isEqualTo(false);
        got(SqlType.BIT, true, r -> r.getInt(1)).isEqualTo(1);
        got(SqlType.BIT, true, r -> r.getString(1)).isEqualTo("1");
    }

    @Test
    void floatingNumbers() throws SQLException {
        assertThat(object(SqlType.REAL, 1.5f)).isEqualTo(1.5f);
        assertThat(object(SqlType.FLOAT, Math.PI)).isEqualTo(Math.PI);
        got(SqlType.FLOAT, -2.5, r -> r.getBigDecimal(1)).isEqualTo(new BigDecimal("-2.5"));
        got(SqlType.FLOAT, 3, r -> r.getInt(1)).isEqualTo(3);
    }

    @Test
    void exactNumbersUpToThirtyEightDigits() throws SQLException {
        BigDecimal most = new BigDecimal("9".repeat(28) + "." + "9".repeat(10));
        for (BigDecimal each : List.of(most, most.negate(), new BigDecimal("0"), new BigDecimal("-0.5"))) {
            got(SqlType.decimal(38, 10), each, r -> r.getBigDecimal(1)).isEqualTo(each.setScale(10));
        }
        for (int digits : List.of(1, 9, 10, 19, 20, 25, 28, 29)) {
            BigInteger lsn = new BigInteger("9".repeat(digits));
            got(SqlType.numeric(digits, 0), lsn, r -> r.getBigDecimal(1)).isEqualTo(new BigDecimal(lsn));
        }
        got(SqlType.numeric(25, 0), 42, r -> r.getLong(1)).isEqualTo(42L);
        got(SqlType.decimal(5, 2), new BigDecimal("1.5"), r -> r.getString(1)).isEqualTo("1.50");
    }

    @Test
    void textOfAnyLength() throws SQLException {
        String longest = "ж".repeat(4000);
        String huge = "0123456789€".repeat(20_000);
        got(SqlType.nvarchar(4000), longest, r -> r.getString(1)).isEqualTo(longest);
        got(SqlType.nvarchar(10), "", r -> r.getString(1)).isEqualTo("");
        got(SqlType.nvarchar(10), "12", r -> r.getInt(1)).isEqualTo(12);
        got(SqlType.NVARCHAR_MAX, huge, r -> r.getString(1)).isEqualTo(huge);
        got(SqlType.NVARCHAR_MAX, "", r -> r.getString(1)).isEqualTo("");
        got(SqlType.NVARCHAR_MAX, huge, r -> r.getMetaData().getColumnTypeName(1))
                .isEqualTo("nvarchar");
    }

    @Test
    void bytesOfAnyLength() throws SQLException {
        byte[] huge = new byte[100_000];
        Arrays.fill(huge, (byte) 0xAB);
        got(SqlType.varbinary(8000), new byte[] {0, 1, -1}, r -> r.getBytes(1)).isEqualTo(new byte[] {0, 1, -1});
        got(SqlType.varbinary(16), new byte[] {0, 1, -1}, r -> r.getString(1)).isEqualTo("0001FF");
        got(SqlType.VARBINARY_MAX, huge, r -> r.getBytes(1)).isEqualTo(huge);
        got(SqlType.VARBINARY_MAX, new byte[0], r -> r.getBytes(1)).isEqualTo(new byte[0]);
    }

    @Test
    void uniqueIdentifiers() throws SQLException {
        UUID id = UUID.fromString("01234567-89ab-cdef-fedc-ba9876543210");
        got(SqlType.UNIQUEIDENTIFIER, id, r -> r.getString(1))
                .isEqualTo(id.toString().toUpperCase(Locale.ROOT));
        got(SqlType.UNIQUEIDENTIFIER, id, r -> r.getObject(1, UUID.class)).isEqualTo(id);
    }

    @Test
    void daysAndTimes() throws SQLException {
        LocalDateTime moment = LocalDateTime.of(2026, 3, 12, 13, 14, 15, 123_456_700);
        got(SqlType.datetime2(7), moment, r -> r.getTimestamp(1)).isEqualTo(Timestamp.valueOf(moment));
        got(SqlType.datetime2(3), moment, r -> r.getObject(1, LocalDateTime.class))
                .isEqualTo(moment.withNano(123_000_000));
        got(SqlType.datetime2(0), moment, r -> r.getString(1)).isEqualTo("2026-03-12 13:14:15");
        LocalDateTime first = LocalDateTime.of(1, 1, 1, 0, 0);
        got(SqlType.datetime2(4), first, r -> r.getObject(1, LocalDateTime.class))
                .isEqualTo(first);
        got(SqlType.DATETIME, moment, r -> r.getTimestamp(1))
                .isEqualTo(Timestamp.valueOf(moment.withNano(123_000_000)));
        LocalDateTime beforeMidnight = LocalDateTime.of(2026, 12, 31, 23, 59, 59, 999_000_000);
        got(SqlType.DATETIME, beforeMidnight, r -> r.getObject(1, LocalDateTime.class))
                .isEqualTo(LocalDateTime.of(2027, 1, 1, 0, 0));
        LocalDate day = LocalDate.of(1999, 12, 31);
        got(SqlType.DATE, day, r -> r.getDate(1)).isEqualTo(Date.valueOf(day));
        LocalTime time = LocalTime.of(1, 2, 3, 400_000_000);
        got(SqlType.time(1), time, r -> r.getObject(1, LocalTime.class)).isEqualTo(time);
        got(SqlType.time(7), time, r -> r.getTime(1).toLocalTime()).isEqualTo(LocalTime.of(1, 2, 3));
    }

    @Test
    void momentsWithAnOffset() throws SQLException {
        OffsetDateTime moment = OffsetDateTime.parse("2026-03-12T01:14:15.1234567+05:30");
        got(SqlType.datetimeOffset(7), moment, r -> r.getObject(1, OffsetDateTime.class))
                .isEqualTo(moment);
        assertThat(object(SqlType.datetimeOffset(7), moment)).isInstanceOf(DateTimeOffset.class);
        OffsetDateTime west = OffsetDateTime.parse("2026-03-12T23:00:00-08:00");
        got(SqlType.datetimeOffset(0), west, r -> r.getObject(1, OffsetDateTime.class))
                .isEqualTo(west);
        got(SqlType.datetimeOffset(0), west, r -> r.getTimestamp(1).toInstant()).isEqualTo(west.toInstant());
    }

    static Stream<SqlType> everyType() {
        return Stream.of(
                SqlType.TINYINT,
                SqlType.SMALLINT,
                SqlType.INT,
                SqlType.BIGINT,
                SqlType.BIT,
                SqlType.REAL,
                SqlType.FLOAT,
                SqlType.UNIQUEIDENTIFIER,
                SqlType.DATE,
                SqlType.DATETIME,
                SqlType.NVARCHAR_MAX,
                SqlType.VARBINARY_MAX,
                SqlType.nvarchar(10),
                SqlType.varbinary(10),
                SqlType.decimal(38, 4),
                SqlType.numeric(25, 0),
                SqlType.time(7),
                SqlType.datetime2(7),
                SqlType.datetimeOffset(7));
    }

    @ParameterizedTest
    @MethodSource("everyType")
    void nothingOfEachTypeIsNull(SqlType type) throws SQLException {
        assertThat(object(type, null)).isNull();
        got(type, null, r -> r.getString(1)).isNull();
        got(type, null, r -> r.getMetaData().getColumnTypeName(1))
                .isEqualTo(type.kind().name().toLowerCase(Locale.ROOT));
    }

    @Test
    void aValueThatIsNotOfItsTypeIsAnError() {
        assertThatThrownBy(() -> object(SqlType.TINYINT, 256)).hasMessageContaining("256 is not between");
        assertThatThrownBy(() -> object(SqlType.decimal(3, 0), 1000)).hasMessageContaining("more than 3 digits");
        assertThatThrownBy(() -> object(SqlType.BIT, "yes")).hasMessageContaining("ClassCastException");
        assertThatThrownBy(() -> SqlType.nvarchar(4001)).hasMessageContaining("NVARCHAR(4001");
        assertThatThrownBy(() -> SqlType.decimal(10, 11)).hasMessageContaining("no such type");
    }

    private interface Setter {
        void set(PreparedStatement statement) throws SQLException;
    }

    private Object sent(Setter setter) throws SQLException {
        return sent(connection, setter);
    }

    private Object sent(Connection by, Setter setter) throws SQLException {
        endpoint.when("SET @P0", new SqlOutcome.Done());
        try (PreparedStatement statement = by.prepareStatement("SET ?")) {
            setter.set(statement);
            statement.execute();
        }
        return endpoint.batches
                .get(endpoint.batches.size() - 1)
                .parameter("@P0")
                .orElseThrow()
                .value();
    }

    @Test
    void parametersArriveAsJavaObjects() throws SQLException {
        UUID id = UUID.randomUUID();
        LocalDateTime moment = LocalDateTime.of(2026, 3, 12, 13, 14, 15, 123_456_700);
        OffsetDateTime there = OffsetDateTime.parse("2026-03-12T01:14:15.1234567+05:30");
        assertThat(sent(s -> s.setBoolean(1, true))).isEqualTo(true);
        assertThat(sent(s -> s.setByte(1, (byte) 7))).isEqualTo((short) 7);
        assertThat(sent(s -> s.setShort(1, (short) -7))).isEqualTo((short) -7);
        assertThat(sent(s -> s.setInt(1, -7))).isEqualTo(-7);
        assertThat(sent(s -> s.setLong(1, Long.MIN_VALUE))).isEqualTo(Long.MIN_VALUE);
        assertThat(sent(s -> s.setFloat(1, 1.5f))).isEqualTo(1.5f);
        assertThat(sent(s -> s.setDouble(1, Math.E))).isEqualTo(Math.E);
        assertThat(sent(s -> s.setBigDecimal(1, new BigDecimal("-12345.678")))).isEqualTo(new BigDecimal("-12345.678"));
        assertThat(sent(s -> s.setString(1, "naïve €"))).isEqualTo("naïve €");
        assertThat(sent(s -> s.setString(1, "ж".repeat(10_000)))).isEqualTo("ж".repeat(10_000));
        assertThat(sent(s -> s.setBytes(1, new byte[] {1, 2}))).isEqualTo(new byte[] {1, 2});
        assertThat(sent(s -> s.setBytes(1, new byte[20_000]))).isEqualTo(new byte[20_000]);
        assertThat(sent(s -> s.setObject(1, id))).isIn(id, id.toString());
        assertThat(sent(s -> s.setTimestamp(1, Timestamp.valueOf(moment)))).isEqualTo(moment);
        assertThat(sent(s -> s.setObject(1, there))).isEqualTo(there);
        assertThat(sent(s -> s.setDate(1, Date.valueOf("2026-03-12")))).isEqualTo(LocalDate.of(2026, 3, 12));
        assertThat(sent(s -> s.setTime(1, Time.valueOf("01:02:03")))).isEqualTo(LocalDateTime.of(1970, 1, 1, 1, 2, 3));
    }

    @Test
    void parametersMayBeNullOfAnyType() throws SQLException {
        for (int type : List.of(
                Types.BIT,
                Types.TINYINT,
                Types.INTEGER,
                Types.BIGINT,
                Types.DOUBLE,
                Types.DECIMAL,
                Types.NVARCHAR,
                Types.LONGNVARCHAR,
                Types.VARBINARY,
                Types.DATE,
                Types.TIME,
                Types.TIMESTAMP)) {
            assertThat(sent(s -> s.setNull(1, type))).as("type %d", type).isNull();
        }
    }

    @Test
    void textMayComeInTheOldCodePageAndTimesWithoutADay() throws SQLException {
        try (Connection old =
                Driver.connect(server, "sendStringParametersAsUnicode", "false", "sendTimeAsDatetime", "false")) {
            assertThat(sent(old, s -> s.setTime(1, Time.valueOf("01:02:03")))).isEqualTo(LocalTime.of(1, 2, 3));
            assertThat(sent(old, s -> s.setString(1, "naïve €"))).isEqualTo("naïve €");
            assertThat(sent(old, s -> s.setString(1, "é".repeat(10_000)))).isEqualTo("é".repeat(10_000));
        }
    }
}
