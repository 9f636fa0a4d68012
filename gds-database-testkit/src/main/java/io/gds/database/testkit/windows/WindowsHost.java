package io.gds.database.testkit.windows;

import io.gds.database.testkit.powershell.Commands;
import io.gds.database.testkit.powershell.UnsupportedPowerShell;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A host with Windows Server: its files, registry, services, processes and tasks, and a PowerShell that really carries
 * scripts out. It costs memory only: a thread exists while a script runs. Thread-safe.
 */
public final class WindowsHost {
    private static final long GIGABYTE = 1L << 30;

    private final String name;
    private final HostTimer timer;
    private final HostEvents events = new HostEvents();
    private final Faults faults = new Faults(this);
    private final FileSystem files = new FileSystem(this);
    private final FileWork work = new FileWork(this);
    private final Registry registry = new Registry();
    private final Services services = new Services(this);
    private final Processes processes = new Processes(this);
    private final InstalledPrograms programs = new InstalledPrograms(files);
    private final TaskScheduler tasks = new TaskScheduler(this);
    private final Power power;
    private final Map<String, Account> accounts = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, String> environment = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final List<UnsupportedPowerShell> unsupported = new ArrayList<>();
    private final List<Consumer<Commands>> modules = new CopyOnWriteArrayList<>();
    private OperatingSystem system = OperatingSystem.SERVER_2022;
    private ZoneId zone = ZoneId.of("America/New_York");
    private CodePage codePage = CodePage.USUAL;
    private @Nullable Boolean restartPendingByAgent;

