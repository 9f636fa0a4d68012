package io.gds.database.testkit.windows;

import io.gds.database.testkit.powershell.NetFailure;
import io.gds.database.testkit.powershell.PowerShell;
import io.gds.database.testkit.powershell.UnsupportedPowerShell;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** powershell.exe. */
final class PowerShellProgram implements Program {
    /** The exit code for a script file that is not there. */
    private static final int NO_FILE = 0xfffd_0000;

    /** What Windows gives for a program that Ctrl+C ended. */
    private static final int INTERRUPTED = 0xc000_013a;

    private final Consumer<UnsupportedPowerShell> unsupported;

    /**
     * @param unsupported is told of a script that uses what is not modelled, besides the host
     */
    PowerShellProgram(Consumer<UnsupportedPowerShell> unsupported) {
        this.unsupported = unsupported;
    }

    @Override
    public RunningProgram start(ProgramCall call, WindowsHost host) {
        ModelThreads threads = host.timer().threads();
        HostProcess process = call.process();
        ModelThreads.ModelThread thread = threads.start(() -> {
            try {
                process.end(run(call, host));
            } catch (UnsupportedPowerShell what) {
                host.unsupported(what);
                unsupported.accept(what);
                process.end(-1);
            }
        });
        return new RunningProgram() {
            @Override
            public void killed() {
                threads.kill(thread);
            }

            @Override
            public void interrupted() {
                host.processes().killTree(process, INTERRUPTED);
            }
        };
    }

    private static int run(ProgramCall call, WindowsHost host) {
        String policy = "RemoteSigned";
        List<String> args = call.arguments();
        for (int i = 0; i < args.size(); i++) {
            String option = args.get(i).toLowerCase(Locale.ROOT);
            switch (option) {
                case "-noprofile", "-noninteractive", "-nologo" -> {
                    // nothing that a model would do otherwise
                }
                case "-executionpolicy", "-ep", "-ex" -> policy = args.get(++i);
                case "-inputformat", "-outputformat", "-windowstyle", "-version" ->
                    throw new UnsupportedPowerShell("powershell.exe " + option);
                case "-file", "-f" -> {
                    return file(new ScriptHost(call.process(), host, policy, false), args.subList(i + 1, args.size()));
                }
                case "-encodedcommand", "-enc", "-e", "-ec" -> {
                    return command(new ScriptHost(call.process(), host, policy, true), decoded(args.get(i + 1)));
                }
                case "-command", "-c" -> {
                    List<String> words = new ArrayList<>(args.subList(i + 1, args.size()));
                    return command(new ScriptHost(call.process(), host, policy, false), String.join(" ", words));
                }
                default -> throw new UnsupportedPowerShell("powershell.exe " + args.get(i));
            }
        }
        throw new UnsupportedPowerShell("powershell.exe without anything to run");
    }

    private static String decoded(String base64) {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_16LE);
        } catch (IllegalArgumentException e) {
            throw new UnsupportedPowerShell("an encoded command that is no base64");
        }
    }

    private static int command(ScriptHost scripts, String text) {
        try {
            return new PowerShell(scripts).command(text);
        } finally {
            scripts.close();
        }
    }

    private static int file(ScriptHost scripts, List<String> args) {
        String path = Paths.absolute(args.get(0), scripts.directory());
        try {
            String text = scripts.script(path);
            if (text == null) {
                scripts.error(
                        "The argument '" + args.get(0) + "' to the -File parameter does not exist. Provide the path to "
                                + "an existing '.ps1' file as an argument to the -File parameter.\r\n");
                return NO_FILE;
            }
            return new PowerShell(scripts).file(path, text, args.subList(1, args.size()));
        } catch (NetFailure refused) {
            scripts.error(refused.exception().message() + "\r\n    + CategoryInfo          : SecurityError: (:) [], "
                    + "ParentContainsErrorRecordException\r\n    + FullyQualifiedErrorId : UnauthorizedAccess\r\n");
            return 1;
        } finally {
            scripts.close();
        }
    }
}
