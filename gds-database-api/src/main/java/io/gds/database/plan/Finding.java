package io.gds.database.plan;

import static java.util.Objects.requireNonNull;

/**
 * Something a check saw that somebody should know before a change.
 *
 * @param id stable identifier, for example {@code PG-UNLOGGED}; acknowledgements name it
 * @param severity what it means for the run
 * @param subject the member, database or object it is about
 * @param observed what was found
 * @param expected what was expected
 * @param remedy what to do, as an imperative
 */
public record Finding(String id, Severity severity, String subject, String observed, String expected, String remedy) {
    /** What a finding means for the run. */
    public enum Severity {
        /** The run is refused. */
        BLOCK,
        /** The run is refused until a named person acknowledges the finding. */
        ACK,
        /** Worth knowing. */
        WARN
    }

    /** Checks the parts. */
    public Finding {
        requireNonNull(id, "id");
        requireNonNull(severity, "severity");
        requireNonNull(subject, "subject");
        requireNonNull(observed, "observed");
        requireNonNull(expected, "expected");
        requireNonNull(remedy, "remedy");
    }

    /** A finding that refuses the run. */
    public static Finding block(String id, String subject, String observed, String expected, String remedy) {
        return new Finding(id, Severity.BLOCK, subject, observed, expected, remedy);
    }

    /** A finding that somebody must acknowledge. */
    public static Finding ack(String id, String subject, String observed, String expected, String remedy) {
        return new Finding(id, Severity.ACK, subject, observed, expected, remedy);
    }

    /** A finding to know about. */
    public static Finding warn(String id, String subject, String observed, String expected, String remedy) {
        return new Finding(id, Severity.WARN, subject, observed, expected, remedy);
    }

    /** The finding as a plain object. */
    public Params document() {
        return Params.of("id", id, "severity", severity, "subject", subject)
                .with(Params.of("observed", observed, "expected", expected, "remedy", remedy));
    }

    /** Reads what {@link #document()} wrote. */
    public static Finding fromDocument(Params doc) {
        return new Finding(
                doc.string("id"),
                Severity.valueOf(doc.string("severity")),
                doc.string("subject"),
                doc.string("observed"),
                doc.string("expected"),
                doc.string("remedy"));
    }

    @Override
    public String toString() {
        return severity + " " + id + " " + subject + ": found " + observed + "; expected " + expected + ". Remedy: "
                + remedy;
    }
}
