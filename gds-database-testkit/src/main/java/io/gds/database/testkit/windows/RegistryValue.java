package io.gds.database.testkit.windows;

import java.util.List;

/** A value in the registry. */
public sealed interface RegistryValue {
    /** REG_SZ. */
    record Text(String text) implements RegistryValue {}

    /** REG_MULTI_SZ. */
    record Texts(List<String> texts) implements RegistryValue {
        /** Copies the list. */
        public Texts {
            texts = List.copyOf(texts);
        }
    }

    /** REG_DWORD; a script sees it as an int with a sign. */
    record Dword(int number) implements RegistryValue {}

    /** REG_QWORD. */
    record Qword(long number) implements RegistryValue {}
}
