package io.gds.database.testkit.tds;

import java.util.function.Consumer;

/**
 * Something about a connection that the client has to know.
 *
 * @param type its number
 * @param content writes the new value and the old one
 */
record EnvironmentChange(int type, Consumer<TdsBuffer> content) {
    private static final int DATABASE = 1;
    private static final int LANGUAGE = 2;
    private static final int PACKET_SIZE = 4;
    private static final int COLLATION = 7;
    private static final int BEGIN = 8;
    private static final int COMMIT = 9;
    private static final int ROLLBACK = 10;
    private static final int RESET_DONE = 18;

    void values(TdsBuffer out) {
        content.accept(out);
    }

    static EnvironmentChange database(String now, String before) {
        return new EnvironmentChange(DATABASE, out -> out.shortText(now).shortText(before));
    }

    static EnvironmentChange language() {
        return new EnvironmentChange(
                LANGUAGE, out -> out.shortText("us_english").u8(0));
    }

    static EnvironmentChange packetSize(int now, int before) {
        return new EnvironmentChange(
                PACKET_SIZE, out -> out.shortText(Integer.toString(now)).shortText(Integer.toString(before)));
    }

    static EnvironmentChange collation() {
        byte[] collation = TypeIds.collation();
        return new EnvironmentChange(
                COLLATION, out -> out.u8(collation.length).bytes(collation).u8(0));
    }

    static EnvironmentChange begin(long transaction) {
        return new EnvironmentChange(
                BEGIN, out -> out.u8(Long.BYTES).i64(transaction).u8(0));
    }

    static EnvironmentChange commit(long transaction) {
        return new EnvironmentChange(COMMIT, out -> out.u8(0).u8(Long.BYTES).i64(transaction));
    }

    static EnvironmentChange rollback(long transaction) {
        return new EnvironmentChange(ROLLBACK, out -> out.u8(0).u8(Long.BYTES).i64(transaction));
    }

    static EnvironmentChange resetDone() {
        return new EnvironmentChange(RESET_DONE, out -> out.u8(0).u8(0));
    }
}
