package io.gds.database.core.internal.config;

import io.gds.database.error.GdsDatabaseException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the text of a spec within its limits. */
final class SpecText {
    static final int MAX_BYTES = 1024 * 1024;

    private SpecText() {}

    static String of(Path file) {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        } catch (IOException e) {
            throw GdsDatabaseException.user("GDS-SPEC-FILE")
                    .message("cluster spec " + file + " cannot be read: " + e + ".")
                    .remedy("check the path and that this process may read the file.")
                    .cause(e)
                    .build();
        }
        if (bytes.length > MAX_BYTES) {
            throw tooLarge(file.toString());
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw GdsDatabaseException.user("GDS-SPEC-FILE")
                    .message("cluster spec " + file + " is not UTF-8 text.")
                    .remedy("save it as UTF-8.")
                    .cause(e)
                    .build();
        }
    }

    static String bounded(String text, String source) {
        if (text.length() > MAX_BYTES) {
            throw tooLarge(source);
        }
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static GdsDatabaseException tooLarge(String source) {
        return GdsDatabaseException.user("GDS-SPEC-FILE")
                .message("cluster spec " + source + " is larger than " + MAX_BYTES + " bytes.")
                .remedy("name the file that describes one cluster only.")
                .build();
    }
}
