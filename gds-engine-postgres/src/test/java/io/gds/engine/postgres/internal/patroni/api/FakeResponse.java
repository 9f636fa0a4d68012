package io.gds.engine.postgres.internal.patroni.api;

import java.util.Map;

/** An answer in the shapes that Python's HTTP server gives: no length, the end is the end of the connection. */
record FakeResponse(int code, String type, String body) {
    private static final Map<Integer, String> PHRASES = Map.of(
            400,
            "Bad Request",
            409,
            "Conflict",
            411,
            "Length Required",
            501,
            "Unsupported method ('POST')",
            502,
            "Bad Gateway",
            503,
            "Service Unavailable",
            504,
            "Gateway Timeout");

    static FakeResponse text(int code, String body) {
        return new FakeResponse(code, "text/html", body);
    }

    static FakeResponse json(int code, String body) {
        return new FakeResponse(code, "application/json", body);
    }

    /** What {@code send_error} writes. */
    static FakeResponse error(int code) {
        return new FakeResponse(
                code,
                "text/html;charset=utf-8",
                """
                <!DOCTYPE HTML>
                <html lang="en">
                    <head>
                        <meta charset="utf-8">
                        <title>Error response</title>
                    </head>
                    <body>
                        <h1>Error response</h1>
                        <p>Error code: %d</p>
                        <p>Message: %s.</p>
                    </body>
                </html>
                """
                        .formatted(code, PHRASES.getOrDefault(code, "Error")));
    }

    /** What a status line alone looks like, as {@code /liveness} gives it. */
    static FakeResponse bare(int code) {
        return new FakeResponse(code, "", "");
    }

    String wire() {
        String head = "HTTP/1.0 " + code + " " + PHRASES.getOrDefault(code, "OK") + "\r\n";
        return type.isEmpty()
                ? head + "\r\n"
                : head + "Server: BaseHTTP/0.6 Python/3.11.2\r\nContent-Type: " + type + "\r\n\r\n" + body;
    }
}
