package io.gds.database.testkit.winrm;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A process that tells when a Receive has looked at it for the first time. */
final class WatchedProcess implements RemoteProcess {
    private final SimpleProcess process;
    private final CountDownLatch read = new CountDownLatch(1);

    WatchedProcess(SimpleProcess process) {
        this.process = process;
    }

    void awaitRead(Duration most) throws InterruptedException {
        assertThat(read.await(most.toMillis(), TimeUnit.MILLISECONDS)).isTrue();
    }

    @Override
    public byte[] readOutput() {
        byte[] bytes = process.readOutput();
        read.countDown();
        return bytes;
    }

    @Override
    public byte[] readError() {
        return process.readError();
    }

    @Override
    public OptionalInt exitCode() {
        return process.exitCode();
    }

    @Override
    public void input(byte[] bytes, boolean end) {
        process.input(bytes, end);
    }

    @Override
    public void interrupt() {
        process.interrupt();
    }

    @Override
    public void terminate() {
        process.terminate();
    }

    @Override
    public void onNews(Runnable listener) {
        process.onNews(listener);
    }
}
