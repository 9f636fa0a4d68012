package io.gds.engine.mssql.internal.survey;

import io.gds.database.plan.Params;
import io.gds.engine.mssql.internal.windows.HostScripts;
import java.util.List;

/** Reads a host. */
public final class HostReader {
    private HostReader() {}

    /** All about it. */
    public static HostFacts read(HostScripts host) {
        return HostFacts.of(
                ask(host, "host"),
                ask(host, "instances"),
                ask(host, "pending-restart"),
                ask(host, "running-setup"),
                ask(host, "installer-cache"));
    }

    /** Since when it runs, in the host's own words: what it is told again it compares with its own. */
    public static String bootedAt(HostScripts host) {
        return ask(host, "host").string("bootedAt");
    }

    /** What it calls itself, as a Windows cluster does. */
    public static String name(HostScripts host) {
        return ask(host, "host").string("name");
    }

    /** Its instances. */
    public static List<RegisteredInstance> instances(HostScripts host) {
        return ask(host, "instances").objects("instances").stream()
                .map(RegisteredInstance::of)
                .toList();
    }

    /** Whatever says that it waits for a restart. */
    public static List<PendingRestart> pendingRestart(HostScripts host) {
        return ask(host, "pending-restart").objects("pending").stream()
                .map(PendingRestart::of)
                .toList();
    }

    /** Installers that run just now. */
    public static List<String> running(HostScripts host) {
        return HostFacts.running(ask(host, "running-setup"));
    }

    private static Params ask(HostScripts host, String script) {
        return host.ask(script, Params.empty());
    }
}
