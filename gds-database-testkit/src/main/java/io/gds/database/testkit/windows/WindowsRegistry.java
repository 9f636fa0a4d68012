package io.gds.database.testkit.windows;

import java.util.List;

/** What the registry of a fresh server holds, as far as scripts of ours look at it. */
final class WindowsRegistry {
    private static final String CONTROL = "HKLM\\SYSTEM\\CurrentControlSet\\Control";

    private WindowsRegistry() {}

    static void begin(Registry registry, String name) {
        registry.set(CONTROL + "\\ComputerName\\ActiveComputerName", "ComputerName", name);
        registry.set(CONTROL + "\\ComputerName\\ComputerName", "ComputerName", name);
        registry.set(CONTROL + "\\Session Manager", "BootExecute", List.of("autocheck autochk *"));
        registry.key("HKLM\\SYSTEM\\CurrentControlSet\\Services\\Netlogon");
        registry.key("HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Component Based Servicing");
        registry.key("HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\WindowsUpdate\\Auto Update");
    }
}
