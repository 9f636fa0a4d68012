package io.gds.engine.mssql.internal.windows;

import io.gds.database.spi.Command;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/**
 * A small script that travels in the command line itself, for as long as there is nothing of ours on the host. Values that it is
 * given stand before it as assignments.
 */
public final class SentScript {
    /** What the command line of cmd.exe holds, less our own words around the script. */
    private static final int COMMAND_LINE = 8191 - 100;

    private final String name;
    private final Map<String, String> given = new TreeMap<>();

    private SentScript(String name) {
        this.name = name;
    }

    /** A script of this package, such as {@code folder}. */
    public static SentScript of(String name) {
        return new SentScript(name);
    }

    /** Gives it a text. */
    public SentScript with(String variable, String value) {
        given.put(variable, PowerShellLiteral.text(value));
        return this;
    }

    /** Gives it a number. */
    public SentScript with(String variable, long value) {
        given.put(variable, Long.toString(value));
        return this;
    }

    /** How many more characters of text could be given to it. */
    public int room() {
        int charactersThatFit = COMMAND_LINE / 4 * 3 / 2;
        return charactersThatFit - text().length();
    }

    private String text() {
        StringBuilder out = new StringBuilder();
        given.forEach((variable, value) ->
                out.append('$').append(variable).append(" = ").append(value).append('\n'));
        return out.append(ScriptText.bare(name)).toString();
    }

    /**
     * The command that runs it.
     *
     * @throws IllegalStateException when it is longer than a command line
     */
    public Command command() {
        if (room() < 0) {
            throw new IllegalStateException("script " + name + " is longer than a command line by " + -room());
        }
        byte[] utf16 = text().getBytes(StandardCharsets.UTF_16LE);
        return PowerShellCommand.of("-EncodedCommand", Base64.getEncoder().encodeToString(utf16));
    }
}
