package io.gds.database.plan;

import static java.util.Objects.requireNonNull;

/**
 * Somebody's decision to do what the safety kernel would refuse. It is part of the plan, so it is printed, hashed and
 * kept in the journal.
 *
 * @param name what is overridden, for example {@code relax-synchronous-standbys}
 * @param by who decided
 * @param reason why
 */
public record NamedOverride(String name, String by, String reason) {
    /** Checks the parts. */
    public NamedOverride {
        if (requireNonNull(name, "name").isBlank()
                || requireNonNull(by, "by").isBlank()
                || requireNonNull(reason, "reason").isBlank()) {
            throw new IllegalArgumentException("an override needs a name, a person and a reason");
        }
    }
}
