package io.gds.engine.postgres.internal.layout;

import io.gds.database.plan.Finding;
import io.gds.database.plan.Params;
import io.gds.database.spi.PackageManager;
import io.gds.database.version.EngineVersion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * A package manager that is told the server program once that can be asked: opening a cluster must not need its hosts.
 * Thread-safe.
 */
public final class DiscoveredPackages implements PackageManager {
    private static final String PROGRAM = "program";

    private final Params settings;
    private final Layout layout;
    private final Function<Params, PackageManager> open;
    private final Map<String, PackageManager> byProgram = new ConcurrentHashMap<>();

    /**
     * Packages with these settings.
     *
     * @param settings those of the spec
     * @param layout knows the programs
     * @param open makes the real one
     */
    public DiscoveredPackages(Params settings, Layout layout, Function<Params, PackageManager> open) {
        this.settings = settings;
        this.layout = layout;
        this.open = open;
    }

    private PackageManager of(String member) {
        String program = settings.has(PROGRAM)
                ? settings.string(PROGRAM)
                : layout.program(member).orElse("");
        return byProgram.computeIfAbsent(program, p -> open.apply(p.isEmpty() ? settings : settings.with(PROGRAM, p)));
    }

    @Override
    public String describe(String member) {
        return of(member).describe(member);
    }

    @Override
    public List<EngineVersion> available(String member) {
        return of(member).available(member);
    }

    @Override
    public Optional<EngineVersion> installed(String member) {
        return of(member).installed(member);
    }

    @Override
    public void download(String member, EngineVersion version) {
        of(member).download(member, version);
    }

    @Override
    public List<Finding> preFlight(String member, EngineVersion version) {
        return of(member).preFlight(member, version);
    }

    @Override
    public List<String> changes(String member, EngineVersion version) {
        return of(member).changes(member, version);
    }

    @Override
    public void install(String member, EngineVersion version) {
        of(member).install(member, version);
    }

    @Override
    public boolean unpack(String member, EngineVersion version, String directory) {
        return of(member).unpack(member, version, directory);
    }

    @Override
    public String programs(String member) {
        return of(member).programs(member);
    }
}
