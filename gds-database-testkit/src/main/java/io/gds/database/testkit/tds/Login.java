package io.gds.database.testkit.tds;

/**
 * Who wants to come in.
 *
 * @param user name of the SQL login
 * @param password in clear text; never in {@link #toString}
 * @param database the one asked for; empty when the client leaves it to the server
 * @param application the client's own name
 * @param host the client's machine
 * @param server the server's name as the client wrote it, which tells a listener from an instance
 * @param readOnlyIntent {@code ApplicationIntent=ReadOnly}
 */
public record Login(
        String user,
        String password,
        String database,
        String application,
        String host,
        String server,
        boolean readOnlyIntent) {

    @Override
    public String toString() {
        return "Login[user=" + user + ", database=" + database + ", application=" + application + ", host=" + host
                + ", server=" + server + ", readOnlyIntent=" + readOnlyIntent + "]";
    }
}
