package io.gds.database.core.internal.run;

import java.time.Instant;

/** One call of a handler that is under way. Identity counts: a late answer of an abandoned call is not taken. */
final class Flight {
    private final String key;
    private final Command command;
    private final Instant startedAt;
    private final CancelToken cancel = new CancelToken();

    Flight(String key, Command command, Instant startedAt) {
        this.key = key;
        this.command = command;
        this.startedAt = startedAt;
    }

    String key() {
        return key;
    }

    Command command() {
        return command;
    }

    Instant startedAt() {
        return startedAt;
    }

    CancelToken cancel() {
        return cancel;
    }
}
