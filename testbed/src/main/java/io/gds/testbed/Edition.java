package io.gds.testbed;

import java.util.Locale;

/** Which Debian the nodes run, and with it which Patroni and PostgreSQL. */
public enum Edition {
    /** PostgreSQL 15 and Patroni 3. */
    BOOKWORM,
    /** PostgreSQL 17 and Patroni 4. */
    TRIXIE;

    String suite() {
        return name().toLowerCase(Locale.ROOT);
    }
}