    /** A host that runs, with drives C: and D:, an administrator, and a registry that knows its name. */
    public WindowsHost(String name, HostTimer timer) {
        this.name = name;
        this.timer = timer;
        this.power = new Power(this);
        files.drive("C:", 127 * GIGABYTE, 60 * GIGABYTE).drive("D:", 500 * GIGABYTE, 300 * GIGABYTE);
        for (String directory :
                List.of("C:\\Windows\\System32", "C:\\Program Files", "C:\\ProgramData", "C:\\Windows\\Installer")) {
            files.directory(directory);
        }
        account(new Account(name + "\\Administrator", "S-1-5-21-1-2-3-500", true));
        environment.putAll(Map.of(
                "COMPUTERNAME", name,
                "SystemDrive", "C:",
                "SystemRoot", "C:\\Windows",
                "windir", "C:\\Windows",
                "ProgramFiles", "C:\\Program Files",
                "ProgramData", "C:\\ProgramData",
                "TEMP", "C:\\Windows\\Temp"));
        WindowsRegistry.begin(registry, name);
        NativeTools.addTo(programs);
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /** The time of tests. */
    public HostTimer timer() {
        return timer;
    }

    /** What its own clock shows. */
    public Instant now() {
        return timer.now().plus(faults.skew());
    }

    /** What is wrong with it. */
    public Faults faults() {
        return faults;
    }

    /** What happens on it. */
    public HostEvents events() {
        return events;
    }

    /** Its files. */
    public FileSystem files() {
        return files;
    }

    FileWork work() {
        return work;
    }

    /** Its registry. */
    public Registry registry() {
        return registry;
    }

    /** Its services. */
    public Services services() {
        return services;
    }

    /** Its processes. */
    public Processes processes() {
        return processes;
    }

    /** Its programs. */
    public InstalledPrograms programs() {
        return programs;
    }

    /** Its scheduler. */
    public TaskScheduler tasks() {
        return tasks;
    }

    /** Says which Windows it has. */
    public synchronized WindowsHost system(OperatingSystem windows) {
        system = windows;
        return this;
    }

    synchronized OperatingSystem system() {
        return system;
    }

    /** Says in which time zone it stands. */
    public synchronized WindowsHost zone(ZoneId where) {
        zone = where;
        return this;
    }

    /** In which time zone it stands. */
    public synchronized ZoneId zone() {
        return zone;
    }

    /** Says which code page its consoles have: 437 unless told, 850 in Western Europe, 65001 for UTF-8. */
    public synchronized WindowsHost codePage(int number) {
        codePage = new CodePage(number);
        return this;
    }

    synchronized CodePage codePage() {
        return codePage;
    }

    /** Installs a module of PowerShell: commands that scripts find beside those of Windows. */
    public WindowsHost module(Consumer<Commands> commands) {
        modules.add(commands);
        return this;
    }

    List<Consumer<Commands>> modules() {
        return modules;
    }

    /** Installs the agent of Configuration Manager with this opinion; null takes it away. */
    public synchronized WindowsHost agentSaysRestartPending(@Nullable Boolean opinion) {
        restartPendingByAgent = opinion;
        return this;
    }

    synchronized @Nullable Boolean agentSaysRestartPending() {
        return restartPendingByAgent;
    }

    /** Adds an account. */
    public synchronized WindowsHost account(Account account) {
        accounts.put(account.name(), account);
        return this;
    }

    /** An account by its name, with the host's name in front or not. */
    synchronized Account account(String wanted) {
        if (wanted.toUpperCase(Locale.ROOT).endsWith("SYSTEM")) {
            return Account.SYSTEM;
        }
        Account account = accounts.get(wanted.contains("\\") ? wanted : name + "\\" + wanted);
        if (account == null) {
            throw new IllegalArgumentException("no account " + wanted + " on " + name);
        }
        return account;
    }

    /** Sets an environment variable of the host, for processes that start from now on. */
    public synchronized WindowsHost environment(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    synchronized Map<String, String> environment() {
        return Map.copyOf(environment);
    }

    /** Since when it runs, by its own clock. */
    public Instant bootedAt() {
        return power.bootedAt().truncatedTo(ChronoUnit.MICROS);
    }

    /** Says how long a restart takes, during which nobody reaches it. */
    public WindowsHost restartTakes(Duration time) {
        power.takes(time);
        return this;
    }

    /** Does something each time that it has come up, before its services start: what Windows does then. */
    public WindowsHost whenRestarted(Runnable doing) {
        power.whenUp(doing);
        return this;
    }

    /** Restarts it, hard: everything that runs on it ends here and now. */
    public void restart() {
        power.restart();
    }

    Power power() {
        return power;
    }

    /** Whether it answers. */
    public boolean isReachable() {
        return power.isUp();
    }

    /** Whatever scripts on it used that is not modelled; a test shall find none. */
    public List<UnsupportedPowerShell> unsupported() {
        synchronized (unsupported) {
            return List.copyOf(unsupported);
        }
    }

    void unsupported(UnsupportedPowerShell what) {
        synchronized (unsupported) {
            unsupported.add(what);
        }
    }

    private void check() {
        if (!isReachable()) {
            throw new HostUnreachable(name);
        }
        if (!unsupported().isEmpty()) {
            throw unsupported().get(0);
        }
    }

    /**
     * Sends a command, as a session of OpenSSH does: through the default shell that the registry names below
     * {@code HKLM:\SOFTWARE\OpenSSH}, cmd.exe when it names none.
     *
     * @param account whose, by name
     * @throws HostUnreachable when it is down
     * @throws UnsupportedPowerShell as {@link #run} does
     */
    public RunningCommand login(String command, String account) {
        check();
        return new LoginShell(this).run(command, account(account));
    }

    /**
     * Sends a command line, as a shell of WinRM does: through cmd.exe.
     *
     * @param account whose, by name
     * @param variables environment variables besides those of the host
     * @throws HostUnreachable when it is down
     * @throws UnsupportedPowerShell for a line that cmd.exe would make something else of, and when a script of before, a
     *     task's, has used what is not modelled
     */
    public RunningCommand run(String commandLine, String account, Map<String, String> variables) {
        check();
        return new CmdShell(this).run(commandLine, account(account), variables);
    }
}
