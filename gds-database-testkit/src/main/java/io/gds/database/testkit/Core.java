package io.gds.database.testkit;

import io.gds.database.core.Journal;
import io.gds.database.core.RollingPatcher;
import io.gds.database.core.internal.testing.SeamHolder;
import io.gds.database.core.internal.testing.Seams;
import java.lang.invoke.MethodHandles;

/** The core's seams, with their types. */
final class Core {
    private Core() {}

    @SuppressWarnings("unchecked") // only the core gives seams, and only of these types
    static Seams<Journal, RollingPatcher.Builder> seams() {
        try {
            MethodHandles.lookup().ensureInitialized(Journal.class);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("Journal is a public class of an exported package", e);
        }
        return (Seams<Journal, RollingPatcher.Builder>) SeamHolder.take();
    }
}
