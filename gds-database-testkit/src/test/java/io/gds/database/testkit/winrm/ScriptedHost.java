package io.gds.database.testkit.winrm;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A host that knows a few command lines; a line that it does not know ends with 9009, as in Windows. */
final class ScriptedHost implements CommandHost {
    private static final int NOT_RECOGNIZED = 9009;

    private final Map<String, Function<RemoteCommand, RemoteProcess>> scripts = new ConcurrentHashMap<>();
    private final List<RemoteCommand> started = new CopyOnWriteArrayList<>();

    /** What a line does. */
    ScriptedHost on(String line, Function<RemoteCommand, RemoteProcess> script) {
        scripts.put(line, script);
        return this;
    }

    /** A line whose process the test plays. */
    SimpleProcess playing(String line) {
        SimpleProcess process = new SimpleProcess();
        on(line, c -> process);
        return process;
    }

    /** A line that says something and ends. */
    ScriptedHost says(String line, String output, int exitCode) {
        return on(line, c -> SimpleProcess.ended(output, UTF_8, exitCode));
    }

    List<RemoteCommand> started() {
        return started;
    }

    @Override
    public RemoteProcess start(RemoteCommand command) {
        started.add(command);
        Function<RemoteCommand, RemoteProcess> script = scripts.get(command.line());
        return script == null ? SimpleProcess.ended("", UTF_8, NOT_RECOGNIZED) : script.apply(command);
    }
}
