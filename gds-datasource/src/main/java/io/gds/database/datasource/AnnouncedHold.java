package io.gds.database.datasource;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;

/**
 * What an announcer writes: lines {@code token=...} and {@code forMillis=...}.
 *
 * @param token who holds
 * @param length for how long at most, from when the file was written
 */
record AnnouncedHold(String token, Duration length) {
    private static final int MAX_BYTES = 4096;

    /**
     * Reads the file; empty when it is gone.
     *
     * @throws IOException when it is no announcement
     */
    static Optional<AnnouncedHold> read(Path file) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_BYTES);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        Properties lines = new Properties();
        lines.load(new StringReader(new String(bytes, StandardCharsets.UTF_8)));
        String token = lines.getProperty("token", "");
        String millis = lines.getProperty("forMillis", "");
        if (!Hold.isToken(token) || !millis.matches("[1-9][0-9]{0,8}")) {
            throw new IOException(
                    "expected lines token=... and forMillis=... in the file, each with a value of its kind");
        }
        return Optional.of(new AnnouncedHold(token, Duration.ofMillis(Long.parseLong(millis))));
    }
}
