package io.gds.database.testkit.windows;

import io.gds.database.testkit.powershell.Commands;
import io.gds.database.testkit.powershell.NativeProgram;
import io.gds.database.testkit.powershell.NetException;
import io.gds.database.testkit.powershell.NetFailure;
import io.gds.database.testkit.powershell.NetTypes;
import io.gds.database.testkit.powershell.PowerShellHost;
import io.gds.database.testkit.powershell.UnsupportedPowerShell;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What a PowerShell on a host of the model finds around it. Used by one thread. */
final class ScriptHost implements PowerShellHost {
    private final HostProcess process;
    private final WindowsHost host;
    private final String policy;
    private final @Nullable CliXml xml;

    /**
     * @param policy the execution policy of the command line
     * @param encoded whether errors go out as XML, as they do for an encoded command
     */
    ScriptHost(HostProcess process, WindowsHost host, String policy, boolean encoded) {
        this.process = process;
        this.host = host;
        this.policy = policy;
        this.xml = encoded ? new CliXml() : null;
    }

    HostProcess process() {
        return process;
    }

    WindowsHost windows() {
        return host;
    }

    String directory() {
        return process.directory();
    }

    /** Writes what was held back. */
    void close() {
        if (xml != null && !xml.isEmpty()) {
            process.printError(xml.document());
        }
    }

    @Override
    public Instant now() {
        return host.now();
    }

    @Override
    public ZoneId zone() {
        return host.zone();
    }

    @Override
    public void check() {
        host.timer().threads().check();
        if (!process.isAlive()) {
            throw new Killed();
        }
    }

    @Override
    public void sleep(Duration time) {
        ModelThreads.Signal over = host.timer().threads().signal();
        host.timer().after(time, over::open);
        over.await();
    }

    @Override
    public @Nullable String environment(String name) {
        return process.environment(name);
    }

    @Override
    public void environment(String name, @Nullable String value) {
        synchronized (process) {
            if (value == null) {
                process.environment().remove(name);
            } else {
                process.environment().put(name, value);
            }
        }
    }

    @Override
    public @Nullable Object variable(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "pid" -> process.id();
            case "pshome" -> "C:\\Windows\\System32\\WindowsPowerShell\\v1.0";
            default -> null;
        };
    }

    @Override
    public @Nullable String script(String path) {
        String whole = Paths.absolute(path, directory());
        FileNode node = host.files().node(whole);
        if (node == null || node.isDirectory()) {
            return null;
        }
        allowed(whole, node.file == null ? HostFile.Signature.NONE : node.file.signature());
        String text = new String(host.work().read(whole, process.account()), StandardCharsets.UTF_8);
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }

    /** A group policy goes before what the command line says. */
    private void allowed(String path, HostFile.Signature signature) {
        String effective = host.faults().onlySignedScripts() ? "AllSigned" : policy;
        String why =
                switch (effective.toLowerCase(Locale.ROOT)) {
                    case "bypass", "unrestricted", "remotesigned" -> "";
                    case "restricted" -> "because running scripts is disabled on this system";
                    case "allsigned" ->
                        signature.status() == HostFile.Signature.Status.VALID
                                ? ""
                                : ". The file " + path
                                        + " is not digitally signed. You cannot run this script on the current system";
                    default -> throw new UnsupportedPowerShell("execution policy " + effective);
                };
        if (!why.isEmpty()) {
            String joined = why.startsWith(".") ? why : " " + why;
            throw new NetFailure(
                    new NetException(
                            NetErrors.AUTOMATION + "PSSecurityException",
                            "File " + path + " cannot be loaded" + joined
                                    + ". For more information about running scripts and setting execution policy, see "
                                    + "about_Execution_Policies at https:/go.microsoft.com/fwlink/?LinkID=135170."),
                    "SecurityError",
                    "UnauthorizedAccess");
        }
    }

    @Override
    public @Nullable NativeProgram program(String name) {
        Program program = host.programs().find(name);
        return program == null ? null : (arguments, lines) -> run(program, name, arguments, lines);
    }

    private int run(Program program, String name, String arguments, Consumer<String> lines) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        HostProcess.Start start = new HostProcess.Start(
                host.programs().path(name),
                arguments,
                process.account(),
                process.environment(),
                directory(),
                bytes::writeBytes,
                process.err());
        HostProcess child = host.processes().start(program, start, process.id());
        child.ended().await();
        check();
        String text = host.codePage().decode(bytes.toByteArray());
        if (!text.isEmpty()) {
            text.lines().forEach(lines);
        }
        return child.exitCode().orElse(1);
    }

    @Override
    public void out(String text) {
        process.print(text);
    }

    @Override
    public void error(String text) {
        process.printError(text);
    }

    @Override
    public void report(String stream, String text) {
        if (xml != null) {
            xml.add(stream, text);
        } else if (stream.equals("Error")) {
            process.printError(text);
        } else {
            process.print(text);
        }
    }

    @Override
    public String input() {
        return host.codePage().decode(process.input().toEnd());
    }

    @Override
    public void addTypes(NetTypes types) {
        FileTypes.addTo(types, this);
        SecurityTypes.addTo(types, this);
    }

    @Override
    public void addCommands(Commands commands) {
        ItemCmdlets.addTo(commands, this);
        PropertyCmdlets.addTo(commands, this);
        FileCmdlets.addTo(commands, this);
        PathCmdlets.addTo(commands, this);
        ServiceCmdlets.addTo(commands, this);
        ProcessCmdlets.addTo(commands, this);
        CimCmdlets.addTo(commands, this);
        TaskCmdlets.addTo(commands, this);
        host.modules().forEach(m -> m.accept(commands));
    }
}
