package io.gds.engine.mssql.internal.config;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** How one logs in to an instance. */
public enum Authentication {
    /** A login of SQL Server itself. */
    SQL,
    /** A Windows account with its password, by NTLM. */
    NTLM,
    /** A ticket of Kerberos that this process has. */
    KERBEROS;

    /** What stands in a spec. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Authentication> named(String word) {
        return Stream.of(values())
                .filter(a -> a.word().equals(word.toLowerCase(Locale.ROOT)))
                .findFirst();
    }
}
