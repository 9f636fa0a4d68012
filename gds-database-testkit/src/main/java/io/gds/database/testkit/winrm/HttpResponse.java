package io.gds.database.testkit.winrm;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;

/** An answer in HTTP. */
final class HttpResponse {
    private static final String NEW_LINE = "\r\n";

    private final int status;
    private final List<Map.Entry<String, String>> headers;
    private final byte[] body;

    /**
     * An answer.
     *
     * @param headers names and values; the length of the body is added
     */
    HttpResponse(int status, List<Map.Entry<String, String>> headers, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    static HttpResponse empty(int status) {
        return new HttpResponse(status, List.of(), new byte[0]);
    }

    static HttpResponse of(int status, String contentType, byte[] body) {
        return new HttpResponse(status, List.of(Map.entry("Content-Type", contentType)), body);
    }

    static HttpResponse unauthorized(Login.Denied denied) {
        List<Map.Entry<String, String>> headers = denied.challenges().stream()
                .map(value -> Map.entry("WWW-Authenticate", value))
                .toList();
        return new HttpResponse(401, headers, new byte[0]);
    }

    byte[] bytes() {
        StringBuilder head = new StringBuilder("HTTP/1.1 ")
                .append(status)
                .append(' ')
                .append(phrase())
                .append(NEW_LINE)
                .append("Server: Microsoft-HTTPAPI/2.0")
                .append(NEW_LINE);
        headers.forEach(
                h -> head.append(h.getKey()).append(": ").append(h.getValue()).append(NEW_LINE));
        head.append("Content-Length: ").append(body.length).append(NEW_LINE).append(NEW_LINE);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(head.toString().getBytes(ISO_8859_1));
        out.writeBytes(body);
        return out.toByteArray();
    }

    private String phrase() {
        return switch (status) {
            case 200 -> "OK";
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 413 -> "Request Entity Too Large";
            case 500 -> "Internal Server Error";
            case 503 -> "Service Unavailable";
            default -> "Status";
        };
    }
}
