package io.gds.database.testkit.windows;

import io.gds.database.testkit.powershell.UnsupportedPowerShell;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The programs that come with Windows, as far as scripts of ours call them. All of them end at once. */
final class NativeTools {
    private static final Map<Integer, String> SERVICE_ERRORS = Map.of(
            1053, "The service did not respond to the start or control request in a timely fashion.",
            1056, "An instance of the service is already running.",
            1058,
                    "The service cannot be started, either because it is disabled or because it has no enabled devices "
                            + "associated with it.",
            1060, "The specified service does not exist as an installed service.",
            1061, "The service cannot accept control messages at this time.",
            1062, "The service has not been started.");

    private NativeTools() {}

    /** What one of them does: its exit code. */
    private interface Tool {
        int run(ProgramCall call, WindowsHost host);
    }

    static void addTo(InstalledPrograms programs) {
        programs.add("powershell.exe", new PowerShellProgram(what -> {}));
        programs.add("hostname.exe", tool((call, host) -> {
            call.process().print(host.name() + "\r\n");
            return 0;
        }));
        programs.add("icacls.exe", tool(NativeTools::icacls));
        programs.add("sc.exe", tool(NativeTools::sc));
        programs.add("shutdown.exe", tool(NativeTools::shutdown));
        programs.add("taskkill.exe", tool(NativeTools::taskkill));
        programs.add("chcp.com", tool((call, host) -> {
            call.process().print("Active code page: " + host.codePage().number() + "\r\n");
            return 0;
        }));
        programs.add("cmd.exe", tool(NativeTools::cmd));
    }

    private static Program tool(Tool tool) {
        return (call, host) -> {
            call.process().end(tool.run(call, host));
            return RunningProgram.NOTHING;
        };
    }

    private static int cmd(ProgramCall call, WindowsHost host) {
        List<String> a = call.arguments();
        if (a.size() >= 2 && a.get(0).equalsIgnoreCase("/c") && a.get(1).equalsIgnoreCase("exit")) {
            return a.size() == 2 ? 0 : (int) Long.parseLong(a.get(a.size() - 1));
        }
        throw new UnsupportedPowerShell("cmd.exe " + call.line());
    }

    private static int icacls(ProgramCall call, WindowsHost host) {
        List<String> a = call.arguments();
        String path = a.isEmpty() ? "" : Paths.absolute(a.get(0), call.process().directory());
        FileNode node = host.files().node(path);
        if (node == null) {
            call.process().printError(path + ": The system cannot find the file specified.\r\n");
            call.process().print("Successfully processed 0 files; Failed processing 1 files\r\n");
            return 2;
        }
        boolean inherits = true;
        Map<String, String> rights = new TreeMap<>();
        boolean grants = false;
        for (String word : a.subList(1, a.size())) {
            String option = word.toLowerCase(Locale.ROOT);
            if (option.equals("/inheritance:r")) {
                inherits = false;
            } else if (option.equals("/grant:r") || option.equals("/grant")) {
                grants = true;
            } else if (grants && word.matches("\\*S-[0-9-]+:(\\([A-Z]+\\))*(F|M|RX)")) {
                int colon = word.indexOf(':');
                String right = word.substring(Math.max(colon, word.lastIndexOf(')')) + 1);
                rights.put(word.substring(1, colon), right);
            } else {
                throw new UnsupportedPowerShell("icacls.exe " + call.line());
            }
        }
        if (node.owner.equals(Account.ADMINISTRATORS)
                && !call.process().account().administrator()) {
            call.process().printError(path + ": Access is denied.\r\n");
            return 5;
        }
        node.acl = new Acl(inherits, rights);
        call.process().print("processed file: " + path + "\r\n");
        call.process().print("Successfully processed 1 files; Failed processing 0 files\r\n");
        return 0;
    }

    private static int taskkill(ProgramCall call, WindowsHost host) {
        List<String> a = call.arguments();
        if (a.size() != 4 || !String.join(" ", a.subList(0, 3)).equalsIgnoreCase("/T /F /PID")) {
            throw new UnsupportedPowerShell("taskkill.exe " + call.line());
        }
        HostProcess process = host.processes().find(Integer.parseInt(a.get(3)));
        if (process == null) {
            call.process().printError("ERROR: The process \"" + a.get(3) + "\" not found.\r\n");
            return 128;
        }
        host.processes().killTree(process, 1);
        call.process().print("SUCCESS: The process with PID " + a.get(3) + " has been terminated.\r\n");
        return 0;
    }

    private static int sc(ProgramCall call, WindowsHost host) {
        List<String> a = call.arguments();
        if (a.size() != 2 || !a.get(0).toLowerCase(Locale.ROOT).matches("start|stop|query")) {
            throw new UnsupportedPowerShell("sc.exe " + call.line());
        }
        String order = a.get(0).toLowerCase(Locale.ROOT);
        HostService service = host.services().find(a.get(1));
        if (service == null) {
            return scFailed(call, order.equals("query") ? "EnumQueryServicesStatus:OpenService" : "OpenService", 1060);
        }
        int code =
                switch (order) {
                    case "start" -> service.start();
                    case "stop" -> service.stop();
                    default -> 0;
                };
        if (code != 0) {
            return scFailed(call, order.equals("start") ? "StartService" : "ControlService", code);
        }
        call.process()
                .print("\r\nSERVICE_NAME: " + service.name() + " \r\n        STATE              : "
                        + service.state().number() + "  " + service.state().name() + " \r\n");
        return 0;
    }

    private static int scFailed(ProgramCall call, String where, int code) {
        call.process().print("[SC] " + where + " FAILED " + code + ":\r\n\r\n" + SERVICE_ERRORS.get(code) + "\r\n\r\n");
        return code;
    }

    private static int shutdown(ProgramCall call, WindowsHost host) {
        int seconds = 30;
        boolean restarts = false;
        List<String> a = call.arguments();
        for (int i = 0; i < a.size(); i++) {
            switch (a.get(i).toLowerCase(Locale.ROOT)) {
                case "/r" -> restarts = true;
                case "/t" -> seconds = Integer.parseInt(a.get(++i));
                case "/d", "/c" -> i++;
                case "/a" -> {
                    if (host.power().abort()) {
                        return 0;
                    }
                    call.process()
                            .printError(
                                    "Unable to abort the system shutdown because no shutdown was in progress.(1116)\r\n");
                    return 1116;
                }
                default -> throw new UnsupportedPowerShell("shutdown.exe " + call.line());
            }
        }
        if (!restarts) {
            throw new UnsupportedPowerShell("shutdown.exe without /r");
        }
        if (!call.process().account().administrator()) {
            call.process().printError("Access is denied.(5)\r\n");
            return 5;
        }
        if (!host.power().plan(Duration.ofSeconds(seconds))) {
            call.process().printError("A system shutdown has already been scheduled.(1190)\r\n");
            return 1190;
        }
        return 0;
    }
}
