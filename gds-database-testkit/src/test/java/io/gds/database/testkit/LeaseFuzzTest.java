package io.gds.database.testkit;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.core.Journal;
import io.gds.database.core.internal.journal.Holder;
import io.gds.database.core.internal.journal.JournalStore;
import io.gds.database.core.internal.journal.Lease;
import io.gds.database.run.RunId;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class LeaseFuzzTest {
    @TempDir
    Path dir;

    @Test
    void sqliteLetsOneHolderActAtATime() throws InterruptedException {
        try (Journal one = Journal.sqlite(dir.resolve("runs.db"));
                Journal other = Journal.sqlite(dir.resolve("runs.db"))) {
            LeaseFuzz.run(20, one, other);
        }
    }

    @Test
    void memoryLetsOneHolderActAtATime() throws InterruptedException {
        LeaseFuzz.run(200, Journals.inMemory());
    }

    @Test
    void aJournalThatLosesTheLeaseIsCaught() {
        assertThatThrownBy(() -> LeaseFuzz.runOn(200, List.of(losesTheLease())))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("held by two");
    }

    /** Hands the same lease to everybody who asks. */
    static JournalStore losesTheLease() {
        MemoryJournal real = new MemoryJournal(Path.of("memory"));
        return (JournalStore) Proxy.newProxyInstance(
                JournalStore.class.getClassLoader(), new Class<?>[] {JournalStore.class}, (proxy, method, args) -> {
                    if (method.getName().equals("take")) {
                        return new Lease((RunId) args[0], 0, (Holder) args[1]);
                    }
                    try {
                        return method.invoke(real, args);
                    } catch (java.lang.reflect.InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
