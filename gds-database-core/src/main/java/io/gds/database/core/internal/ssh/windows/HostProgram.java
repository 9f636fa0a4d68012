package io.gds.database.core.internal.ssh.windows;

import io.gds.database.spi.Command;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** A small script of ours that travels in the command line itself. Values reach it in base64, so that none is taken for a script. */
final class HostProgram {
    private final String name;
    private final Map<String, String> given = new LinkedHashMap<>();

    private HostProgram(String name) {
        this.name = name;
    }

    /** A script of this package's resources. */
    static HostProgram of(String name) {
        return new HostProgram(name);
    }

    /** Gives it a text. */
    HostProgram with(String variable, String value) {
        given.put(variable, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8)));
        return this;
    }

    /** The command that runs it. */
    Command command() {
        StringBuilder script = new StringBuilder();
        given.forEach((variable, value) -> script.append('$')
                .append(variable)
                .append(" = [Text.Encoding]::UTF8.GetString([Convert]::FromBase64String('")
                .append(value)
                .append("'))\n"));
        byte[] utf16 = script.append(text(name)).toString().getBytes(StandardCharsets.UTF_16LE);
        return Command.of("powershell.exe", "-NoProfile", "-NonInteractive", "-EncodedCommand")
                .with(Base64.getEncoder().encodeToString(utf16));
    }

    private static String text(String name) {
        try (InputStream in = HostProgram.class.getResourceAsStream(name + ".ps1")) {
            if (in == null) {
                throw new IllegalStateException("the jar lacks " + name + ".ps1");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.strip().startsWith("#"))
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(name, e);
        }
    }
}
