package io.gds.database;

import java.util.Set;

/**
 * A user of a server.
 *
 * @param name the name
 * @param canLogin whether the user may log in
 * @param administrator whether the user may do anything
 * @param roles roles or groups the user is in
 */
public record DatabaseUser(String name, boolean canLogin, boolean administrator, Set<String> roles) {
    /** Copies. */
    public DatabaseUser {
        roles = Set.copyOf(roles);
    }
}
