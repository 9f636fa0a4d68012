package io.gds.database.testkit.windows;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.gds.database.testkit.SettableClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A host with the scripts of the product on it, and a clock to move. */
final class Hosts {
    static final String SCRIPTS = "C:\\ProgramData\\gds\\scripts-x\\";
    static final String HASH = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    private static final Path PRODUCT =
            Path.of("../gds-engine-mssql/src/main/resources/io/gds/engine/mssql/internal/windows");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final SettableClock clock = new SettableClock();
    final WindowsHost host = new WindowsHost("SQL01", HostTimer.of(clock));

    Hosts() {
        try (Stream<Path> scripts = Files.list(PRODUCT)) {
            for (Path script : scripts.toList()) {
                host.files().put(SCRIPTS + script.getFileName(), HostFile.of(Files.readAllBytes(script)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What came of a command. */
    record Result(int code, String out, String err) {
        List<String> lines() {
            return out.lines().toList();
        }
    }

    static Result result(RunningCommand command) {
        RunningCommand.Piece piece = command.finish(PATIENCE);
        return new Result(
                piece.exitCode().orElseThrow(),
                CodePage.USUAL.decode(piece.stdout()),
                CodePage.USUAL.decode(piece.stderr()));
    }

    RunningCommand send(String line) {
        return host.run(line, "Administrator", Map.of());
    }

    Result run(String line) {
        return result(send(line));
    }

    static String file(String script, String arguments) {
        return "powershell.exe -NoProfile -NonInteractive -ExecutionPolicy Bypass -File " + script + " " + arguments;
    }

    static String encoded(String script) {
        return "powershell.exe -NoProfile -NonInteractive -ExecutionPolicy Bypass -EncodedCommand "
                + Base64.getEncoder().encodeToString(script.getBytes(StandardCharsets.UTF_16LE));
    }

    static String product(String script) {
        try {
            return Files.readString(PRODUCT.resolve(script));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs a script of a test's own. */
    Result script(String text) {
        return run(encoded(text));
    }

    /** Runs one of the product's scripts as the product does. */
    Result ask(String name, Object request) {
        try {
            String base64 = Base64.getEncoder().encodeToString(JSON.writeValueAsBytes(request));
            return run(file(SCRIPTS + "run.ps1", name + " " + base64));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The answer that one of the product's scripts gives. */
    JsonNode answer(String name, Object request) {
        return answer(ask(name, request));
    }

    static JsonNode answer(Result result) {
        String line = result.lines().stream()
                .filter(l -> l.startsWith("gds:"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no answer: " + result));
        try {
            return JSON.readTree(Base64.getDecoder().decode(line.substring(4)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
