package io.gds.database.testkit.windows;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The programs that can be started: those that files are, and those that Windows brings along. Thread-safe. */
public final class InstalledPrograms {
    private static final String SYSTEM = "C:\\Windows\\System32\\";

    private final FileSystem files;
    private final Map<String, Program> ofWindows = new ConcurrentHashMap<>();

    InstalledPrograms(FileSystem files) {
        this.files = files;
    }

    /** Adds one that is found by its name alone, {@code sc.exe} for example, or replaces it. */
    public InstalledPrograms add(String name, Program program) {
        ofWindows.put(Paths.fold(name), program);
        return this;
    }

    /** One by its name, with or without .exe, or by its path; null when there is none. */
    @Nullable
    Program find(String name) {
        HostFile file = files.file(name);
        if (file != null && file.program() != null) {
            return file.program();
        }
        return ofWindows.get(key(name));
    }

    /** Where it lies. */
    String path(String name) {
        if (!Paths.drive(name).isEmpty()) {
            return name;
        }
        String key = key(name);
        return key.equals("powershell.exe")
                ? SYSTEM + "WindowsPowerShell\\v1.0\\powershell.exe"
                : SYSTEM + (key.equals(Paths.fold(name)) ? name : name + ".exe");
    }

    private static String key(String name) {
        String folded = Paths.fold(name);
        String plain = folded.startsWith(Paths.fold(SYSTEM)) ? Paths.name(folded) : folded;
        return plain.endsWith(".exe") || plain.endsWith(".com") ? plain : plain + ".exe";
    }
}
