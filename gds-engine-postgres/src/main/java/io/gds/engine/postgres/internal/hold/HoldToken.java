package io.gds.engine.postgres.internal.hold;

import java.util.UUID;

/**
 * Names of holds. A step that opens a hold owns it under one name for its whole life and announces it under a token of its
 * own each time, since applications never hold for a token again that is over.
 */
final class HoldToken {
    private static final int LONGEST_OWNER = 150;

    private HoldToken() {}

    /** The owner's name for a step's key: without dots, which separate it from the rest of a token. */
    static String owner(String key) {
        String safe = key.replaceAll("[^A-Za-z0-9_-]", "-");
        return safe.substring(Math.max(0, safe.length() - LONGEST_OWNER));
    }

    static String of(String owner) {
        return owner + "." + UUID.randomUUID().toString().substring(0, 8);
    }

    static boolean isOf(String token, String owner) {
        return token.startsWith(owner + ".");
    }
}
