package io.gds.database.testkit.tds;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The tokens that answers are made of, each as the bytes of its own. */
final class TokenWriter {
    static final int DONE = 0xFD;
    static final int DONE_OF_PROCEDURE = 0xFE;
    static final int DONE_IN_PROCEDURE = 0xFF;

    static final int FINAL = 0x00;
    static final int MORE = 0x01;
    static final int ERROR = 0x02;
    static final int COUNT = 0x10;
    static final int ATTENTION = 0x20;
    static final int SERVER_ERROR = 0x100;

    static final int SELECT = 0xC1;
    static final int UPDATE = 0xC5;
    static final int ALTER = 0xD8;

    private static final int RETURN_STATUS = 0x79;
    private static final int COLUMNS = 0x81;
    private static final int ERROR_TOKEN = 0xAA;
    private static final int INFO_TOKEN = 0xAB;
    private static final int RETURN_VALUE = 0xAC;
    private static final int LOGIN_ACK = 0xAD;
    private static final int ROW = 0xD1;
    private static final int ENVIRONMENT = 0xE3;

    private static final int NULLABLE = 0x0001;
    private static final int MAYBE_UPDATABLE = 0x0008;
    private static final int OUTPUT_PARAMETER = 0x01;
    private static final int LONGEST_MESSAGE = 8000;

    private TokenWriter() {}

    static TdsBuffer done(int token, int status, int command, long rows) {
        return new TdsBuffer().u8(token).u16(status).u16(command).i64(rows);
    }

    static TdsBuffer error(SqlOutcome.Failed what, String server) {
        TdsBuffer head = new TdsBuffer().i32(what.number()).u8(what.state()).u8(what.severity());
        return new TdsBuffer().u8(ERROR_TOKEN).sized(message(head, what.text(), server));
    }

    static TdsBuffer info(SqlOutcome.Info what, String server) {
        TdsBuffer head = new TdsBuffer().i32(what.number()).u8(what.state()).u8(what.severity());
        return new TdsBuffer().u8(INFO_TOKEN).sized(message(head, what.text(), server));
    }

    private static TdsBuffer message(TdsBuffer head, String text, String server) {
        return head.longText(text.substring(0, Math.min(text.length(), LONGEST_MESSAGE)))
                .shortText(server)
                .shortText("") // no procedure
                .i32(1); // the first line
    }

    static TdsBuffer columns(List<SqlColumn> columns) {
        TdsBuffer out = new TdsBuffer().u8(COLUMNS).u16(columns.size());
        for (SqlColumn column : columns) {
            out.i32(0).u16(NULLABLE | MAYBE_UPDATABLE);
            TypeWriter.type(out, column.type());
            out.shortText(column.name());
        }
        return out;
    }

    static TdsBuffer row(List<SqlColumn> columns, List<@Nullable Object> values) {
        if (values.size() != columns.size()) {
            throw new IllegalArgumentException(values.size() + " values for " + columns.size() + " columns");
        }
        TdsBuffer out = new TdsBuffer().u8(ROW);
        for (int i = 0; i < columns.size(); i++) {
            TypeWriter.value(out, columns.get(i).type(), values.get(i));
        }
        return out;
    }

    static TdsBuffer returnStatus(int value) {
        return new TdsBuffer().u8(RETURN_STATUS).i32(value);
    }

    static TdsBuffer returnValue(int ordinal, SqlOutcome.Output output) {
        TdsBuffer out = new TdsBuffer()
                .u8(RETURN_VALUE)
                .u16(ordinal)
                .shortText(output.name())
                .u8(OUTPUT_PARAMETER)
                .i32(0)
                .u16(NULLABLE);
        TypeWriter.type(out, output.type());
        TypeWriter.value(out, output.type(), output.value());
        return out;
    }

    static TdsBuffer loginAck(int tdsVersion, ServerBuild build) {
        TdsBuffer content = new TdsBuffer()
                .u8(1)
                .i32(Integer.reverseBytes(tdsVersion))
                .shortText("Microsoft SQL Server")
                .u8(build.major())
                .u8(build.minor())
                .u16BigEndian(build.build());
        return new TdsBuffer().u8(LOGIN_ACK).sized(content);
    }

    static TdsBuffer environment(EnvironmentChange change) {
        TdsBuffer content = new TdsBuffer().u8(change.type());
        change.values(content);
        return new TdsBuffer().u8(ENVIRONMENT).sized(content);
    }
}
