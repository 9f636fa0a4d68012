package io.gds.engine.postgres.internal.control;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The part of {@code global/pg_control} that says how a server went down. The layout of these first fields is the same in
 * every release from 9.3 to 18 on little-endian machines.
 *
 * @param systemId the cluster's identity
 * @param state the server's state
 * @param checkpoint the position of the last checkpoint record
 * @param timeline the timeline of that checkpoint
 */
public record ControlFile(String systemId, State state, Lsn checkpoint, long timeline) {
    /** How the server stands, as its control file says. */
    public enum State {
        /** Starting for the first time. */
        STARTUP,
        /** Cleanly shut down as a primary. */
        SHUT_DOWN,
        /** Cleanly shut down as a standby. */
        SHUT_DOWN_IN_RECOVERY,
        /** Shutting down. */
        SHUTTING_DOWN,
        /** Recovering from a crash. */
        IN_CRASH_RECOVERY,
        /** Following. */
        IN_ARCHIVE_RECOVERY,
        /** Accepting writes; without a process: it died. */
        IN_PRODUCTION
    }

    private static final int STATE_AT = 16;
    private static final int CHECKPOINT_AT = 32;
    private static final int TIMELINE_AT = 48;

    /**
     * Reads the bytes of the file.
     *
     * @throws IllegalArgumentException when they are no control file
     */
    public static ControlFile of(byte[] bytes) {
        if (bytes.length < TIMELINE_AT + 4) {
            throw new IllegalArgumentException("a control file of " + bytes.length + " bytes");
        }
        ByteBuffer b = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int state = b.getInt(STATE_AT);
        if (state < 0 || state >= State.values().length) {
            throw new IllegalArgumentException("a control file with state " + state);
        }
        return new ControlFile(
                Long.toUnsignedString(b.getLong(0)),
                State.values()[state],
                new Lsn(b.getLong(CHECKPOINT_AT)),
                Integer.toUnsignedLong(b.getInt(TIMELINE_AT)));
    }

    /** Whether it went down in order. */
    public boolean isClean() {
        return state == State.SHUT_DOWN || state == State.SHUT_DOWN_IN_RECOVERY;
    }
}
