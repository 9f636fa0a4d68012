package io.gds.engine.postgres.internal.patroni.api;

import io.gds.database.error.GdsDatabaseException;
import java.time.Duration;

/** Requests that change nothing: an answer or an error. Thread-safe. */
final class Readings {
    private final HttpTransport http;
    private final ApiTarget target;

    Readings(HttpTransport http, ApiTarget target) {
        this.http = http;
        this.target = target;
    }

    JsonObject json(Call call) {
        Answer answer = ok(call);
        return JsonObject.parse(where(call), answer.body(), http.excerpt().of(answer.body()));
    }

    /** The same for an answer that may hold what nobody should read. */
    JsonObject secretJson(Call call) {
        Answer answer = ok(call);
        return JsonObject.parse(where(call), answer.body(), answer.body().length() + " characters");
    }

    boolean health(Call call) {
        Answer answer = ask(call);
        if (answer.code() != 200 && answer.code() != 503) {
            throw unexpected(call, answer, "200 or 503");
        }
        return answer.code() == 200;
    }

    WriteAccess writeAccess(Duration limit) {
        Call call = Call.with("PATCH", "/config", "{}", limit);
        Answer answer = ask(call);
        WriteAccess.Kind kind =
                switch (answer.code()) {
                    case 400 -> WriteAccess.Kind.ALLOWED;
                    case 401 -> WriteAccess.Kind.UNAUTHORISED;
                    case 403 -> WriteAccess.Kind.FORBIDDEN;
                    default -> throw unexpected(call, answer, "400, 401 or 403");
                };
        return new WriteAccess(kind, http.excerpt().of(answer.body()));
    }

    private Answer ok(Call call) {
        Answer answer = ask(call);
        if (answer.code() != 200) {
            throw unexpected(call, answer, "200");
        }
        String body = answer.body().strip();
        // Without a length, a connection that was closed in the middle looks like an end.
        if (!answer.whole() || (body.startsWith("{") && !body.endsWith("}"))) {
            throw unreachable(
                            call,
                            target + ", " + call + ": the answer broke off after " + body.length() + " characters")
                    .build();
        }
        return answer;
    }

    private Answer ask(Call call) {
        try {
            return http.send(target, call);
        } catch (NoAnswer e) {
            throw silent(call, e);
        } catch (InterruptedException e) {
            throw HttpTransport.interrupted(target, call, e);
        }
    }

    private static GdsDatabaseException silent(Call call, NoAnswer e) {
        if (e.kind() == NoAnswer.Kind.TLS) {
            return GdsDatabaseException.environment("PATRONI-TLS")
                    .message(e.why() + ".")
                    .remedy("check http or https, the certificate authority, the name in the member's certificate and"
                            + " the client certificate.")
                    .cause(e.getCause())
                    .build();
        }
        return unreachable(call, e.why()).cause(e.getCause()).build();
    }

    private static GdsDatabaseException.Builder unreachable(Call call, String why) {
        // Patroni ends the connection without a word when its DCS does not answer.
        String dcs = call.path().startsWith("/patroni") ? "" : ", and that its DCS answers";
        return GdsDatabaseException.environment("PATRONI-UNREACHABLE")
                .message(why + ".")
                .remedy("check that Patroni runs there and is reachable" + dcs + ", then try again.")
                .retryable();
    }

    private GdsDatabaseException unexpected(Call call, Answer answer, String expected) {
        String message = where(call) + ": found HTTP " + answer.code() + " (\""
                + http.excerpt().of(answer.body()) + "\"), expected " + expected + ".";
        return switch (answer.code()) {
            case 401, 403 ->
                GdsDatabaseException.environment("PATRONI-ACCESS")
                        .message(message)
                        .remedy("check user, password, client certificate and restapi.allowlist of that member.")
                        .build();
            case 502, 503 ->
                GdsDatabaseException.environment("PATRONI-DCS")
                        .message(message)
                        .remedy("check that this member reaches its DCS; another member may know.")
                        .retryable()
                        .build();
            default ->
                GdsDatabaseException.engine("PATRONI-ANSWER")
                        .message(message)
                        .remedy(
                                "check that the address is that of Patroni's REST interface, and its version (3.0 to 4.1).")
                        .build();
        };
    }

    private String where(Call call) {
        return target + ", " + call;
    }
}
