package io.gds.database.testkit.windows;

import java.util.Map;
import java.util.TreeMap;

/**
 * Who may do what with a file or a directory, and all below it.
 *
 * @param inherits whether what holds above it holds too
 * @param rights of each security identifier: F for everything, M for changing, RX for reading
 */
public record Acl(boolean inherits, Map<String, String> rights) {
    /** Copies the map. */
    public Acl {
        rights = Map.copyOf(new TreeMap<>(rights));
    }

    boolean lets(Account account, boolean write) {
        return may(account.sid(), write) || (account.administrator() && may(Account.ADMINISTRATORS, write));
    }

    private boolean may(String sid, boolean write) {
        String right = rights.get(sid);
        return right != null && (!write || right.equals("F") || right.equals("M"));
    }
}
