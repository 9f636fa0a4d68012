package io.gds.database.core.internal.config;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Which values must be references to secrets, and what of them may be shown. */
final class SecretRules {
    private static final List<String> WORDS = List.of("password", "passwd", "passphrase", "secret", "token");
    private static final Pattern URL_WITH_PASSWORD = Pattern.compile("://[^/\\s:@]*:[^/\\s@]+@");

    private SecretRules() {}

    /** Whether the value at a path may be a secret: its key, or one above it, says so. */
    static boolean secretive(String path) {
        String lower = path.toLowerCase(Locale.ROOT);
        return WORDS.stream().anyMatch(lower::contains);
    }

    static boolean urlWithPassword(String value) {
        return URL_WITH_PASSWORD.matcher(value).find();
    }

    static boolean reference(String value, Set<String> schemes) {
        int colon = value.indexOf(':');
        return colon > 0 && colon < value.length() - 1 && schemes.contains(value.substring(0, colon));
    }
}
