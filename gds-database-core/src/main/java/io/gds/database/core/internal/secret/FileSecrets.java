package io.gds.database.core.internal.secret;

import io.gds.database.Secret;
import io.gds.database.spi.SecretSource;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;

/**
 * {@code file:/path}: the content of a file without one trailing line end. A file that everybody on the host can read is
 * refused: whatever is in it is no secret. Thread-safe; reads the file at each use.
 */
final class FileSecrets implements SecretSource {
    private static final int MAX_BYTES = 64 * 1024;

    @Override
    public String scheme() {
        return "file";
    }

    @Override
    public Secret resolve(String rest) {
        String reference = "file:" + rest;
        try {
            Path path = Path.of(rest);
            if (!path.isAbsolute()) {
                throw SecretErrors.refused(
                        reference,
                        "its path is relative, and another process would look elsewhere",
                        "write the whole path, beginning with /.");
            }
            refuseWhenEverybodyReads(path, reference);
            return Secret.of(text(path, reference));
        } catch (NoSuchFileException | InvalidPathException e) {
            throw SecretErrors.refused(reference, "there is no such file", "create it, or correct the path.");
        } catch (AccessDeniedException e) {
            throw SecretErrors.refused(
                    reference, "this process may not read it", "make it owned by the user that runs this process.");
        } catch (CharacterCodingException e) {
            throw SecretErrors.refused(reference, "it is not UTF-8 text", "write it as text.");
        } catch (IOException e) {
            throw SecretErrors.refused(
                    reference, "reading failed with " + e.getClass().getSimpleName(), "check the file and its disk.");
        }
    }

    private static void refuseWhenEverybodyReads(Path path, String reference) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
        if (view != null && view.readAttributes().permissions().contains(PosixFilePermission.OTHERS_READ)) {
            throw SecretErrors.refused(
                    reference,
                    "everybody on this host can read it",
                    "run: chmod 600 on the file (for a mounted Kubernetes secret set defaultMode: 0400), then change"
                            + " the secret.");
        }
    }

    private static String text(Path path, String reference) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(path)) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        }
        if (bytes.length > MAX_BYTES) {
            throw SecretErrors.refused(
                    reference,
                    "it is larger than " + MAX_BYTES + " bytes",
                    "name the file that holds the secret only.");
        }
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
        if (text.endsWith("\r\n")) {
            return text.substring(0, text.length() - 2);
        }
        return text.endsWith("\n") ? text.substring(0, text.length() - 1) : text;
    }
}
