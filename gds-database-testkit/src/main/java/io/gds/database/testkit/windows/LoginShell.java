package io.gds.database.testkit.windows;

import io.gds.database.testkit.powershell.UnsupportedPowerShell;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the sshd of a host hands a command to. It starts cmd.exe with the text as it is between quotes, and any other shell with its quotes
 * escaped; when the shell ends, all that it started ends too.
 */
final class LoginShell {
    private static final String KEY = "HKLM:\\SOFTWARE\\OpenSSH";
    private static final String VALUE = "DefaultShell";
    private static final String CMD = "C:\\Windows\\System32\\cmd.exe";
    private static final Pattern SET = Pattern.compile("set ([A-Za-z_]+)=([A-Za-z0-9]+)& (.*)", Pattern.DOTALL);

    private final WindowsHost host;

    LoginShell(WindowsHost host) {
        this.host = host;
    }

    RunningCommand run(String command, Account account) {
        RunningCommand out = new RunningCommand(host);
        boolean named = host.registry().get(KEY, VALUE) != null;
        String shell = named ? host.registry().text(KEY, VALUE) : CMD;
        boolean cmd = shell.toLowerCase(Locale.ROOT).endsWith("\\cmd.exe");
        Program program = program(shell, cmd, command, out);
        Map<String, String> environment = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        environment.putAll(host.environment());
        environment.put("USERNAME", Paths.name(account.name()));
        HostProcess.Start start = new HostProcess.Start(
                shell,
                cmd ? "/c \"" + command + "\"" : "-c " + escaped(command),
                account,
                environment,
                "C:\\Users\\" + Paths.name(account.name()),
                out::takeOut,
                out::takeError);
        Program announced = (call, on) -> {
            out.process(call.process());
            call.process().whenEnded(p -> host.processes().killTree(p, 1));
            return program.start(call, on);
        };
        host.processes().start(announced, start, 0);
        return out;
    }

    private Program program(String shell, boolean cmd, String command, RunningCommand out) {
        if (cmd) {
            return (call, on) -> cmd(call.process(), command, out);
        }
        Program program = host.programs().find(shell);
        if (program == null) {
            throw new IllegalStateException("no program " + shell + " on " + host.name());
        }
        return program instanceof PowerShellProgram ? new PowerShellProgram(out::failed) : program;
    }

    private RunningProgram cmd(HostProcess cmd, String text, RunningCommand out) {
        if (text.length() > CommandLine.LONGEST) {
            cmd.printError("The command line is too long.\r\n");
            cmd.end(1);
            return RunningProgram.NOTHING;
        }
        Matcher set = SET.matcher(text);
        boolean sets = set.matches();
        String line = sets ? set.group(3) : text;
        Map<String, String> variables = sets ? Map.of(set.group(1), set.group(2)) : Map.of();
        HostProcess child = new CmdShell(host).below(cmd, line, out, variables);
        child.whenEnded(p -> cmd.end(p.exitCode().orElse(1)));
        return RunningProgram.NOTHING;
    }

    /** As sshd puts an argument into a command line; what it gets wrong is not modelled. */
    private static String escaped(String command) {
        if (command.startsWith("'") || command.endsWith("\\")) {
            throw new UnsupportedPowerShell("a command that sshd does not escape right: " + command);
        }
        String inside = command.replaceAll("(\\\\*)\"", "$1$1\\\\\"");
        return command.contains(" ") ? "\"" + inside + "\"" : inside;
    }
}
