package io.gds.database.testkit.winrm;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

/** A process whose output and end somebody else writes: a test, or a host. Thread-safe. */
public final class SimpleProcess implements RemoteProcess {
    /** What a Windows program ends with after control-C: STATUS_CONTROL_C_EXIT, 0xC000013A. */
    public static final int CONTROL_C_EXIT = 0xC000013A;

    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final ByteArrayOutputStream error = new ByteArrayOutputStream();
    private final CompletableFuture<Integer> ended = new CompletableFuture<>();
    private final CompletableFuture<Void> terminated = new CompletableFuture<>();
    private Runnable listener = () -> {};
    private BiConsumer<byte[], Boolean> whenInput = (bytes, end) -> {};
    private Runnable whenInterrupted = () -> exit(CONTROL_C_EXIT);

    /** One that runs, and ends with {@link #CONTROL_C_EXIT} when it is interrupted. */
    public SimpleProcess() {}

    /** One that has said something and ended. */
    public static SimpleProcess ended(String output, Charset charset, int exitCode) {
        return new SimpleProcess().print(output, charset).exit(exitCode);
    }

    /** What to do with input, instead of nothing; the flag says that it is the last. */
    public synchronized SimpleProcess whenInput(BiConsumer<byte[], Boolean> action) {
        whenInput = requireNonNull(action, "action");
        return this;
    }

    /** What to do on control-C, instead of ending. */
    public synchronized SimpleProcess whenInterrupted(Runnable action) {
        whenInterrupted = requireNonNull(action, "action");
        return this;
    }

    /** Adds to standard output. */
    public SimpleProcess print(String text, Charset charset) {
        return print(text.getBytes(charset));
    }

    /** Adds to standard output. */
    public SimpleProcess print(byte[] bytes) {
        return add(output, bytes);
    }

    /** Adds to standard error. */
    public SimpleProcess printError(String text, Charset charset) {
        return printError(text.getBytes(charset));
    }

    /** Adds to standard error. */
    public SimpleProcess printError(byte[] bytes) {
        return add(error, bytes);
    }

    private SimpleProcess add(ByteArrayOutputStream stream, byte[] bytes) {
        Runnable told;
        synchronized (this) {
            if (ended.isDone()) {
                throw new IllegalStateException("the process has ended");
            }
            stream.writeBytes(bytes);
            told = listener;
        }
        told.run();
        return this;
    }

    /** Ends it; the first exit code stays. */
    public SimpleProcess exit(int code) {
        Runnable told;
        synchronized (this) {
            ended.complete(code);
            told = listener;
        }
        told.run();
        return this;
    }

    /** Completes when the server has terminated it. */
    public CompletableFuture<Void> terminated() {
        return terminated.copy();
    }

    @Override
    public synchronized byte[] readOutput() {
        return take(output);
    }

    @Override
    public synchronized byte[] readError() {
        return take(error);
    }

    private static byte[] take(ByteArrayOutputStream stream) {
        byte[] bytes = stream.toByteArray();
        stream.reset();
        return bytes;
    }

    @Override
    public OptionalInt exitCode() {
        return ended.isDone() ? OptionalInt.of(ended.join()) : OptionalInt.empty();
    }

    @Override
    public void input(byte[] bytes, boolean end) {
        BiConsumer<byte[], Boolean> action;
        synchronized (this) {
            action = whenInput;
        }
        action.accept(bytes, end);
    }

    @Override
    public void interrupt() {
        Runnable action;
        synchronized (this) {
            action = whenInterrupted;
        }
        action.run();
    }

    @Override
    public void terminate() {
        terminated.complete(null);
        exit(1);
    }

    @Override
    public synchronized void onNews(Runnable newListener) {
        listener = requireNonNull(newListener, "newListener");
    }
}
