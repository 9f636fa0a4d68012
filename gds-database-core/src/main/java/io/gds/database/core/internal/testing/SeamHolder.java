package io.gds.database.core.internal.testing;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** Where the core leaves its seams for the testkit; set once, when the journal's class is initialised. */
public final class SeamHolder {
    private static volatile @Nullable Seams<?, ?> seams;

    private SeamHolder() {}

    /** Called by the core. */
    public static void give(Seams<?, ?> given) {
        seams = requireNonNull(given, "given");
    }

    /** Called by the testkit, which knows the core's types. */
    public static Seams<?, ?> take() {
        return requireNonNull(seams, "the core's Journal class must be initialised first");
    }
}
