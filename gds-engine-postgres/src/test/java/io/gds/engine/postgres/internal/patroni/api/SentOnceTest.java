package io.gds.engine.postgres.internal.patroni.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import org.junit.jupiter.api.Test;

class SentOnceTest {
    private static final class Recorder implements Subscriber<ByteBuffer> {
        private final List<String> heard = new ArrayList<>();

        @Override
        public void onSubscribe(Subscription subscription) {
            subscription.request(Long.MAX_VALUE);
        }

        @Override
        public void onNext(ByteBuffer piece) {
            heard.add(piece.remaining() + " bytes");
        }

        @Override
        public void onError(Throwable error) {
            heard.add(String.valueOf(error.getMessage()));
        }

        @Override
        public void onComplete() {
            heard.add("end");
        }
    }

    private static List<String> sent(SentOnce body) {
        Recorder recorder = new Recorder();
        body.subscribe(recorder);
        return recorder.heard;
    }

    @Test
    void leavesOnceEvenIfTheClientIsToldToRepeatEverything() {
        SentOnce body = new SentOnce("{\"a\":1}");
        assertThat(body.contentLength()).isEqualTo(7);
        assertThat(sent(body)).containsExactly("7 bytes", "end");
        assertThat(body.withhold()).as("too late").isFalse();
        assertThat(sent(body)).containsExactly("the request is not sent again");
    }

    @Test
    void doesNotLeaveOnceItIsWithheld() {
        SentOnce body = new SentOnce("{}");
        assertThat(body.withhold()).isTrue();
        assertThat(body.withhold()).isTrue();
        assertThat(sent(body)).containsExactly("the request is not sent again");
    }
}
