package io.gds.database.testkit.powershell;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Runs scripts on a host that has nothing but what a test gives it. */
final class Scripts implements PowerShellHost {
    final Map<String, String> files = new HashMap<>();
    final Map<String, String> environment = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    final Map<String, NativeProgram> programs = new HashMap<>();
    final StringBuilder out = new StringBuilder();
    final StringBuilder error = new StringBuilder();
    int exitCode;

    /** What a script writes to standard output, with a bar between lines. */
    static String result(String script) {
        return new Scripts().run(script);
    }

    /** The same, under the strict mode that scripts of ours have. */
    static String strict(String script) {
        return result("Set-StrictMode -Version 2.0\n" + script);
    }

    /** What the error is that ends a script. */
    static String failure(String script) {
        return result("try {\n" + script + "\n} catch { \"$($_.Exception.Message)\" }");
    }

    String run(String script) {
        exitCode = new PowerShell(this).command(script);
        return lines();
    }

    String lines() {
        String text = out.toString();
        return text.endsWith("\r\n") ? text.substring(0, text.length() - 2).replace("\r\n", "|") : text;
    }

    @Override
    public Instant now() {
        return Instant.parse("2024-05-07T12:00:00.1234567Z");
    }

    @Override
    public ZoneId zone() {
        return ZoneId.of("America/New_York");
    }

    @Override
    public void check() {}

    @Override
    public void sleep(Duration time) {}

    @Override
    public @Nullable String environment(String name) {
        return environment.get(name);
    }

    @Override
    public void environment(String name, @Nullable String value) {
        if (value == null) {
            environment.remove(name);
        } else {
            environment.put(name, value);
        }
    }

    @Override
    public @Nullable String script(String path) {
        return files.get(path.toLowerCase(Locale.ROOT));
    }

    @Override
    public @Nullable NativeProgram program(String name) {
        return programs.get(name);
    }

    @Override
    public void out(String text) {
        out.append(text);
    }

    @Override
    public void error(String text) {
        error.append(text);
    }

    @Override
    public void report(String stream, String text) {
        error.append(text);
    }

    @Override
    public String input() {
        return "";
    }

    @Override
    public void addTypes(NetTypes types) {}

    @Override
    public void addCommands(Commands commands) {}
}
