package io.gds.database.core.internal.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.Secret;
import io.gds.database.core.internal.services.Services;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.spi.SecretSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemeSecretsTest {
    private record Vault() implements SecretSource {
        @Override
        public String scheme() {
            return "vault";
        }

        @Override
        public Secret resolve(String rest) {
            if (rest.equals("broken")) {
                throw new IllegalStateException("body was hunter2");
            }
            return Secret.of("from " + rest);
        }
    }

    private final SchemeSecrets secrets = SchemeSecrets.of(
            new Services<SecretSource>(Map.of("vault", new Vault()), List.of()), Map.of("PGPASSWORD", "hunter2"));

    @Test
    void environmentFileAndPluginSourcesResolve(@TempDir Path dir) throws Exception {
        assertThat(secrets.schemes()).containsExactly("env", "file", "vault");
        assertThat(secrets.resolve("env:PGPASSWORD").reveal()).isEqualTo("hunter2");
        assertThat(secrets.resolve("vault:a:b").reveal()).isEqualTo("from a:b");
        assertThat(secrets.resolve("file:" + file(dir, "pw\n\n", "rw-------")).reveal())
                .isEqualTo("pw\n");
        assertThat(secrets.resolve("file:" + file(dir, "pw\r\n", "rw-r-----")).reveal())
                .isEqualTo("pw");
        assertThat(secrets.resolve("file:" + file(dir, "", "r--------")).reveal())
                .isEmpty();
    }

    @Test
    void refusalsNameTheReferenceAndNeverAValue(@TempDir Path dir) throws Exception {
        refused("env:NOT_THERE", "env:NOT_THERE");
        refused("hunter2", "***");
        refused("hun:hunter2", "[env, file, vault]");
        refused("vault:broken", "vault:broken cannot be resolved");
        refused("file:" + dir.resolve("none"), "no such file");
        refused("file:relative", "relative");
        refused("file:" + dir, "IOException");
        refused("file:" + file(dir, "hunter2", "rw-r--r--"), "chmod 600");
        Path large = file(dir, "hunter2".repeat(10_000), "rw-------");
        refused("file:" + large, "larger than");
        Path binary = file(dir, "", "rw-------");
        Files.write(binary, new byte[] {(byte) 0xfe});
        refused("file:" + binary, "not UTF-8");
    }

    private void refused(String reference, String says) {
        assertThatThrownBy(() -> secrets.resolve(reference))
                .isInstanceOfSatisfying(
                        GdsDatabaseException.class, e -> assertThat(e.code()).isEqualTo("GDS-SECRET"))
                .hasMessageContaining(says)
                .hasMessageNotContaining("hunter2")
                .hasNoCause();
    }

    private static Path file(Path dir, String content, String permissions) throws Exception {
        Path file = Files.createTempFile(dir, "secret", "");
        Files.writeString(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        return file;
    }
}
