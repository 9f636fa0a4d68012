package io.gds.database.testkit;

import io.gds.database.core.Journal;
import java.nio.file.Path;

/** Journals for tests. */
public final class Journals {
    private Journals() {}

    /** A journal that is forgotten with its object; probes need a directory beside it, see the other method. */
    public static Journal inMemory() {
        return inMemory(Path.of("memory"));
    }

    /** A journal that is forgotten with its object. */
    public static Journal inMemory(Path beside) {
        return Core.seams().journal(new MemoryJournal(beside));
    }
}
