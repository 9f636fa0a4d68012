package io.gds.database.core.internal.services;

import static java.util.Objects.requireNonNull;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.error.Problem;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What {@code ServiceLoader} finds for one type, in our own loader and in the context loader.
 *
 * @param found one instance per class, by its id, sorted
 * @param problems the providers that could not be used
 * @param <T> the service
 */
public record Services<T>(Map<String, T> found, List<Problem> problems) {
    /** A services file that fails for ever must not loop for ever. */
    private static final int MAX_PROBLEMS = 100;

    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]*");

    /** Copies. */
    public Services {
        requireNonNull(found, "found");
        problems = List.copyOf(problems);
    }

    /**
     * Looks for providers.
     *
     * @param type the service
     * @param id how a provider is told from the others
     * @throws GdsDatabaseException with code {@code GDS-PLUGIN-DUPLICATE} when two classes have one id
     */
    public static <T> Services<T> load(Class<T> type, Function<T, String> id) {
        List<Problem> problems = new ArrayList<>();
        Map<Class<?>, T> byClass = new LinkedHashMap<>();
        for (ClassLoader loader : loaders()) {
            collect(type, ServiceLoader.load(type, loader).iterator(), byClass, problems);
        }
        Map<String, T> found = new TreeMap<>();
        for (T provider : byClass.values()) {
            String name = nameOf(provider, id, problems);
            if (name != null) {
                add(found, name, provider, type);
            }
        }
        return new Services<>(found, problems);
    }

    /**
     * These and others that the caller made.
     *
     * @throws GdsDatabaseException with code {@code GDS-PLUGIN-DUPLICATE} when two have one id
     */
    public Services<T> plus(Class<T> type, Collection<? extends T> more, Function<T, String> id) {
        Map<String, T> all = new TreeMap<>(found);
        List<Problem> wrong = new ArrayList<>();
        for (T provider : more) {
            String name = nameOf(provider, id, wrong);
            if (name == null) {
                throw GdsDatabaseException.plugin("GDS-PLUGIN-ID")
                        .message(String.valueOf(wrong.get(0)))
                        .remedy("correct the provider's id.")
                        .build();
            }
            add(all, name, provider, type);
        }
        return new Services<>(all, problems);
    }

    /** Class and jar of a plugin, for messages. */
    public static String origin(Object provider) {
        return provider.getClass().getName() + " from " + source(provider.getClass());
    }

    private static Set<ClassLoader> loaders() {
        Set<ClassLoader> loaders = new LinkedHashSet<>();
        loaders.add(requireNonNull(Services.class.getClassLoader(), "loader"));
        ClassLoader context = Thread.currentThread().getContextClassLoader();
        if (context != null) {
            loaders.add(context);
        }
        return loaders;
    }

    private static <T> void collect(
            Class<T> type, Iterator<T> providers, Map<Class<?>, T> byClass, List<Problem> problems) {
        while (problems.size() < MAX_PROBLEMS) {
            try {
                if (!providers.hasNext()) {
                    return;
                }
                T provider = providers.next();
                byClass.putIfAbsent(provider.getClass(), provider);
            } catch (ServiceConfigurationError | LinkageError e) {
                Throwable reason = e.getCause() == null ? e : e.getCause();
                Problem problem = new Problem(
                        "service " + type.getName(),
                        e.getMessage() == null ? e.getClass().getName() : e.getMessage(),
                        reason.toString(),
                        "a provider that loads; use versions of plugin and core that fit together");
                if (!problems.contains(problem)) { // both loaders may see the same broken one
                    problems.add(problem);
                }
            }
        }
    }

    private static <T> @Nullable String nameOf(T provider, Function<T, String> id, List<Problem> problems) {
        String found;
        try {
            String name = id.apply(provider);
            if (name != null && ID.matcher(name).matches()) {
                return name;
            }
            found = "\"" + name + "\"";
        } catch (RuntimeException | LinkageError e) {
            found = e.toString();
        }
        problems.add(new Problem(
                source(provider.getClass()),
                provider.getClass().getName(),
                "as its id " + found,
                "lower-case letters, digits and dashes"));
        return null;
    }

    private static <T> void add(Map<String, T> all, String name, T provider, Class<T> type) {
        T other = all.putIfAbsent(name, provider);
        if (other != null) {
            throw GdsDatabaseException.plugin("GDS-PLUGIN-DUPLICATE")
                    .message("two plugins of type " + type.getSimpleName() + " call themselves \"" + name + "\": "
                            + origin(other) + " and " + origin(provider) + ".")
                    .remedy("remove one of the two jars.")
                    .build();
        }
    }

    private static String source(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        return source == null || source.getLocation() == null
                ? "an unknown source"
                : source.getLocation().toString();
    }
}
