package io.gds.database.testkit.mssql;

import io.gds.database.testkit.windows.HostFile;
import io.gds.database.testkit.windows.HostService;
import io.gds.database.testkit.windows.WindowsHost;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * An instance as it is installed on a model host: registry, service and program. Its setup is {@link UpdatePackage}. Thread-safe.
 *
 * <p>Source: registry keys of SQL Server's setup, {@code HKLM\SOFTWARE\Microsoft\Microsoft SQL Server}.
 */
public final class InstalledInstance {
    private static final String ROOT = "HKLM:\\SOFTWARE\\Microsoft\\Microsoft SQL Server";
    private static final String DEFAULT = "MSSQLSERVER";

    private final WindowsHost host;
    private final String name;
    private final String id;
    private final String programs;
    private final CopyOnWriteArrayList<Consumer<String>> whenReplaced = new CopyOnWriteArrayList<>();

    private InstalledInstance(WindowsHost host, String name, String version, String edition) {
        this.host = host;
        this.name = name.toUpperCase(Locale.ROOT);
        this.id = "MSSQL" + major(version) + "." + this.name;
        this.programs = "C:\\Program Files\\Microsoft SQL Server\\" + id + "\\MSSQL\\Binn";
        host.registry()
                .set(ROOT + "\\Instance Names\\SQL", this.name, id)
                .set(setupKey(), "Version", version)
                .set(setupKey(), "PatchLevel", version)
                .set(setupKey(), "Edition", edition)
                .set(setupKey(), "SQLBinRoot", programs);
        host.files().put(programs + "\\sqlservr.exe", HostFile.text("MZ").version(version));
        host.services()
                .add(service())
                .startType(HostService.StartType.AUTOMATIC)
                .running();
    }

    /**
     * Installs an instance, which runs.
     *
     * @param name {@code MSSQLSERVER} for the default one
     * @param version what it runs, for example {@code 16.0.4135.4}
     * @param edition as the server names it
     */
    public static InstalledInstance on(WindowsHost host, String name, String version, String edition) {
        return new InstalledInstance(host, name, version, edition);
    }

    /** The folder of a version's setup below Program Files, for example {@code 160}. */
    static String folder(String version) {
        return major(version) + "0";
    }

    private static String major(String version) {
        return version.substring(0, version.indexOf('.'));
    }

    private String setupKey() {
        return ROOT + "\\" + id + "\\Setup";
    }

    /** Its name. */
    public String name() {
        return name;
    }

    /** The name of its service. */
    public String service() {
        return name.equals(DEFAULT) ? DEFAULT : "MSSQL$" + name;
    }

    /** What the last update left. */
    public String patchLevel() {
        return host.registry().text(setupKey(), "PatchLevel");
    }

    /** Whether an update broke off half way. */
    public void halfInstalled(boolean half) {
        host.registry().set(setupKey(), "Resume", half ? 1 : 0);
    }

    /** Tells somebody, a model of the server itself, that other programs are there now. */
    public void whenReplaced(Consumer<String> version) {
        whenReplaced.add(version);
    }

    boolean isOfMajor(String version) {
        return major(patchLevel()).equals(major(version));
    }

    /** Setup has put other programs in the place of these. */
    void replace(String version) {
        host.registry().set(setupKey(), "PatchLevel", version);
        host.files().put(programs + "\\sqlservr.exe", HostFile.text("MZ").version(version));
        whenReplaced.forEach(w -> w.accept(version));
    }
}
