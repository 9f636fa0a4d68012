package io.gds.engine.mssql.internal.windows;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.spi.Command;
import io.gds.database.spi.CommandResult;
import io.gds.database.spi.CommandResult.Status;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Small files of a host, by a shell that can do nothing but run commands: they travel in command lines. Thread-safe. */
public final class SentFile {
    private static final int TOO_LARGE = 5;
    private static final int NOT_THERE = 2;
    private static final int ATTEMPTS = 3;

    private final String host;
    private final Function<Command, CommandResult> shell;

    /**
     * The files of a host.
     *
     * @param host for messages
     * @param shell runs commands there
     */
    public SentFile(String host, Function<Command, CommandResult> shell) {
        this.host = host;
        this.shell = shell;
    }

    /** Reads a file; empty when there is none. */
    public Optional<byte[]> read(String path) {
        CommandResult result =
                shell.apply(SentScript.of("read").with("path", path).command().maxOutput(3 << 20));
        if (result.status() == Status.EXITED && result.exitCode() == NOT_THERE) {
            return Optional.empty();
        }
        if (result.status() == Status.EXITED && result.exitCode() == TOO_LARGE) {
            throw failed("reading " + path, "it has more than a mebibyte", result);
        }
        if (!result.succeeded()) {
            throw failed("reading " + path, "", result);
        }
        return Optional.of(Base64.getDecoder().decode(result.output().strip()));
    }

    /** Writes a file; it has its name when all of it has come, and not before. */
    public void write(String path, byte[] content) {
        CommandResult last = attempt(path, content);
        for (int i = 1; i < ATTEMPTS && !last.succeeded(); i++) {
            last = attempt(path, content);
        }
        if (!last.succeeded()) {
            throw failed(
                    "writing " + path,
                    switch (last.exitCode()) {
                        case 3 -> "a piece before it is missing";
                        case 4 -> "what arrived is not what was sent";
                        default -> "";
                    },
                    last);
        }
    }

    /**
     * Sends all pieces under a name of their own. A piece whose answer was lost is not sent again under it: the first one may still be on its
     * way, and would cut off what came after it.
     *
     * @return the answer of the last piece that was sent
     */
    private CommandResult attempt(String path, byte[] content) {
        String part = path + "." + UUID.randomUUID().toString().substring(0, 8) + ".part";
        String hash = sha256(content);
        int at = 0;
        while (true) {
            SentScript piece =
                    SentScript.of("piece").with("path", path).with("part", part).with("at", at);
            int room = piece.with("hash", hash).with("piece", "").room() / 4 * 3;
            int end = Math.min(content.length, at + room);
            boolean last = end == content.length;
            byte[] bytes = Arrays.copyOfRange(content, at, end);
            Command command = piece.with("piece", Base64.getEncoder().encodeToString(bytes))
                    .with("hash", last ? hash : "")
                    .command();
            CommandResult result = shell.apply(command);
            if (!result.succeeded() || last) {
                return result;
            }
            at = end;
        }
    }

    /** Starts a program that goes on when the shell ends. */
    public void launch(String line) {
        CommandResult result =
                shell.apply(SentScript.of("launch").with("line", line).command());
        if (!result.succeeded()) {
            throw failed("starting a program", "", result);
        }
    }

    private GdsDatabaseException failed(String what, String why, CommandResult result) {
        GdsDatabaseException.Builder out = GdsDatabaseException.environment("MSSQL-HOST-FILE")
                .message("host " + host + ": " + what + ": "
                        + (why.isEmpty()
                                ? result.status() + " " + result.exitCode() + ", "
                                        + result.error().strip()
                                : why)
                        + ".")
                .remedy("check the drive, the rights of the account, and the connection.");
        return (result.status() == Status.EXITED ? out : out.retryable()).build();
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(content))
                    .toUpperCase(Locale.ROOT);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
