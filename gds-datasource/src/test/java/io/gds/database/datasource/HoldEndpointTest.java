package io.gds.database.datasource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HoldEndpointTest {
    private final Hold hold = Hold.create();
    private final HoldEndpoint endpoint =
            HoldEndpoint.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), Protocol.SECRET, hold);
    private final Protocol http = new Protocol(endpoint.address());
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void close() {
        endpoint.close();
        threads.shutdownNow();
    }

    @Test
    void announcesAndLifts() throws Exception {
        HttpResponse<String> held = http.send("POST", "/run.1?for=20000&wait=1000");
        assertThat(held.statusCode()).isEqualTo(200);
        assertThat(held.body())
                .startsWith("{\"phase\":\"QUIESCED\",\"token\":\"run.1\",\"endsInMillis\":")
                .contains("\"longestMillis\":30000,\"inUse\":0,\"oldestMillis\":0,\"parked\":0}");
        assertThat(http.send("POST", "/run.1?for=20000&wait=1000").statusCode()).isEqualTo(200);
        assertThat(http.send("POST", "/other?for=20000&wait=1000"))
                .returns(409, HttpResponse::statusCode)
                .satisfies(r -> assertThat(r.body()).contains("\"token\":\"run.1\""));
        assertThat(http.send("GET", "").body()).contains("QUIESCED");
        assertThat(http.send("DELETE", "/run").body()).contains("\"phase\":\"OPEN\"");
        assertThat(http.send("DELETE", "/run").statusCode()).isEqualTo(200);
        assertThat(http.send("POST", "/run.1?for=20000&wait=1000").statusCode())
                .as("over")
                .isEqualTo(409);
    }

    @Test
    void answersAsSoonAsItIsQuietOrTheWaitIsOver() throws Exception {
        FakePool pool = new FakePool();
        try (HoldingDataSource source =
                HoldingDataSource.around(pool).hold(hold).check(c -> true).build()) {
            Connection c = source.getConnection();
            assertThat(http.send("POST", "/run.1?for=20000&wait=50"))
                    .returns(503, HttpResponse::statusCode)
                    .satisfies(r -> assertThat(r.body()).contains("HOLDING").contains("\"inUse\":1"));
            Future<HttpResponse<String>> answer =
                    threads.submit(() -> http.send("POST", "/run.1?for=20000&wait=20000"));
            c.close();
            assertThat(answer.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void waitEndsWhenSomebodyLifts() throws Exception {
        FakePool pool = new FakePool();
        try (HoldingDataSource source = HoldingDataSource.around(pool)
                        .hold(hold)
                        .check(c -> true)
                        .build();
                Connection c = source.getConnection()) {
            Future<HttpResponse<String>> answer =
                    threads.submit(() -> http.send("POST", "/run.1?for=20000&wait=20000"));
            Until.holds("it holds", () -> hold.state().isHeldBy("run.1"));
            assertThat(http.send("DELETE", "/run.1").statusCode()).isEqualTo(200);
            assertThat(answer.get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(409);
            assertThat(c.isClosed()).isFalse();
        }
    }

    @Test
    void whoDoesNotKnowTheSecretDoesNothing() throws Exception {
        assertThat(http.send("POST", "/run.1?for=20000&wait=1", "Bearer 0123456789abcdeX"))
                .returns(401, HttpResponse::statusCode)
                .satisfies(r -> assertThat(r.body()).doesNotContain(Protocol.SECRET));
        assertThat(http.send("GET", "", Protocol.SECRET).statusCode()).isEqualTo(401);
        assertThat(http.send("GET", "", "").statusCode()).isEqualTo(401);
        assertThat(hold.state().isHeldBy("run.1")).isFalse();
    }

    @Test
    void badRequestsAreNamed() throws Exception {
        assertThat(http.send("POST", "/run.1?for=soon&wait=1").body()).contains("for: expected milliseconds");
        assertThat(http.send("POST", "/run.1?for=1").body()).contains("wait: expected milliseconds");
        assertThat(http.send("POST", "/a/b?for=1&wait=1"))
                .returns(400, HttpResponse::statusCode)
                .satisfies(r -> assertThat(r.body()).contains("token: expected"));
        assertThat(http.send("PUT", "/run.1").statusCode()).isEqualTo(405);
    }

    @Test
    void holdOfAnAnnouncerThatDiedEndsByItself() throws Exception {
        assertThat(http.send("POST", "/run.1?for=50&wait=10").statusCode()).isEqualTo(200);
        Until.holds("it is over", () -> http.send("GET", "").body().contains("OPEN"));
    }

    @Test
    void addressThatIsTakenIsNamed() {
        assertThatThrownBy(() -> HoldEndpoint.start(endpoint.address(), Protocol.SECRET, hold))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining(Integer.toString(endpoint.address().getPort()));
    }
}
