package io.gds.database;

import java.util.List;

/** Users of a server. Thread-safe; calls block. */
public interface UserAdmin {
    /** All users. */
    List<DatabaseUser> users();

    /**
     * Creates a user who may log in.
     *
     * @param name any name; it is quoted
     * @param password never logged; sent hashed where the product allows it
     * @return {@code changed} false when there is such a user already; the password is then left as it is
     */
    OperationResult createUser(String name, Secret password);

    /**
     * Removes a user.
     *
     * @return {@code changed} false when there is none
     */
    OperationResult dropUser(String name);
}
