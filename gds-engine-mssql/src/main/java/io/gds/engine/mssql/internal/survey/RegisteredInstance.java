package io.gds.engine.mssql.internal.survey;

import io.gds.database.plan.Params;
import io.gds.engine.mssql.internal.build.Build;
import java.util.Optional;

/**
 * An instance as its host has it in the registry, among its services and on its disk.
 *
 * @param name its name; {@code MSSQLSERVER} is the default one
 * @param id its id in the registry, for example {@code MSSQL16.MSSQLSERVER}
 * @param version what its setup began with
 * @param patchLevel what the last update left
 * @param edition its edition in the registry's words
 * @param programVersion the version of {@code sqlservr.exe}; empty when it is not where the registry says
 * @param halfInstalled whether an update broke off half way
 * @param service the name of its service
 * @param serviceState the state of its service, or {@code Missing}
 */
public record RegisteredInstance(
        String name,
        String id,
        String version,
        String patchLevel,
        String edition,
        Optional<String> programVersion,
        boolean halfInstalled,
        String service,
        String serviceState) {
    static RegisteredInstance of(Params p) {
        return new RegisteredInstance(
                p.string("name"),
                p.string("id"),
                p.optionalString("version").orElse(""),
                p.optionalString("patchLevel").orElse(""),
                p.optionalString("edition").orElse(""),
                p.optionalString("programVersion"),
                p.flag("halfInstalled"),
                p.string("service"),
                p.string("serviceState"));
    }

    /** What the last update left, as a build. */
    public Optional<Build> build() {
        return Build.parse(patchLevel);
    }

    /** Whether its service runs. */
    public boolean runs() {
        return serviceState.equals("Running");
    }
}
