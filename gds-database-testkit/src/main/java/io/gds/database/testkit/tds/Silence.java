package io.gds.database.testkit.tds;

/** From where on a server reads what it is sent and answers nothing, while its port accepts connections. */
public enum Silence {
    /** It answers everything. */
    NONE,
    /** From the first message on, before any login, and on open sessions too: a process that hangs. */
    PRELOGIN,
    /** From the login on, and on open sessions too. */
    LOGIN,
    /** Logins work; requests are read and not executed. */
    REQUESTS
}
