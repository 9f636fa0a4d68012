package io.gds.testbed;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Patroni's REST interface as it is: one request, one answer, nothing interpreted. Thread-safe. */
public final class BedApi {
    /** Status and body, as received. */
    public record Answer(int status, String body) {
        /** The JSON text of a key whose value is a scalar or a flat object; empty if the key is not there. */
        public String json(String key) {
            Matcher m = Pattern.compile("\"" + Pattern.quote(key) + "\":\\s*(\\{[^{}]*\\}|\"[^\"]*\"|[^,{}\\[\\]]+)")
                    .matcher(body);
            return m.find() ? m.group(1).strip() : "";
        }
    }

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(3))
            .build();

    BedApi() {}

    /** For instance {@code get(node, "/patroni")}. */
    public Answer get(BedNode member, String path) throws IOException {
        return send(request(member, path).GET().build());
    }

    public Answer post(BedNode member, String path, String json) throws IOException {
        return send(request(member, path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json))
                .build());
    }

    public Answer patchConfig(BedNode member, String json) throws IOException {
        return send(request(member, "/config")
                .header("Content-Type", "application/json")
                .method("PATCH", BodyPublishers.ofString(json))
                .build());
    }

    /** Patroni's own switchover; returns when Patroni answers, which may be before the new leader has left recovery. */
    public Answer switchover(BedNode leader, BedNode candidate) throws IOException {
        return post(
                leader,
                "/switchover",
                "{\"leader\": \"" + leader.name() + "\", \"candidate\": \"" + candidate.name() + "\"}");
    }

    private static HttpRequest.Builder request(BedNode member, String path) {
        return HttpRequest.newBuilder(URI.create("http://" + member.address() + ":8008" + path))
                .timeout(Duration.ofSeconds(60));
    }

    private Answer send(HttpRequest request) throws IOException {
        try {
            var response = client.send(request, BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted: " + request, e);
        }
    }
}
