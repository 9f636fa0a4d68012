package io.gds.engine.postgres.internal.patroni.api;

import java.time.Duration;
import java.util.Optional;

/**
 * One request.
 *
 * @param method the HTTP method
 * @param path the path, with the query if there is one
 * @param body a JSON object; empty for a request without a body
 * @param limit how long the whole call may take
 */
record Call(String method, String path, Optional<String> body, Duration limit) {
    static Call get(String path, Duration limit) {
        return new Call("GET", path, Optional.empty(), limit);
    }

    static Call bare(String method, String path, Duration limit) {
        return new Call(method, path, Optional.empty(), limit);
    }

    static Call with(String method, String path, String body, Duration limit) {
        return new Call(method, path, Optional.of(body), limit);
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
