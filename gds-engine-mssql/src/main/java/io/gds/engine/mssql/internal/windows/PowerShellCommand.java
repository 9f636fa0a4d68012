package io.gds.engine.mssql.internal.windows;

import io.gds.database.spi.Command;

/** How PowerShell is started: without a profile that somebody wrote, and never asking. */
final class PowerShellCommand {
    private PowerShellCommand() {}

    static Command of(String... arguments) {
        return Command.of("powershell.exe", "-NoProfile", "-NonInteractive", "-ExecutionPolicy", "Bypass")
                .with(arguments);
    }
}
