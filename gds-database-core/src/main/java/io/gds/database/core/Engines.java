package io.gds.database.core;

import static java.util.Objects.requireNonNull;

import io.gds.database.DatabaseEngine;
import io.gds.database.core.internal.clock.SystemClock;
import io.gds.database.core.internal.config.ClusterSpecs;
import io.gds.database.core.internal.config.DefaultEngineContext;
import io.gds.database.core.internal.config.Plugins;
import io.gds.database.core.internal.services.Services;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.error.Problem;
import io.gds.database.plan.ClusterRef;
import io.gds.database.spi.EngineProvider;
import io.gds.database.spi.Secrets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The engine plugins that are there, and the way from a cluster spec to an open cluster.
 *
 * <p>Immutable and thread-safe. A cluster spec is YAML or JSON with {@code engine}, {@code name}, perhaps
 * {@code environment}, and what the engine asks for; secrets stand in it only as references such as {@code env:PGPASSWORD}.
 */
public final class Engines {
    private final Services<EngineProvider<?>> engines;
    private final Plugins plugins;
    private final Clock clock;

    private Engines(Services<EngineProvider<?>> engines, Plugins plugins, Clock clock) {
        this.engines = engines;
        this.plugins = plugins;
        this.clock = clock;
    }

    /**
     * Opens the cluster that a file describes; blocks for seconds, changes nothing. The caller closes it.
     *
     * @param spec a YAML or JSON file of at most 1 MiB
     * @throws io.gds.database.error.InvalidSpecException with every mistake of the file, by line
     * @throws GdsDatabaseException with code {@code GDS-SPEC-FILE} when the file cannot be read
     */
    public static DatabaseEngine open(Path spec) {
        Engines all = load();
        return all.open(all.read(spec));
    }

    /**
     * Opens the cluster that a text describes; blocks for seconds, changes nothing. The caller closes it.
     *
     * @param yamlOrJson the spec
     * @param sourceName what error messages call it; a name that ends in {@code .json} or {@code .yaml} decides the
     *     format, otherwise a text that starts with a brace is JSON
     * @throws io.gds.database.error.InvalidSpecException with every mistake of the text, by line
     */
    public static DatabaseEngine open(String yamlOrJson, String sourceName) {
        Engines all = load();
        return all.open(all.read(yamlOrJson, sourceName));
    }

    /**
     * Finds the engines that our own class loader and the context class loader of this thread see. A provider that cannot
     * be loaded is told in {@link #problems()} and hides no other.
     *
     * @throws GdsDatabaseException with code {@code GDS-PLUGIN-DUPLICATE} when two plugins have one id, naming both
     */
    public static Engines load() {
        return new Engines(Services.load(type(), EngineProvider::id), Plugins.load(), SystemClock.utc());
    }

    /**
     * These engines and others, for tests and for programs that make their providers themselves.
     *
     * @throws GdsDatabaseException with code {@code GDS-PLUGIN-DUPLICATE} when an id is taken
     */
    public Engines with(EngineProvider<?>... providers) {
        return new Engines(engines.plus(type(), Arrays.asList(providers), EngineProvider::id), plugins, clock);
    }

    /** These engines with another clock. */
    public Engines clock(Clock other) {
        return new Engines(engines, plugins, requireNonNull(other, "other"));
    }

    /** The ids of the engines, sorted. */
    public Set<String> ids() {
        return Collections.unmodifiableSet(new TreeSet<>(engines.found().keySet()));
    }

    /** Plugins of any kind that were found and could not be used; the location names the jar or service. */
    public List<Problem> problems() {
        return Stream.concat(engines.problems().stream(), plugins.problems().stream())
                .toList();
    }

    /**
     * An engine's plugin.
     *
     * @throws GdsDatabaseException with code {@code GDS-ENGINE-UNKNOWN} when there is none of that id
     */
    public EngineProvider<?> provider(String id) {
        EngineProvider<?> provider = engines.found().get(requireNonNull(id, "id"));
        if (provider == null) {
            List<Problem> broken = problems();
            throw GdsDatabaseException.user("GDS-ENGINE-UNKNOWN")
                    .message("engine: found \"" + id + "\", expected one of " + ids() + "."
                            + (broken.isEmpty() ? "" : " These plugins could not be loaded: " + broken + "."))
                    .remedy("add the engine's jar (gds-engine-" + id + ") to the class path or module path, or correct"
                            + " the id.")
                    .build();
        }
        return provider;
    }

    /**
     * Reads and checks a cluster spec without opening anything.
     *
     * @throws io.gds.database.error.InvalidSpecException with every mistake of the file, by line
     * @throws GdsDatabaseException with code {@code GDS-SPEC-FILE} when the file cannot be read
     */
    public ClusterRef read(Path spec) {
        return specs().read(requireNonNull(spec, "spec"));
    }

    /**
     * Reads and checks a cluster spec without opening anything.
     *
     * @param yamlOrJson the spec
     * @param sourceName what error messages call it
     * @throws io.gds.database.error.InvalidSpecException with every mistake of the text, by line
     */
    public ClusterRef read(String yamlOrJson, String sourceName) {
        return specs().read(requireNonNull(yamlOrJson, "yamlOrJson"), requireNonNull(sourceName, "sourceName"));
    }

    /**
     * Opens a cluster; blocks for seconds, changes nothing. The caller closes it.
     *
     * @throws GdsDatabaseException with code {@code GDS-ENGINE-UNKNOWN} when its plugin is not there
     * @throws io.gds.database.error.InvalidSpecException when its engine refuses the spec
     */
    public DatabaseEngine open(ClusterRef cluster) {
        EngineProvider<?> provider = provider(cluster.engine());
        specs().check(cluster);
        DefaultEngineContext context = new DefaultEngineContext(cluster, clock, plugins);
        boolean opened = false;
        try {
            DatabaseEngine engine = provider.open(ClusterSpecs.whole(cluster), context);
            if (engine == null) {
                throw fault(provider, "returned nothing when it was to open " + cluster.name(), null);
            }
            opened = true;
            return engine;
        } catch (LinkageError e) {
            throw fault(provider, "does not fit this version of the core or of its driver: " + e, e);
        } finally {
            if (opened) {
                context.opened();
            } else {
                context.abandon();
            }
        }
    }

    private static GdsDatabaseException fault(EngineProvider<?> provider, String what, @Nullable Throwable cause) {
        return GdsDatabaseException.plugin("GDS-PLUGIN")
                .message("engine \"" + provider.id() + "\" (" + Services.origin(provider) + ") " + what + ".")
                .remedy("use versions of engine, driver and core that were released together.")
                .cause(cause)
                .build();
    }

    /** Resolves secret references for handlers. */
    Secrets secrets() {
        return plugins.secrets();
    }

    private ClusterSpecs specs() {
        return new ClusterSpecs(Map.copyOf(engines.found()), plugins.secrets().schemes());
    }

    @SuppressWarnings("unchecked") // a class literal cannot say EngineProvider<?>
    static Class<EngineProvider<?>> type() {
        return (Class<EngineProvider<?>>) (Class<?>) EngineProvider.class;
    }
}
