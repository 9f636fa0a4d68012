package io.gds.database.core.internal.config;

import io.gds.database.core.internal.services.Services;
import io.gds.database.error.GdsDatabaseException;
import io.gds.database.error.Problem;
import io.gds.database.plan.ClusterRef;
import io.gds.database.plan.Params;
import io.gds.database.spi.EngineProvider;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Turns cluster specs into references that can be opened, or into all of their mistakes. Every spec says its engine and
 * its name and may say its environment; the rest is the engine's. Immutable.
 *
 * @param engines the engines by id
 * @param schemes the schemes of secret references that can be resolved
 */
public record ClusterSpecs(Map<String, EngineProvider<?>> engines, Set<String> schemes) {
    private static final String ENGINE = "engine";
    private static final String NAME = "name";

    /** Copies. */
    public ClusterSpecs {
        engines = Map.copyOf(engines);
        schemes = Set.copyOf(schemes);
    }

    /** Reads a spec from a file. */
    public ClusterRef read(Path file) {
        Path name = file.getFileName();
        return read(
                SpecText.of(file),
                name == null ? file.toString() : name.toString(),
                file.toAbsolutePath().resolveSibling(""));
    }

    /**
     * Reads a spec.
     *
     * @param text YAML or JSON
     * @param source what problems call it
     * @throws io.gds.database.error.InvalidSpecException with every mistake
     */
    public ClusterRef read(String text, String source) {
        return read(text, source, Path.of("").toAbsolutePath());
    }

    private ClusterRef read(String text, String source, Path directory) {
        SpecProblems problems = new SpecProblems(source);
        SpecDocument document = completed(SpecReader.read(SpecText.bounded(text, source), source, problems), directory);
        check(document, problems);
        problems.throwIfAny();
        Params all = Params.of(document.values());
        Map<String, Object> own = new TreeMap<>(all.asMap());
        own.remove(ENGINE);
        own.remove(NAME);
        return new ClusterRef(all.string(ENGINE), all.string(NAME), Params.of(own));
    }

    /**
     * Checks a reference that did not come from a text, for instance from a journal or an embedder.
     *
     * @throws io.gds.database.error.InvalidSpecException with every mistake
     */
    public void check(ClusterRef reference) {
        SpecProblems problems = new SpecProblems("cluster " + reference.name());
        check(SpecDocument.of(whole(reference)), problems);
        problems.throwIfAny();
    }

    /** The spec as the engine sees it. */
    public static Params whole(ClusterRef reference) {
        return reference.spec().with(Params.of(ENGINE, reference.engine(), NAME, reference.name()));
    }

    /** With what the engine has in files of its own; as it is when it cannot be told whose spec it is. */
    private SpecDocument completed(SpecDocument document, Path directory) {
        @Nullable
        EngineProvider<?> provider = document.values().get(ENGINE) instanceof String id ? engines.get(id) : null;
        if (!document.complete() || provider == null) {
            return document;
        }
        Params spec = Params.of(document.values());
        try {
            Params whole = provider.complete(spec, directory);
            return new SpecDocument(whole.asMap(), document.marks(), true);
        } catch (GdsDatabaseException e) {
            throw e;
        } catch (RuntimeException | LinkageError e) {
            throw fault(provider, "complete", e);
        }
    }

    private void check(SpecDocument document, SpecProblems problems) {
        LiteralSecrets.check(document, schemes, problems);
        if (!document.complete()) {
            return; // what is missing may stand behind the syntax error
        }
        Optional<String> engine = text(document, ENGINE, true, problems);
        text(document, NAME, true, problems);
        text(document, "environment", false, problems);
        if (engine.isEmpty()) {
            return;
        }
        @Nullable EngineProvider<?> provider = engines.get(engine.get());
        if (provider == null) {
            problems.value(
                    document.markOf(ENGINE),
                    ENGINE,
                    engine.get(),
                    "one of " + new TreeMap<>(engines).keySet() + "; for another one add the engine's jar");
            return;
        }
        for (Problem problem : ask(provider, document, problems)) {
            if (!problems.covers(problem.field())) {
                problems.value(document.markOf(problem.field()), problem.field(), problem.found(), problem.expected());
            }
        }
    }

    private Optional<String> text(SpecDocument document, String key, boolean required, SpecProblems problems) {
        Object value = document.values().get(key);
        if (value instanceof String s && !s.isBlank()) {
            return Optional.of(s);
        }
        if ((value != null || required) && !problems.covers(key)) {
            String expected = "a word" + (key.equals(ENGINE) ? ", one of " + new TreeMap<>(engines).keySet() : "");
            problems.value(document.markOf(key), key, value == null ? "nothing" : value.toString(), expected);
        }
        return Optional.empty();
    }

    /** A spec that is wrong already may trip its engine's check; then its own mistakes say enough. */
    private static List<Problem> ask(EngineProvider<?> provider, SpecDocument document, SpecProblems problems) {
        try {
            return List.copyOf(provider.check(Params.of(document.values())));
        } catch (GdsDatabaseException e) {
            return problems.isEmpty()
                    ? List.of(new Problem("spec", "spec", e.getMessage() + "", "values of the right types"))
                    : List.of();
        } catch (RuntimeException | LinkageError e) {
            if (!problems.isEmpty()) {
                return List.of();
            }
            throw fault(provider, "check", e);
        }
    }

    private static GdsDatabaseException fault(EngineProvider<?> provider, String what, Throwable cause) {
        return GdsDatabaseException.plugin("GDS-PLUGIN")
                .message("engine \"" + provider.id() + "\" (" + Services.origin(provider) + ") failed to " + what
                        + " a spec: " + cause.getClass().getName() + ".")
                .remedy("report this to the author of the engine, or use a version that fits this core.")
                .cause(cause)
                .build();
    }
}
