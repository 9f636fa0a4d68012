package io.gds.database.error;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * The one unchecked root of what this library throws: a broken contract or a broken environment, never an expected
 * outcome.
 *
 * <p>Immutable. {@link #code()} is stable across releases; {@link #getMessage()} says what failed, what was found and
 * what was expected, and ends with the remedy. Messages never contain secrets.
 */
public class GdsDatabaseException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final ErrorCategory category;
    private final boolean retryable;
    private final String remedy;

    /**
     * Creates the exception from a filled-in builder.
     *
     * @param builder the builder
     */
    protected GdsDatabaseException(Builder builder) {
        super(builder.fullMessage(), builder.cause);
        this.code = builder.code;
        this.category = builder.category;
        this.retryable = builder.retryable;
        this.remedy = builder.remedy;
    }

    /** A fault of the caller's input or timing. */
    public static Builder user(String code) {
        return new Builder(code, ErrorCategory.USER);
    }

    /** A fault of the surroundings. */
    public static Builder environment(String code) {
        return new Builder(code, ErrorCategory.ENVIRONMENT);
    }

    /** A fault the database product reported. */
    public static Builder engine(String code) {
        return new Builder(code, ErrorCategory.ENGINE);
    }

    /** A fault of a plugin. */
    public static Builder plugin(String code) {
        return new Builder(code, ErrorCategory.PLUGIN);
    }

    /** A defect of this library. */
    public static Builder internal(String code) {
        return new Builder(code, ErrorCategory.INTERNAL);
    }

    /** Stable identifier of the kind of failure, for example {@code GDS-CLAIM-HELD}. */
    public String code() {
        return code;
    }

    /** Who can act on it. */
    public ErrorCategory category() {
        return category;
    }

    /** Whether the same call may succeed later without anybody changing anything. */
    public boolean retryable() {
        return retryable;
    }

    /** What to do, as an imperative sentence. */
    public String remedy() {
        return remedy;
    }

    /** Collects the parts of an exception. Not thread-safe. */
    public static final class Builder {
        private final String code;
        private final ErrorCategory category;
        private String message = "";
        private String remedy = "";
        private boolean retryable;
        private @Nullable Throwable cause;

        Builder(String code, ErrorCategory category) {
            this.code = requireNonNull(code, "code");
            this.category = requireNonNull(category, "category");
        }

        /** What failed, what was found, what was expected. */
        public Builder message(String text) {
            this.message = requireNonNull(text, "text");
            return this;
        }

        /** What to do, as an imperative sentence. */
        public Builder remedy(String text) {
            this.remedy = requireNonNull(text, "text");
            return this;
        }

        /** Marks the failure as one that may pass by itself. */
        public Builder retryable() {
            this.retryable = true;
            return this;
        }

        /** The underlying failure. */
        public Builder cause(@Nullable Throwable underlying) {
            this.cause = underlying;
            return this;
        }

        String fullMessage() {
            String end = remedy.isEmpty() ? "" : " Remedy: " + remedy;
            return "[" + code + "] " + message + end;
        }

        /** Makes the exception. */
        public GdsDatabaseException build() {
            return new GdsDatabaseException(this);
        }
    }
}
