package io.gds.database.testkit.winrm;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A request as it came. */
final class HttpRequest {
    private final String method;
    private final String path;
    private final Map<String, String> headers;
    private final byte[] body;

    /**
     * A request.
     *
     * @param headers by their names in small letters; of several with one name the last
     * @param body without the marks of chunks
     */
    HttpRequest(String method, String path, Map<String, String> headers, byte[] body) {
        this.method = method;
        this.path = path;
        this.headers = headers;
        this.body = body;
    }

    String method() {
        return method;
    }

    String path() {
        return path;
    }

    byte[] body() {
        return body;
    }

    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    boolean closes() {
        return header("connection").orElse("").equalsIgnoreCase("close");
    }
}
