package io.gds.database.testkit.winrm;

/**
 * What the service allows.
 *
 * @param shellsPerUser open at a time
 * @param operationsPerUser commands that the open shells of a user ever had
 * @param maxEnvelopeSize of a request and of an answer, in bytes
 */
record Limits(int shellsPerUser, int operationsPerUser, int maxEnvelopeSize) {
    /** Those of a Windows Server that nobody has changed. */
    static final Limits WINDOWS = new Limits(30, 1500, 500 * 1024);

    /** Refuses what would let nothing pass. */
    Limits {
        if (shellsPerUser < 0 || operationsPerUser < 0 || maxEnvelopeSize < 1) {
            throw new IllegalArgumentException(
                    "limits: " + shellsPerUser + ", " + operationsPerUser + ", " + maxEnvelopeSize);
        }
    }
}
