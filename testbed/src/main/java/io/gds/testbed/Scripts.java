package io.gds.testbed;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** The bed's shell scripts, unpacked from the class path into the bed's folder under a name that says their content. */
final class Scripts {
    /** What a script exits with when the machine cannot do it; its output's last line says why. */
    static final int SKIP = 77;

    private static final List<String> NAMES = List.of(
            "lib.sh",
            "cluster.sh",
            "preflight.sh",
            "minors.sh",
            "base.sh",
            "pool.sha256",
            "claim.sh",
            "identity.sh",
            "node.sh",
            "node-init.sh",
            "up.sh",
            "down.sh",
            "reset.sh",
            "sweep.sh");

    private final Path folder;

    private Scripts(Path folder) {
        this.folder = folder;
    }

    /** @throws TestbedUnavailableException if the folder cannot be written */
    static Scripts unpack() {
        String root = Objects.requireNonNullElse(System.getenv("GDS_TESTBED_DIR"), "/var/cache/gds-testbed");
        try {
            return new Scripts(unpackInto(Files.createDirectories(Path.of(root))));
        } catch (IOException e) {
            throw new TestbedUnavailableException("cannot write " + root + " (" + e
                    + "); run the tests as root, or set GDS_TESTBED_DIR to a folder on a plain disk");
        }
    }

    private static Path unpackInto(Path root) throws IOException {
        Map<String, byte[]> contents = new TreeMap<>();
        MessageDigest digest = sha256();
        for (String name : NAMES) {
            try (InputStream in = Scripts.class.getResourceAsStream("bed/" + name)) {
                contents.put(name, Objects.requireNonNull(in, name).readAllBytes());
            }
            digest.update(contents.get(name));
        }
        Path target = root.resolve("scripts-" + HexFormat.of().formatHex(digest.digest(), 0, 6));
        if (Files.isDirectory(target)) {
            return target;
        }
        Path fresh = Files.createTempDirectory(root, "scripts.");
        // Another user must be able to read why there is no bed for them.
        Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
        for (Map.Entry<String, byte[]> e : contents.entrySet()) {
            Path script = Files.write(fresh.resolve(e.getKey()), e.getValue());
            if (!script.toFile().setExecutable(true)) {
                throw new IOException("cannot make executable: " + script);
            }
        }
        try {
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            if (!Files.isDirectory(target)) {
                throw e;
            }
            // Another process was faster, with the same content.
            for (String name : NAMES) {
                Files.delete(fresh.resolve(name));
            }
            Files.delete(fresh);
        }
        return target;
    }

    Path path(String script) {
        return folder.resolve(script);
    }

    Path bedFolder(String id) {
        return folder.resolveSibling("beds").resolve(id);
    }

    /**
     * Runs a script and gives what it printed.
     *
     * @throws TestbedUnavailableException if the script says that this machine cannot do it
     * @throws IllegalStateException if it failed
     */
    String run(Duration deadline, Map<String, String> environment, String script, String... arguments) {
        List<String> command = new ArrayList<>(List.of("bash", path(script).toString()));
        command.addAll(List.of(arguments));
        CommandResult result = Commands.run(command, environment, deadline);
        if (result.exitCode() == SKIP) {
            String reason = result.out().strip().lines().reduce("", (before, line) -> line);
            throw new TestbedUnavailableException(reason.replace("SKIP: patroni testbed: ", ""));
        }
        if (!result.ok()) {
            throw new IllegalStateException(String.join(" ", command) + ": " + result);
        }
        return result.out();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
