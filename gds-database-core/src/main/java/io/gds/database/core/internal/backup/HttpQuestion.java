package io.gds.database.core.internal.backup;

import io.gds.database.Secret;
import io.gds.database.error.GdsDatabaseException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One GET with one deadline for everything, connection and body included.
 *
 * @param url where; without user and password
 * @param header the header that carries the secret
 * @param timeout the deadline
 */
record HttpQuestion(URI url, Optional<String> header, Duration timeout) {
    private static final int MAX_BYTES = 1 << 20;
    private static final int MAX_SHOWN = 200;

    /** Who is asked, for messages; without the query, which may hold a token. */
    String source() {
        String port = url.getPort() < 0 ? "" : ":" + url.getPort();
        return "GET " + url.getScheme() + "://" + url.getHost() + port + url.getRawPath();
    }

    /**
     * Asks.
     *
     * @return the body; empty when there is nothing (204)
     * @throws GdsDatabaseException with code {@code GDS-BACKUP-CHECK} when there was no good answer in time
     */
    Optional<String> ask(Optional<Secret> secret) {
        HttpClient client = HttpClient.newBuilder()
                .connectTimeout(timeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        HttpRequest.Builder request =
                HttpRequest.newBuilder(url).timeout(timeout).header("Accept", "*/*");
        secret.ifPresent(s -> request.header(header.orElseThrow(), s.reveal()));
        CompletableFuture<HttpResponse<String>> answer =
                client.sendAsync(request.build(), info -> new BoundedText(MAX_BYTES));
        try {
            HttpResponse<String> response = answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            int status = response.statusCode();
            if (status == 204) {
                return Optional.empty();
            }
            if (status != 200) {
                throw failure("status " + status + " and \"" + masked(response.body(), secret) + "\"", null);
            }
            return Optional.of(response.body());
        } catch (ExecutionException e) {
            Throwable why = e.getCause() == null ? e : e.getCause();
            throw failure(why.getClass().getSimpleName() + " (" + why.getMessage() + ")", why);
        } catch (TimeoutException e) {
            throw failure("nothing within " + timeout.toMillis() + " ms", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failure("nothing before this thread was interrupted", e);
        } finally {
            answer.cancel(true);
        }
    }

    private static String masked(String body, Optional<Secret> secret) {
        String shown = secret.map(Secret::reveal)
                .filter(s -> !s.isEmpty())
                .map(s -> body.replace(s, "***"))
                .orElse(body);
        String oneLine = shown.replaceAll("\\p{Cntrl}", "?");
        return oneLine.length() > MAX_SHOWN ? oneLine.substring(0, MAX_SHOWN) + "..." : oneLine;
    }

    private GdsDatabaseException failure(String found, @Nullable Throwable cause) {
        return GdsDatabaseException.environment("GDS-BACKUP-CHECK")
                .message(source() + ": found " + found + ", expected status 200 with a time.")
                .remedy("check the service and the backup object of the cluster spec.")
                .retryable()
                .cause(cause)
                .build();
    }
}
