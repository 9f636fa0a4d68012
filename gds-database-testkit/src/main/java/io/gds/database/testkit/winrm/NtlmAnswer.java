package io.gds.database.testkit.winrm;

import java.util.Arrays;

/** What a client answers to a challenge: who it says to be, the proof, and a key of its choice. */
final class NtlmAnswer {
    private static final int PROOF_LENGTH = 16;
    private static final int KEY_LENGTH = 16;
    private static final int SHORTEST_BLOB = 28;

    private final byte[] response;
    private final String domain;
    private final String user;
    private final byte[] sessionKey;
    private final int flags;

    NtlmAnswer(byte[] response, String domain, String user, byte[] sessionKey, int flags) {
        this.response = response;
        this.domain = domain;
        this.user = user;
        this.sessionKey = sessionKey;
        this.flags = flags;
    }

    String domain() {
        return domain;
    }

    String user() {
        return user;
    }

    int flags() {
        return flags;
    }

    /** Whether this is a response of version 2; those of version 1 are shorter. */
    boolean isVersion2() {
        return response.length >= PROOF_LENGTH + SHORTEST_BLOB;
    }

    /** The proof of knowing the password. */
    byte[] proof() {
        return Arrays.copyOf(response, PROOF_LENGTH);
    }

    /** What the client has added to the challenge. */
    byte[] blob() {
        return Arrays.copyOfRange(response, PROOF_LENGTH, response.length);
    }

    boolean hasSessionKey() {
        return sessionKey.length == KEY_LENGTH;
    }

    /** The key for this session, itself in cipher. */
    byte[] sessionKey() {
        return sessionKey;
    }
}
