package io.gds.database.core.internal.ssh;

import io.gds.database.core.internal.shell.BoundedOutput;
import io.gds.database.core.internal.ssh.HostRun.Ending;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.spi.Command;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** Files of a host. Thread-safe. */
final class HostFiles {
    /** For what only takes a moment. */
    static final Duration SOON = Duration.ofMinutes(1);

    private static final int MAX_BYTES = 1024 * 1024;
    private static final int SLOWEST_BYTES_PER_SECOND = 64 * 1024;
    private static final int CHECKSUM_DIFFERS = 65;
    private static final Pattern MODE = Pattern.compile("0?[0-7]{3}");
    private static final String CODE = "GDS-FILE";

    private final String host;
    private final String user;
    private final Elevation elevation;
    private final Connections connections;

    /** What a command answered, as bytes. */
    private record Answer(Ending ending, ByteArrayOutputStream output, String error) {
        boolean isExit(int code) {
            return ending.exit().isPresent() && ending.exit().getAsInt() == code;
        }
    }

    HostFiles(String host, String user, Elevation elevation, Connections connections) {
        this.host = host;
        this.user = user;
        this.elevation = elevation;
        this.connections = connections;
    }

    /** Reads as the shell's own user. */
    Optional<byte[]> read(String path) {
        checkPath(path);
        Command head = Command.of("head", "-c", Integer.toString(MAX_BYTES + 1), "--", path)
                .environment("LC_ALL", "C")
                .timeout(SOON);
        Answer answer = ask(Order.of(head), user, "reading " + path);
        if (answer.isExit(0)
                && answer.output().size() <= MAX_BYTES
                && !answer.ending().cut()) {
            return Optional.of(answer.output().toByteArray());
        }
        if (answer.isExit(0) && answer.output().size() > MAX_BYTES) {
            throw GdsDatabaseException.user(CODE)
                    .message("file " + path + " on host " + host + " is larger than " + MAX_BYTES + " bytes.")
                    .remedy("read it with a command that picks the part you need.")
                    .build();
        }
        if (answer.isExit(1) && answer.error().strip().endsWith(": No such file or directory")) {
            return Optional.empty();
        }
        throw failed("read", path, answer);
    }

    void write(String path, byte[] content, String mode, String owner) {
        put(path, content.length, () -> new ByteArrayInputStream(content), sum(content), mode, owner);
    }

    void upload(Path local, String path, String mode, String owner) {
        try {
            put(path, Files.size(local), () -> Files.newInputStream(local), sum(local), mode, owner);
        } catch (IOException e) {
            throw GdsDatabaseException.user(CODE)
                    .message("cannot read " + local + " of this machine: "
                            + e.getClass().getSimpleName() + ", " + e.getMessage() + ".")
                    .remedy("check that the file is there and open to the user of this process.")
                    .cause(e)
                    .build();
        }
    }

    /** Writes beside the file, compares, then renames over it: readers see the old content or the new. */
    void put(String path, long size, Order.Source source, String sum, String mode, String owner) {
        checkPath(path);
        checkMode(mode);
        int slash = path.lastIndexOf('/');
        String directory = slash == 0 ? "/" : path.substring(0, slash);
        String temporary = path.substring(0, slash + 1) + "." + path.substring(slash + 1) + ".gds-" + UUID.randomUUID();
        String wanted = owner.isEmpty() ? user : owner;
        boolean give = elevation.isOther(wanted) && elevation.reachesRoot();
        Command receive = Command.of("sh", "-c", HostPrograms.RECEIVE, "gds")
                .with(temporary, path, directory, sum, mode, give ? wanted : "")
                .timeout(SOON.plusSeconds(size / SLOWEST_BYTES_PER_SECOND));
        Order order = Order.of(receive, Order.Input.stream(size, source));
        String as = give ? "root" : wanted;
        Answer answer = ask(order, as, "writing " + path);
        if (answer.isExit(CHECKSUM_DIFFERS)) {
            throw GdsDatabaseException.environment("GDS-SSH-CHECKSUM")
                    .message("file " + path + " for host " + host + ": sent SHA-256 " + sum + ", "
                            + answer.error().strip() + "; the file was left as it was.")
                    .remedy("see that nobody changes the file while it is sent, then send it again.")
                    .retryable()
                    .build();
        }
        if (!answer.isExit(0)) {
            GdsDatabaseException why = failed("write", path, answer);
            tidy(temporary, as, why);
            throw why;
        }
    }

    /** What was ended in the middle could not do it itself. */
    private void tidy(String temporary, String as, GdsDatabaseException why) {
        try {
            ask(Order.of(Command.of("rm", "-f", "--", temporary).timeout(SOON)), as, "removing " + temporary);
        } catch (GdsDatabaseException e) {
            why.addSuppressed(e);
        }
    }

    private Answer ask(Order order, String as, String what) {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        BoundedOutput errors = new BoundedOutput(order.command().maxOutput());
        try (Dialogue dialogue = connections.begin(as, order.id(), output::write, errors::accept)) {
            Ending ending = new HostRun(dialogue, order).follow(order.toRun());
            return new Answer(ending, output, errors.text(order.command()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failures.interrupted(what + " on host " + host, "it may have been done or not.", e);
        }
    }

    private GdsDatabaseException failed(String verb, String path, Answer answer) {
        Ending ending = answer.ending();
        if (ending.cut() || (ending.exit().isEmpty() && ending.missing().isEmpty())) {
            return lost(host, "whether " + path + " was " + (verb.equals("read") ? "read" : "written"));
        }
        String said = ending.missing().isEmpty()
                ? answer.error().strip() + " (exit code " + ending.exit().orElse(-1) + ")"
                : "the host has no " + ending.missing();
        return GdsDatabaseException.environment(CODE)
                .message("cannot " + verb + " " + path + " on host " + host + ": " + said + ".")
                .remedy("check that its directory exists, has room and is open to the user that it is for.")
                .build();
    }

    static GdsDatabaseException lost(String host, String what) {
        return GdsDatabaseException.environment("GDS-SSH-LOST")
                .message("the answer of host " + host + " was lost: " + what + " is not known.")
                .remedy("look at the host before doing it again.")
                .build();
    }

    private void checkPath(String path) {
        if (!path.startsWith("/") || path.indexOf('\0') >= 0 || path.endsWith("/")) {
            throw GdsDatabaseException.user(CODE)
                    .message("path on host " + host + ": found \"" + path + "\", expected a file's that begins with /.")
                    .remedy("write the whole path.")
                    .build();
        }
    }

    private static void checkMode(String mode) {
        if (!MODE.matcher(mode).matches()) {
            throw GdsDatabaseException.user(CODE)
                    .message("mode: found \"" + mode + "\", expected three octal digits such as 600.")
                    .remedy("correct the mode.")
                    .build();
        }
    }

    private static String sum(byte[] content) {
        return HexFormat.of().formatHex(digest().digest(content));
    }

    private static String sum(Path file) throws IOException {
        MessageDigest digest = digest();
        byte[] buffer = new byte[64 * 1024];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
