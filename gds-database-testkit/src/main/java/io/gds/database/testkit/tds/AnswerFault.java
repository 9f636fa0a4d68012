package io.gds.database.testkit.tds;

/** What goes wrong with one answer on the wire. */
public enum AnswerFault {
    /** The request is read and not executed, and the connection is reset. */
    RESET_BEFORE_EXECUTION,
    /** The request is executed, and the connection is reset before a byte of the answer: a lost answer. */
    RESET_BEFORE_ANSWER,
    /** The connection is reset after the first packet of the answer, or after half of it when there is no other. */
    RESET_WITHIN_ANSWER,
    /** In place of the answer come bytes that are no packet. */
    GARBAGE,
    /** Half of the first packet, and then nothing more on this connection. */
    HALF_A_PACKET,
    /** The request is executed, and nothing more comes on this connection. */
    SILENCE
}
