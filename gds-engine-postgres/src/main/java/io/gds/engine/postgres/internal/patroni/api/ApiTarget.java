package io.gds.engine.postgres.internal.patroni.api;

import static java.util.Objects.requireNonNull;

import io.gds.database.error.GdsDatabaseException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where one member's REST interface is reached.
 *
 * @param member the member's name in Patroni
 * @param base scheme, host and port, for example {@code https://pg-a:8008}; a trailing slash is dropped
 */
public record ApiTarget(String member, URI base) {
    /**
     * Checks the address.
     *
     * @throws GdsDatabaseException with code {@code PATRONI-ADDRESS} when it is no address of a REST interface
     */
    public ApiTarget {
        requireNonNull(member, "member");
        if (member.isBlank()) {
            throw wrong(member, base.toString(), "a name that is not empty");
        }
        @Nullable String scheme = base.getScheme();
        if (scheme == null || !scheme.toLowerCase(Locale.ROOT).matches("https?") || base.getHost() == null) {
            throw wrong(member, withoutUser(base), "http://HOST:PORT or https://HOST:PORT");
        }
        if (base.getRawUserInfo() != null || base.getRawQuery() != null || base.getRawFragment() != null) {
            throw wrong(member, withoutUser(base), "an address without user, query or fragment");
        }
        base = URI.create(base.toString().replaceFirst("/+$", ""));
    }

    /**
     * Reads an address as members publish it: {@code api_url} ends in {@code /patroni}.
     *
     * @throws GdsDatabaseException with code {@code PATRONI-ADDRESS} when it is no address of a REST interface
     */
    public static ApiTarget of(String member, String url) {
        try {
            return new ApiTarget(member, new URI(url.replaceFirst("/patroni/?$", "")));
        } catch (URISyntaxException e) {
            throw wrong(member, "something else", "http://HOST:PORT or https://HOST:PORT");
        }
    }

    URI at(String path) {
        try {
            return new URI(base + path);
        } catch (URISyntaxException e) {
            throw wrong(member, base + path, "a path such as /replica?lag=1MB");
        }
    }

    private static String withoutUser(URI base) {
        return base.getRawUserInfo() == null ? base.toString() : "an address with a user";
    }

    private static GdsDatabaseException wrong(String member, String found, String expected) {
        return GdsDatabaseException.user("PATRONI-ADDRESS")
                .message("the REST interface of member \"" + member + "\": found " + found + ", expected " + expected
                        + ".")
                .remedy("correct the member's REST address in the cluster spec.")
                .build();
    }

    @Override
    public String toString() {
        return "member " + member + " (" + base + ")";
    }
}
