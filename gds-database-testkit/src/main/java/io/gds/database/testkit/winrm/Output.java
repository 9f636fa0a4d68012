package io.gds.database.testkit.winrm;

import java.util.OptionalInt;

/** What a Receive answers. */
final class Output {
    private final byte[] stdout;
    private final byte[] stderr;
    private final OptionalInt exitCode;

    /**
     * An answer.
     *
     * @param exitCode once the command has ended and everything was fetched
     */
    Output(byte[] stdout, byte[] stderr, OptionalInt exitCode) {
        this.stdout = stdout;
        this.stderr = stderr;
        this.exitCode = exitCode;
    }

    byte[] stdout() {
        return stdout;
    }

    byte[] stderr() {
        return stderr;
    }

    OptionalInt exitCode() {
        return exitCode;
    }

    /** Whether it is worth an answer. */
    boolean says() {
        return stdout.length > 0 || stderr.length > 0 || exitCode.isPresent();
    }
}
