package io.gds.database.datasource;

import static java.util.Objects.requireNonNull;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Answers announcements by HTTP, whatever server they come in by: {@link HoldEndpoint} is one, a controller of the
 * application's own framework another. Thread-safe.
 *
 * <table>
 * <caption>Requests, relative to where it is mounted</caption>
 * <tr><td>{@code GET /}</td><td>200</td></tr>
 * <tr><td>{@code POST /TOKEN?for=MILLIS&wait=MILLIS}</td><td>200 when quiet, 503 when not within {@code wait} (it holds all
 * the same), 409 when another token holds or this one's hold is over</td></tr>
 * <tr><td>{@code DELETE /TOKEN}</td><td>200</td></tr>
 * </table>
 */
public final class HoldRequests {
    private static final int SHORTEST_SECRET = 16;
    private static final String BEARER = "Bearer ";

    private final Hold hold;
    private final byte[] expected;

    /**
     * An answer.
     *
     * @param status the HTTP status
     * @param body JSON
     */
    public record Reply(int status, String body) {}

    /**
     * Creates it.
     *
     * @param hold what is announced to
     * @param secret what announcers must show as {@code Authorization: Bearer}, at least 16 characters
     * @throws IllegalArgumentException when the secret is shorter
     */
    public HoldRequests(Hold hold, String secret) {
        if (secret.length() < SHORTEST_SECRET) {
            throw new IllegalArgumentException(
                    "secret: found " + secret.length() + " characters, expected at least " + SHORTEST_SECRET);
        }
        this.hold = requireNonNull(hold, "hold");
        this.expected = (BEARER + secret).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Answers a request. Blocks for as long as the request says, at most for the longest hold.
     *
     * @param method GET, POST or DELETE
     * @param token the path behind the place where this is mounted, without slashes; empty for none
     * @param query the raw query; empty for none
     * @param authorization the header of that name; empty for none
     */
    public Reply answer(String method, String token, String query, String authorization) throws InterruptedException {
        if (!MessageDigest.isEqual(expected, authorization.getBytes(StandardCharsets.UTF_8))) {
            return new Reply(401, "{\"problem\":\"Authorization: expected Bearer and the shared secret\"}");
        }
        try {
            if (method.equals("GET") && token.isEmpty()) {
                return reply(200, hold.state());
            }
            if (method.equals("POST")) {
                return announce(token, parameters(query));
            }
            if (method.equals("DELETE")) {
                return reply(200, hold.lift(token));
            }
        } catch (IllegalArgumentException e) {
            // These messages are our own and show nothing of the request.
            return new Reply(400, "{\"problem\":\"" + e.getMessage() + "\"}");
        }
        return new Reply(405, "{\"problem\":\"expected GET /, POST /TOKEN or DELETE /TOKEN\"}");
    }

    private Reply announce(String token, Map<String, String> parameters) throws InterruptedException {
        Duration atMost = millis(parameters, "for");
        Duration wait = millis(parameters, "wait");
        HoldState state = hold.announce(token, atMost);
        if (!state.isHeldBy(token)) {
            return reply(409, state);
        }
        Duration longest = hold.longest();
        HoldState after = hold.awaitQuiesced(token, wait.compareTo(longest) < 0 ? wait : longest);
        return reply(after.isQuiescedFor(token) ? 200 : after.isHeldBy(token) ? 503 : 409, after);
    }

    private static Duration millis(Map<String, String> parameters, String name) {
        String text = parameters.getOrDefault(name, "");
        if (!text.matches("[1-9][0-9]{0,8}")) {
            throw new IllegalArgumentException(name + ": expected milliseconds");
        }
        return Duration.ofMillis(Long.parseLong(text));
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> out = new HashMap<>();
        for (String part : query.split("&", -1)) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                out.put(
                        part.substring(0, equals),
                        URLDecoder.decode(part.substring(equals + 1), StandardCharsets.UTF_8));
            }
        }
        return out;
    }

    private static Reply reply(int status, HoldState s) {
        StringBuilder json = new StringBuilder("{\"phase\":\"" + s.phase() + "\",\"token\":\"" + s.token() + "\"");
        s.numbers()
                .forEach((name, value) ->
                        json.append(",\"").append(name).append("\":").append(value));
        return new Reply(status, json.append('}').toString());
    }
}
