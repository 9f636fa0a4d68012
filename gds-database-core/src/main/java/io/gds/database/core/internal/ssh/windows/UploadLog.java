package io.gds.database.core.internal.ssh.windows;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the log now and then how far a large file is. Confined to one thread. */
final class UploadLog implements Sftp.Progress {
    private static final Logger LOG = LoggerFactory.getLogger("io.gds.database.upload");
    private static final long EVERY = Duration.ofSeconds(10).toNanos();

    private final String host;
    private final HostPath file;
    private final long size;
    private final LongSupplier nanos;
    private long told;

    /**
     * Nothing was sent yet.
     *
     * @param nanos a clock
     */
    UploadLog(String host, HostPath file, long size, LongSupplier nanos) {
        this.host = host;
        this.file = file;
        this.size = size;
        this.nanos = nanos;
        this.told = nanos.getAsLong();
    }

    @Override
    public void sent(long bytes) {
        long now = nanos.getAsLong();
        if (now - told >= EVERY) {
            told = now;
            LOG.info("{}: {}: {} of {} bytes sent, {} %", host, file.windows(), bytes, size, 100 * bytes / size);
        }
    }
}
