package io.gds.database.core.internal.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Speaks the DevTools protocol with one page. */
final class DevTools implements AutoCloseable {
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    /** An event that the page sent. */
    record Event(String method, JsonNode params) {}

    private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final Map<String, CompletableFuture<JsonNode>> expected = new ConcurrentHashMap<>();
    private final AtomicInteger ids = new AtomicInteger();
    private final WebSocket socket;
    private String session = "";

    private DevTools(String address) {
        socket = Chromium.await(
                HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(URI.create(address), new Reader()));
    }

    /** Opens a fresh page and listens to everything it asks for or complains about. */
    static DevTools page(String browserAddress) {
        DevTools d = new DevTools(browserAddress);
        String target = d.call("Target.createTarget", "url", "about:blank")
                .get("targetId")
                .asText();
        d.session = d.call("Target.attachToTarget", "targetId", target, "flatten", true)
                .get("sessionId")
                .asText();
        for (String domain : List.of("Page", "Network", "Runtime", "Log", "Audits")) {
            d.call(domain + ".enable");
        }
        return d;
    }

    /** Calls a method with names and values in turn, and waits for its answer. */
    JsonNode call(String method, Object... params) {
        ObjectNode p = MAPPER.createObjectNode();
        for (int i = 0; i < params.length; i += 2) {
            p.set((String) params[i], MAPPER.valueToTree(params[i + 1]));
        }
        int id = ids.incrementAndGet();
        ObjectNode message = MAPPER.createObjectNode().put("id", id).put("method", method);
        message.set("params", p);
        if (!session.isEmpty()) {
            message.put("sessionId", session);
        }
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        waiting.put(id, answer);
        Chromium.await(socket.sendText(message.toString(), true));
        JsonNode reply = Chromium.await(answer);
        if (reply.has("error")) {
            throw new AssertionError(method + ": " + reply.get("error"));
        }
        return reply.get("result");
    }

    /** Loads an address and waits until the page has loaded. */
    void load(String url) {
        CompletableFuture<JsonNode> loaded = new CompletableFuture<>();
        expected.put("Page.loadEventFired", loaded);
        call("Page.navigate", "url", url);
        Chromium.await(loaded);
    }

    /** The value of a script. */
    JsonNode evaluate(String script) {
        JsonNode r = call("Runtime.evaluate", "expression", script, "returnByValue", true, "awaitPromise", true);
        if (r.has("exceptionDetails")) {
            throw new AssertionError("script failed: " + r.get("exceptionDetails"));
        }
        return r.get("result").path("value");
    }

    List<Event> events(String method) {
        return events.stream().filter(e -> e.method().equals(method)).toList();
    }

    @Override
    public void close() {
        socket.abort();
    }

    private final class Reader implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket ws, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                accept(text.toString());
                text.setLength(0);
            }
            ws.request(1);
            return null;
        }

        private void accept(String message) {
            JsonNode n;
            try {
                n = MAPPER.readTree(message);
            } catch (JsonProcessingException e) {
                throw new IllegalStateException(e);
            }
            if (n.has("id")) {
                waiting.remove(n.get("id").asInt()).complete(n);
                return;
            }
            Event e = new Event(n.path("method").asText(), n.path("params"));
            events.add(e);
            CompletableFuture<JsonNode> awaited = expected.remove(e.method());
            if (awaited != null) {
                awaited.complete(e.params());
            }
        }
    }
}
