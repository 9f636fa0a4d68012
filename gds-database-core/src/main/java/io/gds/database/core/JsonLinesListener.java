package io.gds.database.core;

import static java.util.Objects.requireNonNull;

import io.gds.database.core.internal.report.EventJson;
import io.gds.database.run.RunEvent;
import io.gds.database.run.RunListener;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Writes each event as one JSON object in a line of its own, in UTF-8, and flushes it, so that another program can
 * follow. The keys are those of {@code docs/report-format.md}. Thread-safe; does not close the stream.
 */
public final class JsonLinesListener implements RunListener {
    private final OutputStream out;

    private JsonLinesListener(OutputStream out) {
        this.out = out;
    }

    /** Writes to a stream that the caller keeps and closes. */
    public static JsonLinesListener to(OutputStream out) {
        return new JsonLinesListener(requireNonNull(out, "out"));
    }

    @Override
    public void onEvent(RunEvent event) {
        byte[] line = (EventJson.line(event) + "\n").getBytes(StandardCharsets.UTF_8);
        try {
            synchronized (out) {
                out.write(line);
                out.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
