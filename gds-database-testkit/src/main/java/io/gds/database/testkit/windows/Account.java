package io.gds.database.testkit.windows;

/**
 * An account.
 *
 * @param name with its domain: {@code SQL01\Administrator}
 * @param sid its security identifier
 * @param administrator whether it belongs to the administrators
 */
public record Account(String name, String sid, boolean administrator) {
    /** The security identifier of the group of administrators. */
    public static final String ADMINISTRATORS = "S-1-5-32-544";

    /** The host itself. */
    public static final Account SYSTEM = new Account("NT AUTHORITY\\SYSTEM", "S-1-5-18", true);

    /** Who owns what it makes: of administrators that is their group, as servers have it. */
    String ownerOfNew() {
        return administrator ? ADMINISTRATORS : sid;
    }
}
