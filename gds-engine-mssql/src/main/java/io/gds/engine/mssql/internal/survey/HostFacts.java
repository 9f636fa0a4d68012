package io.gds.engine.mssql.internal.survey;

import io.gds.database.plan.Params;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A Windows host as it stands.
 *
 * @param name what it calls itself
 * @param account as whom we are there
 * @param isAdministrator whether that is an administrator
 * @param bootedAt since when it runs
 * @param now the time by its clock
 * @param systemDrive its system drive, for example {@code C:}
 * @param freeBytes free room by drive
 * @param instances its instances of SQL Server
 * @param pendingRestart whatever says that it waits for a restart
 * @param running installers that run just now
 * @param missingPackages packages of installed products that Windows Installer no longer has
 */
public record HostFacts(
        String name,
        String account,
        boolean isAdministrator,
        Instant bootedAt,
        Instant now,
        String systemDrive,
        Map<String, Long> freeBytes,
        List<RegisteredInstance> instances,
        List<PendingRestart> pendingRestart,
        List<String> running,
        List<String> missingPackages) {
    /** Copies the parts. */
    public HostFacts {
        freeBytes = Map.copyOf(freeBytes);
        instances = List.copyOf(instances);
        pendingRestart = List.copyOf(pendingRestart);
        running = List.copyOf(running);
        missingPackages = List.copyOf(missingPackages);
    }

    static HostFacts of(Params host, Params instances, Params pending, Params running, Params cache) {
        Map<String, Long> free = new LinkedHashMap<>();
        host.objects("drives")
                .forEach(d -> free.put(d.string("name").toUpperCase(Locale.ROOT), d.integer("freeBytes")));
        return new HostFacts(
                host.string("name"),
                host.string("account"),
                host.flag("isAdministrator"),
                time(host.string("bootedAt")),
                time(host.string("now")),
                host.string("systemDrive").toUpperCase(Locale.ROOT),
                free,
                instances.objects("instances").stream()
                        .map(RegisteredInstance::of)
                        .toList(),
                pending.objects("pending").stream().map(PendingRestart::of).toList(),
                running(running),
                cache.objects("missing").stream()
                        .map(m -> m.string("of") + ": "
                                + m.optionalString("package").orElse(""))
                        .toList());
    }

    static Instant time(String iso) {
        return OffsetDateTime.parse(iso).toInstant();
    }

    static List<String> running(Params answer) {
        return answer.objects("running").stream().map(HostFacts::runs).toList();
    }

    private static String runs(Params p) {
        return p.integer("processId") == 0
                ? p.string("name") + " (" + p.string("commandLine") + ")"
                : p.string("name") + " (process " + p.integer("processId") + ") since " + p.string("startedAt");
    }

    /** The signs of a pending restart that matter. */
    public List<PendingRestart> restartNeeded() {
        return pendingRestart.stream().filter(PendingRestart::matters).toList();
    }

    /** Free room on a path's drive; -1 when the drive is not known. */
    public long freeBytesAt(String path) {
        return path.length() < 2
                ? -1
                : freeBytes.getOrDefault(path.substring(0, 2).toUpperCase(Locale.ROOT), -1L);
    }
}
