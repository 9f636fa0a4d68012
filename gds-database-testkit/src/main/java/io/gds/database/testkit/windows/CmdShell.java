package io.gds.database.testkit.windows;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** cmd.exe, as far as it starts one program. */
final class CmdShell {
    private final WindowsHost host;

    CmdShell(WindowsHost host) {
        this.host = host;
    }

    RunningCommand run(String line, Account account, Map<String, String> variables) {
        RunningCommand command = new RunningCommand(host);
        Program program = program(line, command);
        String[] parts = CommandLine.program(line);
        Map<String, String> environment = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        environment.putAll(host.environment());
        environment.put("USERNAME", Paths.name(account.name()));
        environment.putAll(variables);
        HostProcess.Start start = new HostProcess.Start(
                host.programs().path(parts[0]),
                parts[1],
                account,
                environment,
                "C:\\Users\\" + Paths.name(account.name()),
                command::takeOut,
                command::takeError);
        Program announced = (call, on) -> {
            command.process(call.process());
            return program.start(call, on);
        };
        HostProcess process = host.processes().start(announced, start, 0);
        command.process(process);
        return command;
    }

    /** Starts the program of a line below a process of cmd.exe. */
    HostProcess below(HostProcess cmd, String line, RunningCommand command, Map<String, String> variables) {
        Map<String, String> environment = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        environment.putAll(cmd.environment());
        environment.putAll(variables);
        String[] parts = CommandLine.program(line);
        HostProcess.Start start = new HostProcess.Start(
                host.programs().path(parts[0]),
                parts[1],
                cmd.account(),
                environment,
                cmd.directory(),
                command::takeOut,
                command::takeError);
        return host.processes().start(program(line, command), start, cmd.id());
    }

    private Program program(String line, RunningCommand command) {
        if (line.length() > CommandLine.LONGEST) {
            return saying("The command line is too long.\r\n", 1);
        }
        CommandLine.refuseMeaning(line);
        String[] parts = CommandLine.program(line);
        String name = parts[0].toLowerCase(Locale.ROOT);
        if (name.equals("echo")) {
            return Programs.saying(parts[1], 0);
        }
        if (name.equals("exit")) {
            String digits = parts[1].replaceFirst("(?i)^/b\\s*", "").trim();
            return Programs.ending(digits.isEmpty() ? 0 : (int) Long.parseLong(digits));
        }
        Program found = host.programs().find(parts[0]);
        if (found == null) {
            return saying(
                    "'" + parts[0] + "' is not recognized as an internal or external command,\r\n"
                            + "operable program or batch file.\r\n",
                    1);
        }
        return found instanceof PowerShellProgram ? new PowerShellProgram(command::failed) : found;
    }

    private static Program saying(String error, int code) {
        return (call, host) -> {
            call.process().printError(error);
            call.process().end(code);
            return RunningProgram.NOTHING;
        };
    }
}
