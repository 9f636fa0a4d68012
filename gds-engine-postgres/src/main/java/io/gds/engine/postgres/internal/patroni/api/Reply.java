package io.gds.engine.postgres.internal.patroni.api;

import io.gds.database.error.GdsDatabaseException;
import java.util.Optional;

/**
 * An answer to a verb, or its absence. Immutable.
 *
 * @param member the member that was asked
 * @param verb what was asked for
 * @param outcome what it means
 * @param code the HTTP status; 0 without an answer
 * @param text what was said, shortened and masked, or why there was no answer
 * @param promoted the member that was promoted, after a switchover
 */
public record Reply(String member, Verb verb, Outcome outcome, int code, String text, Optional<String> promoted) {
    /** Whether it was done as asked. */
    public boolean isDone() {
        return outcome == Outcome.DONE;
    }

    /** Whether nobody knows what happened. */
    public boolean isUnknown() {
        return outcome.effect() == Outcome.Effect.UNKNOWN;
    }

    /** Whether the same request may be sent again later, without anybody changing anything. */
    public boolean retryable() {
        return outcome.retryable();
    }

    /** The reply as an error, for whoever cannot go on with it. */
    public GdsDatabaseException toException() {
        GdsDatabaseException.Builder error = GdsDatabaseException.engine(
                        "PATRONI-" + outcome.name().replace('_', '-'))
                .message(toString() + ".")
                .remedy(outcome.next());
        return (retryable() ? error.retryable() : error).build();
    }

    @Override
    public String toString() {
        String answer = code == 0 ? "no answer" : "HTTP " + code;
        return "member " + member + ", " + verb + ": " + outcome + " (" + answer + ", \"" + text + "\")";
    }
}
